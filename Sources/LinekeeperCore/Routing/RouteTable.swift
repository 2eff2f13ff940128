/// Every number's routing facts in memory: what hot calls are answered from.
///
/// Any thread reads; only the store's writer changes, after its commit. A number's entry holds all
/// that a decision about the number needs, so a change of it is seen whole or not at all.
public final class RouteTable: Sendable {
    private let numbers = ShardedTable<NumberFacts>()
    private let agents = ShardedTable<AgentFacts>()
    private let workspaces = ShardedTable<WorkspaceFacts>()
    private let connections = ShardedTable<ConnectionFacts>()
    private let numbersByID = ShardedTable<NumberPlace>()
    private let workspacesByID = ShardedTable<WorkspacePlace>()
    private let connectionsByID = ShardedTable<ConnectionFacts>()

    private struct NumberPlace {
        let id: NumberID
        let e164: E164
    }

    private struct WorkspacePlace {
        let id: WorkspaceID
        let key: WorkspaceKey
    }

    /// An empty table.
    public init() {}

    /// Makes room before the store is loaded.
    public func reserve(numbers: Int, agents: Int) {
        self.numbers.reserve(numbers)
        numbersByID.reserve(numbers)
        self.agents.reserve(agents)
    }

    /// How much the table holds.
    public var counts: (numbers: Int, agents: Int, workspaces: Int) {
        (numbers.count, agents.count, workspaces.count)
    }

    // MARK: Reading in place, under the entry's lock
    //
    // A body is short. The one lock that it may take besides is a workspace's or a connection's,
    // from within a number's; the writer holds one at a time, so nobody waits in a circle.

    /// Lends a live number's facts; false where there is none.
    public func withNumber(_ e164: E164, _ body: (borrowing NumberFacts) -> Void) -> Bool {
        numbers.with(KeyHash.of(e164.digits), { $0.e164 == e164 }, { body($0) })
    }

    /// Lends the facts of the agent whose id is `bytes`; false where there is none.
    public func withAgent(
        _ bytes: RawSpan, in workspace: WorkspaceKey, _ body: (borrowing AgentFacts) -> Void
    ) -> Bool {
        agents.with(
            KeyHash.of(bytes, in: workspace.rawValue),
            { $0.workspace == workspace && $0.id.hasBytes(bytes) }, { body($0) })
    }

    /// Lends a workspace's facts; false where there is none.
    public func withWorkspace(
        _ key: WorkspaceKey, _ body: (borrowing WorkspaceFacts) -> Void
    ) -> Bool {
        workspaces.with(RouteTable.hash(key.rawValue), { $0.key == key }, { body($0) })
    }

    /// Lends a connection's facts; false where there is none.
    public func withConnection(
        _ key: ConnectionKey, _ body: (borrowing ConnectionFacts) -> Void
    ) -> Bool {
        connections.with(RouteTable.hash(key.rawValue), { $0.key == key }, { body($0) })
    }

    // MARK: Copies

    /// The live number with this E.164, of whatever workspace.
    public func number(_ e164: E164) -> NumberFacts? {
        numbers.entry(KeyHash.of(e164.digits)) { $0.e164 == e164 }
    }

    /// A live number of a workspace.
    public func number(_ id: NumberID, in workspace: WorkspaceKey) -> NumberFacts? {
        guard let facts = e164(of: id).flatMap(number), facts.id == id,
            facts.workspace == workspace
        else { return nil }
        return facts
    }

    func e164(of id: NumberID) -> E164? {
        numbersByID.entry(RouteTable.hash(id)) { $0.id == id }?.e164
    }

    /// An agent of a workspace.
    public func agent(_ id: AgentID, in workspace: WorkspaceKey) -> AgentFacts? {
        agents.entry(RouteTable.hash(id, in: workspace)) {
            $0.workspace == workspace && $0.id == id
        }
    }

    /// A workspace by its key.
    public func workspace(_ key: WorkspaceKey) -> WorkspaceFacts? {
        workspaces.entry(RouteTable.hash(key.rawValue)) { $0.key == key }
    }

    /// A workspace by its id.
    public func workspace(_ id: WorkspaceID) -> WorkspaceFacts? {
        workspaceKey(id).flatMap { workspace($0) }
    }

    /// A workspace's key by its id.
    public func workspaceKey(_ id: WorkspaceID) -> WorkspaceKey? {
        workspacesByID.entry(RouteTable.hash(id)) { $0.id == id }?.key
    }

    /// A connection by its id, of whatever workspace.
    public func connection(_ id: ConnectionID) -> ConnectionFacts? {
        connectionsByID.entry(RouteTable.hash(id)) { $0.id == id }
    }

    /// A connection by its key.
    public func connection(_ key: ConnectionKey) -> ConnectionFacts? {
        connections.entry(RouteTable.hash(key.rawValue)) { $0.key == key }
    }

    // MARK: Changing: the store's writer, and whoever loads the table at the start

    /// Adds or replaces a number.
    public func put(_ number: NumberFacts) {
        let id = number.id
        let e164 = number.e164
        let former = numbers.put(number, hash: KeyHash.of(e164.digits)) { $0.e164 == e164 }?.id
        guard former != id else { return }
        // Released and imported again in one commit: the former row's id leaves.
        if let former { numbersByID.remove(RouteTable.hash(former)) { $0.id == former } }
        numbersByID.put(NumberPlace(id: id, e164: e164), hash: RouteTable.hash(id)) { $0.id == id }
    }

