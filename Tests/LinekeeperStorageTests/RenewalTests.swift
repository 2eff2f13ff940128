import LinekeeperCore
import Testing

@testable import LinekeeperStorage

/// The month's bookings against a real store.
struct RenewalTests {
    private static let day: Int64 = 86_400

    private func after(days: Int64) -> Timestamp {
        Timestamp.start.adding(seconds: days * Self.day)
    }

    /// A number that was bought at the start and falls due a month later.
    private func bought(
        _ desk: NumberDesk, id: UInt64 = 1, cost: Int64 = 500, in workspace: WorkspaceKey? = nil
    ) async throws -> NumberID {
        let number = try await desk.addNumber("+1415555010\(id)", id: id, in: workspace) {
            $0.origin = .marketplace
            $0.monthlyCostCredits = cost
            $0.createdAt = .start
        }
        try await desk.store.execute(
            "UPDATE number SET renews_at = $1 WHERE number_id = '\(number)'",
            .integer(MonthlySchedule(anchor: .start).next(after: .start).microseconds))
        return number
    }

    private func grant(_ credits: Int64, id: UInt64, _ desk: NumberDesk) async throws {
        let workspace = desk.workspace
        try await desk.change { writer throws(DomainError) in
            _ = try Ledger.append(
                NewCreditEntry(
                    id: CreditEntryID(high: 6, low: id), workspace: workspace, credits: credits,
                    kind: .grant),
                through: writer)
            try Renewals.retry(in: workspace, through: writer)
        }
    }

    @discardableResult
    private func takeDue(_ desk: NumberDesk, at: Timestamp) async throws -> Int {
        try await run(desk, at: at) { newID, writer throws(DomainError) in
            try Renewals.takeDue(newID: newID, through: writer)
        }
    }

    private func run(
        _ desk: NumberDesk, at: Timestamp,
        _ step:
            @escaping @Sendable (() -> CreditEntryID, SQLiteWriter) throws(DomainError) -> Int
    ) async throws -> Int {
        let answer = try await desk.store.change(at: at) { writer throws(DomainError) in
            [
                UInt8(
                    clamping: try step(
                        { CreditEntryID(high: 7, low: .random(in: 0 ... .max)) }, writer))
            ]
        }.get()
        return Int(answer.first ?? 0)
    }

