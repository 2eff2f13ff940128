import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import TestPrograms
import Testing

extension Integration {
    @Suite struct StoryTests {
        /// To the letter: other programs compare it.
        static let disabled = "Outbound calling is disabled for this phone number."

        @Test func `a server that ends and starts again goes on where it was`() async throws {
            try await ServerHome.with { home in
                var server = try await home.start()
                let acme = try await Tenant("Acme", on: server)
                let numbers = try await acme.importNumbers((0..<25).map(e164))
                try await assignments(of: acme, numbers)
                try await control(of: acme, numbers)
                let before = try await picture(acme)

                #expect(await server.stop() == .code(0))
                #expect(server.log.contains("stopped"))

                server = try await home.start()
                let client = try server.client(token: acme.managerToken.secret)
                let again = acme.through(client)
                #expect(try await picture(again) == before)
                try await control(of: again, numbers)
                #expect(await server.stop() == .code(0))
            }
        }

        /// B001, B022, B024, B027, B030, B031, B060, B061, B064, B065
        private func assignments(of acme: Tenant, _ numbers: [String]) async throws {
            let client = acme.client
            try await client.putAgents(["ada", "bob"])
            try await client.putAgents(["draft"], status: .draft)
            let saved = try await client.assign(numbers[0]) {
                $0.inbound = .to("ada")
                $0.outbound = .to("ada")
                $0.sms = .to("ada")
            }
            #expect(saved.number?.assignments?.outbound?.agentName == "Agent ada")
            #expect(Set(saved.warnings.map(\.code)) == ["WEBHOOKS_NOT_MANAGED"])

            let route = try await client.route(e164(0))
            #expect(route.agentID == "ada" && route.action == .agent)
            #expect(route.workspaceID == acme.id && route.numberID == numbers[0])
            #expect(try await client.route(e164(0), .sms).agentID == "ada")
            #expect(try await client.smsSender("ada").fromE164 == e164(0))
            let call = try await client.authorize("ada", to: "+4930123456")
            #expect(call.fromE164 == e164(0) && call.carrier == .sip)
            #expect(call.connectionID == acme.connection)
            // Abroad it rings longer than at home.
            #expect(call.ringTimeoutSeconds == 45)
            #expect(try await client.authorize("ada", to: "+12125550100").ringTimeoutSeconds == 30)

            let taken = try await Status.refusal {
                try await client.assign(numbers[0]) { $0.sms = .to("bob") }
            }
            #expect(taken?.reason == "PROFILE_TAKEN" && taken?.facts["agent_id"] == "ada")
            let draft = try await client.assign(numbers[1]) { $0.inbound = .to("draft") }
            #expect(draft.warnings.contains { $0.code == "AGENT_NOT_PUBLISHED" })
            let unpublished = try await Status.refusal { try await client.route(e164(1)) }
            #expect(unpublished?.reason == "AGENT_NOT_PUBLISHED")
            let unassigned = try await Status.refusal { try await client.route(e164(2)) }
            #expect(unassigned?.reason == "NOT_ASSIGNED")
            let unknown = try await Status.refusal { try await client.route(e164(999)) }
            #expect(unknown?.code == .notFound && unknown?.reason == "NUMBER_NOT_FOUND")
        }

        /// B041, B042, B043, B045, B047, B049
        private func control(of acme: Tenant, _ numbers: [String]) async throws {
            let client = acme.client
            let outcomes = try await client.setOutbound(false, numbers: [numbers[0]])
            #expect(outcomes.map(\.changed) == [true])
            for initiator in [Proto.Initiator.ui, .api, .automation] {
                let refused = try await Status.refusal {
                    try await client.authorize("ada", to: "+12125550100", initiator: initiator)
                }
                #expect(refused?.code == .failedPrecondition)
                #expect(refused?.reason == "OUTBOUND_DISABLED")
                #expect(refused?.message == Self.disabled)
            }
            #expect(try await client.route(e164(0)).agentID == "ada")
            #expect(try await client.smsSender("ada").numberID == numbers[0])
            #expect(try await option(client, "ada")?.reason == .disabled)
            #expect(try await option(client, "bob")?.reason == .noOutboundNumber)

            try await client.assign(numbers[0]) { $0.outbound = .cleared }
            try await client.assign(numbers[0]) { $0.outbound = .to("ada") }
            #expect(try await client.authorize("ada", to: "+12125550100").fromE164 == e164(0))

            try await client.setLock(true)
            try await client.assign(numbers[0]) { $0.outbound = .cleared }
            try await client.assign(numbers[0]) { $0.outbound = .to("ada") }
            let locked = try await Status.refusal {
                try await client.authorize("ada", to: "+12125550100")
            }
            #expect(locked?.message == Self.disabled)
            #expect(try await option(client, "ada")?.reason == .locked)
            try await client.setLock(false)
            #expect(try await client.authorize("ada", to: "+12125550100").fromE164 == e164(0))
        }

        private func option(
            _ client: RPCClient, _ agent: String
        ) async throws -> Proto.OutboundOption? {
            try await client.call(
                Proto.ListOutboundOptionsRequest(), Method.assignment("ListOutboundOptions"),
                Proto.ListOutboundOptionsResponse.self
            ).options.first { $0.value == agent }
        }

        /// What must be the same on both sides of a restart.
        private struct Picture: Equatable {
            var numbers: [Proto.PhoneNumber]
            var agents: [Proto.Agent]
            var routes: [String]
        }

        private func picture(_ acme: Tenant) async throws -> Picture {
            let client = acme.client
            let numbers = try await client.call(
                Proto.ListNumbersRequest(), Method.number("ListNumbers"),
                Proto.ListNumbersResponse.self)
            let agents = try await client.call(
                Proto.ListAgentsRequest(), Method.assignment("ListAgents"),
                Proto.ListAgentsResponse.self)
            var routes: [String] = []
            for index in 0..<25 {
                for channel in [Proto.Channel.voice, .sms] {
                    let refusal = try await Status.refusal {
                        routes.append("\(try await client.route(e164(index), channel))")
                    }
                    if let refusal { routes.append(refusal.reason) }
                }
            }
            return Picture(numbers: numbers.numbers, agents: agents.agents, routes: routes)
        }
    }
}
