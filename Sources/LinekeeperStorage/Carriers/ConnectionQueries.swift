import LinekeeperCore

/// A connection's row with the count of its live numbers.
struct ConnectionRow {
    static let columns = """
        connection.connection_key, connection.connection_id, workspace.workspace_id,
        connection.carrier, connection.name, connection.status, connection.settings,
        connection.credential_hint, connection.created_at, connection.updated_at,
        connection.validated_at, connection.version,
        (SELECT count(*) FROM number
            WHERE number.workspace_key = connection.workspace_key
                AND number.connection_key = connection.connection_key
                AND number.status BETWEEN 1 AND 4)
        """
    static let tables =
        "connection JOIN workspace ON workspace.workspace_key = connection.workspace_key"

    static func record(_ columns: borrowing Columns) throws(DomainError) -> ConnectionRecord {
        guard let id = ConnectionID(try columns.string(1)),
            let workspace = WorkspaceID(try columns.string(2)),
            let carrier = Carrier(rawValue: UInt8(clamping: try columns.int64(3))),
            let status = ConnectionRecord.Status(rawValue: UInt8(clamping: try columns.int64(5)))
        else { throw DomainError(.corruptData, "A connection's row cannot be read.") }
        var record = ConnectionRecord(
            key: ConnectionKey(rawValue: try columns.int64(0)), id: id, workspace: workspace,
            carrier: carrier, name: try columns.string(4),
            settings: SettingsText.read(try columns.string(6)),
            credentialHint: try columns.string(7),
            createdAt: Timestamp(microseconds: try columns.int64(8)))
        record.status = status
        record.updatedAt = Timestamp(microseconds: try columns.int64(9))
        record.validatedAt = try columns.optionalInt64(10).map(Timestamp.init(microseconds:))
        record.version = UInt64(clamping: try columns.int64(11))
        record.numberCount = try columns.int64(12)
        return record
    }
}

/// Settings as one text: a line each, `name=value`. A percent sign, a line feed, and an equals sign in
/// a name are written as `%` and two hexadecimal digits: a carrier's values may hold anything.
enum SettingsText {
    static func write(_ settings: [String: String]) -> String {
        settings.sorted { $0.key < $1.key }
            .map { escaped($0.key, alsoEquals: true) + "=" + escaped($0.value) }
            .joined(separator: "\n")
    }

