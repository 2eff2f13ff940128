import LinekeeperCore

/// Writes the assignment columns in which two states of a number differ.
///
/// Columns that stay are not named: setting one to what it is would still rewrite its index.
struct UpdateAssignmentColumns: Query {
    let before: NumberFacts
    let after: NumberFacts
    let at: Timestamp

    /// The columns that can differ; a set of them is an index into ``texts``, one bit a column.
    private static let columns = [
        "inbound_agent", "outbound_agent", "sms_agent", "outbound_enabled",
    ]

    /// The statement for each set of columns, made once.
    private static let texts: [String] = (0..<1 << columns.count).map { set in
        var text = "UPDATE number SET updated_at = $1, version = $2"
        var next = 3
        for (bit, column) in columns.enumerated() where set & 1 << bit != 0 {
            text += ", \(column) = $\(next)"
            next += 1
        }
        return text + " WHERE number_key = $\(next) AND version = $\(next + 1)"
    }

    private func differs(_ profile: Profile) -> Bool {
        before[profile]?.key != after[profile]?.key
    }

    private var togglesOutbound: Bool { before.outboundEnabled != after.outboundEnabled }

    var sql: String {
        var set = togglesOutbound ? 8 : 0
        if differs(.inbound) { set |= 1 }
        if differs(.outbound) { set |= 2 }
        if differs(.sms) { set |= 4 }
        return Self.texts[set]
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(at.microseconds)
        try binder.bind(Int64(clamping: after.version))
        for profile in Profile.allCases where differs(profile) {
            try binder.bind(after[profile]?.key.rawValue)
        }
        if togglesOutbound { try binder.bind(after.outboundEnabled) }
        try binder.bind(before.key.rawValue)
        try binder.bind(Int64(clamping: before.version))
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct ClearFallback: Query {
    let number: NumberFacts
    let at: Timestamp
    let sql = """
        UPDATE number SET fallback_kind = 0, fallback_agent = NULL, updated_at = $1, version = $2
        WHERE number_key = $3
        """

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(at.microseconds)
        try binder.bind(Int64(clamping: number.version))
        try binder.bind(number.key.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct NumbersWithOutboundAgent: Query {
    let workspace: WorkspaceKey
    let limit: Int
    let sql = """
        SELECT e164 FROM number WHERE workspace_key = $1 AND outbound_agent IS NOT NULL
        ORDER BY number_key LIMIT $2
        """

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        try binder.bind(Int64(limit))
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> E164 {
        try StoredE164.read(columns, 0)
    }
}

struct NumbersFallingBack: Query {
    let agent: AgentKey
    let workspace: WorkspaceKey
    let sql = """
        SELECT e164 FROM number
        WHERE workspace_key = $1 AND fallback_agent = $2 AND status BETWEEN 1 AND 4
        ORDER BY number_key
        """

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        try binder.bind(agent.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> E164 {
        try StoredE164.read(columns, 0)
    }
}

/// Sets a lock; one that stands is left as it is.
struct InsertOutboundLock: Query {
    let e164: E164?
    let workspace: WorkspaceKey
    let reason: String
    let actor: String
    let at: Timestamp
    let sql = """
        INSERT INTO outbound_lock (workspace_key, e164, reason, locked_by, locked_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (workspace_key, e164) DO NOTHING
        """

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        try binder.bind(e164?.description ?? "")
        try binder.bind(reason)
        try binder.bind(actor)
        try binder.bind(at.microseconds)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct DeleteOutboundLock: Query {
    let e164: E164?
    let workspace: WorkspaceKey
    let sql = "DELETE FROM outbound_lock WHERE workspace_key = $1 AND e164 = $2"

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        try binder.bind(e164?.description ?? "")
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

/// A number's text in a column.
enum StoredE164 {
    static func read(_ columns: borrowing Columns, _ index: Int) throws(DomainError) -> E164 {
        guard let e164 = E164(try columns.string(index).utf8) else { throw unreadable }
        return e164
    }

    static func readOptional(
        _ columns: borrowing Columns, _ index: Int
    ) throws(DomainError) -> E164? {
        guard let text = try columns.optionalString(index) else { return nil }
        guard let e164 = E164(text.utf8) else { throw unreadable }
        return e164
    }

    private static var unreadable: DomainError {
        DomainError(.corruptData, "A row holds a number that is not E.164.")
    }
}
