/// Reads workspaces and tokens.
public protocol AccessReader: AnyObject {
    /// A workspace that is not deleted.
    func workspaceRecord(_ id: WorkspaceID) throws(DomainError) -> WorkspaceRecord?
    /// Workspaces in the order they were made; `text` limits them to those whose name or id has it.
    func workspaces(text: String, page: Page) throws(DomainError) -> PageOf<WorkspaceRecord>
    /// Tokens in the order they were made; `workspace` limits them to those bound to it.
    func tokens(
        of workspace: WorkspaceKey?, includeRevoked: Bool, page: Page
    ) throws(DomainError) -> PageOf<TokenRecord>
    /// Every token that is not revoked, for the authenticator's start.
    func liveTokens() throws(DomainError) -> [TokenGrant]
}
