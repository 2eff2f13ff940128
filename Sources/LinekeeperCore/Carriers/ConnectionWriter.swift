/// Writes carrier connections.
public protocol ConnectionWriter: AnyObject {
    /// Adds a connection with its sealed secrets; the record's key is ignored, the new one answered.
    func insertConnection(
        _ connection: ConnectionRecord, workspace: WorkspaceKey, sealedCredentials: [UInt8]
    ) throws(DomainError) -> ConnectionKey
    /// Writes name, settings, hint, status, times and version; the secrets too where they are given.
    func updateConnection(
        _ connection: ConnectionRecord, sealedCredentials: [UInt8]?
    ) throws(DomainError)
    /// Keeps the secrets that are about to be replaced, until they expire.
    func keepPreviousSecret(
        of connection: ConnectionKey, _ secret: PreviousSecret
    ) throws(DomainError)
    /// The replaced secrets of a connection that still verify webhooks, the newest first.
    func previousSecrets(
        of connection: ConnectionKey, at moment: Timestamp
    ) throws(DomainError) -> [PreviousSecret]
    /// Forgets a connection's replaced secrets.
    ///
    /// - Returns: how many there were.
    func deletePreviousSecrets(of connection: ConnectionKey) throws(DomainError) -> Int
    /// Forgets the replaced secrets of all connections that expired by a moment.
    func deletePreviousSecrets(expiredBy moment: Timestamp) throws(DomainError)
    /// Puts the same secret, sealed anew, in place of another; nothing happens when that is no longer
    /// there.
    func replaceSealed(
        _ secret: SealedSecret, with sealed: [UInt8]
    ) throws(DomainError)
    /// A connection as this mutation sees it.
    func connectionRecord(
        _ id: ConnectionID, in workspace: WorkspaceKey
    ) throws(DomainError) -> ConnectionRecord?
    /// Whether another connection of the workspace has this name.
    func connectionNameIsTaken(
        _ name: String, in workspace: WorkspaceKey, except: ConnectionKey?
    ) throws(DomainError) -> Bool
    /// The live numbers of a connection, in the order of their keys.
    func numbers(
        of connection: ConnectionKey, in workspace: WorkspaceKey
    ) throws(DomainError) -> [ConnectedNumber]
    /// Takes a connection, its secrets and what was still to be done at its carrier away for good,
    /// and makes its numbers released.
    func deleteConnection(
        _ connection: ConnectionKey, in workspace: WorkspaceKey, at: Timestamp
    ) throws(DomainError)
    /// Until when a released number is kept apart, if it is, and by which workspace it was released.
    func quarantine(
        of e164: E164
    ) throws(DomainError) -> (until: Timestamp, workspace: WorkspaceKey)?
}
