import LinekeeperCore

// The few rows of the route table; those of numbers and agents are in RouteScans.swift.

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

func unreadable(_ what: String, _ key: Int64) -> DomainError {
    DomainError(
        .corruptData, "The row of \(what) \(key) holds values that this version cannot read.",
        facts: ["row": "\(key)"])
}

extension Columns {
    fileprivate borrowing func byte(_ index: Int) throws(DomainError) -> UInt8 {
        UInt8(clamping: try int64(index))
    }

    /// Destinations that are allowed.
    fileprivate borrowing func prefixes(_ index: Int) throws(DomainError) -> [E164Prefix] {
        guard let list = try text(index) else { return [] }
        guard let prefixes = E164Prefix.list(row: list) else {
            throw unreadable("workspace", try int64(0))
        }
        return prefixes
    }
}