    private func balance(_ desk: NumberDesk) async throws -> Int64? {
        #expect(
            try await desk.store.value("SELECT sum(credit_balance) FROM workspace")
                == desk.store.value("SELECT coalesce(sum(credits), 0) FROM credit_entry"))
        return try await desk.store.value("SELECT credit_balance FROM workspace LIMIT 1")
    }

    @Test("B160 A bought number costs its price again every month, on the day it was bought")
    func renewed() async throws {
        let desk = try await NumberDesk()
        let number = try await bought(desk)
        try await grant(1_200, id: 1, desk)
        let schedule = MonthlySchedule(anchor: .start)
        let first = schedule.next(after: .start)
        let before = Timestamp(microseconds: first.microseconds - 1)
        #expect(try await takeDue(desk, at: before) == 0)
        #expect(try await takeDue(desk, at: first) == 1)
        #expect(try await takeDue(desk, at: first) == 0)
        #expect(try await balance(desk) == 700)
        var record = try await desk.record(number)
        #expect(record.status == .active && record.renewsAt == schedule.next(after: first))
        let event = try #require(try await desk.events().first)
        #expect(event.action == "number.renewed")

        try await takeDue(desk, at: schedule.next(after: first))
        #expect(try await balance(desk) == 200)
        record = try await desk.record(number)
        let facts = try #require(desk.store.routes.number(record.e164))
        #expect(facts.version == record.version && facts.status == .active)
        desk.close()
    }

    @Test("B160 Too few credits: past due, still working, tried daily and when credits arrive")
    func pastDue() async throws {
        let desk = try await NumberDesk()
        let number = try await bought(desk)
        try await grant(499, id: 1, desk)
        let due = MonthlySchedule(anchor: .start).next(after: .start)
        #expect(try await takeDue(desk, at: due) == 1)
        var record = try await desk.record(number)
        #expect(record.status == .pastDue)
        #expect(record.renewsAt == due.adding(seconds: Self.day))
        #expect(try await balance(desk) == 499)
        #expect(desk.store.routes.number(record.e164)?.status == .pastDue)
        let version = record.version

        // The next day's try fails too: no second event, no new version.
        #expect(try await takeDue(desk, at: due.adding(seconds: Self.day)) == 1)
        record = try await desk.record(number)
        #expect(record.version == version)
        #expect(
            try await desk.store.value(
                "SELECT count(*) FROM event WHERE action = 'number.past_due'") == 1)

        // One credit more: the grant makes it due at once.
        try await grant(1, id: 2, desk)
        let later = due.adding(seconds: Self.day + 60)
        #expect(try await takeDue(desk, at: later) == 1)
        record = try await desk.record(number)
        #expect(record.status == .active)
        #expect(record.renewsAt == MonthlySchedule(anchor: .start).next(after: later))
        #expect(try await balance(desk) == 0)
        desk.close()
    }

    @Test("B163 B164 Released and imported numbers are never charged")
    func notCharged() async throws {
        let desk = try await NumberDesk()
        let number = try await bought(desk)
        try await desk.addNumber("+14155550109", id: 9)
        try await grant(5_000, id: 1, desk)
        try await desk.store.execute(
            "UPDATE number SET status = 5 WHERE number_id = '\(number)'")
        #expect(try await takeDue(desk, at: after(days: 400)) == 0)
        #expect(try await balance(desk) == 5_000)
        desk.close()
    }

    @Test("B160 The numbers that fall due first are paid first, each whole or not at all")
    func order() async throws {
        let desk = try await NumberDesk()
        let numbers = try await [
            bought(desk, id: 1, cost: 300), bought(desk, id: 2, cost: 300),
            bought(desk, id: 3, cost: 100),
        ]
        try await grant(450, id: 1, desk)
        #expect(try await takeDue(desk, at: after(days: 40)) == 3)
        var statuses: [NumberStatus] = []
        for number in numbers { statuses.append(try await desk.record(number).status) }
        #expect(statuses == [.active, .pastDue, .active])
        #expect(try await balance(desk) == 50)
        desk.close()
    }

    @Test("B162 The allowance comes with the workspace and every month, and pays what is past due")
    func allowance() async throws {
        let desk = try await NumberDesk()
        try await desk.store.execute(
            "UPDATE workspace SET monthly_allowance_credits = 600, next_allowance_at = $1",
            .integer(after(days: 30).microseconds))
        func grantDue(at: Timestamp) async throws -> Int {
            try await run(desk, at: at) { newID, writer throws(DomainError) in
                try Allowances.grantDue(newID: newID, through: writer)
            }
        }
        let number = try await bought(desk)
        #expect(try await takeDue(desk, at: after(days: 31)) == 1)
        #expect(try await desk.record(number).status == .pastDue)

        #expect(try await grantDue(at: after(days: 29)) == 0)
        #expect(try await grantDue(at: after(days: 31)) == 1)
        #expect(try await grantDue(at: after(days: 31)) == 0)
        #expect(try await balance(desk) == 600)
        #expect(try await takeDue(desk, at: after(days: 31)) == 1)
        #expect(try await desk.record(number).status == .active)
        // A year without a server: one month, not twelve.
        #expect(try await grantDue(at: after(days: 400)) == 1)
        #expect(try await grantDue(at: after(days: 400)) == 0)
        #expect(try await balance(desk) == 700)
        desk.close()
    }

    @Test("B162 A workspace's first allowance is there when the workspace is")
    func first() async throws {
        let desk = try await NumberDesk()
        try await desk.change { writer throws(DomainError) in
            let made = try WorkspaceChanges.create(
                WorkspaceRecord(
                    key: WorkspaceKey(rawValue: 0), id: TestID.workspace("Rich"), name: "Rich",
                    plan: .standard, featureFlags: [], monthlyAllowanceCredits: 2_000,
                    exclusivity: .agent, allowedDestinations: [], createdAt: .start),
                firstEntry: CreditEntryID(high: 8, low: 8), in: writer)
            #expect(made.creditBalance == 2_000)
        }
        #expect(
            try await desk.store.value(
                "SELECT credits FROM credit_entry WHERE kind = 'ALLOWANCE'") == 2_000)
        desk.close()
    }
}
