import LinekeeperCore

/// Writes what a person sets on a number.
struct UpdateNumberRow: Query {
    let number: NumberRecord
    let fallbackAgent: AgentKey?
    var sql: String {
        """
        UPDATE number SET label = $1, tags = $2, fallback_kind = $3, fallback_agent = $4,
            fallback_e164 = $5, ring_timeout_override = $6, forwarded_from = $7,
            release_protected = $8, allowed_prefixes = $9, updated_at = $10, version = $11
        WHERE number_key = $12 AND version = $11 - 1
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(number.label)
        try binder.bind(StoredTags.text(number.tags))
        switch number.fallback {
        case nil: try bindFallback(FallbackKind.none, "", &binder)
        case .agent: try bindFallback(FallbackKind.agent, "", &binder)
        case .forward(let target):
            try bindFallback(FallbackKind.forward, target.description, &binder)
        case .reject: try bindFallback(FallbackKind.reject, "", &binder)
        }
        try binder.bind(number.ringTimeoutOverride.map(Int64.init))
        try binder.bind(StoredList.text(number.forwardedFrom))
        try binder.bind(number.releaseProtected)
        try binder.bind(StoredList.text(number.allowedDestinations))
        try binder.bind(number.updatedAt.microseconds)
        try binder.bind(Int64(clamping: number.version))
        try binder.bind(number.key.rawValue)
    }

    private func bindFallback(
        _ kind: Int64, _ target: String, _ binder: inout Binder
    ) throws(DomainError) {
        try binder.bind(kind)
        try binder.bind(kind == FallbackKind.agent ? fallbackAgent?.rawValue : nil)
        try binder.bind(target)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

/// Writes a number's status and takes every assignment away.
struct UpdateNumberStatus: Query {
    let number: NumberRecord
    var sql: String {
        let forgotten =
            number.status.isLive
            ? ""
            : """
            fallback_kind = 0, fallback_agent = NULL, fallback_e164 = '', connection_key = NULL,
            """
        return """
            UPDATE number SET status = $1, release_at = $2, inbound_agent = NULL,
                outbound_agent = NULL, sms_agent = NULL, outbound_enabled = 1, \(forgotten)
                updated_at = $3, version = $4
            WHERE number_key = $5 AND version = $4 - 1
            """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(Int64(number.status.rawValue))
        try binder.bind(number.releaseAt?.microseconds)
        try binder.bind(number.updatedAt.microseconds)
        try binder.bind(Int64(clamping: number.version))
        try binder.bind(number.key.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct NumbersToRelease: Query {
    let moment: Timestamp
    let limit: Int
    var sql: String {
        """
        SELECT number_key FROM number WHERE status = 4 AND release_at <= $1
        ORDER BY release_at LIMIT $2
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(moment.microseconds)
        try binder.bind(Int64(limit))
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> NumberKey {
        NumberKey(rawValue: try columns.int64(0))
    }
}

struct WorkspaceHasNumbers: Query {
    let workspace: WorkspaceKey
    var sql: String {
        """
        SELECT 1 FROM number WHERE workspace_key = $1 AND status BETWEEN 1 AND 4 LIMIT 1
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(workspace.rawValue) }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct InsertQuarantine: Query {
    let e164: E164
    let workspace: WorkspaceKey
    let until: Timestamp
    var sql: String {
        """
        INSERT INTO quarantine (e164, workspace_key, quarantined_until) VALUES ($1, $2, $3)
        ON CONFLICT (e164) DO UPDATE SET workspace_key = excluded.workspace_key,
            quarantined_until = excluded.quarantined_until
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(e164.description)
        try binder.bind(workspace.rawValue)
        try binder.bind(until.microseconds)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct DeleteQuarantines: Query {
    let moment: Timestamp
    var sql: String { "DELETE FROM quarantine WHERE quarantined_until <= $1" }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(moment.microseconds)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}
