/// Writes message history.
public protocol MessageWriter: AnyObject {
    /// The message that was recorded with a carrier's id in a workspace.
    func message(
        carrierID: String, in workspace: WorkspaceKey
    ) throws(DomainError) -> MessageID?
    /// Adds a message of a number; `agentID` is empty for none.
    func insertMessage(
        _ message: NewMessage, number: NumberKey, agentID: String, in workspace: WorkspaceKey
    ) throws(DomainError)
}
