import LinekeeperCore

/// A number's row joined with the names it refers to: one form for every query that shows numbers.
enum NumberRow {
    static let columns = """
        number.number_key, number.number_id, workspace.workspace_id, number.e164, number.label,
        number.country_code, number.region_label, number.type, number.capabilities, number.origin,
        number.carrier, connection.connection_id, number.status, number.webhook_mode, number.region,
        number.monthly_cost_credits, number.renews_at, number.order_id, number.release_protected,
        number.release_at, inbound.agent_id, inbound.name, outbound.agent_id, outbound.name,
        sms.agent_id, sms.name, number.outbound_enabled, number.fallback_kind, fallback.agent_id,
        fallback.name, number.fallback_e164, number.ring_timeout_override, number.forwarded_from,
        number.tags, number.allowed_prefixes, number.created_at, number.updated_at, number.version,
        EXISTS (SELECT 1 FROM outbound_lock
            WHERE outbound_lock.workspace_key = number.workspace_key
                AND outbound_lock.e164 IN (number.e164, ''))
        """

    /// Outer joins throughout, so that `number` stays the table that is walked.
    static let joins = """
        LEFT JOIN workspace ON workspace.workspace_key = number.workspace_key
        LEFT JOIN connection ON connection.connection_key = number.connection_key
        LEFT JOIN agent AS inbound ON inbound.agent_key = number.inbound_agent
        LEFT JOIN agent AS outbound ON outbound.agent_key = number.outbound_agent
        LEFT JOIN agent AS sms ON sms.agent_key = number.sms_agent
        LEFT JOIN agent AS fallback ON fallback.agent_key = number.fallback_agent
        """

    static func record(_ columns: borrowing Columns) throws(DomainError) -> NumberRecord {
        guard let id = NumberID(try columns.string(1)),
            let workspace = WorkspaceID(try columns.string(2)),
            let e164 = E164(try columns.string(3).utf8),
            let type = NumberType(rawValue: UInt8(clamping: try columns.int64(7))),
            let origin = Origin(rawValue: UInt8(clamping: try columns.int64(9))),
            let carrier = Carrier(rawValue: UInt8(clamping: try columns.int64(10))),
            let status = NumberStatus(rawValue: UInt8(clamping: try columns.int64(12))),
            let webhookMode = WebhookMode(rawValue: UInt8(clamping: try columns.int64(13)))
        else { throw unreadable }
        var record = NumberRecord(
            key: NumberKey(rawValue: try columns.int64(0)), id: id, workspace: workspace,
            e164: e164, type: type,
            capabilities: Capabilities(rawValue: UInt8(clamping: try columns.int64(8))),
            origin: origin, carrier: carrier, status: status, webhookMode: webhookMode,
            createdAt: Timestamp(microseconds: try columns.int64(35)),
            updatedAt: Timestamp(microseconds: try columns.int64(36)),
            version: UInt64(clamping: try columns.int64(37)))
        record.label = try columns.string(4)
        record.countryCode = try columns.string(5)
        record.regionLabel = try columns.string(6)
        record.connection = try connection(columns)
        record.region = try region(columns)
        record.monthlyCostCredits = try columns.int64(15)
        record.renewsAt = try columns.optionalInt64(16).map(Timestamp.init(microseconds:))
        record.orderID = try columns.string(17)
        record.releaseProtected = try columns.bool(18)
        record.releaseAt = try columns.optionalInt64(19).map(Timestamp.init(microseconds:))
        record.inbound = try agent(columns, at: 20)
        record.outbound = try agent(columns, at: 22)
        record.sms = try agent(columns, at: 24)
        record.outboundEnabled = try columns.bool(26)
        record.fallback = try fallback(columns)
        record.ringTimeoutOverride = try columns.optionalInt64(31).map(UInt8.init(clamping:))
        record.forwardedFrom = try StoredList.numbers(try columns.string(32))
        record.tags = try StoredTags.read(try columns.string(33))
        record.allowedDestinations = try StoredList.prefixes(try columns.string(34))
        record.outboundLocked = try columns.bool(38)
        return record
    }

    private static func connection(
        _ columns: borrowing Columns
    ) throws(DomainError) -> ConnectionID? {
        guard let text = try columns.optionalString(11) else { return nil }
        guard let id = ConnectionID(text) else { throw unreadable }
        return id
    }

    private static func region(_ columns: borrowing Columns) throws(DomainError) -> RegionID? {
        let text = try columns.string(14)
        guard !text.isEmpty else { return nil }
        guard let region = RegionID(rawValue: text) else { throw unreadable }
        return region
    }

    private static func agent(
        _ columns: borrowing Columns, at index: Int
    ) throws(DomainError) -> NumberRecord.AgentName? {
        guard let id = try columns.optionalString(index) else { return nil }
        return NumberRecord.AgentName(id: id, name: try columns.string(index + 1))
    }

    private static func fallback(
        _ columns: borrowing Columns
    ) throws(DomainError) -> NumberRecord.FallbackRecord? {
        switch try columns.int64(27) {
        case FallbackKind.none: return nil
        case FallbackKind.agent:
            guard let agent = try agent(columns, at: 28) else { throw unreadable }
            return .agent(agent)
        case FallbackKind.forward:
            guard let e164 = E164(try columns.string(30).utf8) else { throw unreadable }
            return .forward(e164)
        case FallbackKind.reject: return .reject
        default: throw unreadable
        }
    }

    static var unreadable: DomainError {
        DomainError(
            .corruptData, "A number's row holds values that this version cannot read.")
    }
}

/// The values of `number.fallback_kind`.
enum FallbackKind {
    static let none: Int64 = 0
    static let agent: Int64 = 1
    static let forward: Int64 = 2
    static let reject: Int64 = 3
}

/// Lists kept in one column, separated by commas.
enum StoredList {
    static func numbers(_ text: String) throws(DomainError) -> [E164] {
        try read(text) { E164($0) }
    }

    static func prefixes(_ text: String) throws(DomainError) -> [E164Prefix] {
        try read(text) { E164Prefix($0) }
    }

    private static func read<Value>(
        _ text: String, _ value: (Substring.UTF8View) -> Value?
    ) throws(DomainError) -> [Value] {
        guard !text.isEmpty else { return [] }
        var values: [Value] = []
        for part in text.split(separator: ",") {
            guard let value = value(part.utf8) else { throw NumberRow.unreadable }
            values.append(value)
        }
        return values
    }

    static func text(_ values: [some CustomStringConvertible]) -> String {
        values.map(\.description).joined(separator: ",")
    }
}

/// Tags kept in one column as `;key=value;key=value;`, so that a search for one needs no parsing.
enum StoredTags {
    static func read(_ text: String) throws(DomainError) -> [String: String] {
        guard !text.isEmpty else { return [:] }
        var tags: [String: String] = [:]
        for pair in text.split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = parts.first, parts.count == 2 else { throw NumberRow.unreadable }
            tags[String(key)] = String(parts[1])
        }
        return tags
    }

    static func text(_ tags: [String: String]) -> String {
        guard !tags.isEmpty else { return "" }
        let pairs = tags.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return ";" + pairs.joined(separator: ";") + ";"
    }
}
