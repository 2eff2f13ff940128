/// Reads message history.
public protocol MessageReader: AnyObject {
    /// Messages of a workspace, newest first; those of one moment, last recorded first.
    ///
    /// Number, agent and time are found through indexes. What direction, kind and text let through
    /// is looked for among a limited count of messages, so that a page costs the same in a history
    /// of any length: a page can then be short, or empty, and still have a next one.
    ///
    /// - Throws: `invalidPageToken` when the position is of another list.
    func messages(
        of workspace: WorkspaceKey, matching filter: MessageFilter, page: Page
    ) throws(DomainError) -> PageOf<MessageRecord>
}
