import LinekeeperCore

// The rows that there are a million of: text is parsed where SQLite keeps it, and a number is put
// together where it is read.

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

    fileprivate func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(after)
        try binder.bind(through)
    }
}

struct RouteNumbers: Scan {
    let keys: KeyRange

    static let columns = [
        "number_key", "number_id", "workspace_key", "e164", "connection_key", "version", "status",
        "capabilities", "origin", "carrier", "webhook_mode", "inbound_agent", "outbound_agent",
        "sms_agent", "outbound_enabled", "ring_timeout_override", "region", "fallback_kind",
        "fallback_agent", "fallback_e164", "allowed_prefixes",
    ]
    static let rest = """
        FROM number WHERE number_key > $1 AND number_key <= $2 AND status BETWEEN 1 AND 4
        ORDER BY number_key
        """

    func bind(to binder: inout Binder) throws(DomainError) { try keys.bind(to: &binder) }

    /// A row's facts with its agents, which are noted as holding the number.
    static func facts(
        _ values: borrowing RowValues, _ agents: AgentPlaces, noting holdings: inout [AgentHolding]
    ) throws(DomainError) -> NumberFacts {
        let key = try values.int64(0)
        guard let id = NumberID(row: try values.text(1)), let e164 = E164(row: try values.text(3)),
            let status = NumberStatus(rawValue: try values.byte(6)),
            let origin = Origin(rawValue: try values.byte(8)),
            let carrier = Carrier(rawValue: try values.byte(9)),
            let webhookMode = WebhookMode(rawValue: try values.byte(10))
        else { throw unreadable("number", key) }
        let workspace = WorkspaceKey(rawValue: try values.int64(2))
        var facts = NumberFacts(
            e164: e164, id: id, key: NumberKey(rawValue: key), workspace: workspace,
            connection: try values.optionalInt64(4).map(ConnectionKey.init(rawValue:)),
            version: UInt64(clamping: try values.int64(5)), status: status,
            capabilities: Capabilities(rawValue: try values.byte(7)), origin: origin,
            carrier: carrier, webhookMode: webhookMode)
        if let place = try agents.place(values.optionalInt64(11), in: workspace, of: id) {
            facts.inbound = agents.binding(place)
            holdings[place].inbound = e164.digits
        }
        if let place = try agents.place(values.optionalInt64(12), in: workspace, of: id) {
            facts.outbound = agents.binding(place)
            holdings[place].outbound = e164.digits
        }
        if let place = try agents.place(values.optionalInt64(13), in: workspace, of: id) {
            facts.sms = agents.binding(place)
            holdings[place].sms = e164.digits
        }
        facts.outboundEnabled = try values.bool(14)
        facts.ringTimeoutOverride = try values.optionalInt64(15).map(UInt8.init(clamping:))
        facts.region = try values.region(16)
        var fallback = try values.fallback(17, number: 19)
        if let place = try agents.place(values.optionalInt64(18), in: workspace, of: id) {
            fallback = .agent(agents.binding(place))
            holdings[place].fallbackCount += 1
        }
        guard let allowed = E164Prefix.list(row: try values.text(20)) else {
            throw unreadable("number", key)
        }
        // Few numbers have any, and finding that out in there takes an allocation.
        if fallback != nil || !allowed.isEmpty {
            facts.extras = NumberExtras(fallback: fallback, allowedDestinations: allowed)
        }
        return facts
    }
}

struct RouteAgents: Scan {
    let keys: KeyRange

    static let columns = [
        "agent_key", "workspace_key", "agent_id", "name", "status", "outbound_configured",
        "sms_enabled",
    ]
    static let rest = "FROM agent WHERE agent_key > $1 AND agent_key <= $2 ORDER BY agent_key"

    func bind(to binder: inout Binder) throws(DomainError) { try keys.bind(to: &binder) }

    static func agent(_ values: borrowing RowValues) throws(DomainError) -> LoadedAgent {
        let key = try values.int64(0)
        // The texts are valid until SQLite moves on.
        guard let status = AgentStatus(rawValue: try values.byte(4)),
            let binding = AgentBinding(
                key: AgentKey(rawValue: key), id: try values.text(2).span,
                name: try values.text(3).span, status: status,
                outboundConfigured: try values.optionalInt64(5).map { $0 != 0 },
                smsEnabled: try values.optionalInt64(6).map { $0 != 0 })
        else { throw unreadable("agent", key) }
        return LoadedAgent(
            key: key, workspace: WorkspaceKey(rawValue: try values.int64(1)), binding: binding)
    }
}

extension RowValues {
    fileprivate func region(_ index: Int) throws(DomainError) -> RegionID? {
        let text = try text(index)
        guard !text.isEmpty else { return nil }
        guard let region = RegionID(rawValue: String(decoding: text, as: UTF8.self)) else {
            throw unreadable("number", try int64(0))
        }
        return region
    }

    /// What answers for the agent, unless that is another agent.
    fileprivate func fallback(_ kind: Int, number: Int) throws(DomainError) -> Fallback? {
        switch try int64(kind) {
        case FallbackKind.none, FallbackKind.agent: return nil
        case FallbackKind.reject: return .reject
        case FallbackKind.forward:
            if let number = E164(row: try text(number)) { return .forward(number) }
        default: break
        }
        throw unreadable("number", try int64(0))
    }
}

extension E164Prefix {
    /// Reads a row's destinations; `nil` when one of them cannot be read. It must not be left out: an
    /// empty list allows all.
    static func list(row bytes: UnsafeBufferPointer<UInt8>) -> [E164Prefix]? {
        guard !bytes.isEmpty else { return [] }
        var prefixes: [E164Prefix] = []
        for part in bytes.split(separator: UInt8(ascii: ",")) {
            guard let prefix = E164Prefix(part) else { return nil }
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
