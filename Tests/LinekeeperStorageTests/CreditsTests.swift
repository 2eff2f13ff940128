import LinekeeperCore
import Testing

@testable import LinekeeperStorage

struct CreditsTests {
    private func append(
        _ credits: Int64, id: UInt64, _ desk: NumberDesk, at: Timestamp = .start
    ) async -> DomainError? {
        let workspace = desk.workspace
        return await desk.refusal(at: at) { writer throws(DomainError) in
            _ = try Ledger.append(
                NewCreditEntry(
                    id: CreditEntryID(high: 6, low: id), workspace: workspace, credits: credits,
                    kind: credits > 0 ? .grant : .purchase, note: "note \(id)"),
                through: writer)
        }
    }

    private func entries(
        _ desk: NumberDesk, from: Timestamp? = nil, until: Timestamp? = nil, pageSize: Int = 2
    ) async throws -> [CreditEntry] {
        let workspace = desk.workspace
        var entries: [CreditEntry] = []
        var position: PagePosition?
        for _ in 0..<100 {
            let page = Page(size: pageSize, after: position)
            let rows = try await desk.store.read { reader throws(DomainError) in
                try reader.creditEntries(of: workspace, from: from, until: until, page: page)
            }
            entries += rows.rows
            position = rows.next
            if position == nil { break }
        }
        return entries
    }

    private func summary(_ desk: NumberDesk) async throws -> CreditSummary {
        let workspace = desk.workspace
        return try #require(
            try await desk.store.read { reader throws(DomainError) in
                try reader.creditSummary(of: workspace)
            })
    }

    @Test("B165 The ledger sums to the balance after every entry, newest first")
    func sums() async throws {
        let desk = try await NumberDesk()
        let booked: [Int64] = [1_000, -500, 250, -750, 1]
        for (index, credits) in booked.enumerated() {
            #expect(await append(credits, id: UInt64(index), desk) == nil)
        }
        let ledger = try await entries(desk)
        #expect(ledger.map(\.credits) == [1, -750, 250, -500, 1_000])
        #expect(ledger.map(\.balanceAfter) == [1, 0, 750, 500, 1_000])
        #expect(ledger.first?.kind == "GRANT" && ledger.first?.note == "note 4")
        #expect(try await summary(desk).balance == 1)
        #expect(try await desk.store.value("SELECT sum(credits) FROM credit_entry") == 1)
        desk.close()
    }

    @Test("B103 A debit that the balance does not cover is refused with both amounts")
    func insufficient() async throws {
        let desk = try await NumberDesk()
        #expect(await append(499, id: 1, desk) == nil)
        let refusal = await append(-500, id: 2, desk)
        #expect(refusal?.reason == .insufficientCredits)
        #expect(refusal?.facts == ["balance": "499", "needed": "500"])
        #expect(try await entries(desk).count == 1)
        #expect(await append(-499, id: 3, desk) == nil)
        desk.close()
    }

    @Test("Amounts at the ends of the range are refused, not added up wrongly")
    func extremes() async throws {
        let desk = try await NumberDesk()
        #expect(await append(.max, id: 1, desk) == nil)
        #expect(await append(1, id: 2, desk)?.reason == .invalidArgument)
        #expect(await append(.min, id: 3, desk)?.reason == .insufficientCredits)
        #expect(await append(0, id: 4, desk)?.reason == .invalidArgument)
        #expect(await append(-.max, id: 5, desk) == nil)
        #expect(await append(.min, id: 6, desk)?.reason == .insufficientCredits)
        #expect(try await summary(desk).balance == 0)
        desk.close()
    }

    @Test("The ledger is limited to a span of time")
    func span() async throws {
        let desk = try await NumberDesk()
        for index in 1...5 {
            let at = Timestamp.start.adding(seconds: Int64(index))
            #expect(await append(Int64(index), id: UInt64(index), desk, at: at) == nil)
        }
        let found = try await entries(
            desk, from: Timestamp.start.adding(seconds: 2),
            until: Timestamp.start.adding(seconds: 4))
        #expect(found.map(\.credits) == [3, 2])
        desk.close()
    }

    @Test("B164 Renewals count for bought numbers that fall due; imported numbers cost nothing")
    func renewals() async throws {
        let desk = try await NumberDesk()
        try await desk.addNumber("+14155550101", id: 1)
        for (id, status, cost) in [
            (2, NumberStatus.active, 500), (3, .pastDue, 300), (4, .active, 90),
        ] {
            try await desk.addNumber("+1415555010\(id)", id: UInt64(id)) {
                $0.origin = .marketplace
                $0.status = status
                $0.monthlyCostCredits = Int64(cost)
            }
        }
        try await desk.store.execute(
            "UPDATE number SET renews_at = $1 + number_key WHERE origin = 2",
            .integer(Timestamp.start.microseconds))
        #expect(await append(700, id: 1, desk) == nil)
        func nextAllowance(after microseconds: Int64) async throws {
            try await desk.store.execute(
                "UPDATE workspace SET next_allowance_at = $1",
                .integer(Timestamp.start.microseconds + microseconds))
        }
        try await nextAllowance(after: 100)
        let all = try await summary(desk)
        #expect(all.renewalsDue == 890)
        #expect(all.shortfall == 190)
        try await nextAllowance(after: 3)
        let first = try await summary(desk)
        #expect(first.renewalsDue == 500)
        #expect(first.shortfall == 0)
        desk.close()
    }

    @Test("B160 Prices are set, changed, listed by country and type, and taken away")
    func prices() async throws {
        let desk = try await NumberDesk()
        func list() async throws -> [String] {
            var found: [String] = []
            var position: PagePosition?
            for _ in 0..<20 {
                let page = Page(size: 2, after: position)
                let rows = try await desk.store.read { reader throws(DomainError) in
                    try reader.prices(page: page)
                }
                found += rows.rows.map {
                    "\($0.countryCode) \($0.type) \($0.monthlyCostCredits)"
                }
                position = rows.next
                if position == nil { break }
            }
            return found
        }
        #expect(try await list() == ["US local 500"])
        try await desk.change { writer throws(DomainError) in
            for (country, type, cost) in [
                ("US", NumberType.tollFree, 700), ("DE", .local, 300), ("US", .local, 450),
                ("AT", .mobile, 0),
            ] {
                try writer.setPrice(
                    Price(
                        countryCode: country, type: type, monthlyCostCredits: Int64(cost),
                        updatedAt: .start))
            }
            #expect(try writer.deletePrice(countryCode: "DE", type: .local))
            #expect(try !writer.deletePrice(countryCode: "DE", type: .local))
            #expect(try writer.price(countryCode: "US", type: .local)?.monthlyCostCredits == 450)
            #expect(try writer.price(countryCode: "DE", type: .local) == nil)
        }
        #expect(try await list() == ["AT mobile 0", "US local 450", "US tollFree 700"])
        desk.close()
    }
}
