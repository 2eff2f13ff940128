import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperServices
import LinekeeperTestSupport
import Testing

@Suite struct AssignmentListTests {
    @Test func `B032 the dropdown of agents gives the reason that the save would give`()
        async throws
    {
        try await AssignmentStage.run { stage in
            let first = try await stage.addNumber(1)
            let second = try await stage.addNumber(2)
            try await stage.putAgents(["ann", "bob", "cat"])
            try await stage.putAgents(["dot"], status: .inactive)
            try await stage.putAgents(["eve"], status: .draft)
            try await stage.update(first) { $0.inbound = .agent("ann") }
            try await stage.update(second) { $0.inbound = .agent("bob") }

            func list(_ number: String) async throws -> [Proto.AssignableAgent] {
                var request = Proto.ListAssignableAgentsRequest.with {
                    $0.numberID = number
                    $0.profile = .inbound
                    $0.page = .with { $0.pageSize = 2 }
                }
                var agents: [Proto.AssignableAgent] = []
                for _ in 0..<10 {
                    let reply = try await stage.manager.call(
                        request, AssignmentStage.path("ListAssignableAgents"),
                        Proto.ListAssignableAgentsResponse.self)
                    agents += reply.agents
                    request.page?.pageToken = reply.nextPageToken
                    if reply.nextPageToken.isEmpty { break }
                }
                return agents
            }
            let agents = try await list(first)
            #expect(agents.map { $0.agent?.agentID } == ["ann", "bob", "cat", "dot", "eve"])
            #expect(
                agents.map(\.reason) == [
                    "", "PROFILE_TAKEN", "PROFILE_TAKEN", "AGENT_INACTIVE", "PROFILE_TAKEN",
                ])
            #expect(agents.map(\.current) == [true, false, false, false, false])
            for agent in agents {
                let id = agent.agent?.agentID ?? ""
                let refusal = await stage.updateRefusal(first) { $0.inbound = .agent(id) }
                #expect(refusal?.reason ?? "" == agent.reason)
                #expect(refusal?.message ?? "" == agent.message)
                #expect(agent.assignable == (refusal == nil))
            }
            let third = try await stage.addNumber(3)
            #expect(
                try await list(third).map(\.reason) == [
                    "AGENT_HAS_NUMBER", "AGENT_HAS_NUMBER", "", "AGENT_INACTIVE", "",
                ])
        }
    }

    @Test func `B032 the dropdown of numbers gives the reason that the save would give`()
        async throws
    {
        try await AssignmentStage.run { stage in
            let numbers = [
                try await stage.addNumber(1), try await stage.addNumber(2, capabilities: [.sms]),
                try await stage.addNumber(3), try await stage.addNumber(4),
            ]
            try await stage.addNumber(9, in: stage.other)
            try await stage.putAgents(["ann", "bob"])
            try await stage.update(numbers[0]) { $0.sms = .agent("bob") }
            func list(_ agent: String) async throws -> [Proto.AssignableNumber] {
                try await stage.manager.call(
                    Proto.ListAssignableNumbersRequest.with {
                        $0.agentID = agent
                        $0.profile = .outbound
                    }, AssignmentStage.path("ListAssignableNumbers"),
                    Proto.ListAssignableNumbersResponse.self
                ).numbers
            }
            let offered = try await list("ann")
            #expect(offered.map(\.numberID) == numbers)
            #expect(
                offered.map(\.reason) == ["PROFILE_TAKEN", "CAPABILITY_MISSING", "", ""])
            for number in offered {
                let refusal = await stage.updateRefusal(number.numberID) {
                    $0.outbound = .agent("ann")
                }
                #expect(refusal?.message ?? "" == number.message)
                if refusal == nil {
                    try await stage.update(number.numberID) { $0.outbound = .cleared }
                }
            }
            try await stage.update(numbers[2]) { $0.outbound = .agent("ann") }
            let held = try await list("ann")
            #expect(held.map(\.current) == [false, false, true, false])
            #expect(held.map(\.assignable) == [false, false, true, false])
            #expect(held[3].reason == "AGENT_HAS_NUMBER")
        }
    }

    @Test func `lists refuse what is not there or not named`() async throws {
        try await AssignmentStage.run { stage in
            let number = try await stage.addNumber(1)
            let agents = AssignmentStage.path("ListAssignableAgents")
            let noProfile = Proto.ListAssignableAgentsRequest.with { $0.numberID = number }
            #expect(
                await stage.manager.refusal(noProfile, agents)?.violations.map(\.field)
                    == ["profile"])
            let unknownProfile = Proto.ListAssignableAgentsRequest.with {
                $0.numberID = number
                $0.profile = Proto.Profile(rawValue: 77)
            }
            #expect(await stage.manager.refusal(unknownProfile, agents)?.code == .invalidArgument)
            let unknownNumber = Proto.ListAssignableAgentsRequest.with {
                $0.numberID = NumberID(high: 9, low: 9).description
                $0.profile = .sms
            }
            #expect(
                await stage.manager.refusal(unknownNumber, agents)?.reason == "NUMBER_NOT_FOUND")
            let unknownAgent = Proto.ListAssignableNumbersRequest.with {
                $0.agentID = "nobody"
                $0.profile = .sms
            }
            #expect(
                await stage.manager.refusal(
                    unknownAgent, AssignmentStage.path("ListAssignableNumbers"))?.reason
                    == "AGENT_NOT_FOUND")
        }
    }

    @Test func `B020 agents are mirrored, listed with their numbers and deleted`() async throws {
        try await AssignmentStage.run { stage in
            let first = try await stage.addNumber(1)
            let second = try await stage.addNumber(2)
            var counts = try await stage.putAgents(["ann", "bob"])
            #expect([counts.created, counts.updated, counts.unchanged] == [2, 0, 0])
            counts = try await stage.putAgents(["ann"], status: .draft)
            #expect([counts.created, counts.updated, counts.unchanged] == [0, 1, 0])
            try await stage.update(first) {
                $0.inbound = .agent("ann")
                $0.outbound = .agent("ann")
            }
            try await stage.update(second) { $0.sms = .agent("ann") }

            let ask = Proto.GetAgentNumbersRequest.with { $0.agentID = "ann" }
            let held = try await stage.manager.call(
                ask, AssignmentStage.path("GetAgentNumbers"), Proto.GetAgentNumbersResponse.self)
            #expect(held.inbound?.numberID == first)
            #expect(held.outbound?.numberID == first)
            #expect(held.sms?.numberID == second)
            #expect(held.agent?.status == .draft)

            let listed = try await stage.manager.call(
                Proto.ListAgentsRequest.with { $0.status = .draft },
                AssignmentStage.path("ListAgents"), Proto.ListAgentsResponse.self)
            #expect(listed.agents.map(\.agentID) == ["ann"])
            #expect(listed.agents.first?.inboundE164 == AssignmentStage.e164(1))
            #expect(listed.agents.first?.smsE164 == AssignmentStage.e164(2))

            let deletion = Proto.DeleteAgentRequest.with { $0.agentID = "ann" }
            let deleted = try await stage.manager.call(
                deletion, AssignmentStage.path("DeleteAgent"), Proto.DeleteAgentResponse.self)
            #expect(deleted.clearedNumberIDs == [first, second])
            #expect(
                await stage.manager.refusal(deletion, AssignmentStage.path("DeleteAgent"))?.reason
                    == "AGENT_NOT_FOUND")
            #expect(
                await stage.manager.refusal(ask, AssignmentStage.path("GetAgentNumbers"))?.reason
                    == "AGENT_NOT_FOUND")
            let left = try await stage.update(first) { _ in }.number?.assignments
            #expect(left?.inbound == nil && left?.outbound == nil)
        }
    }

    @Test(
        arguments: [
            { (agent: inout Proto.Agent) in agent.agentID = "" }, { $0.agentID = "a/b" },
            { $0.name = "" }, { $0.name = "a\nb" }, { $0.status = .unspecified },
            { $0.status = Proto.AgentStatus(rawValue: 9) },
        ] as [@Sendable (inout Proto.Agent) -> Void])
    func `an agent of the wrong form is refused with the field at fault`(
        _ edit: @Sendable (inout Proto.Agent) -> Void
    ) async throws {
        var agent = Proto.Agent.with {
            $0.agentID = "ann"
            $0.name = "Ann"
            $0.status = .published
        }
        edit(&agent)
        let request = Proto.PutAgentsRequest.with { $0.agents = [agent] }
        try await AssignmentStage.run { stage in
            let refusal = await stage.manager.refusal(request, AssignmentStage.path("PutAgents"))
            #expect(refusal?.code == .invalidArgument)
            #expect(refusal?.violations.isEmpty == false)
        }
    }
}