    /// Removes a number.
    public func remove(number e164: E164) {
        guard let id = number(e164)?.id else { return }
        numbers.remove(KeyHash.of(e164.digits)) { $0.e164 == e164 }
        numbersByID.remove(RouteTable.hash(id)) { $0.id == id }
    }

    /// Adds or replaces an agent.
    public func put(_ agent: AgentFacts) {
        let id = agent.id
        let workspace = agent.workspace
        agents.put(agent, hash: RouteTable.hash(id, in: workspace)) {
            $0.workspace == workspace && $0.id == id
        }
    }

    /// Removes an agent.
    public func remove(agent id: AgentID, in workspace: WorkspaceKey) {
        agents.remove(RouteTable.hash(id, in: workspace)) {
            $0.workspace == workspace && $0.id == id
        }
    }

    /// Adds or replaces a workspace.
    public func put(_ workspace: WorkspaceFacts) {
        workspaces.put(workspace, hash: RouteTable.hash(workspace.key.rawValue)) {
            $0.key == workspace.key
        }
        let id = workspace.id
        workspacesByID.put(
            WorkspacePlace(id: id, key: workspace.key), hash: RouteTable.hash(id)
        ) { $0.id == id }
    }

    /// Removes a workspace.
    public func remove(workspace key: WorkspaceKey) {
        guard let id = workspace(key)?.id else { return }
        workspaces.remove(RouteTable.hash(key.rawValue)) { $0.key == key }
        workspacesByID.remove(RouteTable.hash(id)) { $0.id == id }
    }

    /// Adds or replaces a connection.
    public func put(_ connection: ConnectionFacts) {
        connections.put(connection, hash: RouteTable.hash(connection.key.rawValue)) {
            $0.key == connection.key
        }
        connectionsByID.put(connection, hash: RouteTable.hash(connection.id)) {
            $0.id == connection.id
        }
    }

    /// Removes a connection.
    public func remove(connection id: ConnectionID) {
        guard let facts = connection(id) else { return }
        connections.remove(RouteTable.hash(facts.key.rawValue)) { $0.key == facts.key }
        connectionsByID.remove(RouteTable.hash(id)) { $0.id == id }
    }

    // MARK: Hashes

    private static func hash(_ key: Int64) -> UInt64 { KeyHash.of(UInt64(bitPattern: key)) }

    private static func hash<Kind>(_ id: Identifier<Kind>) -> UInt64 {
        KeyHash.of(id.high ^ KeyHash.of(id.low))
    }

    private static func hash(_ id: AgentID, in workspace: WorkspaceKey) -> UInt64 {
        // The span lives within this expression, and the text with it.
        unsafe KeyHash.of(id.text.utf8.span.bytes, in: workspace.rawValue)
    }
}

extension AgentID {
    /// Whether the id's text is these bytes.
    func hasBytes(_ bytes: RawSpan) -> Bool {
        // The span lives as long as this value, whose text it reads.
        let own = unsafe text.utf8.span.bytes
        guard own.byteCount == bytes.byteCount else { return false }
        for offset in 0..<own.byteCount {
            // The offset is within both: their lengths are equal.
            let left = unsafe own.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
            let right = unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
            guard left == right else { return false }
        }
        return true
    }
}

extension RouteTable {
    /// What differs between two tables, and what of this one cannot be found by all of its keys, one
    /// sentence each, at most `max`: how a test shows that the table equals the store.
    public func differences(from other: RouteTable, max: Int = 20) -> [String] {
        var found: [String] = []
        func note(_ text: @autoclosure () -> String) {
            if found.count < max { found.append(text()) }
        }
        numbers.forEach { own in
            if other.number(own.e164) != own { note("number \(own.e164): \(own)") }
            if number(own.id, in: own.workspace) != own { note("number \(own.e164) by its id") }
        }
        other.numbers.forEach { if number($0.e164) == nil { note("number \($0.e164) is missing") } }
        agents.forEach { own in
            if other.agent(own.id, in: own.workspace) != own { note("agent \(own.id): \(own)") }
        }
        other.agents.forEach {
            if agent($0.id, in: $0.workspace) == nil { note("agent \($0.id) is missing") }
        }
        workspaces.forEach { own in
            if other.workspace(own.key) != own { note("workspace \(own.id): \(own)") }
            if workspace(own.id) != own { note("workspace \(own.id) by its id") }
        }
        other.workspaces.forEach {
            if workspace($0.key) == nil { note("workspace \($0.id) is missing") }
        }
        connections.forEach { own in
            if other.connection(own.id) != own { note("connection \(own.id): \(own)") }
            if connection(own.id) != own { note("connection \(own.id) by its id") }
        }
        let ids = (numbersByID.count, workspacesByID.count, connectionsByID.count)
        if ids != (numbers.count, workspaces.count, connections.count) {
            note("ids that nothing has any more: \(ids)")
        }
        other.connections.forEach {
            if connection($0.id) == nil { note("connection \($0.id) is missing") }
        }
        return found
    }
}
