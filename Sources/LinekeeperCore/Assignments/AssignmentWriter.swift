/// Writes agents, assignments, toggles and incident locks. Rows only: who calls these keeps
/// `routes` in step and appends the event.
public protocol AssignmentWriter: AnyObject {
    /// Writes the assignment columns in which two states of a number differ, its version and the
    /// time of the change. Columns that are equal are left alone, and so are their indexes.
    ///
    /// - Throws: `corruptData` when the row is not at the version of `before`.
    func updateAssignments(
        from before: NumberFacts, to after: NumberFacts, at: Timestamp
    ) throws(DomainError)

    /// A live number as a person sees it. What routing knows of it is taken from `number`, which is
    /// what ``StoreWriter/routes`` holds now; only the rest is read from its row.
    ///
    /// - Throws: `corruptData` when the row is missing.
    func record(of number: NumberFacts) throws(DomainError) -> NumberRecord

    /// Takes the fallback from a number, with its new version and the time of the change.
    func clearFallback(of number: NumberFacts, at: Timestamp) throws(DomainError)

    /// The numbers of a workspace that have an outbound agent, in the order of their keys; at most
    /// `limit`.
    func numbersWithOutboundAgent(
        in workspace: WorkspaceKey, limit: Int
    ) throws(DomainError) -> [E164]

    /// The live numbers of a workspace that fall back to an agent.
    func numbersFallingBack(
        to agent: AgentKey, in workspace: WorkspaceKey
    ) throws(DomainError) -> [E164]

    /// Adds an agent and answers its key.
    func insertAgent(
        _ agent: AgentDescription, in workspace: WorkspaceKey, at: Timestamp
    ) throws(DomainError) -> AgentKey

    /// Writes what the agent builder says of an agent.
    func updateAgent(
        _ key: AgentKey, to agent: AgentDescription, in workspace: WorkspaceKey, at: Timestamp
    ) throws(DomainError)

    /// Removes an agent that no live number names; numbers of the past forget it.
    func deleteAgent(_ key: AgentKey, in workspace: WorkspaceKey) throws(DomainError)

    /// Sets an incident lock; one that stands keeps its reason. `nil`: the whole workspace.
    func lockOutbound(
        of number: E164?, in workspace: WorkspaceKey, reason: String, at: Timestamp
    ) throws(DomainError)

    /// Lifts an incident lock. `nil`: that of the whole workspace.
    func unlockOutbound(of number: E164?, in workspace: WorkspaceKey) throws(DomainError)
}
