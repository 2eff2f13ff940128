/// Reads carrier connections.
public protocol ConnectionReader: AnyObject {
    /// A workspace's connection.
    func connectionRecord(
        _ id: ConnectionID, in workspace: WorkspaceKey
    ) throws(DomainError) -> ConnectionRecord?
    /// A workspace's connections in the order they were made.
    func connections(
        of workspace: WorkspaceKey, page: Page
    ) throws(DomainError) -> PageOf<ConnectionRecord>
    /// The live numbers of a connection, in the order of their keys.
    func numbers(
        of connection: ConnectionKey, in workspace: WorkspaceKey
    ) throws(DomainError) -> [ConnectedNumber]
    /// The sealed secrets of a connection, for whoever is about to speak to the carrier.
    func sealedCredentials(of connection: ConnectionKey) throws(DomainError) -> [UInt8]?
}
