package import LinekeeperProto
package import LinekeeperRPC

// What tests ask of a server most. An empty workspace is that of a workspace's own token.

extension RPCClient {
    package func createWorkspace(
        _ name: String, exclusivity: Proto.NumberExclusivity = .agent
    ) async throws -> String {
        let answer = try await call(
            Proto.CreateWorkspaceRequest.with {
                $0.name = name
                $0.numberExclusivity = exclusivity
            }, Method.admin("CreateWorkspace"), Proto.CreateWorkspaceResponse.self)
        return answer.workspace?.workspaceID ?? ""
    }

    /// Issues a token; without a workspace, for all of them.
    package func issueToken(
        _ role: Proto.Role, workspace: String?
    ) async throws -> Proto.IssueTokenResponse {
        try await call(
            Proto.IssueTokenRequest.with {
                $0.role = role
                $0.scope = workspace.map { .workspaceID($0) } ?? .allWorkspaces(true)
            }, Method.admin("IssueToken"), Proto.IssueTokenResponse.self)
    }

    package func putAgents(
        _ ids: [String], in workspace: String = "", status: Proto.AgentStatus = .published,
        key: String? = nil
    ) async throws {
        _ = try await call(
            Proto.PutAgentsRequest.with {
                $0.workspaceID = workspace
                $0.agents = ids.map { id in
                    .with {
                        $0.agentID = id
                        $0.name = "Agent " + id
                        $0.status = status
                    }
                }
            }, Method.assignment("PutAgents"), Proto.PutAgentsResponse.self,
            CallOptions(idempotencyKey: key))
    }

    /// Connects a SIP trunk; answers its id.
    package func connectSIP(_ name: String, in workspace: String = "") async throws -> String {
        let answer = try await call(
            Proto.ConnectCarrierRequest.with {
                $0.workspaceID = workspace
                $0.carrier = .sip
                $0.name = name
                $0.credentials = [
                    "termination_uri": "sip.example.com", "transport": "TLS", "username": "acme",
                    "password": TestSecret.trunkPassword,
                ]
            }, Method.carrier("ConnectCarrier"), Proto.ConnectCarrierResponse.self)
        return answer.connection?.connectionID ?? ""
    }

    /// Imports numbers with voice and SMS; answers what became of each.
    package func importNumbers(
        _ e164s: [String], through connection: String, in workspace: String = "", key: String,
        _ change: (inout Proto.ImportItem) -> Void = { _ in }
    ) async throws -> [Proto.ImportResult] {
        let request = Proto.ImportNumbersRequest.with {
            $0.workspaceID = workspace
            $0.connectionID = connection
            $0.numbers = e164s.map { e164 in
                var item = Proto.ImportItem()
                item.e164 = e164
                item.capabilities = [.voice, .sms]
                change(&item)
                return item
            }
        }
        var results: [Proto.ImportResult] = []
        for try await result in stream(
            request, Method.carrier("ImportNumbers"), Proto.ImportResult.self,
            CallOptions(idempotencyKey: key))
        {
            results.append(result)
        }
        return results
    }

    @discardableResult
    package func assign(
        _ number: String, in workspace: String = "", key: String? = nil,
        _ change: (inout Proto.UpdateAssignmentsRequest) -> Void
    ) async throws -> Proto.UpdateAssignmentsResponse {
        var request = Proto.UpdateAssignmentsRequest()
        request.workspaceID = workspace
        request.numberID = number
        change(&request)
        return try await call(
            request, Method.assignment("UpdateAssignments"), Proto.UpdateAssignmentsResponse.self,
            CallOptions(idempotencyKey: key))
    }

    @discardableResult
    package func setOutbound(
        _ enabled: Bool, numbers: [String] = [], in workspace: String = "", key: String? = nil
    ) async throws -> [Proto.OutboundOutcome] {
        try await call(
            Proto.SetOutboundEnabledRequest.with {
                $0.workspaceID = workspace
                $0.numberIDs = numbers
                $0.allInWorkspace = numbers.isEmpty
                $0.enabled = enabled
            }, Method.assignment("SetOutboundEnabled"), Proto.SetOutboundEnabledResponse.self,
            CallOptions(idempotencyKey: key)
        ).outcomes
    }

