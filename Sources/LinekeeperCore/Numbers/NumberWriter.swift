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
}
