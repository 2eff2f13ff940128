import Synchronization

/// Every number's routing facts in memory: what hot calls are answered from.
public final class RouteTable: Sendable {
    private struct State {
        var numbers: [E164: NumberFacts] = [:]
        var numbersByID: [NumberID: E164] = [:]
        var agents: [AgentPlace: AgentFacts] = [:]
        var workspaces: [WorkspaceKey: WorkspaceFacts] = [:]
        var workspacesByID: [WorkspaceID: WorkspaceKey] = [:]
        var connections: [ConnectionID: ConnectionFacts] = [:]
    }

    private let state = Mutex(State())

    /// An empty table.
    public init() {}

    /// The number with this E.164.
    public func number(_ e164: E164) -> NumberFacts? { state.withLock { $0.numbers[e164] } }
    /// The E.164 of a number.
    public func e164(of id: NumberID) -> E164? { state.withLock { $0.numbersByID[id] } }
    /// An agent of a workspace.
    public func agent(_ id: AgentID, in workspace: WorkspaceKey) -> AgentFacts? {
        state.withLock { $0.agents[AgentPlace(workspace: workspace, id: id)] }
    }
    /// A workspace by its key.
    public func workspace(_ key: WorkspaceKey) -> WorkspaceFacts? {
        state.withLock { $0.workspaces[key] }
    }
    /// A workspace by its id.
    public func workspace(_ id: WorkspaceID) -> WorkspaceFacts? {
        state.withLock { state in state.workspacesByID[id].flatMap { state.workspaces[$0] } }
    }
    /// A connection by its id.
    public func connection(_ id: ConnectionID) -> ConnectionFacts? {
        state.withLock { $0.connections[id] }
    }

    /// How much the table holds.
    public var counts: (numbers: Int, agents: Int, workspaces: Int) {
        state.withLock { ($0.numbers.count, $0.agents.count, $0.workspaces.count) }
    }

    func apply(_ changes: RouteDraft.Changes) {
        state.withLock { state in
            for (key, value) in changes.numbers { state.numbers[key] = value }
            for (key, value) in changes.numbersByID { state.numbersByID[key] = value }
            for (key, value) in changes.agents { state.agents[key] = value }
            for (key, value) in changes.workspaces {
                state.workspaces[key] = value
                if let value { state.workspacesByID[value.id] = key }
            }
            for (key, value) in changes.connections { state.connections[key] = value }
        }
    }
}
