import Synchronization

/// Every number's routing facts in memory: what hot calls are answered from.
///
/// Any thread reads; only the store's writer changes, after its commit. A number's entry holds all
/// that a decision about the number needs, so a change of it is seen whole or not at all.
public final class RouteTable: Sendable {
    let numbers = ShardedTable<NumberFacts>()
    let agents = ShardedTable<AgentFacts>()
    private let workspaces = ShardedTable<WorkspaceFacts>()
    private let connections = ShardedTable<ConnectionFacts>()
    let numbersByID = ShardedTable<NumberPlace>()
    private let workspacesByID = ShardedTable<WorkspacePlace>()
    private let connectionsByID = ShardedTable<ConnectionFacts>()

    /// Of ``numbers``, to be had without asking every shard.
    let numberCount = Atomic(0)

    struct NumberPlace {
        let id: NumberID
        let e164: E164
    }

    private struct WorkspacePlace {
        let id: WorkspaceID
        let key: WorkspaceKey
    }

    /// An empty table.
    public init() {}

    /// How much the table holds.
    public var counts: (numbers: Int, agents: Int, workspaces: Int) {
        (numberCount.load(ordering: .relaxed), agents.count, workspaces.count)
    }

    // MARK: Reading in place, under the entry's lock
    //
    // A pointer, because what is borrowed through a closure is copied first, references counted and
    // all. It is valid within the body. A body is short. The one lock that it may take besides is a
    // workspace's or a connection's, from within a number's; the writer holds one at a time, so
    // nobody waits in a circle.

    /// Lends a live number's facts; false where there is none.
    public func withNumber(
        _ e164: E164, _ body: (UnsafePointer<NumberFacts>) -> Void
    ) -> Bool {
        unsafe numbers.with(KeyHash.of(e164.digits), { unsafe $0.pointee.e164 == e164 }, body)
    }

    /// Lends the facts of the agent whose id is `bytes`; false where there is none.
    public func withAgent(
        _ bytes: RawSpan, in workspace: WorkspaceKey, _ body: (UnsafePointer<AgentFacts>) -> Void
    ) -> Bool {
        unsafe agents.with(
            KeyHash.of(bytes, in: workspace.rawValue),
            { unsafe $0.pointee.workspace == workspace && $0.pointee.binding.isNamed(bytes) }, body)
    }

    /// The number that an agent holds for outbound calls or texts, if the agent's id is `bytes`: only
    /// its hash and length are compared, which waits for memory once less.
    ///
    /// Whoever asks must compare the id with that of the number's binding, which tells for certain
    /// and has to be read for an answer anyway.
    public func probableNumber(
        of profile: Profile, _ bytes: RawSpan, in workspace: WorkspaceKey
    ) -> E164? {
        let length = bytes.byteCount
        var number: E164?
        _ = unsafe agents.with(
            KeyHash.of(bytes, in: workspace.rawValue),
            { agent in
                unsafe agent.pointee.workspace == workspace
                    && Int(agent.pointee.idLength) == length
            },
            { agent in
                number =
                    switch profile {
                    case .inbound: unsafe agent.pointee.inbound
                    case .outbound: unsafe agent.pointee.outbound
                    case .sms: unsafe agent.pointee.sms
                    }
            })
        return number
    }

    /// What a workspace says to a call from a number to a destination; `nil` where there is none.
    public func outboundLimits(
        of workspace: WorkspaceKey, from number: E164, to destination: E164
    ) -> OutboundLimits? {
        var limits: OutboundLimits?
        _ = unsafe withWorkspace(workspace) { facts in
            limits = unsafe facts.pointee.outboundLimits(from: number, to: destination)
        }
        return limits
    }

    /// Lends a workspace's facts; false where there is none.
    public func withWorkspace(
        _ key: WorkspaceKey, _ body: (UnsafePointer<WorkspaceFacts>) -> Void
    ) -> Bool {
        unsafe workspaces.with(
            RouteTable.hash(key.rawValue), { unsafe $0.pointee.key == key }, body)
    }

    /// A workspace's id, which never changes.
    public func workspaceID(_ key: WorkspaceKey) -> WorkspaceID? {
        var id: WorkspaceID?
        _ = unsafe withWorkspace(key) { id = unsafe $0.pointee.id }
        return id
    }

    /// A connection's id, which never changes.
    public func connectionID(_ key: ConnectionKey) -> ConnectionID? {
        var id: ConnectionID?
        _ = unsafe connections.with(
            RouteTable.hash(key.rawValue), { unsafe $0.pointee.key == key },
            { id = unsafe $0.pointee.id })
        return id
    }

    // MARK: Copies

    /// The live number with this E.164, of whatever workspace.
    public func number(_ e164: E164) -> NumberFacts? {
        unsafe numbers.entry(KeyHash.of(e164.digits)) { unsafe $0.pointee.e164 == e164 }
    }

    /// A live number of a workspace.
    public func number(_ id: NumberID, in workspace: WorkspaceKey) -> NumberFacts? {
        guard let facts = e164(of: id).flatMap(number), facts.id == id,
            facts.workspace == workspace
        else { return nil }
        return facts
    }

    func e164(of id: NumberID) -> E164? {
        unsafe numbersByID.entry(RouteTable.hash(id)) { unsafe $0.pointee.id == id }?.e164
    }

    /// An agent of a workspace.
    public func agent(_ id: AgentID, in workspace: WorkspaceKey) -> AgentFacts? {
        unsafe agents.entry(RouteTable.hash(id, in: workspace)) {
            unsafe $0.pointee.workspace == workspace
                && $0.pointee.binding.isNamed(id.text.utf8.span.bytes)
        }
    }

