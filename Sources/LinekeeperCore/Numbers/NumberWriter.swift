/// Writes numbers. What changes here must also be put into ``StoreWriter/routes``.
public protocol NumberWriter: AnyObject {
    /// Adds a number with version 1 and nobody assigned.
    ///
    /// - Throws: `storageFailed` where a live number with this E.164 exists; the rules refuse that
    ///   before.
    func insertNumber(_ number: NewNumber) throws(DomainError) -> NumberKey
    /// A number as this mutation sees it, whatever its status.
    func numberRecord(_ key: NumberKey) throws(DomainError) -> NumberRecord?
    /// A number of a workspace as this mutation sees it, whatever its status.
    func numberRecord(
        _ id: NumberID, in workspace: WorkspaceKey
    ) throws(DomainError) -> NumberRecord?
    /// Writes label, tags, fallback, ring timeout, forwarded lines, protection, prefixes, version
    /// and time of change.
    ///
    /// - Parameter fallbackAgent: The key of the agent that the record names as its fallback.
    func updateNumber(
        _ number: NumberRecord, fallbackAgent: AgentKey?
    ) throws(DomainError)
    /// Writes status, time of release, version and time of change, and takes every assignment away.
    /// A number that is no longer live also loses its fallback and its connection.
    func updateNumberStatus(_ number: NumberRecord) throws(DomainError)
    /// The numbers being released whose time has come by a moment, the longest due first.
    func numbersToRelease(by moment: Timestamp, limit: Int) throws(DomainError) -> [NumberKey]
    /// Keeps a released E.164 apart until a moment.
    func quarantine(
        _ e164: E164, releasedBy workspace: WorkspaceKey, until: Timestamp
    ) throws(DomainError)
    /// Forgets quarantines that ended by a moment.
    func deleteQuarantines(endedBy moment: Timestamp) throws(DomainError)
}
