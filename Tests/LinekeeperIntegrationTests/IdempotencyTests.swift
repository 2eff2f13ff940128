import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import Testing

extension Integration {
    @Suite struct IdempotencyTests {
        @Test func `B204 100 copies of one key happen once and are told the same`()
            async throws
        {
            try await ServerHome.with { home in
                var server = try await home.start()
                let acme = try await Tenant("Acme", on: server)
                let number = try await acme.importNumbers([e164(1)])[0]
                try await acme.client.putAgents(["ada"])
                let request = Proto.UpdateAssignmentsRequest.with {
                    $0.numberID = number
                    $0.inbound = .to("ada")
                }
                let token = acme.managerToken.secret
                let answers = try await copies(
                    100, Method.assignment("UpdateAssignments"), request.encoded(),
                    on: (0..<20).map { _ in try server.client(token: token) })
                #expect(Set(answers).count == 1)
                #expect(answers.count == 100)
                // One change, one version, one event.
                #expect(try await acme.client.number(e164(1)).version == 2)
                #expect(try events(home, "assignments.updated") == 1)

                await server.kill()
                server = try await home.start()
                let client = try server.client(token: token)
                let again = try await copies(
                    3, Method.assignment("UpdateAssignments"), request.encoded(), on: [client])
                #expect(Set(again) == Set(answers))
                #expect(try events(home, "assignments.updated") == 1)
                try await refusesAnotherPayload(client, request)
                // What was written since does not change what the key answers.
                try await client.assign(number) { $0.inbound = .cleared }
                let later = try await copies(
                    1, Method.assignment("UpdateAssignments"), request.encoded(), on: [client])
                #expect(later == [answers[0]])
                let route = try await Status.refusal { try await client.route(e164(1)) }
                #expect(route?.reason == "NOT_ASSIGNED")
            }
        }

        private func refusesAnotherPayload(
            _ client: RPCClient, _ request: Proto.UpdateAssignmentsRequest
        ) async throws {
            var other = request
            other.inbound = .cleared
            let payload = other.encoded()
            let refusal = try await Status.refusal {
                try await client.call(
                    Method.assignment("UpdateAssignments"), payload: payload,
                    CallOptions(idempotencyKey: "the key"))
            }
            #expect(refusal?.code == .invalidArgument)
            #expect(refusal?.reason == "IDEMPOTENCY_KEY_REUSED")
            let method = try await Status.refusal {
                try await client.call(
                    Method.number("UpdateNumber"), payload: request.encoded(),
                    CallOptions(idempotencyKey: "the key"))
            }
            #expect(method?.reason == "IDEMPOTENCY_KEY_REUSED")
        }

        @Test func `B204 a refusal is final under its key`() async throws {
            try await ServerHome.withServer { server in
                let acme = try await Tenant("Acme", on: server)
                let number = try await acme.importNumbers([e164(1)])[0]
                func assign(_ key: String) async throws -> Status? {
                    try await Status.refusal {
                        try await acme.client.assign(number, key: key) { $0.inbound = .to("late") }
                    }
                }
                let first = try await assign("one")
                #expect(first?.reason == "AGENT_NOT_FOUND")
                try await acme.client.putAgents(["late"])
                var again = try await assign("one")
                // Each request has an id of its own.
                again?.facts["request_id"] = first?.facts["request_id"]
                #expect(again == first)
                #expect(try await assign("two") == nil)
            }
        }

        @Test func `B204 copies of an import import each number once`() async throws {
            try await ServerHome.withServer { server in
                let acme = try await Tenant("Acme", on: server)
                let e164s = (0..<40).map(e164)
                let all = try await withThrowingTaskGroup(of: [Proto.ImportResult].self) { group in
                    for _ in 0..<10 {
                        let client = try server.client(token: acme.managerToken.secret)
                        group.addTask {
                            try await client.importNumbers(
                                e164s, through: acme.connection, key: "import")
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(Set(all).count == 1)
                #expect(all[0].map(\.e164) == e164s)
                #expect(all[0].allSatisfy { $0.outcome == .imported })
                #expect(try events(server.home, "number.imported") == 40)
            }
        }

        private func copies(
            _ count: Int, _ method: String, _ payload: [UInt8], on clients: [RPCClient]
        ) async throws -> [[UInt8]] {
            try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for index in 0..<count {
                    let client = clients[index % clients.count]
                    group.addTask {
                        try await client.call(
                            method, payload: payload, CallOptions(idempotencyKey: "the key"))
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }

        private func events(_ home: ServerHome, _ action: String) throws -> Int? {
            try StoreFile(home).rows("SELECT count(*) FROM event WHERE action = $1", [action])
                .first.flatMap { Int($0[0]) }
        }
    }
}
