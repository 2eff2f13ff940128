import LinekeeperCore

struct AllowancesDue: Query {
    let moment: Timestamp
    let limit: Int
    var sql: String {
        """
        SELECT workspace_key, monthly_allowance_credits, created_at
        FROM workspace WHERE next_allowance_at <= $1 AND deleted_at IS NULL
        ORDER BY next_allowance_at LIMIT $2
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(moment.microseconds)
        try binder.bind(Int64(limit))
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> DueAllowance {
        DueAllowance(
            workspace: WorkspaceKey(rawValue: try columns.int64(0)),
            credits: try columns.int64(1),
            since: Timestamp(microseconds: try columns.int64(2)))
    }
}

struct SetNextAllowance: Query {
    let workspace: WorkspaceKey
    let moment: Timestamp
    var sql: String { "UPDATE workspace SET next_allowance_at = $1 WHERE workspace_key = $2" }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(moment.microseconds)
        try binder.bind(workspace.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct RenewalsDue: Query {
    let moment: Timestamp
    let limit: Int
    var sql: String {
        """
        SELECT number_key FROM number WHERE renews_at <= $1 AND status IN (2, 3)
        ORDER BY renews_at, number_key LIMIT $2
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

struct UpdateRenewal: Query {
    let number: NumberRecord
    var sql: String {
        """
        UPDATE number SET status = $1, renews_at = $2, version = $3, updated_at = $4
        WHERE number_key = $5
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(Int64(number.status.rawValue))
        try binder.bind(number.renewsAt?.microseconds)
        try binder.bind(Int64(clamping: number.version))
        try binder.bind(number.updatedAt.microseconds)
        try binder.bind(number.key.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct MakePastDueRenewalsDue: Query {
    let workspace: WorkspaceKey
    let moment: Timestamp
    var sql: String {
        """
        UPDATE number SET renews_at = $1
        WHERE workspace_key = $2 AND status = 3 AND renews_at > $1
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(moment.microseconds)
        try binder.bind(workspace.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}
