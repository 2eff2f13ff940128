import Foundation
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import Testing

extension Integration {
    @Suite struct AuditTests {
        /// Every method that changes something, with what it writes into the log, in an order in
        /// which each finds what it needs.
        private static let changes: [(path: String, actions: Set<String>)] = [
            (Method.assignment("UpdateAssignments"), ["assignments.updated"]),
            (Method.assignment("SetOutboundEnabled"), ["outbound.disabled"]),
            (Method.assignment("SetOutboundLock"), ["outbound.locked", "outbound.unlocked"]),
            (Method.assignment("PutAgents"), ["agent.created"]),
            (Method.assignment("DeleteAgent"), ["agent.deleted"]),
            (Method.number("UpdateNumber"), ["number.updated"]),
            (Method.number("ReleaseNumber"), ["number.released"]),
            (Method.number("CancelRelease"), ["number.release_cancelled"]),
            (Method.number("RecordMessages"), ["messages.recorded"]),
            (Method.carrier("ConnectCarrier"), ["connection.added"]),
            (Method.carrier("UpdateConnection"), ["connection.updated", "connection.rotated"]),
            (Method.carrier("ImportNumbers"), ["number.imported"]),
            (Method.carrier("DisconnectCarrier"), ["connection.removed"]),
            (Method.admin("CreateWorkspace"), ["workspace.created"]),
            (Method.admin("UpdateWorkspace"), ["workspace.updated"]),
            (Method.admin("DeleteWorkspace"), ["workspace.deleted"]),
            (Method.admin("GrantCredits"), ["credits.granted"]),
            (Method.admin("IssueToken"), ["token.issued"]),
            (Method.admin("RevokeToken"), ["token.revoked"]),
            (Method.admin("SetPrice"), ["price.set"]),
            (Method.admin("DeletePrice"), ["price.deleted"]),
        ]

        /// Additions and sums, which say what they are in words of their own.
        private static let withoutBefore: Set<String> = [
            "messages.recorded", "credits.granted", "price.set", "price.deleted",
        ]

        private struct Entry {
            var actor: String
            var at: Int64
            var action: String
            var details: String
        }

        @Test func `B203 every change is in the log: who, what, before, after, when`()
            async throws
        {
            try await ServerHome.withServer { server in
                let scene = try await Scene(server)
                let caller = try MethodCaller()
                let admin = try server.client()
                let managerID = scene.acme.managerToken.token?.tokenID ?? ""
                let adminID = try StoreFile(server.home).rows(
                    "SELECT token_id FROM token WHERE role = 4")[0][0]
                for (path, actions) in Self.changes {
                    let isAdmin = path.contains("AdminService")
                    let client = isAdmin ? admin : scene.acme.client
                    var found: [Entry] = []
                    for template in Requests.byMethod[path] ?? [] {
                        let requestID = UUID().uuidString.lowercased()
                        let began = Int64(Date().timeIntervalSince1970 * 1_000_000)
                        let outcome = try await caller.call(
                            path, try caller.request(template, scene.values), client,
                            requestID: requestID)
                        #expect(outcome.refusal == nil, "\(path)")
                        let entries = try entries(server, requestID)
                        #expect(!entries.isEmpty, "\(path) leaves no event")
                        for entry in entries {
                            #expect(entry.actor == (isAdmin ? adminID : managerID), "\(path)")
                            #expect(entry.at >= began && entry.at < began + 60_000_000, "\(path)")
                            try checkDetails(entry)
                        }
                        found += entries
                    }
                    #expect(Set(found.map(\.action)).isSuperset(of: actions), "\(path)")
                }
            }
        }

        @Test func `the list of methods that change something is complete`() throws {
            let reads: Set<String> = ["Get", "List", "Search", "Preview", "Validate", "Diagnose"]
            let others: Set<String> = [
                Method.assignment("RouteInbound"), Method.assignment("AuthorizeOutbound"),
                Method.assignment("ResolveSmsSender"), Method.assignment("WatchRoutes"),
                "/grpc.health.v1.Health/Check", "/grpc.health.v1.Health/Watch",
                // Not served yet.
                Method.number("PurchaseNumbers"), Method.number("ProcessOrders"),
                Method.number("WatchOrders"), Method.carrier("SyncConnection"),
            ]
            let changing = try MethodCaller().paths.filter { path in
                let name = path.split(separator: "/").last ?? ""
                return !reads.contains { name.hasPrefix($0) } && !others.contains(path)
            }
            #expect(Set(changing) == Set(Self.changes.map(\.path)))
        }

        private func checkDetails(_ entry: Entry) throws {
            let details = try #require(
                try JSONSerialization.jsonObject(with: Data(entry.details.utf8))
                    as? [String: Any], "\(entry.action)")
            guard !Self.withoutBefore.contains(entry.action) else {
                #expect(!details.isEmpty, "\(entry.action)")
                return
            }
            #expect(
                details["before"] != nil || details["after"] != nil,
                "\(entry.action) \(entry.details)")
        }

        private func entries(_ server: ServerProcess, _ requestID: String) throws -> [Entry] {
            try StoreFile(server.home).rows(
                "SELECT actor, at, action, details FROM event WHERE request_id = $1", [requestID]
            ).map { Entry(actor: $0[0], at: Int64($0[1]) ?? 0, action: $0[2], details: $0[3]) }
        }

        @Test
        func `B007 a history of 10,000 messages is paged newest first while more are recorded`()
            async throws
        {
            try await ServerHome.withServer { server in
                let acme = try await Tenant("Acme", on: server)
                try await acme.importNumbers([e164(1)])
                for batch in 0..<10 { try await record(1_000, from: batch * 1_000, acme) }
                var bodies: [String] = []
                var token = ""
                repeat {
                    let page = try await acme.client.call(
                        Proto.ListMessagesRequest.with {
                            $0.page = .with {
                                $0.pageSize = 700
                                $0.pageToken = token
                            }
                        }, Method.number("ListMessages"), Proto.ListMessagesResponse.self)
                    bodies += page.messages.map(\.body)
                    token = page.nextPageToken
                    // Newer ones do not move what is still to be read.
                    try await record(3, from: 10_000 + bodies.count, acme)
                } while !token.isEmpty
                #expect(bodies == (0..<10_000).reversed().map { "message \($0)" })
            }
        }

        /// Records messages a second apart.
        private func record(_ count: Int, from first: Int, _ tenant: Tenant) async throws {
            _ = try await tenant.client.call(
                Proto.RecordMessagesRequest.with {
                    $0.messages = (first..<(first + count)).map { index in
                        .with {
                            $0.at = .with { $0.seconds = 1_700_000_000 + Int64(index) }
                            $0.direction = .inbound
                            $0.from = "+12125550100"
                            $0.to = e164(1)
                            $0.body = "message \(index)"
                        }
                    }
                }, Method.number("RecordMessages"), Proto.RecordMessagesResponse.self)
        }
    }
}
