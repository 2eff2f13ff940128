import LinekeeperCore

struct CreditBalance: Query {
    let workspace: WorkspaceKey
    var sql: String { "SELECT credit_balance FROM workspace WHERE workspace_key = $1" }

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(workspace.rawValue) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> Int64 {
        try columns.int64(0)
    }
}

struct SetCreditBalance: Query {
    let workspace: WorkspaceKey
    let balance: Int64
    var sql: String { "UPDATE workspace SET credit_balance = $1 WHERE workspace_key = $2" }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(balance)
        try binder.bind(workspace.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct InsertCreditEntry: Query {
    let entry: NewCreditEntry
    let balanceAfter: Int64
    let at: Timestamp
    var sql: String {
        """
        INSERT INTO credit_entry (entry_id, workspace_key, at, credits, balance_after, kind, note,
            number_id, order_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(entry.id.description)
        try binder.bind(entry.workspace.rawValue)
        try binder.bind(at.microseconds)
        try binder.bind(entry.credits)
        try binder.bind(balanceAfter)
        try binder.bind(entry.kind.rawValue)
        try binder.bind(entry.note)
        try binder.bind(entry.number?.description ?? "")
        try binder.bind(entry.orderID)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

/// A workspace's credits at a glance. A number falls due at most once before the next allowance:
/// both come once a month.
struct CreditSummaryQuery: Query {
    let workspace: WorkspaceKey
    var sql: String {
        """
        SELECT workspace.credit_balance, workspace.monthly_allowance_credits,
            workspace.next_allowance_at,
            (SELECT coalesce(sum(number.monthly_cost_credits), 0) FROM number
                WHERE number.workspace_key = workspace.workspace_key
                    AND number.status IN (2, 3) AND number.renews_at < workspace.next_allowance_at)
        FROM workspace WHERE workspace.workspace_key = $1 AND workspace.deleted_at IS NULL
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(workspace.rawValue) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> CreditSummary {
        CreditSummary(
            balance: try columns.int64(0), monthlyAllowance: try columns.int64(1),
            nextAllowanceAt: Timestamp(microseconds: try columns.int64(2)),
            renewalsDue: try columns.int64(3))
    }
}

/// Ledger entries, newest first.
struct CreditEntriesBefore: Query {
    let workspace: WorkspaceKey
    let key: Int64
    let from: Timestamp
    let until: Timestamp
    let limit: Int
    var sql: String {
        """
        SELECT entry_key, entry_id, at, credits, balance_after, kind, note, number_id, order_id
        FROM credit_entry
        WHERE workspace_key = $1 AND entry_key < $2 AND at >= $3 AND at < $4
        ORDER BY entry_key DESC LIMIT $5
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        try binder.bind(key)
        try binder.bind(from.microseconds)
        try binder.bind(until.microseconds)
        try binder.bind(Int64(limit))
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> CreditEntry {
        guard let id = CreditEntryID(try columns.string(1)) else {
            throw DomainError(.corruptData, "A ledger entry's id cannot be read.")
        }
        return CreditEntry(
            key: try columns.int64(0), id: id, at: Timestamp(microseconds: try columns.int64(2)),
            credits: try columns.int64(3), balanceAfter: try columns.int64(4),
            kind: try columns.string(5), note: try columns.string(6),
            number: NumberID(try columns.string(7)), orderID: try columns.string(8))
    }
}