    @discardableResult
    package func setLock(
        _ locked: Bool, numbers: [String] = [], in workspace: String = ""
    ) async throws -> Proto.SetOutboundLockResponse {
        try await call(
            Proto.SetOutboundLockRequest.with {
                $0.workspaceID = workspace
                $0.numberIDs = numbers
                $0.wholeWorkspace = numbers.isEmpty
                $0.locked = locked
            }, Method.assignment("SetOutboundLock"), Proto.SetOutboundLockResponse.self)
    }

    package func route(
        _ e164: String, _ channel: Proto.Channel = .voice
    ) async throws(Status) -> Proto.RouteInboundResponse {
        try await call(
            Proto.RouteInboundRequest.with {
                $0.calledE164 = e164
                $0.channel = channel
            }, Method.assignment("RouteInbound"), Proto.RouteInboundResponse.self, .read)
    }

    package func authorize(
        _ agent: String, to destination: String, in workspace: String = "",
        initiator: Proto.Initiator = .api
    ) async throws(Status) -> Proto.AuthorizeOutboundResponse {
        try await call(
            Proto.AuthorizeOutboundRequest.with {
                $0.workspaceID = workspace
                $0.agentID = agent
                $0.toE164 = destination
                $0.initiator = initiator
            }, Method.assignment("AuthorizeOutbound"), Proto.AuthorizeOutboundResponse.self, .read)
    }

    package func smsSender(
        _ agent: String, in workspace: String = ""
    ) async throws(Status) -> Proto.ResolveSmsSenderResponse {
        try await call(
            Proto.ResolveSmsSenderRequest.with {
                $0.workspaceID = workspace
                $0.agentID = agent
            }, Method.assignment("ResolveSmsSender"), Proto.ResolveSmsSenderResponse.self, .read)
    }

    package func number(
        _ e164: String, in workspace: String = ""
    ) async throws(Status) -> Proto.PhoneNumber {
        let answer = try await call(
            Proto.GetNumberRequest.with {
                $0.workspaceID = workspace
                $0.number = .e164(e164)
            }, Method.number("GetNumber"), Proto.GetNumberResponse.self, .read)
        return answer.number ?? Proto.PhoneNumber()
    }
}

/// What must be found nowhere in the clear.
package enum TestSecret {
    package static let trunkPassword = "correct-horse-battery-staple"
}

extension Proto.ProfileChange {
    /// Gives the profile to an agent.
    package static func to(_ agent: String) -> Self { .with { $0.change = .agentID(agent) } }
    /// Takes the profile from whoever holds it.
    package static var cleared: Self { .with { $0.change = .clear(true) } }
}

/// A workspace with its own manager and a SIP connection: what most tests begin with.
package struct Tenant: Sendable {
    package let id: String
    package let connection: String
    /// A client with the workspace's manager token.
    package let client: RPCClient
    package let managerToken: Proto.IssueTokenResponse

    package init(
        id: String, connection: String, client: RPCClient, managerToken: Proto.IssueTokenResponse
    ) {
        self.id = id
        self.connection = connection
        self.client = client
        self.managerToken = managerToken
    }

    /// Makes one through an admin's client.
    package init(
        _ name: String, on server: ServerProcess, exclusivity: Proto.NumberExclusivity = .agent
    ) async throws {
        let admin = try server.client()
        id = try await admin.createWorkspace(name, exclusivity: exclusivity)
        managerToken = try await admin.issueToken(.manager, workspace: id)
        client = try server.client(token: managerToken.secret)
        connection = try await client.connectSIP(name + " trunk")
    }

    /// The same workspace through another client.
    package func through(_ client: RPCClient) -> Tenant {
        Tenant(id: id, connection: connection, client: client, managerToken: managerToken)
    }

    /// Imports numbers; answers their ids in the same order.
    @discardableResult
    package func importNumbers(_ e164s: [String]) async throws -> [String] {
        let results = try await client.importNumbers(
            e164s, through: connection, key: "import \(e164s.count) from \(e164s.first ?? "")")
        guard results.allSatisfy({ $0.outcome == .imported }) else {
            throw TestFailure("not imported: \(results.filter { $0.outcome != .imported })")
        }
        return results.map(\.numberID)
    }
}

extension Status {
    /// What a call is refused with; `nil` when it is not.
    package static func refusal<Answer>(
        _ body: () async throws -> Answer
    ) async throws -> Status? {
        do {
            _ = try await body()
            return nil
        } catch let status as Status {
            return status
        }
    }
}
