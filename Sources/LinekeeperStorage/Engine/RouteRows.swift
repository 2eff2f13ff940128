import LinekeeperCore

// What the route table is made of, read in the order of the rows' keys. A million rows of each are
// read at every start, so text is parsed where SQLite keeps it.

/// A live number's row; its agents still by their keys.
struct RouteNumberRow {
    var facts: NumberFacts
    let inbound: AgentKey?
    let outbound: AgentKey?
    let sms: AgentKey?
    let fallbackAgent: AgentKey?
    let fallback: Fallback?
    let allowedDestinations: [E164Prefix]
}

/// A range of row keys.
struct KeyRange: Hashable, Sendable {
    /// Exclusive.
    let after: Int64
    let through: Int64

    /// Two ranges that hold every key, of about as many rows each.
    static func halves(lastKey: Int64) -> [KeyRange] {
        let middle = lastKey / 2
        return [KeyRange(after: 0, through: middle), KeyRange(after: middle, through: .max)]
    }
}

struct RouteNumbers: Query {
    let keys: KeyRange
    var sql: String {
        """
        SELECT number_key, number_id, workspace_key, e164, connection_key, version, status,
            capabilities, origin, carrier, webhook_mode, inbound_agent, outbound_agent, sms_agent,
            outbound_enabled, ring_timeout_override, region, fallback_kind, fallback_agent,
            fallback_e164, allowed_prefixes
        FROM number WHERE number_key > $1 AND number_key <= $2 AND status BETWEEN 1 AND 4
        ORDER BY number_key
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(keys.after)
        try binder.bind(keys.through)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> RouteNumberRow {
        guard let id = try columns.text(1).flatMap({ NumberID(row: $0) }),
            let e164 = try columns.text(3).flatMap({ E164(row: $0) }),
            let status = NumberStatus(rawValue: try columns.byte(6)),
            let origin = Origin(rawValue: try columns.byte(8)),
            let carrier = Carrier(rawValue: try columns.byte(9)),
            let webhookMode = WebhookMode(rawValue: try columns.byte(10))
        else { throw unreadable("number", try columns.int64(0)) }
        var facts = NumberFacts(
            e164: e164, id: id, key: NumberKey(rawValue: try columns.int64(0)),
            workspace: WorkspaceKey(rawValue: try columns.int64(2)),
            connection: try columns.optionalInt64(4).map(ConnectionKey.init(rawValue:)),
            version: UInt64(clamping: try columns.int64(5)), status: status,
            capabilities: Capabilities(rawValue: try columns.byte(7)), origin: origin,
            carrier: carrier, webhookMode: webhookMode)
        facts.outboundEnabled = try columns.bool(14)
        facts.ringTimeoutOverride = try columns.optionalInt64(15).map(UInt8.init(clamping:))
        if let region = try columns.text(16), !region.isEmpty {
            guard let known = RegionID(rawValue: String(decoding: region, as: UTF8.self)) else {
                throw unreadable("number", facts.key.rawValue)
            }
            facts.region = known
        }
        var fallback: Fallback?
        switch try columns.int64(17) {
        case FallbackKind.forward:
            guard let number = try columns.text(19).flatMap({ E164(row: $0) }) else {
                throw unreadable("number", facts.key.rawValue)
            }
            fallback = .forward(number)
        case FallbackKind.reject: fallback = .reject
        case FallbackKind.none, FallbackKind.agent: break
        default: throw unreadable("number", facts.key.rawValue)
        }
        return RouteNumberRow(
            facts: facts, inbound: try columns.agent(11), outbound: try columns.agent(12),
            sms: try columns.agent(13), fallbackAgent: try columns.agent(18), fallback: fallback,
            allowedDestinations: try columns.prefixes(20))
    }
}

struct RouteAgents: Query {
    let keys: KeyRange
    var sql: String {
        """
        SELECT agent_key, workspace_key, agent_id, name, status, outbound_configured, sms_enabled
        FROM agent WHERE agent_key > $1 AND agent_key <= $2 ORDER BY agent_key
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(keys.after)
        try binder.bind(keys.through)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> AgentFacts {
        guard let id = AgentID(try columns.string(2)),
            let status = AgentStatus(rawValue: try columns.byte(4))
        else { throw unreadable("agent", try columns.int64(0)) }
        return AgentFacts(
            key: AgentKey(rawValue: try columns.int64(0)),
            workspace: WorkspaceKey(rawValue: try columns.int64(1)), id: id,
            name: try columns.string(3), status: status,
            outboundConfigured: try columns.optionalInt64(5).map { $0 != 0 },
            smsEnabled: try columns.optionalInt64(6).map { $0 != 0 })
    }
}

struct RouteWorkspaces: Query {
    var sql: String {
        """
        SELECT workspace_key, workspace_id, number_exclusivity, plan, feature_flags,
            allowed_prefixes
        FROM workspace WHERE deleted_at IS NULL ORDER BY workspace_key
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {}

    static func row(_ columns: borrowing Columns) throws(DomainError) -> WorkspaceFacts {
        guard let id = WorkspaceID(try columns.string(1)),
            let exclusivity = NumberExclusivity(rawValue: try columns.byte(2)),
            let plan = Plan(rawValue: try columns.byte(3))
        else { throw unreadable("workspace", try columns.int64(0)) }
        var facts = WorkspaceFacts(
            key: WorkspaceKey(rawValue: try columns.int64(0)), id: id, exclusivity: exclusivity,
            plan: plan,
            featureFlags: try columns.string(4).split(separator: ",").map(String.init))
        facts.allowedDestinations = try columns.prefixes(5)
        return facts
    }
}

struct RouteConnections: Query {
    var sql: String {
        """
        SELECT connection_key, connection_id, workspace_key, carrier FROM connection
        ORDER BY connection_key
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {}

    static func row(_ columns: borrowing Columns) throws(DomainError) -> ConnectionFacts {
        guard let id = ConnectionID(try columns.string(1)),
            let carrier = Carrier(rawValue: try columns.byte(3))
        else { throw unreadable("connection", try columns.int64(0)) }
        return ConnectionFacts(
            key: ConnectionKey(rawValue: try columns.int64(0)), id: id,
            workspace: WorkspaceKey(rawValue: try columns.int64(2)), carrier: carrier)
    }
}

/// Incident locks; an empty number is the lock on the whole workspace.
struct RouteLocks: Query {
    var sql: String { "SELECT workspace_key, e164 FROM outbound_lock" }

