import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperServices
import LinekeeperTestSupport
import Testing

@Suite struct AssignmentOutboundControlTests {
    private func set(
        _ stage: AssignmentStage, _ edit: (inout Proto.SetOutboundEnabledRequest) -> Void
    ) async throws -> [Proto.OutboundOutcome] {
        try await stage.manager.call(
            Proto.SetOutboundEnabledRequest.with(edit),
            AssignmentStage.path("SetOutboundEnabled"), Proto.SetOutboundEnabledResponse.self
        ).outcomes
    }

    private func setRefusal(
        _ stage: AssignmentStage, _ edit: (inout Proto.SetOutboundEnabledRequest) -> Void
    ) async -> Status? {
        await stage.manager.refusal(
            Proto.SetOutboundEnabledRequest.with(edit),
            AssignmentStage.path("SetOutboundEnabled"))
    }

    private func lock(
        _ stage: AssignmentStage, _ edit: (inout Proto.SetOutboundLockRequest) -> Void
    ) async throws -> Proto.SetOutboundLockResponse {
        try await stage.manager.call(
            Proto.SetOutboundLockRequest.with(edit), AssignmentStage.path("SetOutboundLock"),
            Proto.SetOutboundLockResponse.self)
    }

    private func options(
        _ stage: AssignmentStage, page: Proto.PageRequest? = nil
    ) async throws -> Proto.ListOutboundOptionsResponse {
        try await stage.manager.call(
            Proto.ListOutboundOptionsRequest.with { $0.page = page },
            AssignmentStage.path("ListOutboundOptions"), Proto.ListOutboundOptionsResponse.self)
    }

    @Test func `B046 the switch answers what happened to each number`() async throws {
        try await AssignmentStage.run { stage in
            let first = try await stage.addNumber(1)
            let second = try await stage.addNumber(2)
            try await stage.putAgents(["ann"])
            try await stage.update(first) { $0.outbound = .agent("ann") }
            let outcomes = try await set(stage) { $0.numberIDs = [first, second] }
            #expect(outcomes.map(\.numberID) == [first, second])
            #expect(outcomes.map(\.e164) == [AssignmentStage.e164(1), AssignmentStage.e164(2)])
            #expect(outcomes.map(\.reason) == ["", "NO_OUTBOUND_AGENT"])
            #expect(outcomes.map(\.changed) == [true, false])
            #expect(outcomes.map(\.outboundEnabled) == [false, true])
            let all = try await set(stage) {
                $0.allInWorkspace = true
                $0.enabled = true
            }
            #expect(all.map(\.numberID) == [first])
            #expect(all.map(\.outboundEnabled) == [true])
        }
    }

    @Test func `B040 B046 a switch that cannot be made says why and changes nothing`() async throws
    {
        try await AssignmentStage.run { stage in
            let first = try await stage.addNumber(1)
            let idle = try await stage.addNumber(2)
            let foreign = try await stage.addNumber(3, in: stage.other)
            try await stage.putAgents(["ann"])
            try await stage.update(first) { $0.outbound = .agent("ann") }

            let single = await setRefusal(stage) { $0.numberIDs = [idle] }
            #expect(single?.code == .failedPrecondition)
            #expect(single?.reason == "NO_OUTBOUND_AGENT")
            let unknown = await setRefusal(stage) { $0.numberIDs = [first, foreign] }
            #expect(unknown?.reason == "NUMBER_NOT_FOUND")
            #expect(await setRefusal(stage) { _ in }?.code == .invalidArgument)
            let both = await setRefusal(stage) {
                $0.allInWorkspace = true
                $0.numberIDs = [first]
            }
            #expect(both?.code == .invalidArgument)
            let long = await setRefusal(stage) {
                $0.allInWorkspace = true
                $0.reason = String(repeating: "x", count: 501)
            }
            #expect(long?.violations.map(\.field) == ["reason"])
            #expect(try await stage.update(first) { _ in }.number?.outboundEnabled == true)
        }
    }

