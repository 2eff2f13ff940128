import LinekeeperCore

/// A workspace's row with what is counted for it.
struct WorkspaceRow {
    static let columns = """
        workspace_key, workspace_id, name, plan, feature_flags, monthly_allowance_credits,
        number_exclusivity, allowed_prefixes, credit_balance, created_at, updated_at, version,
        (SELECT count(*) FROM number
            WHERE number.workspace_key = workspace.workspace_key AND number.status BETWEEN 1 AND 4),
        EXISTS (SELECT 1 FROM outbound_lock
            WHERE outbound_lock.workspace_key = workspace.workspace_key AND e164 = '')
        """

    static func record(_ columns: borrowing Columns) throws(DomainError) -> WorkspaceRecord {
        guard let id = WorkspaceID(try columns.string(1)),
            let plan = Plan(rawValue: UInt8(clamping: try columns.int64(3))),
            let exclusivity = NumberExclusivity(rawValue: UInt8(clamping: try columns.int64(6)))
        else { throw DomainError(.corruptData, "A workspace's row cannot be read.") }
        var record = WorkspaceRecord(
            key: WorkspaceKey(rawValue: try columns.int64(0)), id: id,
            name: try columns.string(2), plan: plan,
            featureFlags: try columns.string(4).split(separator: ",").map(String.init),
            monthlyAllowanceCredits: try columns.int64(5), exclusivity: exclusivity,
            allowedDestinations: try columns.string(7).split(separator: ",")
                .compactMap { E164Prefix($0.utf8) },
            createdAt: Timestamp(microseconds: try columns.int64(9)))
        record.creditBalance = try columns.int64(8)
        record.updatedAt = Timestamp(microseconds: try columns.int64(10))
        record.version = UInt64(clamping: try columns.int64(11))
        record.numberCount = try columns.int64(12)
        record.outboundLocked = try columns.bool(13)
        return record
    }
}

struct WorkspaceByID: Query {
    let id: WorkspaceID
    var sql: String {
        """
        SELECT \(WorkspaceRow.columns) FROM workspace
        WHERE workspace_id = $1 AND deleted_at IS NULL
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(id.description) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> WorkspaceRecord {
        try WorkspaceRow.record(columns)
    }
}

/// Workspaces in the order they were made, after a row key.
struct WorkspacesAfter: Query {
    let key: Int64
    let text: String
    let limit: Int64
    var sql: String {
        """
        SELECT \(WorkspaceRow.columns) FROM workspace
        WHERE workspace_key > $1 AND deleted_at IS NULL
            AND ($2 = '' OR lower(name) LIKE $2 ESCAPE '!' OR workspace_id LIKE $2 ESCAPE '!')
        ORDER BY workspace_key
        LIMIT $3
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(key)
        try binder.bind(text.isEmpty ? "" : LikePattern.containing(text.lowercased()))
        try binder.bind(limit)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> WorkspaceRecord {
        try WorkspaceRow.record(columns)
    }
}

struct InsertWorkspace: Query {
    let workspace: WorkspaceRecord
    var sql: String {
        """
        INSERT INTO workspace (workspace_id, name, plan, feature_flags, monthly_allowance_credits,
            number_exclusivity, allowed_prefixes, created_at, updated_at, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.id.description)
        try binder.bind(workspace.name)
        try binder.bind(Int64(workspace.plan.rawValue))
        try binder.bind(workspace.featureFlags.joined(separator: ","))
        try binder.bind(workspace.monthlyAllowanceCredits)
        try binder.bind(Int64(workspace.exclusivity.rawValue))
        try binder.bind(workspace.allowedDestinations.map(\.description).joined(separator: ","))
        try binder.bind(workspace.createdAt.microseconds)
        try binder.bind(workspace.updatedAt.microseconds)
        try binder.bind(Int64(clamping: workspace.version))
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct UpdateWorkspaceRow: Query {
    let workspace: WorkspaceRecord
    var sql: String {
        """
        UPDATE workspace SET name = $1, plan = $2, feature_flags = $3,
            monthly_allowance_credits = $4, number_exclusivity = $5, allowed_prefixes = $6,
            updated_at = $7, version = $8
        WHERE workspace_key = $9
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.name)
        try binder.bind(Int64(workspace.plan.rawValue))
        try binder.bind(workspace.featureFlags.joined(separator: ","))
        try binder.bind(workspace.monthlyAllowanceCredits)
        try binder.bind(Int64(workspace.exclusivity.rawValue))
        try binder.bind(workspace.allowedDestinations.map(\.description).joined(separator: ","))
        try binder.bind(workspace.updatedAt.microseconds)
        try binder.bind(Int64(clamping: workspace.version))
        try binder.bind(workspace.key.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

/// One statement about a workspace and a moment; what leaves when it is deleted.
struct WorkspaceStatement: Query {
    let sql: String
    let workspace: WorkspaceKey
    var at: Timestamp?

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        if let at { try binder.bind(at.microseconds) }
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> String {
        try columns.string(0)
    }
}

/// A count for a workspace.
struct WorkspaceCount: Query {
    let sql: String
    let workspace: WorkspaceKey

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(workspace.rawValue) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> Int64 {
        try columns.int64(0)
    }
}

/// The bought numbers of a workspace that are live.
struct BoughtNumbers: Query {
    let workspace: WorkspaceKey
    var sql: String {
        """
        SELECT number_key, e164, status FROM number
        WHERE workspace_key = $1 AND origin IN (1, 2) AND status BETWEEN 1 AND 4
        ORDER BY number_key
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(workspace.rawValue) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> WorkspacePurchase {
        guard let e164 = E164(try columns.string(1).utf8),
            let status = NumberStatus(rawValue: UInt8(clamping: try columns.int64(2)))
        else { throw DomainError(.corruptData, "A bought number's row cannot be read.") }
        return WorkspacePurchase(
            key: NumberKey(rawValue: try columns.int64(0)), e164: e164, status: status)
    }
}
