import LinekeeperCore
public import LinekeeperProto
public import LinekeeperRPC

/// AdminService: workspaces, tokens, credits and prices, for admin tokens.
public struct AdminService: Sendable {
    let context: ServiceContext
    let tokens: TokenAuthenticator
    /// Closes the connections that said Hello with a token that was just revoked.
    let closeConnections: @Sendable (Identity) -> Void
    let status: @Sendable () -> Proto.GetServerStatusResponse

    static let path = "/linekeeper.v1.AdminService/"

    /// The service.
    ///
    /// - Parameters:
    ///   - closeConnections: Called with each identity that a change revoked, after its commit.
    ///   - status: What the server says of itself.
    public init(
        context: ServiceContext, tokens: TokenAuthenticator,
        closeConnections: @escaping @Sendable (Identity) -> Void,
        status: @escaping @Sendable () -> Proto.GetServerStatusResponse
    ) {
        self.context = context
        self.tokens = tokens
        self.closeConnections = closeConnections
        self.status = status
    }

    /// Adds the service's methods.
    public func register(in methods: inout MethodTable) {
        registerWorkspaces(in: &methods)
        registerTokens(in: &methods)
        registerCredits(in: &methods)
        let status = status
        methods.unary(Self.path + "GetServerStatus", access: .role(.admin)) {
            (_, _) async throws(Status) -> [UInt8] in status().encoded()
        }
    }

    /// Makes a token unusable everywhere; runs after the commit that revoked it.
    func forget(_ id: TokenID) {
        if let identity = tokens.revoke(id) { closeConnections(identity) }
    }
}
