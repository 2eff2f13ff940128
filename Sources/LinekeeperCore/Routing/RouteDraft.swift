/// The writer's view of the route table: committed facts under changes not yet committed.
///
/// A batch of mutations shares one draft. Each mutation begins, changes facts, and is kept or rolled
/// back on its own; when the batch's commit is durable, ``publish()`` shows all of it to readers.
public struct RouteDraft {
    private let table: RouteTable
    private var batch = Changes()
    private var mutation = Changes()

    /// What was put or, where the value is `nil`, removed.
    struct Changes {
        var numbers: [E164: NumberFacts?] = [:]
        /// Those that were put; what stands there now has the last word.
        var numbersByID: [NumberID: E164] = [:]
        var agents: [AgentPlace: AgentFacts?] = [:]
        var workspaces: [WorkspaceKey: WorkspaceFacts?] = [:]
        var connections: [ConnectionID: ConnectionFacts?] = [:]

        mutating func merge(_ other: Changes) {
            numbers.merge(other.numbers) { $1 }
            numbersByID.merge(other.numbersByID) { $1 }
            agents.merge(other.agents) { $1 }
            workspaces.merge(other.workspaces) { $1 }
            connections.merge(other.connections) { $1 }
        }
    }

    /// A draft over what is committed.
    public init(over table: RouteTable) { self.table = table }

    /// Starts a mutation; what the one before it changed is kept.
    public mutating func begin() {
        batch.merge(mutation)
        mutation = Changes()
    }

    /// Drops what was changed since ``begin()``.
    public mutating func rollback() { mutation = Changes() }

    /// Drops everything that is not published.
    public mutating func discard() {
        batch = Changes()
        mutation = Changes()
    }

    /// Shows everything to readers. The changes must be durable.
    public mutating func publish() {
        begin()
        // What forbids is seen before what allows, so that no call is granted by halves of two
        // states: a number switched off before its workspace is unlocked, a lock before the rest.
        for case let (_, number?) in batch.numbers where !number.outboundEnabled {
            table.put(number)
        }
        for (key, change) in batch.workspaces {
            if let change { table.put(change) } else { table.remove(workspace: key) }
        }
        for (id, change) in batch.connections {
            if let change { table.put(change) } else { table.remove(connection: id) }
        }
        for (e164, change) in batch.numbers {
            if let change { table.put(change) } else { table.remove(number: e164) }
        }
        for (place, change) in batch.agents {
            if let change {
                table.put(change)
            } else {
                table.remove(agent: place.id, in: place.workspace)
            }
        }
        batch = Changes()
    }

    /// The live number with this E.164, of whatever workspace.
    public func number(_ e164: E164) -> NumberFacts? {
        if let change = mutation.numbers[e164] ?? batch.numbers[e164] { return change }
        return table.number(e164)
    }

    /// A live number of a workspace.
    public func number(_ id: NumberID, in workspace: WorkspaceKey) -> NumberFacts? {
        let e164 = mutation.numbersByID[id] ?? batch.numbersByID[id] ?? table.e164(of: id)
        guard let e164, let facts = number(e164), facts.id == id, facts.workspace == workspace
        else { return nil }
        return facts
    }

    /// An agent of a workspace.
    public func agent(_ id: AgentID, in workspace: WorkspaceKey) -> AgentFacts? {
        let place = AgentPlace(workspace: workspace, id: id)
        if let change = mutation.agents[place] ?? batch.agents[place] { return change }
        return table.agent(id, in: workspace)
    }

    /// A workspace by its key.
    public func workspace(_ key: WorkspaceKey) -> WorkspaceFacts? {
        if let change = mutation.workspaces[key] ?? batch.workspaces[key] { return change }
        return table.workspace(key)
    }

    /// A connection of a workspace.
    public func connection(_ id: ConnectionID, in workspace: WorkspaceKey) -> ConnectionFacts? {
        let facts: ConnectionFacts?
        if let change = mutation.connections[id] ?? batch.connections[id] {
            facts = change
        } else {
            facts = table.connection(id)
        }
        return facts?.workspace == workspace ? facts : nil
    }

    /// Adds or replaces a number's facts.
    public mutating func put(_ number: NumberFacts) {
        mutation.numbers[number.e164] = .some(number)
        mutation.numbersByID[number.id] = number.e164
    }

    /// Removes a number.
    public mutating func remove(number e164: E164) {
        mutation.numbers[e164] = .some(nil)
    }

    /// Adds or replaces an agent's facts.
    public mutating func put(_ agent: AgentFacts) {
        mutation.agents[AgentPlace(workspace: agent.workspace, id: agent.id)] = .some(agent)
    }

    /// Removes an agent.
    public mutating func remove(agent id: AgentID, in workspace: WorkspaceKey) {
        mutation.agents[AgentPlace(workspace: workspace, id: id)] = .some(nil)
    }

    /// Adds or replaces a workspace's facts.
    public mutating func put(_ workspace: WorkspaceFacts) {
        mutation.workspaces[workspace.key] = .some(workspace)
    }

    /// Removes a workspace.
    public mutating func remove(workspace key: WorkspaceKey) {
        mutation.workspaces[key] = .some(nil)
    }

    /// Adds or replaces a connection's facts.
    public mutating func put(_ connection: ConnectionFacts) {
        mutation.connections[connection.id] = .some(connection)
    }

    /// Removes a connection.
    public mutating func remove(connection id: ConnectionID) {
        mutation.connections[id] = .some(nil)
    }
}

/// Where an agent stands: its id within its workspace.
struct AgentPlace: Hashable, Sendable {
    let workspace: WorkspaceKey
    let id: AgentID
}
