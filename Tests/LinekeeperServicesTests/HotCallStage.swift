import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperServices
import LinekeeperTestSupport
import Testing

/// The hot calls over a route table that a test fills, called through real sockets.
///
/// Workspace 1 has the agents ann, bob and cat and a SIP connection; workspace 2 has nothing.
struct HotCallStage: Sendable {
    let routes: RouteTable
    let refusals: RefusalMemory
    let clock: TestClock
    /// With a runtime token of workspace 1.
    let client: RPCClient
    /// With a runtime token of workspace 2.
    let stranger: RPCClient
    /// With a runtime token of all workspaces.
    let platform: RPCClient
    /// With a viewer's token of workspace 1.
    let viewer: RPCClient

    static let workspace = WorkspaceKey(rawValue: 1)
    static let workspaceID = WorkspaceID(high: 9, low: 1)
    static let connectionID = ConnectionID(high: 5, low: 1)

    static func run(
        ringTimeouts: RingTimeouts = RingTimeouts(),
        _ body: @escaping @Sendable (HotCallStage) async throws -> Void
    ) async throws {
        let routes = RouteTable()
        for key in 1...2 as ClosedRange<Int64> { routes.put(workspaceFacts(key)) }
        routes.put(
            ConnectionFacts(
                key: ConnectionKey(rawValue: 1), id: connectionID, workspace: workspace,
                carrier: .sip))
        let refusals = RefusalMemory()
        let clock = TestClock()
        var methods = MethodTable()
        HotCalls(routes: routes, ringTimeouts: ringTimeouts, refusals: refusals, clock: clock)
            .register(in: &methods)
        try await TestRPC.serve(methods, authenticator: StageTokens()) { rpc in
            let clients = try ["lk_one", "lk_two", "lk_all", "lk_viewer"].map {
                try rpc.client(token: $0)
            }
            try await body(
                HotCallStage(
                    routes: routes, refusals: refusals, clock: clock, client: clients[0],
                    stranger: clients[1], platform: clients[2], viewer: clients[3]))
            for client in clients { await client.close() }
        }
    }

    static func workspaceFacts(
        _ key: Int64 = 1, _ change: (inout WorkspaceFacts) -> Void = { _ in }
    ) -> WorkspaceFacts {
        var facts = WorkspaceFacts(
            key: WorkspaceKey(rawValue: key), id: WorkspaceID(high: 9, low: UInt64(key)),
            exclusivity: .agent, plan: .standard, featureFlags: [])
        change(&facts)
        return facts
    }

    /// A published agent, put into the table.
    @discardableResult
    func agent(
        _ id: String = "ann", _ change: (inout AgentFacts) -> Void = { _ in }
    ) throws -> AgentFacts {
        var agent = AgentFacts(
            key: AgentKey(rawValue: Int64(id.utf8.count)), workspace: Self.workspace,
            id: try #require(AgentID(id)), name: "Agent \(id)", status: .published,
            outboundConfigured: nil, smsEnabled: nil)
        change(&agent)
        routes.put(agent)
        return agent
    }

    /// An active SIP number with voice and SMS, put into the table; all profiles are held by the
    /// agent, who learns of it.
    @discardableResult
    func number(
        _ text: String = "+14155550100", id: UInt64 = 1, holder: AgentFacts? = nil,
        _ change: (inout NumberFacts) throws -> Void = { _ in }
    ) throws -> NumberFacts {
        let e164 = try E164(text, field: "e164")
        var number = NumberFacts(
            e164: e164, id: NumberID(high: 7, low: id), key: NumberKey(rawValue: Int64(id)),
            workspace: Self.workspace, connection: ConnectionKey(rawValue: 1), version: 1,
            status: .active, capabilities: [.voice, .sms], origin: .imported, carrier: .sip,
            webhookMode: .outboundOnly)
        for profile in Profile.allCases { number[profile] = holder?.binding }
        try change(&number)
        routes.put(number)
        if var holder {
            for profile in Profile.allCases where number[profile] != nil { holder[profile] = e164 }
            routes.put(holder)
        }
        return number
    }

    func route(
        _ called: String, through client: RPCClient? = nil,
        _ change: (inout Proto.RouteInboundRequest) -> Void = { _ in }
    ) async throws(Status) -> Proto.RouteInboundResponse {
        var request = Proto.RouteInboundRequest.with { $0.calledE164 = called }
        change(&request)
        return try await (client ?? self.client).call(
            request, Method.assignment("RouteInbound"), Proto.RouteInboundResponse.self)
    }

    func authorize(
        through client: RPCClient? = nil, _ change: (inout Proto.AuthorizeOutboundRequest) -> Void
    ) async throws(Status) -> Proto.AuthorizeOutboundResponse {
        var request = Proto.AuthorizeOutboundRequest.with { $0.toE164 = "+14155550199" }
        change(&request)
        return try await (client ?? self.client).call(
            request, Method.assignment("AuthorizeOutbound"), Proto.AuthorizeOutboundResponse.self)
    }

    func smsSender(
        _ agent: String, through client: RPCClient? = nil,
        _ change: (inout Proto.ResolveSmsSenderRequest) -> Void = { _ in }
    ) async throws(Status) -> Proto.ResolveSmsSenderResponse {
        var request = Proto.ResolveSmsSenderRequest.with { $0.agentID = agent }
        change(&request)
        return try await (client ?? self.client).call(
            request, Method.assignment("ResolveSmsSender"), Proto.ResolveSmsSenderResponse.self)
    }
}

/// Tokens without a store behind them.
private struct StageTokens: Authenticator {
    private let identities: [String: Identity] = [
        "Bearer lk_one": Identity(subject: "one", scope: 1, rights: Role.runtime.rights),
        "Bearer lk_two": Identity(subject: "two", scope: 2, rights: Role.runtime.rights),
        "Bearer lk_all": Identity(subject: "all", scope: 0, rights: Role.runtime.rights),
        "Bearer lk_viewer": Identity(subject: "viewer", scope: 1, rights: Role.viewer.rights),
    ]

    func authenticate(_ authorization: String) -> Result<Identity, Status> {
        identities[authorization].map { .success($0) }
            ?? .failure(Status(.unauthenticated, "Not a token of this test."))
    }
}
