import LinekeeperCore

struct InsertEvent: Query {
    let sequence: Int64
    let event: NewEvent
    let request: MutationRequest
    var sql: String {
        """
        INSERT INTO event (sequence, at, workspace_key, actor, request_id, action, number_id, e164,
            agent_id, details, route_change)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(sequence)
        try binder.bind(request.at.microseconds)
        try binder.bind(event.workspace?.rawValue)
        try binder.bind(request.actor)
        try binder.bind(request.requestID)
        try binder.bind(event.action)
        try binder.bind(event.number?.description ?? "")
        try binder.bind(event.e164?.description ?? "")
        try binder.bind(event.agent?.text ?? "")
        try binder.bind(event.detailsJSON)
        try binder.bind((event.routeChange?.rawValue).map(Int64.init))
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

/// The sequence number given last, also when its event is gone.
struct LastSequence: Query {
    let sql = "SELECT last FROM event_sequence"
    func bind(to binder: inout Binder) throws(DomainError) {}
    static func row(_ columns: borrowing Columns) throws(DomainError) -> Int64 {
        try columns.int64(0)
    }
}

struct UpdateLastSequence: Query {
    let last: Int64
    let sql = "UPDATE event_sequence SET last = $1"
    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(last) }
    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

/// An event's row joined with its workspace's id.
enum EventRow {
    static let columns = """
        event.sequence, event.at, event.actor, event.request_id, event.action,
        workspace.workspace_id, event.workspace_key, event.number_id, event.e164, event.agent_id,
        event.details, event.route_change
        """
    static let join = "LEFT JOIN workspace ON workspace.workspace_key = event.workspace_key"

    static func record(_ columns: borrowing Columns) throws(DomainError) -> EventRecord {
        EventRecord(
            sequence: try columns.int64(0), at: Timestamp(microseconds: try columns.int64(1)),
            actor: try columns.string(2), requestID: try columns.string(3),
            action: try columns.string(4),
            workspace: try columns.optionalString(5).flatMap { WorkspaceID($0) },
            workspaceKey: try columns.optionalInt64(6).map(WorkspaceKey.init(rawValue:)),
            number: NumberID(try columns.string(7)), e164: E164(try columns.string(8).utf8),
            agentID: try columns.string(9), detailsJSON: try columns.string(10),
            routeChange: try columns.optionalInt64(11)
                .flatMap { RouteChangeKind(rawValue: UInt8(clamping: $0)) })
    }
}

struct EventsNewestFirst: Query {
    let workspace: WorkspaceKey
    let filter: EventFilter
    let before: Int64
    let limit: Int64

    var sql: String {
        var count: Int32 = 2
        func next() -> String {
            count += 1
            return "$\(count)"
        }
        var conditions = ""
        if filter.number != nil { conditions += " AND event.number_id = \(next())" }
        if filter.agentID != nil { conditions += " AND event.agent_id = \(next())" }
        if filter.action != nil {
            let action = next()
            conditions +=
                filter.actionIsPrefix
                ? " AND substr(event.action, 1, length(\(action))) = \(action)"
                : " AND event.action = \(action)"
        }
        if filter.actor != nil { conditions += " AND event.actor = \(next())" }
        if filter.from != nil { conditions += " AND event.at >= \(next())" }
        if filter.until != nil { conditions += " AND event.at < \(next())" }
        return """
            SELECT \(EventRow.columns) FROM event \(EventRow.join)
            WHERE event.workspace_key = $1 AND event.sequence < $2\(conditions)
            ORDER BY event.sequence DESC LIMIT \(next())
            """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        try binder.bind(before)
        if let number = filter.number { try binder.bind(number.description) }
        if let agent = filter.agentID { try binder.bind(agent) }
        if let action = filter.action { try binder.bind(action) }
        if let actor = filter.actor { try binder.bind(actor) }
        if let from = filter.from { try binder.bind(from.microseconds) }
        if let until = filter.until { try binder.bind(until.microseconds) }
        try binder.bind(limit)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> EventRecord {
        try EventRow.record(columns)
    }
}

struct RouteChangesAfter: Query {
    let sequence: Int64
    let workspace: WorkspaceKey?
    let limit: Int64

    var sql: String {
        workspace == nil
            ? """
            SELECT \(EventRow.columns) FROM event \(EventRow.join)
            WHERE event.sequence > $1 AND event.route_change IS NOT NULL
            ORDER BY event.sequence LIMIT $2
            """
            : """
            SELECT \(EventRow.columns) FROM event \(EventRow.join)
            WHERE event.sequence > $1 AND event.workspace_key = $2
                AND event.route_change IS NOT NULL
            ORDER BY event.sequence LIMIT $3
            """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(sequence)
        if let workspace { try binder.bind(workspace.rawValue) }
        try binder.bind(limit)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> EventRecord {
        try EventRow.record(columns)
    }
}

/// The oldest event that is kept; no row in an empty log.
struct OldestEvent: Query {
    var sql: String { "SELECT sequence FROM event ORDER BY sequence LIMIT 1" }
    func bind(to binder: inout Binder) throws(DomainError) {}
    static func row(_ columns: borrowing Columns) throws(DomainError) -> Int64 {
        try columns.int64(0)
    }
}