    static func read(_ text: String) -> [String: String] {
        var settings: [String: String] = [:]
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else { continue }
            settings[plain(line[..<equals])] = plain(line[line.index(after: equals)...])
        }
        return settings
    }

    private static func escaped(_ text: String, alsoEquals: Bool = false) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "%"): bytes += Array("%25".utf8)
            case UInt8(ascii: "\n"): bytes += Array("%0A".utf8)
            case UInt8(ascii: "=") where alsoEquals: bytes += Array("%3D".utf8)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func plain(_ text: Substring.UTF8View) -> String {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard byte == UInt8(ascii: "%"), let value = UInt8(digits, radix: 16) else {
                bytes.append(byte)
                continue
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

struct ConnectionByID: Query {
    let id: ConnectionID
    let workspace: WorkspaceKey
    var sql: String {
        """
        SELECT \(ConnectionRow.columns) FROM \(ConnectionRow.tables)
        WHERE connection.connection_id = $1 AND connection.workspace_key = $2
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(id.description)
        try binder.bind(workspace.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> ConnectionRecord {
        try ConnectionRow.record(columns)
    }
}

struct ConnectionsAfter: Query {
    let workspace: WorkspaceKey
    let key: Int64
    let limit: Int64
    var sql: String {
        """
        SELECT \(ConnectionRow.columns) FROM \(ConnectionRow.tables)
        WHERE connection.workspace_key = $1 AND connection.connection_key > $2
        ORDER BY connection.connection_key
        LIMIT $3
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        try binder.bind(key)
        try binder.bind(limit)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> ConnectionRecord {
        try ConnectionRow.record(columns)
    }
}

struct InsertConnection: Query {
    let connection: ConnectionRecord
    let workspace: WorkspaceKey
    let sealedCredentials: [UInt8]
    var sql: String {
        """
        INSERT INTO connection (connection_id, workspace_key, carrier, name, status, settings,
            sealed_credentials, credential_hint, created_at, updated_at, validated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(connection.id.description)
        try binder.bind(workspace.rawValue)
        try binder.bind(Int64(connection.carrier.rawValue))
        try binder.bind(connection.name)
        try binder.bind(Int64(connection.status.rawValue))
        try binder.bind(SettingsText.write(connection.settings))
        try binder.bind(sealedCredentials)
        try binder.bind(connection.credentialHint)
        try binder.bind(connection.createdAt.microseconds)
        try binder.bind(connection.updatedAt.microseconds)
        try binder.bind(connection.validatedAt?.microseconds)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct UpdateConnectionRow: Query {
    let connection: ConnectionRecord
    let sealedCredentials: [UInt8]?
    var sql: String {
        """
        UPDATE connection SET name = $1, status = $2, settings = $3, credential_hint = $4,
            updated_at = $5, validated_at = $6, version = $7,
            sealed_credentials = coalesce($8, sealed_credentials)
        WHERE connection_key = $9
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(connection.name)
        try binder.bind(Int64(connection.status.rawValue))
        try binder.bind(SettingsText.write(connection.settings))
        try binder.bind(connection.credentialHint)
        try binder.bind(connection.updatedAt.microseconds)
        try binder.bind(connection.validatedAt?.microseconds)
        try binder.bind(Int64(clamping: connection.version))
        try binder.bind(sealedCredentials)
        try binder.bind(connection.key.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct ConnectionNameIsTaken: Query {
    let workspace: WorkspaceKey
    let name: String
    let except: Int64
    var sql: String {
        """
        SELECT 1 FROM connection
        WHERE workspace_key = $1 AND name = $2 AND connection_key <> $3
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        try binder.bind(name)
        try binder.bind(except)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

/// The live numbers of a connection with the agents that hold them.
struct ConnectedNumbers: Query {
    let workspace: WorkspaceKey
    let connection: ConnectionKey
    var sql: String {
        """
        SELECT number.number_key, number.number_id, number.e164, number.version,
            number.webhook_mode, number.release_protected, inbound.agent_id, inbound.name,
            outbound.agent_id, outbound.name, sms.agent_id, sms.name, number.type,
            number.capabilities, number.region_label, number.carrier_number_id,
            number.replaced_settings
        FROM number
        LEFT JOIN agent AS inbound ON inbound.agent_key = number.inbound_agent
        LEFT JOIN agent AS outbound ON outbound.agent_key = number.outbound_agent
        LEFT JOIN agent AS sms ON sms.agent_key = number.sms_agent
        WHERE number.workspace_key = $1 AND number.connection_key = $2
            AND number.status BETWEEN 1 AND 4
        ORDER BY number.number_key
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        try binder.bind(connection.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> ConnectedNumber {
        guard let id = NumberID(try columns.string(1)), let e164 = E164(try columns.string(2).utf8),
            let mode = WebhookMode(rawValue: UInt8(clamping: try columns.int64(4))),
            let type = NumberType(rawValue: UInt8(clamping: try columns.int64(12)))
        else { throw DomainError(.corruptData, "A number's row cannot be read.") }
        var agents: [Profile: NumberRecord.AgentName] = [:]
        for (profile, column) in [(Profile.inbound, 6), (.outbound, 8), (.sms, 10)] {
            guard let agent = try columns.optionalString(column) else { continue }
            agents[profile] = NumberRecord.AgentName(
                id: agent, name: try columns.optionalString(column + 1) ?? "")
        }
        var number = ConnectedNumber(
            key: NumberKey(rawValue: try columns.int64(0)), id: id, e164: e164,
            version: UInt64(clamping: try columns.int64(3)), webhookMode: mode,
            releaseProtected: try columns.bool(5), agents: agents)
        number.type = type
        number.capabilities = Capabilities(rawValue: UInt8(clamping: try columns.int64(13)))
        number.regionLabel = try columns.string(14)
        number.carrierSide = CarrierSide(
            carrierNumberID: try columns.string(15),
            replacedSettings: try columns.optionalString(16).map(SettingsText.read))
        return number
    }
}

/// Makes the live numbers of a connection released; their rows stay for the history.
struct ReleaseConnectedNumbers: Query {
    let at: Timestamp
    let workspace: WorkspaceKey
    let connection: ConnectionKey
    var sql: String {
        """
        UPDATE number SET status = 5, inbound_agent = NULL, outbound_agent = NULL,
            sms_agent = NULL, outbound_enabled = 1, fallback_kind = 0, fallback_agent = NULL,
            fallback_e164 = '', release_at = NULL, replaced_settings = NULL, updated_at = $1,
            version = version + 1
        WHERE workspace_key = $2 AND connection_key = $3 AND status BETWEEN 1 AND 4
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(at.microseconds)
        try binder.bind(workspace.rawValue)
        try binder.bind(connection.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

/// One statement about a connection of a workspace.
struct ConnectionStatement: Query {
    let sql: String
    let workspace: WorkspaceKey
    let connection: ConnectionKey

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        try binder.bind(connection.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct SealedCredentials: Query {
    let connection: ConnectionKey
    var sql: String { "SELECT sealed_credentials FROM connection WHERE connection_key = $1" }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(connection.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> [UInt8] {
        try columns.blob(0)
    }
}

struct QuarantineOf: Query {
    let e164: E164
    var sql: String {
        "SELECT quarantined_until, workspace_key FROM quarantine WHERE e164 = $1"
    }

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(e164.description) }

    static func row(
        _ columns: borrowing Columns
    ) throws(DomainError) -> (until: Timestamp, workspace: WorkspaceKey) {
        (
            Timestamp(microseconds: try columns.int64(0)),
            WorkspaceKey(rawValue: try columns.int64(1))
        )
    }
}