    /// A workspace by its key.
    public func workspace(_ key: WorkspaceKey) -> WorkspaceFacts? {
        unsafe workspaces.entry(RouteTable.hash(key.rawValue)) { unsafe $0.pointee.key == key }
    }

    /// A workspace by its id.
    public func workspace(_ id: WorkspaceID) -> WorkspaceFacts? {
        workspaceKey(id).flatMap { workspace($0) }
    }

    /// A workspace's key by its id.
    public func workspaceKey(_ id: WorkspaceID) -> WorkspaceKey? {
        unsafe workspacesByID.entry(RouteTable.hash(id)) { unsafe $0.pointee.id == id }?.key
    }

    /// A connection by its id, of whatever workspace.
    public func connection(_ id: ConnectionID) -> ConnectionFacts? {
        unsafe connectionsByID.entry(RouteTable.hash(id)) { unsafe $0.pointee.id == id }
    }

    /// A connection by its key.
    public func connection(_ key: ConnectionKey) -> ConnectionFacts? {
        unsafe connections.entry(RouteTable.hash(key.rawValue)) { unsafe $0.pointee.key == key }
    }

    // MARK: Changing: the store's writer, and whoever loads the table at the start

    /// Adds or replaces a number.
    public func put(_ number: NumberFacts) {
        let id = number.id
        let e164 = number.e164
        let former = unsafe numbers.put(number, hash: KeyHash.of(e164.digits)) {
            unsafe $0.pointee.e164 == e164
        }?.id
        if former == nil { numberCount.add(1, ordering: .relaxed) }
        guard former != id else { return }
        // Released and imported again in one commit: the former row's id leaves.
        if let former {
            unsafe numbersByID.remove(RouteTable.hash(former)) { unsafe $0.pointee.id == former }
        }
        unsafe numbersByID.put(NumberPlace(id: id, e164: e164), hash: RouteTable.hash(id)) {
            unsafe $0.pointee.id == id
        }
    }

    /// Removes a number.
    public func remove(number e164: E164) {
        guard let id = number(e164)?.id else { return }
        numberCount.subtract(1, ordering: .relaxed)
        unsafe numbers.remove(KeyHash.of(e164.digits)) { unsafe $0.pointee.e164 == e164 }
        unsafe numbersByID.remove(RouteTable.hash(id)) { unsafe $0.pointee.id == id }
    }

    /// Adds or replaces an agent.
    public func put(_ agent: AgentFacts) {
        let binding = agent.binding
        let workspace = agent.workspace
        unsafe agents.put(agent, hash: RouteTable.hash(binding, in: workspace)) {
            unsafe $0.pointee.workspace == workspace && $0.pointee.binding.hasID(of: binding)
        }
    }

    /// Removes an agent.
    public func remove(agent id: AgentID, in workspace: WorkspaceKey) {
        unsafe agents.remove(RouteTable.hash(id, in: workspace)) {
            unsafe $0.pointee.workspace == workspace
                && $0.pointee.binding.isNamed(id.text.utf8.span.bytes)
        }
    }

    /// Adds or replaces a workspace.
    public func put(_ workspace: WorkspaceFacts) {
        unsafe workspaces.put(workspace, hash: RouteTable.hash(workspace.key.rawValue)) {
            unsafe $0.pointee.key == workspace.key
        }
        let id = workspace.id
        unsafe workspacesByID.put(
            WorkspacePlace(id: id, key: workspace.key), hash: RouteTable.hash(id)
        ) { unsafe $0.pointee.id == id }
    }

    /// Removes a workspace.
    public func remove(workspace key: WorkspaceKey) {
        guard let id = workspace(key)?.id else { return }
        unsafe workspaces.remove(RouteTable.hash(key.rawValue)) { unsafe $0.pointee.key == key }
        unsafe workspacesByID.remove(RouteTable.hash(id)) { unsafe $0.pointee.id == id }
    }

    /// Adds or replaces a connection.
    public func put(_ connection: ConnectionFacts) {
        unsafe connections.put(connection, hash: RouteTable.hash(connection.key.rawValue)) {
            unsafe $0.pointee.key == connection.key
        }
        unsafe connectionsByID.put(connection, hash: RouteTable.hash(connection.id)) {
            unsafe $0.pointee.id == connection.id
        }
    }

    /// Removes a connection.
    public func remove(connection id: ConnectionID) {
        guard let facts = connection(id) else { return }
        unsafe connections.remove(RouteTable.hash(facts.key.rawValue)) {
            unsafe $0.pointee.key == facts.key
        }
        unsafe connectionsByID.remove(RouteTable.hash(id)) { unsafe $0.pointee.id == id }
    }

    // MARK: Hashes

    private static func hash(_ key: Int64) -> UInt64 { KeyHash.of(UInt64(bitPattern: key)) }

    static func hash<Kind>(_ id: Identifier<Kind>) -> UInt64 {
        KeyHash.of(id.high ^ KeyHash.of(id.low))
    }

    private static func hash(_ id: AgentID, in workspace: WorkspaceKey) -> UInt64 {
        // The span lives within this expression, and the text with it.
        unsafe KeyHash.of(id.text.utf8.span.bytes, in: workspace.rawValue)
    }

    static func hash(_ agent: AgentBinding, in workspace: WorkspaceKey) -> UInt64 {
        // The bytes are read within the closure.
        unsafe agent.withText { id, _ in unsafe KeyHash.of(id.bytes, in: workspace.rawValue) }
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
