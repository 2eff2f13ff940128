/// Reads numbers as a person sees them.
public protocol NumberReader: AnyObject {
    /// A number, whatever its status.
    func numberRecord(_ key: NumberKey) throws(DomainError) -> NumberRecord?
    /// A number of a workspace, whatever its status.
    func numberRecord(
        _ id: NumberID, in workspace: WorkspaceKey
    ) throws(DomainError) -> NumberRecord?
    /// The live number of a workspace with this E.164.
    func numberRecord(
        _ e164: E164, in workspace: WorkspaceKey
    ) throws(DomainError) -> NumberRecord?
}
