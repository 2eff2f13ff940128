import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import TestPrograms
import Testing

extension Integration {
    @Suite struct WatchTests {
        @Test func `a watch tells every committed change in commit order, across restarts`()
            async throws
        {
            try await ServerHome.with { home in
                var server = try await home.start()
                let acme = try await Tenant("Acme", on: server)
                let other = try await Tenant("Other", on: server)
                let token = acme.managerToken.secret
                var seen: [Proto.RouteChange] = []
                var ready = try await watch(
                    try server.client(token: token), resume: "", until: .ready)
                #expect(ready.map(\.kind) == [.ready])
                let start = ready[0].resumeToken

                // Read in pieces while changes go on: a new connection each time.
                let watched = server
                async let changing: Void = change(acme, other, rounds: 1...60)
                var resume = start
                for _ in 0..<3 {
                    let piece = try await watch(
                        try watched.client(token: token), resume: resume, until: .count(40))
                    seen += piece
                    resume = piece.last?.resumeToken ?? resume
                }
                try await changing

                #expect(await server.stop() == .code(0))
                server = try await home.start()
                let acmeAgain = acme.through(try server.client(token: token))
                let otherAgain = other.through(
                    try server.client(token: other.managerToken.secret))
                try await change(acmeAgain, otherAgain, rounds: 61...80)
                try await acmeAgain.client.putAgents(["last"])
                seen += try await watch(
                    acmeAgain.client, resume: resume, until: .agent("last"))

                #expect(seen.allSatisfy { $0.workspaceID == acme.id })
                let expected = try committed(home, acme.id, after: start)
                #expect(seen.map(\.resumeToken) == expected.map { "r1_" + $0 })
                #expect(seen.count > 200)
                // A reader who comes late is told the same from the table.
                ready = try await watch(acmeAgain.client, resume: start, until: .agent("last"))
                #expect(ready == seen)
            }
        }

        @Test func `a watch does not hold up the end of the server`() async throws {
            try await ServerHome.withServer { server in
                let acme = try await Tenant("Acme", on: server)
                let client = try server.client(showing: acme.managerToken.secret) {
                    $0.attemptsMax = 1
                }
                var changes = stream(client, resume: "", timeout: nil).makeAsyncIterator()
                #expect(try await changes.next()?.kind == .ready)
                let began = ContinuousClock.now
                #expect(await server.stop() == .code(0))
                // The drain timeout is 30 s: a stream without an end must not use it up.
                #expect(ContinuousClock.now - began < .seconds(20))
                await #expect(throws: Status.self) {
                    while try await changes.next() != nil {}
                }
            }
        }

        @Test func `B200 a watch of a workspace tells nothing of another`() async throws {
            try await ServerHome.withServer { server in
                let acme = try await Tenant("Acme", on: server)
                let other = try await Tenant("Other", on: server)
                let start = try await watch(acme.client, resume: "", until: .ready)[0].resumeToken
                try await change(other, other, rounds: 1...5)
                try await acme.client.putAgents(["last"])
                let seen = try await watch(acme.client, resume: start, until: .agent("last"))
                #expect(seen.map(\.agentID) == ["last"])
                let refusal = try await refusal(acme.client, workspace: other.id)
                #expect(refusal?.code == .notFound && refusal?.reason == "WORKSPACE_NOT_FOUND")
                // A token of the platform sees both.
                let admin = try server.client()
                let all = try await watch(admin, resume: start, until: .agent("last"))
                #expect(Set(all.map(\.workspaceID)) == [acme.id, other.id])
            }
        }

        @Test(arguments: ["r1_7fffffffffffffff", "r1_0"])
        func `a resume token that cannot be gone on from is OUT_OF_RANGE`(
            token: String
        ) async throws {
            try await ServerHome.with { home in
                var server = try await home.start()
                _ = try await Tenant("Acme", on: server)
                // What the table no longer holds is too old to be gone on from.
                await server.stop()
                _ = try StoreFile(home).rows("DELETE FROM event WHERE sequence <= 2")
                server = try await home.start()
                let refusal = try await refusal(try server.client(), resume: token)
                #expect(refusal?.code == .outOfRange)
                #expect(refusal?.reason == "RESUME_TOKEN_TOO_OLD")
            }
        }

        @Test(arguments: ["x", "r1_", "r1_-1", "r1_zz", "r1_00000000000000000000001"])
        func `a resume token that is none is refused as an argument`(token: String) async throws {
            try await ServerHome.withServer { server in
                let refusal = try await refusal(try server.client(), resume: token)
                #expect(refusal?.code == .invalidArgument)
                #expect(refusal?.violations.first?.field == "resume_token")
            }
        }

        /// Changes of both workspaces, from two clients of each at the same time.
        private func change(_ one: Tenant, _ two: Tenant, rounds: ClosedRange<Int>) async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (offset, tenant) in [(0, one), (500_000, two)] {
                    group.addTask {
                        for round in rounds {
                            let number = try await tenant.importNumbers([e164(offset + round)])[0]
                            try await tenant.client.putAgents(["a\(round)"])
                            try await tenant.client.assign(number) {
                                $0.outbound = .to("a\(round)")
                            }
                            try await tenant.client.setOutbound(false, numbers: [number])
                        }
                    }
                    group.addTask {
                        for round in rounds { try await tenant.client.putAgents(["b\(round)"]) }
                    }
                    if one.id == two.id { break }
                }
                try await group.waitForAll()
            }
        }

        private enum End {
            case ready
            case count(Int)
            case agent(String)
        }

        private func stream(
            _ client: RPCClient, resume: String, workspace: String = "",
            timeout: Duration? = .seconds(60)
        ) -> ClientStream<Proto.RouteChange> {
            client.stream(
                Proto.WatchRoutesRequest.with {
                    $0.workspaceID = workspace
                    $0.resumeToken = resume
                }, Method.assignment("WatchRoutes"), Proto.RouteChange.self,
                CallOptions(timeout: timeout))
        }

        /// Reads a watch to an end of the test's own; without READY, unless that is the end.
        private func watch(
            _ client: RPCClient, resume: String, until end: End
        ) async throws -> [Proto.RouteChange] {
            var changes: [Proto.RouteChange] = []
            for try await change in stream(client, resume: resume) {
                if change.kind == .ready {
                    if case .ready = end { return [change] }
                    continue
                }
                changes.append(change)
                switch end {
                case .ready: break
                case .count(let count): if changes.count == count { return changes }
                case .agent(let id):
                    if change.kind == .agent, change.agentID == id { return changes }
                }
            }
            throw TestFailure("the watch ended after \(changes.count) changes")
        }

        private func refusal(
            _ client: RPCClient, resume: String = "", workspace: String = ""
        ) async throws -> Status? {
            try await Status.refusal {
                for try await _ in stream(client, resume: resume, workspace: workspace) { break }
            }
        }

        /// The sequence numbers, in hexadecimal, of a workspace's route changes after a token.
        private func committed(
            _ home: ServerHome, _ workspace: String, after token: String
        ) throws -> [String] {
            let start = try #require(Int(token.dropFirst(3), radix: 16))
            return try StoreFile(home).rows(
                """
                SELECT sequence FROM event e JOIN workspace w ON w.workspace_key = e.workspace_key
                WHERE route_change IS NOT NULL AND w.workspace_id = $1 ORDER BY sequence
                """, [workspace]
            ).compactMap { Int($0[0]) }.filter { $0 > start }.map { String($0, radix: 16) }
        }
    }
}
