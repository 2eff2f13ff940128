import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperServices
import LinekeeperTestSupport
import Testing

@Suite struct HotCallOutboundTests {
    @Test func `B064 an agent calls from the number of its outbound profile`() async throws {
        try await HotCallStage.run { stage in
            try stage.number(holder: try stage.agent())
            let expected = Proto.AuthorizeOutboundResponse.with {
                $0.numberID = "num_00000000000000070000000000000001"
                $0.fromE164 = "+14155550100"
                $0.carrier = .sip
                $0.connectionID = "con_00000000000000050000000000000001"
                $0.ringTimeoutSeconds = 30
                $0.toE164 = "+14155550199"
                $0.agentID = "ann"
            }
            #expect(try await stage.authorize { $0.agentID = "ann" } == expected)
            #expect(try await stage.authorize { $0.fromE164 = "14155550100" } == expected)
            let both = try await stage.authorize {
                $0.agentID = "ann"
                $0.fromE164 = "+14155550100"
                $0.toE164 = "14155550199"
                $0.workspaceID = "wsp_00000000000000090000000000000001"
            }
            #expect(both == expected)
            #expect(
                try await stage.authorize {
                    $0.agentID = "ann"
                    $0.toE164 = "+493012345678"
                }.ringTimeoutSeconds == 45)
        }
    }

    @Test func `B083 Twilio's region and edge are told, and no other carrier's`() async throws {
        try await HotCallStage.run { stage in
            let ann = try stage.agent()
            try stage.number(holder: ann) {
                $0.carrier = .twilio
                $0.region = .europe
            }
            let twilio = try await stage.authorize { $0.agentID = "ann" }
            #expect(twilio.carrier == .twilio)
            #expect(twilio.region == "ie1")
            #expect(twilio.edge == "dublin")
            try stage.number(holder: ann) { $0.carrier = .twilio }
            #expect(try await stage.authorize { $0.agentID = "ann" }.region.isEmpty)
            try stage.number(holder: ann) {
                $0.carrier = .telnyx
                $0.region = .europe
            }
            let telnyx = try await stage.authorize { $0.agentID = "ann" }
            #expect(telnyx.carrier == .telnyx)
            #expect(telnyx.region.isEmpty && telnyx.edge.isEmpty)
        }
    }

    @Test(arguments: Proto.Initiator.allKnown)
    func `B041 a number that is off refuses every initiator, in the product's words`(
        initiator: Proto.Initiator
    ) async throws {
        try await HotCallStage.run { stage in
            let number = try stage.number(holder: try stage.agent()) {
                $0.outboundEnabled = false
            }
            for byAgent in [true, false] {
                let refusal = try await Status.refusal {
                    try await stage.authorize {
                        if byAgent { $0.agentID = "ann" } else { $0.fromE164 = "+14155550100" }
                        $0.initiator = initiator
                    }
                }
                #expect(refusal?.code == .failedPrecondition)
                #expect(refusal?.reason == "OUTBOUND_DISABLED")
                #expect(
                    refusal?.message == "Outbound calling is disabled for this phone number.")
                #expect(refusal?.facts["detail"] == "toggle")
                #expect(refusal?.facts["number"] == "+14155550100")
            }
            #expect(stage.refusals.refusals(of: number.id).map(\.count) == [2])
            // B042
            #expect(try await stage.route("+14155550100").agentID == "ann")
            #expect(try await stage.smsSender("ann").fromE164 == "+14155550100")
        }
    }

    @Test func `B047 a lock refuses in the same words and says that it is one`() async throws {
        try await HotCallStage.run { stage in
            let number = try stage.number(holder: try stage.agent())
            let locks: [(inout WorkspaceFacts) -> Void] = [
                { $0.outboundLocked = true }, { $0.lockedNumbers = [number.e164] },
            ]
            for lock in locks {
                stage.routes.put(HotCallStage.workspaceFacts(1, lock))
                let refusal = try await Status.refusal {
                    try await stage.authorize { $0.agentID = "ann" }
                }
                #expect(
                    refusal?.message == "Outbound calling is disabled for this phone number.")
                #expect(refusal?.facts["detail"] == "lock")
            }
            stage.routes.put(HotCallStage.workspaceFacts())
            #expect(try await stage.authorize { $0.agentID = "ann" }.agentID == "ann")
        }
    }

    @Test func `B049 an agent without a number, and a number without an agent, have reasons`()
        async throws
    {
        try await HotCallStage.run { stage in
            try stage.agent("ann")
            let number = try stage.number()
            let agent = try await Status.refusal {
                try await stage.authorize { $0.agentID = "ann" }
            }
            #expect(agent?.reason == "NO_OUTBOUND_NUMBER")
            #expect(agent?.facts["agent_id"] == "ann")
            let unassigned = try await Status.refusal {
                try await stage.authorize { $0.fromE164 = "+14155550100" }
            }
            #expect(unassigned?.reason == "NO_OUTBOUND_AGENT")
            #expect(stage.refusals.refusals(of: number.id).map(\.use) == [.outbound])
            let unknown = try await Status.refusal {
                try await stage.authorize { $0.agentID = "nobody" }
            }
            #expect(unknown?.code == .notFound)
            #expect(unknown?.reason == "AGENT_NOT_FOUND")
        }
    }

    @Test func `an agent does not call from a number that another holds`() async throws {
        try await HotCallStage.run { stage in
            try stage.number(holder: try stage.agent("ann"))
            var bob = try stage.agent("bob")
            let named = try await Status.refusal {
                try await stage.authorize {
                    $0.agentID = "bob"
                    $0.fromE164 = "+14155550100"
                }
            }
            #expect(named?.reason == "NO_OUTBOUND_NUMBER")
            // As between two changes of a commit: the agent's entry is older than the number's.
            bob.outbound = try E164("+14155550100", field: "e164")
            stage.routes.put(bob)
            let stale = try await Status.refusal {
                try await stage.authorize { $0.agentID = "bob" }
            }
            #expect(stale?.reason == "NO_OUTBOUND_NUMBER")
        }
    }

    @Test func `B071 B067 the agent's state and the number's capability are checked`() async throws
    {
        try await HotCallStage.run { stage in
            let cases: [((inout AgentFacts, inout NumberFacts) -> Void, String?)] = [
                ({ agent, _ in agent.status = .draft }, "AGENT_NOT_PUBLISHED"),
                ({ agent, _ in agent.status = .inactive }, "AGENT_INACTIVE"),
                ({ agent, _ in agent.outboundConfigured = false }, "AGENT_NOT_CONFIGURED"),
                ({ agent, _ in agent.outboundConfigured = true }, nil),
                ({ _, number in number.capabilities = [.sms] }, "CAPABILITY_MISSING"),
                ({ _, number in number.status = .pending }, "NUMBER_NOT_ACTIVE"),
            ]
            for (change, reason) in cases {
                var agent = try stage.agent()
                try stage.number {
                    change(&agent, &$0)
                    $0.outbound = agent.binding
                    agent.outbound = $0.e164
                }
                stage.routes.put(agent)
                let refusal = try await Status.refusal {
                    try await stage.authorize { $0.agentID = "ann" }
                }
                #expect(refusal?.reason == reason)
            }
        }
    }

    @Test func `B070 a destination outside the prefixes is refused`() async throws {
        try await HotCallStage.run { stage in
            let america = try #require(E164Prefix("+1".utf8))
            let germany = try #require(E164Prefix("+49".utf8))
            func reason(_ destination: String) async throws -> String? {
                try await Status.refusal {
                    try await stage.authorize {
                        $0.agentID = "ann"
                        $0.toE164 = destination
                    }
                }?.reason
            }
            try stage.number(holder: try stage.agent()) {
                $0.extras = NumberExtras(
                    fallback: nil, allowedDestinations: [america, germany])
            }
            #expect(try await reason("+493012345678") == nil)
            #expect(try await reason("+33123456789") == "DESTINATION_NOT_ALLOWED")
            stage.routes.put(
                HotCallStage.workspaceFacts { $0.allowedDestinations = [america] })
            #expect(try await reason("+493012345678") == "DESTINATION_NOT_ALLOWED")
            #expect(try await reason("+12125550100") == nil)
        }
    }

    @Test func `B065 an agent texts from the number of its SMS profile`() async throws {
        try await HotCallStage.run { stage in
            let ann = try stage.agent("ann")
            try stage.number(holder: ann)
            #expect(
                try await stage.smsSender("ann")
                    == .with {
                        $0.numberID = "num_00000000000000070000000000000001"
                        $0.fromE164 = "+14155550100"
                        $0.carrier = .sip
                        $0.connectionID = "con_00000000000000050000000000000001"
                    })
            try stage.agent("bob")
            let none = try await Status.refusal { try await stage.smsSender("bob") }
            #expect(none?.reason == "NO_SMS_NUMBER")
            let muted = try stage.agent("ann") { $0.smsEnabled = false }
            let number = try stage.number(holder: muted)
            let refusal = try await Status.refusal { try await stage.smsSender("ann") }
            #expect(refusal?.reason == "AGENT_NOT_CONFIGURED")
            #expect(stage.refusals.refusals(of: number.id).map(\.use) == [.sms])
        }
    }

    @Test func `B200 a token's workspace decides; the platform's must name one`() async throws {
        try await HotCallStage.run { stage in
            try stage.number(holder: try stage.agent())
            let own = HotCallStage.workspaceID.description
            func reason(
                _ client: RPCClient, workspace: String, from number: String = ""
            ) async throws -> String? {
                try await Status.refusal {
                    try await stage.authorize(through: client) {
                        $0.workspaceID = workspace
                        if number.isEmpty { $0.agentID = "ann" } else { $0.fromE164 = number }
                    }
                }?.reason
            }
            #expect(try await reason(stage.client, workspace: own) == nil)
            #expect(try await reason(stage.platform, workspace: own) == nil)
            #expect(try await reason(stage.platform, workspace: "") == "INVALID_ARGUMENT")
            #expect(
                try await reason(stage.platform, workspace: "wsp_nonsense")
                    == "WORKSPACE_NOT_FOUND")
            #expect(try await reason(stage.stranger, workspace: own) == "WORKSPACE_NOT_FOUND")
            #expect(try await reason(stage.stranger, workspace: "") == "AGENT_NOT_FOUND")
            #expect(
                try await reason(stage.stranger, workspace: "", from: "+14155550100")
                    == "NUMBER_NOT_FOUND")
            #expect(
                try await reason(stage.stranger, workspace: "", from: "+14155550199")
                    == "NUMBER_NOT_FOUND")
            let sms = try await Status.refusal {
                try await stage.smsSender("ann", through: stage.stranger)
            }
            #expect(sms?.reason == "AGENT_NOT_FOUND")
        }
    }

    @Test func `what is missing or cannot be is refused, naming the field`() async throws {
        try await HotCallStage.run { stage in
            func fields(
                _ change: (inout Proto.AuthorizeOutboundRequest) -> Void
            ) async throws -> [String]? {
                let refusal = try await Status.refusal { try await stage.authorize(change) }
                #expect(refusal?.code == .invalidArgument)
                return refusal?.violations.map(\.field)
            }
            #expect(try await fields { _ in } == ["agent_id"])
            #expect(try await fields { $0.toE164 = "0041" } == ["to_e164"])
            #expect(try await fields { $0.fromE164 = "main line" } == ["from_e164"])
            let long = String(repeating: "a", count: 65)
            #expect(try await fields { $0.agentID = long } == ["agent_id"])
            for agent in ["", long] {
                let refusal = try await Status.refusal { try await stage.smsSender(agent) }
                #expect(refusal?.violations.map(\.field) == ["agent_id"])
            }
        }
    }
}
