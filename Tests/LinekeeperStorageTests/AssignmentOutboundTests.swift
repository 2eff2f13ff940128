import LinekeeperCore
import Testing

@testable import LinekeeperStorage

@Suite struct AssignmentOutboundTests {
    /// Three numbers; `ann` calls from the first, `bob` from the second, nobody from the third.
    private func bench() async throws -> (AssignmentBench, [NumberID]) {
        let bench = try await AssignmentBench()
        try await bench.addAgents(["ann", "bob", "cat"])
        var numbers: [NumberID] = []
        for index in 1...3 { numbers.append(try await bench.addNumber(UInt64(index))) }
        for (number, agent) in zip(numbers, ["ann", "bob"]) {
            let agent = try agentID(agent)
            _ = try await bench.save(
                number, AssignmentChange(inbound: .assign(agent), outbound: .assign(agent)))
        }
        return (bench, numbers)
    }

    private func set(
        _ enabled: Bool, _ scope: OutboundSwitch.Scope, in bench: AssignmentBench,
        workspace: WorkspaceKey? = nil
    ) async throws -> [OutboundSwitch.Outcome] {
        let change = try OutboundSwitch(
            scope: scope, isEnabled: enabled, reason: try ReasonText("incident 7"))
        let workspace = workspace ?? bench.workspace
        return try await bench.write { writer throws(DomainError) in
            try change.apply(in: workspace, through: writer)
        }
    }

    @Test func `B042 B046 one call switches off every number that has an outbound agent`()
        async throws
    {
        let (bench, numbers) = try await bench()
        let outcomes = try await set(false, .workspace, in: bench)
        #expect(outcomes.map(\.number) == Array(numbers.prefix(2)))
        #expect(outcomes.allSatisfy { $0.didChange && !$0.isEnabled && $0.refusal == nil })
        for (index, number) in numbers.enumerated() {
            let record = try #require(try await bench.record(number))
            #expect(record.outboundEnabled == (index == 2))
            #expect(record.version == (index == 2 ? 1 : 3))
            #expect((record.inbound == nil) == (index == 2))
            #expect(try await bench.facts(UInt64(index + 1))?.outboundEnabled == (index == 2))
        }
        let events = try await bench.events("outbound.disabled")
        #expect(events.map(\.agentID) == ["ann", "bob"])
        #expect(events.allSatisfy { $0.detailsJSON.contains(#""reason":"incident 7""#) })

        let again = try await set(false, .workspace, in: bench)
        #expect(again.allSatisfy { !$0.didChange && !$0.isEnabled })
        #expect(try await bench.events("outbound.disabled").count == 2)
        let on = try await set(true, .numbers([numbers[0]]), in: bench)
        #expect(on.map(\.isEnabled) == [true])
        #expect(try await bench.events("outbound.enabled").count == 1)
    }

