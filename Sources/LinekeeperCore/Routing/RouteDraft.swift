/// The writer's view of the route table: committed facts under changes not yet committed.
///
/// A batch of mutations shares one draft. Each mutation begins, changes facts, and is kept or rolled
/// back on its own; when the batch's commit is durable, ``publish()`` shows all of it to readers.
///
/// A class, because a mutation reads it through its writer, and a struct of as many dictionaries
/// would be copied for every look.
public final class RouteDraft {
    private let table: RouteTable
    private var numbers = DraftedChanges<E164, NumberFacts>()
    /// Those that were put; what stands there now has the last word.
    private var numbersByID = DraftedChanges<NumberID, E164>()
    private var agents = DraftedChanges<AgentPlace, AgentFacts>()
    private var workspaces = DraftedChanges<WorkspaceKey, WorkspaceFacts>()
    private var connections = DraftedChanges<ConnectionID, ConnectionFacts>()

    /// Whether a number that was put may not call; true for one that was rolled back, too.
    private var switchesOff = false

    /// A draft over what is committed.
    public init(over table: RouteTable) { self.table = table }

    /// Starts a mutation; what the one before it changed is kept.
    public func begin() {
        numbers.keep()
        numbersByID.keep()
        agents.keep()
        workspaces.keep()
        connections.keep()
    }

    /// Drops what was changed since ``begin()``.
    public func rollback() {
        numbers.undo()
        numbersByID.undo()
        agents.undo()
        workspaces.undo()
        connections.undo()
    }

    /// Drops everything that is not published.
    public func discard() {
        numbers.removeAll()
        numbersByID.removeAll()
        agents.removeAll()
        workspaces.removeAll()
        connections.removeAll()
        switchesOff = false
    }

    /// Shows everything to readers. The changes must be durable.
    public func publish() {
        // What forbids is seen before what allows, so that no call is granted by halves of two
        // states: a number switched off before its workspace is unlocked, a lock before the rest.
        if switchesOff {
            for case let (_, number?) in numbers.all where !number.outboundEnabled {
                table.put(number)
            }
        }
        for (key, change) in workspaces.all {
            if let change { table.put(change) } else { table.remove(workspace: key) }
        }
        for (id, change) in connections.all {
            if let change { table.put(change) } else { table.remove(connection: id) }
        }
        for (e164, change) in numbers.all {
            if let change { table.put(change) } else { table.remove(number: e164) }
        }
        for (place, change) in agents.all {
            if let change {
                table.put(change)
            } else {
                table.remove(agent: place.id, in: place.workspace)
            }
        }
        discard()
    }

    /// The live number with this E.164, of whatever workspace.
    public func number(_ e164: E164) -> NumberFacts? {
        if let change = numbers[e164] { return change }
        return table.number(e164)
    }

    /// A live number of a workspace.
    public func number(_ id: NumberID, in workspace: WorkspaceKey) -> NumberFacts? {
        let e164 = (numbersByID[id] ?? nil) ?? table.e164(of: id)
        guard let e164, let facts = number(e164), facts.id == id, facts.workspace == workspace
        else { return nil }
        return facts
    }

    /// An agent of a workspace.
    public func agent(_ id: AgentID, in workspace: WorkspaceKey) -> AgentFacts? {
        let place = AgentPlace(workspace: workspace, id: id)
        if let change = agents[place] { return change }
        return table.agent(id, in: workspace)
    }

    /// A workspace by its key.
    public func workspace(_ key: WorkspaceKey) -> WorkspaceFacts? {
        if let change = workspaces[key] { return change }
        return table.workspace(key)
    }

    /// A connection of a workspace.
    public func connection(_ id: ConnectionID, in workspace: WorkspaceKey) -> ConnectionFacts? {
        let facts: ConnectionFacts?
        if let change = connections[id] {
            facts = change
        } else {
            facts = table.connection(id)
        }
        return facts?.workspace == workspace ? facts : nil
    }

    /// A connection's id by its key, of whatever workspace.
    public func connectionID(_ key: ConnectionKey) -> ConnectionID? {
        if let id = table.connectionID(key) { return id }
        return connections.all.first { $0.value?.key == key }?.key
    }

    /// Adds or replaces a number's facts.
    public func put(_ number: NumberFacts) {
        if !number.outboundEnabled { switchesOff = true }
        numbers.set(number, for: number.e164)
        numbersByID.set(number.e164, for: number.id)
    }

    /// Removes a number.
    public func remove(number e164: E164) {
        numbers.set(nil, for: e164)
    }

    /// Adds or replaces an agent's facts.
    public func put(_ agent: AgentFacts) {
        agents.set(agent, for: AgentPlace(workspace: agent.workspace, id: agent.id))
    }

    /// Removes an agent.
    public func remove(agent id: AgentID, in workspace: WorkspaceKey) {
        agents.set(nil, for: AgentPlace(workspace: workspace, id: id))
    }

    /// Adds or replaces a workspace's facts.
    public func put(_ workspace: WorkspaceFacts) {
        workspaces.set(workspace, for: workspace.key)
    }

    /// Removes a workspace.
    public func remove(workspace key: WorkspaceKey) {
        workspaces.set(nil, for: key)
    }

    /// Adds or replaces a connection's facts.
    public func put(_ connection: ConnectionFacts) {
        connections.set(connection, for: connection.id)
    }

    /// Removes a connection.
    public func remove(connection id: ConnectionID) {
        connections.set(nil, for: id)
    }
}

/// Where an agent stands: its id within its workspace.
struct AgentPlace: Hashable, Sendable {
    let workspace: WorkspaceKey
    let id: AgentID
}

/// What was put or, where the value is `nil`, removed: in the batch, and undoable for the mutation
/// at hand.
private struct DraftedChanges<Key: Hashable, Facts> {
    private(set) var all: [Key: Facts?] = [:]
    /// What stood in the place of each change of the mutation, oldest first.
    private var former: [(key: Key, change: Facts??)] = []

    /// A batch this large keeps its memory for the next one.
    private static var keptMax: Int { 4096 }

    subscript(key: Key) -> Facts?? { all[key] }

    mutating func set(_ facts: Facts?, for key: Key) {
        former.append((key, all.updateValue(facts, forKey: key)))
    }

    mutating func keep() {
        if !former.isEmpty { former.removeAll(keepingCapacity: former.count <= Self.keptMax) }
    }

    mutating func undo() {
        for (key, change) in former.reversed() {
            if let change { all.updateValue(change, forKey: key) } else { all[key] = nil }
        }
        keep()
    }

    mutating func removeAll() {
        keep()
        if !all.isEmpty { all.removeAll(keepingCapacity: all.count <= Self.keptMax) }
    }
}
