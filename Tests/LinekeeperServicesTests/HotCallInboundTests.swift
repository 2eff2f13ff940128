import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import Testing

@Suite struct HotCallInboundTests {
    @Test func `B060 the answer names the agent, the number and where it is`() async throws {
        try await HotCallStage.run { stage in
            let ann = try stage.agent("ann") { $0.name = "Ånn – Empfang 📞" }
            try stage.number(holder: ann)
            let answer = try await stage.route("+14155550100") { $0.channel = .voice }
            #expect(
                answer
                    == .with {
                        $0.numberID = "num_00000000000000070000000000000001"
                        $0.workspaceID = "wsp_00000000000000090000000000000001"
                        $0.agentID = "ann"
                        $0.agentName = "Ånn – Empfang 📞"
                        $0.connectionID = "con_00000000000000050000000000000001"
                        $0.ringTimeoutSeconds = 30
                        $0.action = .agent
                        $0.calledE164 = "+14155550100"
                    })
        }
    }

    @Test func `B060 B061 each channel has its agent, and no channel means voice`() async throws {
        try await HotCallStage.run { stage in
            let ann = try stage.agent("ann").binding
            let bob = try stage.agent("bob").binding
            try stage.number {
                $0.inbound = ann
                $0.sms = bob
            }
            #expect(try await stage.route("+14155550100").agentID == "ann")
            #expect(try await stage.route("+14155550100") { $0.channel = .sms }.agentID == "bob")
        }
    }

    @Test func `a number without its plus sign is the same number`() async throws {
        try await HotCallStage.run { stage in
            try stage.number(holder: try stage.agent())
            let answer = try await stage.route("14155550100") {
                $0.callerE164 = "4930123456"
                $0.forwardedFrom = "14155550177"
            }
            #expect(answer.calledE164 == "+14155550100")
            #expect(answer.ringTimeoutSeconds == 45)
            #expect(answer.forwardedFrom == "+14155550177")
        }
    }

    @Test func `B068 a forwarded call reaches the agent and says from which line`() async throws {
        try await HotCallStage.run { stage in
            try stage.number(holder: try stage.agent())
            let answer = try await stage.route("+14155550100") {
                $0.forwardedFrom = "+14155550177"
            }
            #expect(answer.agentID == "ann")
            #expect(answer.forwardedFrom == "+14155550177")
            #expect(try await stage.route("+14155550100").forwardedFrom.isEmpty)
        }
    }

    @Test func `B066 the ring timeout is the number's own, else by who calls`() async throws {
        let slow = try #require(E164Prefix("+1415555".utf8))
        try await HotCallStage.run(ringTimeouts: RingTimeouts([(slow, 70)])) { stage in
            try stage.number(holder: try stage.agent())
            try stage.number("+14155550101", id: 2) {
                $0.inbound = try stage.agent("bob").binding
                $0.ringTimeoutOverride = 12
            }
            try stage.number("+493012345678", id: 3) {
                $0.inbound = try stage.agent("cat").binding
            }
            func seconds(_ called: String, from caller: String) async throws -> UInt32 {
                try await stage.route(called) { $0.callerE164 = caller }.ringTimeoutSeconds
            }
            #expect(try await seconds("+14155550100", from: "+493012345678") == 70)
            #expect(try await seconds("+14155550101", from: "+493012345678") == 12)
            #expect(try await seconds("+493012345678", from: "+498912345678") == 30)
            #expect(try await seconds("+493012345678", from: "+14155550100") == 45)
            #expect(try await seconds("+493012345678", from: "") == 30)
        }
    }

    @Test func `B062 B063 the fallback answers for an agent that cannot`() async throws {
        try await HotCallStage.run { stage in
            let draft = try stage.agent("ann") { $0.status = .draft }
            let bob = try stage.agent("bob").binding
            func answer(_ fallback: Fallback) async throws -> Proto.RouteInboundResponse {
                try stage.number(holder: draft) {
                    $0.extras = NumberExtras(fallback: fallback, allowedDestinations: [])
                }
                let answer = try await stage.route("+14155550100")
                #expect(answer.fallbackUsed)
                #expect(answer.numberID == "num_00000000000000070000000000000001")
                return answer
            }
            let agent = try await answer(.agent(bob))
            #expect(agent.action == .agent)
            #expect(agent.agentID == "bob")
            #expect(agent.agentName == "Agent bob")
            let forward = try await answer(.forward(try E164("+493012345678", field: "e164")))
            #expect(forward.action == .forward)
            #expect(forward.forwardToE164 == "+493012345678")
            #expect(forward.agentID.isEmpty)
            let reject = try await answer(.reject)
            #expect(reject.action == .reject)
            #expect(reject.agentID.isEmpty)
        }
    }

    @Test(arguments: [
        (nil, "NOT_ASSIGNED"), (AgentStatus.draft, "AGENT_NOT_PUBLISHED"),
        (.inactive, "AGENT_INACTIVE"),
    ])
    func `B062 without a fallback the refusal says why, and of which number and agent`(
        status: AgentStatus?, reason: String
    ) async throws {
        try await HotCallStage.run { stage in
            let agent = try status.map { status in try stage.agent { $0.status = status } }
            let number = try stage.number(holder: agent)
            let refusal = try await Status.refusal { try await stage.route("+14155550100") }
            #expect(refusal?.code == .failedPrecondition)
            #expect(refusal?.reason == reason)
            #expect(refusal?.facts["number"] == "+14155550100")
            #expect(refusal?.facts["workspace_id"] == "wsp_00000000000000090000000000000001")
            #expect(refusal?.facts["agent_id"] == agent.map { _ in "ann" })
            #expect(refusal?.facts["request_id"]?.isEmpty == false)
            let remembered = stage.refusals.refusals(of: number.id)
            #expect(remembered.map(\.reason.rawValue) == [reason])
            #expect(remembered.map(\.use) == [.inbound])
        }
    }

    @Test func `B067 a number that cannot carry the channel is refused`() async throws {
        try await HotCallStage.run { stage in
            let ann = try stage.agent()
            let number = try stage.number(holder: ann) { $0.capabilities = [.voice] }
            let refusal = try await Status.refusal {
                try await stage.route("+14155550100") { $0.channel = .sms }
            }
            #expect(refusal?.code == .failedPrecondition)
            #expect(refusal?.reason == "CAPABILITY_MISSING")
            #expect(stage.refusals.refusals(of: number.id).map(\.use) == [.sms])
        }
    }

    @Test func `B200 another workspace's number is refused like one that nobody has`() async throws
    {
        try await HotCallStage.run { stage in
            let number = try stage.number(holder: try stage.agent())
            try stage.number("+14155550101", id: 2) { $0.status = .releasing }
            let foreign = try await Status.refusal {
                try await stage.route("+14155550100", through: stage.stranger)
            }
            let unknown = try await Status.refusal {
                try await stage.route("+14155550102", through: stage.stranger)
            }
            #expect(foreign?.code == .notFound)
            #expect(foreign?.reason == "NUMBER_NOT_FOUND")
            #expect(foreign?.message == unknown?.message)
            #expect(foreign?.facts.keys.sorted() == unknown?.facts.keys.sorted())
            #expect(stage.refusals.refusals(of: number.id).isEmpty)
            // Its owner and the platform reach it.
            #expect(try await stage.route("+14155550100").agentID == "ann")
            #expect(
                try await stage.route("+14155550100", through: stage.platform).agentID == "ann")
            // A number on its way back is not found either.
            let gone = try await Status.refusal { try await stage.route("+14155550101") }
            #expect(gone?.reason == "NUMBER_NOT_FOUND")
        }
    }

    @Test(arguments: [
        "", "+", "911", "+0415555010", "+1415555010a", "+1 4155550100", "+1234567890123456",
        "++14155550100", "sip:ann@example.com", "+١٤١٥٥٥٥٠١٠٠", "+14155550100\u{301}",
    ])
    func `what is no number is refused, naming the field`(text: String) async throws {
        try await HotCallStage.run { stage in
            try stage.number(holder: try stage.agent())
            let called = try await Status.refusal { try await stage.route(text) }
            #expect(called?.code == .invalidArgument)
            #expect(called?.reason == "INVALID_E164")
            #expect(called?.violations.map(\.field) == ["called_e164"])
            guard !text.isEmpty else { return }
            let caller = try await Status.refusal {
                try await stage.route("+14155550100") { $0.callerE164 = text }
            }
            #expect(caller?.violations.map(\.field) == ["caller_e164"])
            let from = try await Status.refusal {
                try await stage.route("+14155550100") { $0.forwardedFrom = text }
            }
            #expect(from?.violations.map(\.field) == ["forwarded_from"])
        }
    }

    @Test func `a channel of the future is refused rather than taken for voice`() async throws {
        try await HotCallStage.run { stage in
            try stage.number(holder: try stage.agent())
            let refusal = try await Status.refusal {
                try await stage.route("+14155550100") { $0.channel = .init(rawValue: 9) }
            }
            #expect(refusal?.reason == "INVALID_ARGUMENT")
            #expect(refusal?.violations.map(\.field) == ["channel"])
        }
    }

    @Test func `B201 a viewer may not ask`() async throws {
        try await HotCallStage.run { stage in
            let refusal = try await Status.refusal {
                try await stage.route("+14155550100", through: stage.viewer)
            }
            #expect(refusal?.code == .permissionDenied)
        }
    }
}