    func bind(to binder: inout Binder) throws(DomainError) {}

    static func row(
        _ columns: borrowing Columns
    ) throws(DomainError) -> (workspace: WorkspaceKey, e164: E164?) {
        let workspace = WorkspaceKey(rawValue: try columns.int64(0))
        let text = try columns.string(1)
        if text.isEmpty { return (workspace, nil) }
        guard let e164 = E164(text.utf8) else { throw unreadable("lock", workspace.rawValue) }
        return (workspace, e164)
    }
}

private func unreadable(_ what: String, _ key: Int64) -> DomainError {
    DomainError(
        .corruptData, "The row of \(what) \(key) holds values that this version cannot read.",
        facts: ["row": "\(key)"])
}

extension Columns {
    fileprivate borrowing func byte(_ index: Int) throws(DomainError) -> UInt8 {
        UInt8(clamping: try int64(index))
    }

    fileprivate borrowing func agent(_ index: Int) throws(DomainError) -> AgentKey? {
        try optionalInt64(index).map(AgentKey.init(rawValue:))
    }

    /// Destinations that are allowed. One that cannot be read must not be left out: an empty list
    /// allows all.
    fileprivate borrowing func prefixes(_ index: Int) throws(DomainError) -> [E164Prefix] {
        guard let list = try text(index), !list.isEmpty else { return [] }
        var prefixes: [E164Prefix] = []
        for part in list.split(separator: UInt8(ascii: ",")) {
            guard let prefix = E164Prefix(part) else {
                throw unreadable("number or workspace", try int64(0))
            }
            prefixes.append(prefix)
        }
        return prefixes
    }
}

extension E164 {
    /// Reads the canonical form out of a row.
    fileprivate init?(row bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count <= 16, bytes.first == UInt8(ascii: "+") else { return nil }
        var value: UInt64 = 0
        for byte in bytes.dropFirst() {
            let digit = byte &- UInt8(ascii: "0")
            guard digit <= 9, digit > 0 || value > 0 else { return nil }
            value = value &* 10 &+ UInt64(digit)
        }
        self.init(digits: value)
    }
}

extension Identifier {
    /// Reads the text form out of a row, without making a string of it.
    fileprivate init?(row bytes: UnsafeBufferPointer<UInt8>) {
        let prefix = Kind.prefix.utf8
        let head = prefix.count + 1
        guard bytes.count == head + 32, bytes.starts(with: prefix),
            bytes[head - 1] == UInt8(ascii: "_"),
            let high = Identifier.half(bytes, at: head),
            let low = Identifier.half(bytes, at: head + 16)
        else { return nil }
        self.init(high: high, low: low)
    }

    private static func half(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt64? {
        var value: UInt64 = 0
        for byte in bytes[start..<start + 16] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                value = value << 4 | UInt64(byte &- UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"):
                value = value << 4 | UInt64(byte &- UInt8(ascii: "a") &+ 10)
            default: return nil
            }
        }
        return value
    }
}
