import LinekeeperCore
import Testing

@testable import LinekeeperStorage

struct NumbersReleaseTests {
    private static let text = "+14155550100"

    /// A number that serves one agent and falls back to another.
    private func assigned() async throws -> (NumberDesk, NumberID) {
        let desk = try await NumberDesk()
        let number = try await desk.addNumber(Self.text, id: 1)
        let agent = try await desk.addAgent("support")
        let night = try await desk.addAgent("night")
        try await desk.assign(number) {
            $0.inbound = .assign(agent)
            $0.outbound = .assign(agent)
            $0.outboundEnabled = false
        }
        try await desk.update(number) { $0.fallback = .set(.agent(night)) }
        return (desk, number)
    }

    private func agent(_ text: String, _ desk: NumberDesk) throws -> AgentFacts {
        let id = try #require(AgentID(text))
        return try #require(desk.store.routes.agent(id, in: desk.workspace))
    }

    private func cancel(_ number: NumberID, _ desk: NumberDesk) async -> DomainError? {
        let workspace = desk.workspace
        return await desk.refusal { writer throws(DomainError) in
            _ = try NumberRelease.cancel(number, in: workspace, through: writer)
        }
    }

    private func finishDue(_ desk: NumberDesk, at: Timestamp) async throws -> Int {
        let answer = try await desk.store.change(at: at) { writer throws(DomainError) in
            [UInt8(clamping: try NumberRelease.finishDue(through: writer))]
        }.get()
        return Int(answer.first ?? 0)
    }

    @Test("B163 A released number serves nobody at once, and its agents are free")
    func releasedAtOnce() async throws {
        let (desk, number) = try await assigned()
        let e164 = try await desk.record(number).e164
        #expect(desk.store.routes.number(e164) != nil)
        #expect(await desk.release(number, confirm: Self.text) == nil)

        #expect(desk.store.routes.number(e164) == nil)
        let support = try agent("support", desk)
        #expect(support.inbound == nil && support.outbound == nil)
        #expect(try agent("night", desk).fallbackCount == 0)
        let record = try await desk.record(number)
        #expect(record.status == .released)
        #expect(record.inbound == nil && record.outbound == nil && record.fallback == nil)
        #expect(record.outboundEnabled)
        #expect(record.version == 4)
        let event = try #require(try await desk.events().first)
        #expect(event.action == "number.released")
        #expect(event.routeChange == .number)
        #expect(event.detailsJSON.contains(#""inbound":"support""#))
        desk.close()
    }

    @Test("A released number is kept apart for a day, then forgotten")
    func quarantine() async throws {
        let (desk, number) = try await assigned()
        #expect(await desk.release(number, confirm: Self.text) == nil)
        let e164 = try await desk.record(number).e164
        let workspace = desk.workspace
        try await desk.change { writer throws(DomainError) in
            let kept = try writer.quarantine(of: e164)
            #expect(kept?.until == Timestamp.start.adding(seconds: 86_400))
            #expect(kept?.workspace == workspace)
        }
        _ = try await finishDue(desk, at: Timestamp.start.adding(seconds: 86_399))
        #expect(try await desk.store.value("SELECT count(*) FROM quarantine") == 1)
        _ = try await finishDue(desk, at: Timestamp.start.adding(seconds: 86_400))
        #expect(try await desk.store.value("SELECT count(*) FROM quarantine") == 0)
        desk.close()
    }