    @Test func `B040 B046 a number without an outbound agent is told apart`() async throws {
        let (bench, numbers) = try await bench()
        await #expect(throws: DomainError.self) {
            _ = try await set(false, .numbers([numbers[2]]), in: bench)
        }
        let outcomes = try await set(
            false, .numbers([numbers[2], numbers[0], numbers[2]]), in: bench)
        #expect(outcomes.map(\.number) == [numbers[2], numbers[0]])
        #expect(outcomes.map(\.refusal) == [.noOutboundAgent, nil])
        #expect(outcomes.map(\.didChange) == [false, true])
        #expect(outcomes[0].isEnabled)
    }

    @Test func `B046 an unknown number stops the whole switch`() async throws {
        let (bench, numbers) = try await bench()
        let foreign = try await bench.addNumber(9, in: bench.other)
        for unknown in [NumberID(high: 7, low: 7), foreign] {
            await #expect(throws: DomainError.self) {
                _ = try await set(false, .numbers([numbers[0], unknown]), in: bench)
            }
        }
        #expect(try await bench.record(numbers[0])?.outboundEnabled == true)
        #expect(try await bench.facts(1)?.outboundEnabled == true)
    }

    @Test func `B200 switching a workspace leaves the others`() async throws {
        let (bench, numbers) = try await bench()
        let outcomes = try await set(false, .workspace, in: bench, workspace: bench.other)
        #expect(outcomes.isEmpty)
        #expect(try await bench.record(numbers[0])?.outboundEnabled == true)
    }

    private func lock(
        _ scope: OutboundLock.Scope, _ isLocked: Bool = true, in bench: AssignmentBench
    ) async throws -> OutboundLock.State {
        let change = try OutboundLock(
            scope: scope, isLocked: isLocked, reason: try ReasonText("fraud"))
        let workspace = bench.workspace
        return try await bench.write { writer throws(DomainError) in
            try change.apply(in: workspace, through: writer)
        }
    }

    @Test func `B047 a lock on a number outlives its assignment and its number`() async throws {
        let (bench, numbers) = try await bench()
        let first = try e164(1)
        let absent = try e164(77)
        let state = try await lock(.numbers(ids: [numbers[0]], e164s: [absent]), in: bench)
        #expect(state.numbers == [first, absent])
        #expect(!state.isWorkspaceLocked)
        #expect(try await bench.record(numbers[0])?.outboundLocked == true)
        #expect(try await bench.record(numbers[1])?.outboundLocked == false)

        let bob = try agentID("bob")
        _ = try await bench.save(numbers[1], AssignmentChange(inbound: .clear, outbound: .clear))
        _ = try await bench.save(
            numbers[0], AssignmentChange(outbound: .assign(bob), replace: true))
        #expect(try await bench.record(numbers[0])?.outboundLocked == true)
        // A number that comes later is born locked.
        let later = try await bench.addNumber(77)
        #expect(try await bench.record(later)?.outboundLocked == true)

        let lifted = try await lock(.numbers(ids: [numbers[0]], e164s: []), false, in: bench)
        #expect(lifted.numbers == [absent])
        #expect(try await bench.record(numbers[0])?.outboundLocked == false)
    }

    @Test func `B047 a workspace's lock is one of its own`() async throws {
        let (bench, numbers) = try await bench()
        _ = try await lock(.numbers(ids: [numbers[0]], e164s: []), in: bench)
        var state = try await lock(.workspace, in: bench)
        #expect(state.isWorkspaceLocked)
        #expect(try await bench.record(numbers[1])?.outboundLocked == true)
        state = try await lock(.workspace, false, in: bench)
        #expect(!state.isWorkspaceLocked)
        #expect(state.numbers == [try e164(1)])
        #expect(try await bench.record(numbers[0])?.outboundLocked == true)
        #expect(try await bench.record(numbers[1])?.outboundLocked == false)
    }

    @Test func `B203 a lock that stands is neither set nor told of again`() async throws {
        let (bench, numbers) = try await bench()
        for _ in 1...2 {
            _ = try await lock(.workspace, in: bench)
            _ = try await lock(.numbers(ids: [numbers[0]], e164s: [try e164(1)]), in: bench)
        }
        let events = try await bench.events("outbound.locked")
        #expect(events.map(\.number) == [nil, numbers[0]])
        #expect(events.allSatisfy { $0.routeChange == .lock })
        _ = try await lock(.numbers(ids: [], e164s: [try e164(5)]), false, in: bench)
        #expect(try await bench.events("outbound.unlocked").isEmpty)
    }

    @Test func `B044 B045 B049 options tell for each agent how its outbound number stands`()
        async throws
    {
        let (bench, numbers) = try await bench()
        func reasons() async throws -> [OutboundChoice.Reason] {
            let workspace = bench.workspace
            let page = try await bench.store.read { reader throws(DomainError) in
                try reader.outboundChoices(in: workspace, page: Page(size: 10, after: nil))
            }
            #expect(page.rows.map(\.name) == ["ann", "bob", "cat"])
            return page.rows.map(\.reason)
        }
        #expect(try await reasons() == [.none, .none, .noOutboundNumber])
        _ = try await set(false, .numbers([numbers[0]]), in: bench)
        #expect(try await reasons() == [.disabled, .none, .noOutboundNumber])
        _ = try await lock(.numbers(ids: [numbers[1]], e164s: []), in: bench)
        #expect(try await reasons() == [.disabled, .locked, .noOutboundNumber])
        _ = try await lock(.workspace, in: bench)
        #expect(try await reasons() == [.locked, .locked, .noOutboundNumber])
    }
}
