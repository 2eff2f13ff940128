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
    /// The replaced secrets of a connection that still verify webhooks, the newest first.
    func previousSecrets(
        of connection: ConnectionKey, at moment: Timestamp
    ) throws(DomainError) -> [PreviousSecret]
    /// The same secrets, sealed.
    func sealedPreviousCredentials(
        of connection: ConnectionKey, at moment: Timestamp
    ) throws(DomainError) -> [[UInt8]]
    /// Until when a released number is kept apart, if it is, and by which workspace it was released.
    func quarantine(
        of e164: E164
    ) throws(DomainError) -> (until: Timestamp, workspace: WorkspaceKey)?
    /// Sealed secrets in the order of their places, behind one place; for wrapping them anew.
    func sealedSecrets(
        after place: SealedSecret.Place?, limit: Int
    ) throws(DomainError) -> [SealedSecret]
}

/// A sealed secret with what it is bound to.
public struct SealedSecret: Hashable, Sendable {
    /// Where it is kept: present secrets stand before previous ones.
    public struct Place: Hashable, Sendable {
        public var isPrevious: Bool
        /// The row's key.
        public var key: Int64
        /// A row of either kind.
        public init(isPrevious: Bool, key: Int64) {
            self.isPrevious = isPrevious
            self.key = key
        }
    }

    public var place: Place
    public var workspace: WorkspaceID
    public var connection: ConnectionID
    public var sealed: [UInt8]

    /// A secret as it was read.
    public init(place: Place, workspace: WorkspaceID, connection: ConnectionID, sealed: [UInt8]) {
        self.place = place
        self.workspace = workspace
        self.connection = connection
        self.sealed = sealed
    }
}