    @Test("The same number can be released, come back and be released again")
    func comesBack() async throws {
        let (desk, number) = try await assigned()
        #expect(await desk.release(number, confirm: Self.text) == nil)
        let again = try await desk.addNumber(Self.text, id: 2)
        #expect(
            await desk.release(again, confirm: Self.text, at: Timestamp.start.adding(seconds: 60))
                == nil)
        #expect(
            try await desk.store.value("SELECT quarantined_until FROM quarantine")
                == Timestamp.start.adding(seconds: 86_460).microseconds)
        desk.close()
    }

    @Test("The caller must repeat the number", arguments: ["", "+14155550101", "14155550100"])
    func confirmation(text: String) async throws {
        let (desk, number) = try await assigned()
        let refusal = await desk.release(number, confirm: text)
        #expect(refusal?.reason == .confirmationMismatch)
        #expect(try await desk.record(number).status == .active)
        desk.close()
    }

    @Test("B166 A protected number cannot be released until the protection is lifted")
    func protected() async throws {
        let (desk, number) = try await assigned()
        try await desk.update(number) { $0.releaseProtected = true }
        let refusal = await desk.release(number, confirm: Self.text)
        #expect(refusal?.reason == .releaseProtected)
        #expect(try await desk.record(number).inbound != nil)
        try await desk.update(number) { $0.releaseProtected = false }
        #expect(await desk.release(number, confirm: Self.text) == nil)
        desk.close()
    }

    @Test("B166 A delayed release stops routing at once and can be taken back")
    func delayed() async throws {
        let (desk, number) = try await assigned()
        let later = Timestamp.start.adding(seconds: 3_600)
        #expect(await desk.release(number, confirm: Self.text, notBefore: later) == nil)
        var record = try await desk.record(number)
        #expect(record.status == .releasing)
        #expect(record.releaseAt == later)
        #expect(record.inbound == nil)
        #expect(record.fallback != nil)
        let facts = try #require(desk.store.routes.number(record.e164))
        #expect(facts.status == .releasing && facts.inbound == nil)
        #expect(try agent("support", desk).inbound == nil)

        #expect(await cancel(number, desk) == nil)
        record = try await desk.record(number)
        #expect(record.status == .active && record.releaseAt == nil)
        #expect(record.inbound == nil)
        #expect(try await finishDue(desk, at: later) == 0)
        #expect(desk.store.routes.number(record.e164)?.status == .active)
        desk.close()
    }

    @Test("A delayed release is finished when its time has come, and not before")
    func due() async throws {
        let (desk, number) = try await assigned()
        let later = Timestamp.start.adding(seconds: 3_600)
        #expect(await desk.release(number, confirm: Self.text, notBefore: later) == nil)
        #expect(try await finishDue(desk, at: Timestamp.start.adding(seconds: 3_599)) == 0)
        #expect(try await finishDue(desk, at: later) == 1)
        let record = try await desk.record(number)
        #expect(record.status == .released)
        #expect(desk.store.routes.number(record.e164) == nil)
        #expect(try agent("night", desk).fallbackCount == 0)
        #expect(try await finishDue(desk, at: later) == 0)
        desk.close()
    }

    @Test("Only so many releases are finished in one commit")
    func dueInRounds() async throws {
        let desk = try await NumberDesk()
        let workspace = desk.workspace
        let count = NumberRelease.dueMax + 1
        try await desk.change { writer throws(DomainError) in
            for index in 0..<count {
                guard let e164 = E164(digits: 14_155_000_000 + UInt64(index)) else { continue }
                let number = NewNumber(
                    id: TestID.number(UInt64(index)), workspace: workspace, e164: e164,
                    type: .local, capabilities: .voice, origin: .imported, carrier: .sip,
                    connection: nil, status: .active, webhookMode: .outboundOnly,
                    createdAt: .start)
                let key = try writer.insertNumber(number)
                writer.routes.put(number.facts(key))
                _ = try NumberRelease.request(
                    number.id, in: workspace, confirmation: e164.description,
                    notBefore: Timestamp.start.adding(seconds: 60), through: writer)
            }
        }
        let later = Timestamp.start.adding(seconds: 60)
        #expect(try await finishDue(desk, at: later) == NumberRelease.dueMax)
        #expect(try await finishDue(desk, at: later) == 1)
        desk.close()
    }

    @Test("What is not being released cannot be taken back")
    func nothingToCancel() async throws {
        let (desk, number) = try await assigned()
        #expect(await cancel(number, desk)?.reason == .stateChanged)
        #expect(await desk.release(number, confirm: Self.text) == nil)
        #expect(await cancel(number, desk)?.reason == .numberNotActive)
        #expect(await cancel(TestID.number(404), desk)?.reason == .numberNotFound)
        desk.close()
    }

    @Test("A release is set at most a year ahead")
    func tooFarAhead() async throws {
        let (desk, number) = try await assigned()
        let limit = Timestamp.start.adding(seconds: NumberRelease.delayMaxSeconds)
        let over = await desk.release(
            number, confirm: Self.text, notBefore: limit.adding(seconds: 1))
        #expect(over?.field == "not_before")
        #expect(await desk.release(number, confirm: Self.text, notBefore: limit) == nil)
        desk.close()
    }

    @Test("B163 A bought number serves nobody from the request on, until its carrier has it back")
    func bought() async throws {
        let desk = try await NumberDesk()
        let number = try await desk.addNumber(Self.text, id: 1) {
            $0.origin = .marketplace
            $0.carrier = .twilio
        }
        #expect(await desk.release(number, confirm: Self.text) == nil)
        let leaving = try await desk.record(number)
        #expect(leaving.status == .releasing)
        #expect(leaving.releaseAt == nil)
        // Asking again changes nothing.
        #expect(await desk.release(number, confirm: Self.text) == nil)
        #expect(try await desk.record(number) == leaving)
        desk.close()
    }

    @Test("A number that has not arrived cannot be released")
    func pending() async throws {
        let desk = try await NumberDesk()
        let number = try await desk.addNumber(Self.text, id: 1) { $0.status = .pending }
        #expect(await desk.release(number, confirm: Self.text)?.reason == .numberNotActive)
        desk.close()
    }
}
