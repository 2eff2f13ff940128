/// Writes workspaces and tokens.
public protocol AccessWriter: AnyObject {
    /// Adds a workspace; the record's key is ignored, the new one answered.
    func insertWorkspace(_ workspace: WorkspaceRecord) throws(DomainError) -> WorkspaceKey
    /// Writes a workspace's settings, version and time of change.
    func updateWorkspace(_ workspace: WorkspaceRecord) throws(DomainError)
    /// A workspace that is not deleted, as this mutation sees it.
    func workspaceRecord(_ id: WorkspaceID) throws(DomainError) -> WorkspaceRecord?
    /// Removes what a workspace holds: agents, connections, locks; its numbers become released and
    /// its tokens revoked. Its history stays, and so do releases that carriers have yet to do.
    ///
    /// - Returns: what must leave the route table and the authenticator's memory.
    func deleteWorkspace(
        _ key: WorkspaceKey, at: Timestamp
    ) throws(DomainError) -> WorkspaceRemains
    /// How many numbers of a workspace serve more than one agent.
    func sharedNumberCount(of workspace: WorkspaceKey) throws(DomainError) -> Int64
    /// The bought numbers of a workspace that are live, those that are still being bought too.
    func boughtNumbers(of workspace: WorkspaceKey) throws(DomainError) -> [WorkspacePurchase]

    /// Adds a token.
    func insertToken(_ grant: TokenGrant) throws(DomainError)
    /// A token by its id.
    func tokenRecord(_ id: TokenID) throws(DomainError) -> TokenRecord?
    /// Marks a token revoked.
    func revokeToken(_ id: TokenID, at: Timestamp) throws(DomainError)
    /// How many admin tokens are neither revoked nor expired at a moment.
    func liveAdminTokenCount(at: Timestamp) throws(DomainError) -> Int64
}

/// What a deleted workspace had in memory.
public struct WorkspaceRemains: Hashable, Sendable {
    public var numbers: [E164]
    public var agents: [AgentID]
    public var connections: [ConnectionID]
    public var tokens: [TokenID]

    /// What was there.
    public init(
        numbers: [E164], agents: [AgentID], connections: [ConnectionID], tokens: [TokenID]
    ) {
        self.numbers = numbers
        self.agents = agents
        self.connections = connections
        self.tokens = tokens
    }
}

/// A bought number, as the deletion of its workspace sees it.
public struct WorkspacePurchase: Hashable, Sendable {
    public var key: NumberKey
    public var e164: E164
    public var status: NumberStatus

    /// A bought number.
    public init(key: NumberKey, e164: E164, status: NumberStatus) {
        self.key = key
        self.e164 = e164
        self.status = status
    }
}
