import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import Testing

extension Integration {
    @Suite struct AccessTests {
        enum Need: Hashable {
            case nobody, anyToken, viewer, runtime, manager, admin
        }

        /// Who may call what. Written out, not taken from the server.
        private static let needs: [Need: [String]] = [
            .nobody: ["/grpc.health.v1.Health/Check", "/grpc.health.v1.Health/Watch"],
            .anyToken: ["/linekeeper.rpc.v1.Reflection/GetDescriptors"],
            .viewer: [
                "GetAgentNumbers", "ListAssignableAgents", "ListAssignableNumbers",
                "ListOutboundOptions", "DiagnoseNumber", "ListAgents",
            ].map(Method.assignment)
                + [
                    "ListNumbers", "GetNumber", "ListSources", "ListCountries", "ListAreaCodes",
                    "SearchAvailable", "GetOrder", "ListOrders", "WatchOrders", "ListRegions",
                    "GetCredits", "ListCreditEntries", "ListMessages", "GetForwardingInstructions",
                    "ListEvents",
                ].map(Method.number)
                + [
                    "ListCarriers", "ListConnections", "GetConnection", "ListImportableNumbers",
                ].map(Method.carrier),
            .runtime: [
                "RouteInbound", "AuthorizeOutbound", "ResolveSmsSender", "WatchRoutes",
            ].map(Method.assignment) + ["RecordMessages"].map(Method.number),
            .manager: [
                "UpdateAssignments", "SetOutboundEnabled", "SetOutboundLock", "PutAgents",
                "DeleteAgent",
            ].map(Method.assignment)
                + [
                    "UpdateNumber", "PurchaseNumbers", "ProcessOrders", "ReleaseNumber",
                    "CancelRelease",
                ].map(Method.number)
                + [
                    "ValidateCredentials", "ConnectCarrier", "UpdateConnection", "ImportNumbers",
                    "SyncConnection", "PreviewDisconnect", "DisconnectCarrier",
                ].map(Method.carrier),
            .admin: [
                "CreateWorkspace", "GetWorkspace", "ListWorkspaces", "UpdateWorkspace",
                "DeleteWorkspace", "GrantCredits", "IssueToken", "ListTokens", "RevokeToken",
                "ListPrices", "SetPrice", "DeletePrice", "GetServerStatus",
            ].map(Method.admin),
        ]

        private static let granted: [(role: Proto.Role, needs: Set<Need>)] = [
            (.viewer, [.nobody, .anyToken, .viewer]),
            (.runtime, [.nobody, .anyToken, .runtime]),
            (.manager, [.nobody, .anyToken, .viewer, .runtime, .manager]),
            (.admin, [.nobody, .anyToken, .viewer, .runtime, .manager, .admin]),
        ]

        @Test func `B201 every method asks for its role, and a refusal names it`() async throws {
            try await ServerHome.withServer { server in
                let caller = try MethodCaller()
                let listed = Self.needs.values.flatMap { $0 }
                #expect(listed.sorted() == caller.paths.sorted())
                let admin = try server.client()
                let workspace = try await admin.createWorkspace("Acme")
                for (role, granted) in Self.granted {
                    let token = try await admin.issueToken(
                        role, workspace: role == .admin ? nil : workspace)
                    let client = try server.client(token: token.secret)
                    for (need, paths) in Self.needs {
                        for path in paths {
                            // An empty request: who may not call is refused before it is read.
                            let outcome = await caller.call(path, [], client)
                            let isDenied = outcome.refusal?.code == .permissionDenied
                            #expect(isDenied != granted.contains(need), "\(role) \(path)")
                            #expect(outcome.refusal?.code != .unauthenticated)
                            if isDenied {
                                #expect(outcome.refusal?.message.contains("\(need)") == true)
                            }
                        }
                    }
                }
            }
        }

        @Test(arguments: [nil, "lk_" + String(repeating: "A", count: 43), "", "Bearer"])
        func `without a known token nothing but Health is served`(token: String?) async throws {
            try await ServerHome.withServer { server in
                let caller = try MethodCaller()
                let client = try server.client(showing: token)
                for path in caller.paths {
                    let outcome = await caller.call(path, [], client)
                    let isOpen = Self.needs[.nobody]?.contains(path) == true
                    #expect((outcome.refusal?.code == .unauthenticated) != isOpen, "\(path)")
                }
            }
        }

        @Test func `B202 a revoked token is refused from the acknowledgement on, others go on`()
            async throws
        {
            try await ServerHome.withServer { server in
                let acme = try await Tenant("Acme", on: server)
                let admin = try server.client()
                try await acme.importNumbers([e164(1)])
                let lost = try await admin.issueToken(.runtime, workspace: acme.id)
                let kept = try await admin.issueToken(.runtime, workspace: acme.id)
                let lostClient = try server.client(token: lost.secret)
                // A stream ends with its connection.
                var keptWatch = Self.watch(try server.client(token: kept.secret))
                #expect(try await keptWatch.next()?.kind == .ready)
                _ = try await Status.refusal { try await lostClient.route(e164(1)) }
                var watch = Self.watch(lostClient)
                #expect(try await watch.next()?.kind == .ready)

                let tokenID = try #require(lost.token?.tokenID)
                _ = try await admin.call(
                    Proto.RevokeTokenRequest.with { $0.tokenID = tokenID },
                    Method.admin("RevokeToken"), Proto.RevokeTokenResponse.self)
                let refused = try await Status.refusal { try await lostClient.route(e164(1)) }
                #expect(refused?.code == .unauthenticated)
                await #expect(throws: Status.self) {
                    while try await watch.next() != nil {}
                }
                try await acme.client.putAgents(["ada"])
                #expect(try await keptWatch.next()?.agentID == "ada")
                // A replacement works at once.
                let fresh = try await admin.issueToken(.runtime, workspace: acme.id)
                let route = try await Status.refusal {
                    try await server.client(token: fresh.secret).route(e164(1))
                }
                #expect(route?.reason == "NOT_ASSIGNED")
            }
        }

        private static func watch(
            _ client: RPCClient
        ) -> ClientStream<Proto.RouteChange>.AsyncIterator {
            client.stream(
                Proto.WatchRoutesRequest(), Method.assignment("WatchRoutes"),
                Proto.RouteChange.self
            ).makeAsyncIterator()
        }
    }
}