    @Test func `B044 B045 B047 B049 options follow the switch and the lock at once`() async throws {
        try await AssignmentStage.run { stage in
            let numbers = [try await stage.addNumber(1), try await stage.addNumber(2)]
            try await stage.putAgents(["ann", "bob", "cat"])
            for (number, agent) in zip(numbers, ["ann", "bob"]) {
                try await stage.update(number) { $0.outbound = .agent(agent) }
            }
            #expect(
                try await options(stage).options.map(\.reason) == [.none, .none, .noOutboundNumber])
            _ = try await set(stage) { $0.numberIDs = [numbers[0]] }
            let state = try await lock(stage) {
                $0.e164s = [AssignmentStage.e164(2), "+442079460000"]
                $0.locked = true
                $0.reason = "fraud"
            }
            #expect(state.lockedE164s == [AssignmentStage.e164(2), "+442079460000"])
            #expect(!state.workspaceLocked)

            let shown = try await options(stage).options
            #expect(shown.map(\.value) == ["ann", "bob", "cat"])
            #expect(shown.map(\.label) == ["Agent ann", "Agent bob", "Agent cat"])
            #expect(shown.map(\.e164) == [AssignmentStage.e164(1), AssignmentStage.e164(2), ""])
            #expect(shown.map(\.reason) == [.disabled, .locked, .noOutboundNumber])
            #expect(shown.map(\.outboundEnabled) == [false, false, true])
            let sentence = "Outbound calling is disabled for this phone number."
            #expect(shown.map { $0.warning == sentence } == [true, true, false])

            // Reassigning does not lift a lock, and the number's page shows it.
            try await stage.update(numbers[1]) { $0.outbound = .cleared }
            let again = try await stage.update(numbers[1]) { $0.outbound = .agent("cat") }
            #expect(again.number?.outboundLock == true)
            let lifted = try await lock(stage) { $0.numberIDs = [numbers[1]] }
            #expect(lifted.lockedE164s == ["+442079460000"])
            #expect(
                try await options(stage).options.map(\.reason)
                    == [.disabled, .noOutboundNumber, .none])
        }
    }

    @Test func `B047 a lock must name something that can be a number`() async throws {
        try await AssignmentStage.run { stage in
            let path = AssignmentStage.path("SetOutboundLock")
            let requests: [Proto.SetOutboundLockRequest] = [
                .with { $0.locked = true },
                .with { $0.e164s = ["14155550100"] },
                .with { $0.e164s = ["+0123456789"] },
                .with {
                    $0.wholeWorkspace = true
                    $0.e164s = ["+14155550100"]
                },
            ]
            for request in requests {
                #expect(await stage.manager.refusal(request, path)?.code == .invalidArgument)
            }
            let foreign = try await stage.addNumber(1, in: stage.other)
            let refusal = await stage.manager.refusal(
                Proto.SetOutboundLockRequest.with { $0.numberIDs = [foreign] }, path)
            #expect(refusal?.reason == "NUMBER_NOT_FOUND")
        }
    }

    @Test func `B044 every option comes in one answer unless pages are asked for`() async throws {
        try await AssignmentStage.run { stage in
            let names = (100..<170).map { "agent-\($0)" }
            try await stage.putAgents(names)
            let all = try await options(stage)
            #expect(all.options.map(\.value) == names)
            #expect(all.nextPageToken.isEmpty)
            var paged: [String] = []
            var page = Proto.PageRequest.with { $0.pageSize = 32 }
            for _ in 0..<5 {
                let reply = try await options(stage, page: page)
                paged += reply.options.map(\.value)
                page.pageToken = reply.nextPageToken
                if page.pageToken.isEmpty { break }
            }
            #expect(paged == names)
        }
    }

    @Test func `B044 options that do not fit one answer go on behind a token`() async throws {
        try await AssignmentStage.run { stage in
            // 4 bytes a character: some 800 bytes a name, more than 3 MiB of options.
            let name = String(repeating: "🎧", count: 196)
            let workspace = stage.acme.key
            for batch in 0..<4 {
                var agents: [AgentDescription] = []
                for index in (batch * 1_000)..<(batch * 1_000 + 1_000) {
                    agents.append(
                        try AgentDescription(
                            id: #require(AgentID("agent-\(index)")),
                            name: "\(1_000 + index)" + name, status: .published))
                }
                _ = try await stage.store.perform(
                    MutationRequest(
                        workspace: workspace, actor: "test", requestID: "setup",
                        at: stage.clock.now)
                ) { [agents] writer throws(DomainError) in
                    _ = try AgentEdit.put(agents, in: workspace, through: writer)
                    return []
                }
            }
            let first = try await options(stage)
            #expect((3_000..<4_000).contains(first.options.count))
            let page = Proto.PageRequest.with { $0.pageToken = first.nextPageToken }
            let second = try await options(stage, page: page)
            #expect(second.nextPageToken.isEmpty)
            let values = (first.options + second.options).map(\.value)
            #expect(values == (0..<4_000).map { "agent-\($0)" })
        }
    }
}
