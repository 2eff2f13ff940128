package import LinekeeperCore

struct StartDiscovery: Query {
    let workspace: WorkspaceKey
    let at: Timestamp
    var sql: String {
        """
        INSERT INTO discovery (workspace_key, state, checked_at) VALUES ($1, 1, $2)
        ON CONFLICT (workspace_key) DO NOTHING
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        try binder.bind(at.microseconds)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct FinishDiscovery: Query {
    let workspace: WorkspaceKey
    let count: Int64
    let at: Timestamp
    var sql: String {
        """
        UPDATE discovery SET state = 2, importable_count = $1, checked_at = $2
        WHERE workspace_key = $3
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(count)
        try binder.bind(at.microseconds)
        try binder.bind(workspace.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct PostponeDiscovery: Query {
    let workspace: WorkspaceKey
    let until: Timestamp
    var sql: String {
        "UPDATE discovery SET checked_at = $1 WHERE workspace_key = $2 AND state = 1"
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(until.microseconds)
        try binder.bind(workspace.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct ForgetDiscovery: Query {
    let workspace: WorkspaceKey
    var sql: String { "DELETE FROM discovery WHERE workspace_key = $1" }

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(workspace.rawValue) }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct DiscoveryOf: Query {
    let workspace: WorkspaceKey
    var sql: String { "SELECT state, importable_count FROM discovery WHERE workspace_key = $1" }

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(workspace.rawValue) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> Discovery {
        guard let state = Discovery.State(rawValue: UInt8(clamping: try columns.int64(0))) else {
            throw DomainError(.corruptData, "A discovery's row cannot be read.")
        }
        return Discovery(state: state, importableCount: try columns.int64(1))
    }
}

struct DiscoveriesDue: Query {
    let moment: Timestamp
    let limit: Int
    var sql: String {
        """
        SELECT workspace_key FROM discovery WHERE state = 1 AND checked_at <= $1
        ORDER BY checked_at LIMIT $2
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(moment.microseconds)
        try binder.bind(Int64(limit))
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> WorkspaceKey {
        WorkspaceKey(rawValue: try columns.int64(0))
    }
}

extension SQLiteWriter: DiscoveryWriter {
    package func startDiscovery(of workspace: WorkspaceKey) throws(DomainError) {
        try connection.run(StartDiscovery(workspace: workspace, at: request.at))
    }

    package func finishDiscovery(
        of workspace: WorkspaceKey, importableCount: Int64
    ) throws(DomainError) {
        try connection.run(
            FinishDiscovery(workspace: workspace, count: importableCount, at: request.at))
    }

    package func postponeDiscovery(
        of workspace: WorkspaceKey, until moment: Timestamp
    ) throws(DomainError) {
        try connection.run(PostponeDiscovery(workspace: workspace, until: moment))
    }

    package func forgetDiscovery(of workspace: WorkspaceKey) throws(DomainError) {
        try connection.run(ForgetDiscovery(workspace: workspace))
    }
}

extension SQLiteReader: DiscoveryReader {
    package func discovery(of workspace: WorkspaceKey) throws(DomainError) -> Discovery? {
        try connection.first(DiscoveryOf(workspace: workspace))
    }

    package func discoveriesDue(
        by moment: Timestamp, limit: Int
    ) throws(DomainError) -> [WorkspaceKey] {
        try connection.all(DiscoveriesDue(moment: moment, limit: limit))
    }
}
