import LinekeeperCore

/// An order's row joined with the ids it refers to: one form for every query that shows orders.
enum OrderRow {
    static let columns = """
        number_order.order_key, number_order.order_id, number_order.workspace_key,
        workspace.workspace_id, number_order.number_key, number.number_id, number_order.e164,
        number_order.source, number_order.type, number_order.country_code,
        number_order.monthly_cost_credits, number_order.state, number_order.attempt,
        number_order.carrier_order_id, number_order.sent_at, number_order.absent_since,
        number_order.absent_count, number_order.reason, number_order.message, number_order.due_at,
        number_order.created_at, number_order.updated_at
        """

    static let tables = """
        number_order
        LEFT JOIN workspace ON workspace.workspace_key = number_order.workspace_key
        LEFT JOIN number ON number.number_key = number_order.number_key
        """

    static func record(_ columns: borrowing Columns) throws(DomainError) -> OrderRecord {
        guard let id = OrderID(try columns.string(1)),
            let workspace = WorkspaceID(try columns.string(3)),
            let number = NumberID(try columns.string(5)),
            let e164 = E164(try columns.string(6).utf8),
            let source = NumberSource(rawValue: UInt8(clamping: try columns.int64(7))),
            let type = NumberType(rawValue: UInt8(clamping: try columns.int64(8))),
            let state = OrderState(rawValue: UInt8(clamping: try columns.int64(11)))
        else {
            throw DomainError(
                .corruptData, "An order's row holds values that this version cannot read.")
        }
        var record = OrderRecord(
            key: OrderKey(rawValue: try columns.int64(0)), id: id,
            workspace: WorkspaceKey(rawValue: try columns.int64(2)), workspaceID: workspace,
            number: NumberKey(rawValue: try columns.int64(4)), numberID: number, e164: e164,
            source: source, type: type, countryCode: try columns.string(9),
            monthlyCostCredits: try columns.int64(10),
            createdAt: Timestamp(microseconds: try columns.int64(20)))
        record.state = state
        record.attempt = try columns.int64(12)
        record.carrierOrderID = try columns.string(13)
        record.sentAt = try columns.optionalInt64(14).map(Timestamp.init(microseconds:))
        record.absentSince = try columns.optionalInt64(15).map(Timestamp.init(microseconds:))
        record.absentCount = try columns.int64(16)
        record.reason = try columns.string(17)
        record.message = try columns.string(18)
        record.dueAt = try columns.optionalInt64(19).map(Timestamp.init(microseconds:))
        record.updatedAt = Timestamp(microseconds: try columns.int64(21))
        return record
    }
}

struct OrderByKey: Query {
    let key: OrderKey
    var sql: String {
        "SELECT \(OrderRow.columns) FROM \(OrderRow.tables) WHERE number_order.order_key = $1"
    }

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(key.rawValue) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> OrderRecord {
        try OrderRow.record(columns)
    }
}

struct OrderByID: Query {
    let id: OrderID
    var sql: String {
        "SELECT \(OrderRow.columns) FROM \(OrderRow.tables) WHERE number_order.order_id = $1"
    }

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(id.description) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> OrderRecord {
        try OrderRow.record(columns)
    }
}

/// Orders of a workspace, newest first.
struct OrdersBefore: Query {
    let sql: String
    private let conditions: Conditions

    init(workspace: WorkspaceKey, state: OrderState?, before key: Int64, limit: Int) {
        var conditions = Conditions()
        conditions.add("number_order.workspace_key = ?", .integer(workspace.rawValue))
        if let state { conditions.add("number_order.state = ?", .integer(Int64(state.rawValue))) }
        conditions.add("number_order.order_key < ?", .integer(key))
        let clause = conditions.sql
        let limit = conditions.parameter(.integer(Int64(limit)))
        sql = """
            SELECT \(OrderRow.columns) FROM \(OrderRow.tables)
            WHERE \(clause)
            ORDER BY number_order.order_key DESC LIMIT \(limit)
            """
        self.conditions = conditions
    }

    func bind(to binder: inout Binder) throws(DomainError) { try conditions.bind(to: &binder) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> OrderRecord {
        try OrderRow.record(columns)
    }
}

struct OrdersDue: Query {
    let moment: Timestamp
    let source: NumberSource
    let limit: Int
    var sql: String {
        """
        SELECT \(OrderRow.columns) FROM \(OrderRow.tables)
        WHERE number_order.due_at <= $1 AND number_order.source = $2
        ORDER BY number_order.due_at, number_order.order_key LIMIT $3
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(moment.microseconds)
        try binder.bind(Int64(source.rawValue))
        try binder.bind(Int64(limit))
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> OrderRecord {
        try OrderRow.record(columns)
    }
}
