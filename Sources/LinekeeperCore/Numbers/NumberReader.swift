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
    /// A page of a workspace's numbers.
    ///
    /// A number that is there throughout the reading of all pages, and whose sort value stays, is
    /// shown exactly once, whatever is added or removed meanwhile.
    ///
    /// - Throws: `invalidPageToken` when the position is of another order.
    func numbers(
        of workspace: WorkspaceKey, matching filter: NumberFilter, by order: NumberOrder,
        page: Page
    ) throws(DomainError) -> PageOf<NumberRecord>
    /// Whether a workspace has any live number.
    func hasNumbers(_ workspace: WorkspaceKey) throws(DomainError) -> Bool
}
