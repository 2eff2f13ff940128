/// What a change of routing was about; none for events that change no routing.
public enum RouteChangeKind: UInt8, Hashable, Sendable {
    case number = 2, agent, lock, workspace
}

/// An audit event about to be written. The store adds sequence, time, actor and request id.
public struct NewEvent: Hashable, Sendable {
    /// What was done: `assignments.updated`, `outbound.disabled`, …; noun, dot, past participle.
    public var action: String
    public var workspace: WorkspaceKey?
    public var number: NumberID?
    public var e164: E164?
    public var agent: AgentID?
    /// What changed, as a JSON object; empty when the action says it all.
    public var detailsJSON: String
    /// Set when WatchRoutes must tell of it.
    public var routeChange: RouteChangeKind?

    /// An event.
    public init(
        _ action: String, workspace: WorkspaceKey?, number: NumberID? = nil, e164: E164? = nil,
        agent: AgentID? = nil, detailsJSON: String = "", routeChange: RouteChangeKind? = nil
    ) {
        self.action = action
        self.workspace = workspace
        self.number = number
        self.e164 = e164
        self.agent = agent
        self.detailsJSON = detailsJSON
        self.routeChange = routeChange
    }
}

/// An entry of the audit log.
public struct EventRecord: Hashable, Sendable {
    /// Grows in commit order, without repeats.
    public var sequence: Int64
    public var at: Timestamp
    public var actor: String
    public var requestID: String
    public var action: String
    public var workspace: WorkspaceID?
    public var workspaceKey: WorkspaceKey?
    public var number: NumberID?
    public var e164: E164?
    public var agentID: String
    public var detailsJSON: String
    public var routeChange: RouteChangeKind?

    /// An entry as it was read.
    public init(
        sequence: Int64, at: Timestamp, actor: String, requestID: String, action: String,
        workspace: WorkspaceID?, workspaceKey: WorkspaceKey?, number: NumberID?, e164: E164?,
        agentID: String, detailsJSON: String, routeChange: RouteChangeKind?
    ) {
        self.sequence = sequence
        self.at = at
        self.actor = actor
        self.requestID = requestID
        self.action = action
        self.workspace = workspace
        self.workspaceKey = workspaceKey
        self.number = number
        self.e164 = e164
        self.agentID = agentID
        self.detailsJSON = detailsJSON
        self.routeChange = routeChange
    }
}

/// Which events a list shows; every part that is set must match.
public struct EventFilter: Hashable, Sendable {
    public var number: NumberID?
    public var agentID: String?
    /// An action, or the beginning of one when `actionIsPrefix`.
    public var action: String?
    public var actionIsPrefix = false
    public var actor: String?
    public var from: Timestamp?
    /// Exclusive.
    public var until: Timestamp?
    /// Everything.
    public init() {}
}

/// Writes the audit log, in the transaction of the change it tells of.
public protocol EventWriter: AnyObject {
    /// Appends an event. No event, no change: a mutation that changes anything appends one.
    func append(_ event: NewEvent) throws(DomainError)
}

/// Reads the audit log.
public protocol EventReader: AnyObject {
    /// Events of a workspace, newest first.
    func events(
        of workspace: WorkspaceKey, matching filter: EventFilter, page: Page
    ) throws(DomainError) -> PageOf<EventRecord>
}
