/// Whether the carriers of a workspace without numbers have been looked through for some.
public struct Discovery: Hashable, Sendable {
    /// Raw values are the store's.
    public enum State: UInt8, Hashable, Sendable { case checking = 1, done }

    public var state: State
    /// Numbers that could be imported; 0 while they are being counted.
    public var importableCount: Int64

    /// What is known.
    public init(state: State, importableCount: Int64) {
        self.state = state
        self.importableCount = importableCount
    }
}

/// Writes what is known of importable numbers.
public protocol DiscoveryWriter: AnyObject {
    /// Asks for a workspace's carriers to be looked through; once, until ``forgetDiscovery(of:)``.
    func startDiscovery(of workspace: WorkspaceKey) throws(DomainError)
    /// Writes down what was found; nothing happens when that is no longer asked for.
    func finishDiscovery(
        of workspace: WorkspaceKey, importableCount: Int64
    ) throws(DomainError)
    /// Has the carriers of a workspace looked through at a later time.
    func postponeDiscovery(
        of workspace: WorkspaceKey, until moment: Timestamp
    ) throws(DomainError)
    /// Forgets what was found: the workspace's connections are others now.
    func forgetDiscovery(of workspace: WorkspaceKey) throws(DomainError)
}

/// Reads what is known of importable numbers.
public protocol DiscoveryReader: AnyObject {
    /// What is known of a workspace; `nil`: nobody has asked.
    func discovery(of workspace: WorkspaceKey) throws(DomainError) -> Discovery?
    /// Workspaces whose carriers are to be looked through by a moment.
    func discoveriesDue(by moment: Timestamp, limit: Int) throws(DomainError) -> [WorkspaceKey]
}
