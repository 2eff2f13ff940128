/// An agent as a list shows it.
public struct AgentRecord: Hashable, Sendable {
    /// With the numbers that it holds.
    public var facts: AgentFacts
    public var updatedAt: Timestamp

    /// An agent's row.
    public init(facts: AgentFacts, updatedAt: Timestamp) {
        self.facts = facts
        self.updatedAt = updatedAt
    }
}

/// A number as the dropdown of numbers offers it.
public struct NumberChoice: Hashable, Sendable {
    /// What the rules need: no connection, fallback or limits, and of its holders no more than who
    /// they are and their status.
    public var facts: NumberFacts
    public var label: String

    /// A number with its label.
    public init(facts: NumberFacts, label: String) {
        self.facts = facts
        self.label = label
    }
}

/// Which agents a list shows; every part that is set must match.
public struct AgentFilter: Hashable, Sendable {
    public var status: AgentStatus?
    /// Part of the name or the id, in whatever case; empty: every agent.
    public var text: String

    /// By default every agent.
    public init(status: AgentStatus? = nil, text: String = "") {
        self.status = status
        self.text = text
    }
}

/// Reads agents and what they may be given. Lists of agents are ordered by name, lists of numbers
/// by E.164 as text.
public protocol AgentReader: AnyObject {
    /// An agent of a workspace.
    func agent(_ id: AgentID, in workspace: WorkspaceKey) throws(DomainError) -> AgentRecord?

    /// A page of a workspace's agents.
    func agents(
        in workspace: WorkspaceKey, matching filter: AgentFilter, page: Page
    ) throws(DomainError) -> PageOf<AgentRecord>

    /// A number of a workspace with its holders; `nil` for one that is released or failed.
    func numberChoice(
        _ id: NumberID, in workspace: WorkspaceKey
    ) throws(DomainError) -> NumberChoice?

    /// A page of the workspace's numbers that are neither released nor failed.
    func numberChoices(
        in workspace: WorkspaceKey, page: Page
    ) throws(DomainError) -> PageOf<NumberChoice>

    /// How the workspace shares a number among agents; `nil` when it is not there.
    func exclusivity(of workspace: WorkspaceKey) throws(DomainError) -> NumberExclusivity?

    /// A page of what the automation editor offers: every agent with its outbound number, read in
    /// one query.
    func outboundChoices(
        in workspace: WorkspaceKey, page: Page
    ) throws(DomainError) -> PageOf<OutboundChoice>
}
