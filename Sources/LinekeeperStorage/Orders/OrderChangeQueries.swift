import LinekeeperCore

struct InsertOrder: Query {
    let order: OrderRecord
    var sql: String {
        """
        INSERT INTO number_order (order_id, workspace_key, number_key, e164, source, type,
            country_code, monthly_cost_credits, state, due_at, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(order.id.description)
        try binder.bind(order.workspace.rawValue)
        try binder.bind(order.number.rawValue)
        try binder.bind(order.e164.description)
        try binder.bind(Int64(order.source.rawValue))
        try binder.bind(Int64(order.type.rawValue))
        try binder.bind(order.countryCode)
        try binder.bind(order.monthlyCostCredits)
        try binder.bind(Int64(order.state.rawValue))
        try binder.bind(order.dueAt?.microseconds)
        try binder.bind(order.createdAt.microseconds)
        try binder.bind(order.updatedAt.microseconds)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

/// Writes what has become of an order. A finished one is not changed: the last fence.
struct UpdateOrder: Query {
    let order: OrderRecord
    var sql: String {
        """
        UPDATE number_order SET state = $1, attempt = $2, carrier_order_id = $3, sent_at = $4,
            absent_since = $5, absent_count = $6, reason = $7, message = $8, due_at = $9,
            updated_at = $10
        WHERE order_key = $11 AND state NOT IN (3, 4)
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(Int64(order.state.rawValue))
        try binder.bind(order.attempt)
        try binder.bind(order.carrierOrderID)
        try binder.bind(order.sentAt?.microseconds)
        try binder.bind(order.absentSince?.microseconds)
        try binder.bind(order.absentCount)
        try binder.bind(order.reason)
        try binder.bind(order.message)
        try binder.bind(order.dueAt?.microseconds)
        try binder.bind(order.updatedAt.microseconds)
        try binder.bind(order.key.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct MakeOrderDue: Query {
    let key: OrderKey
    let workspace: WorkspaceKey
    let moment: Timestamp
    var sql: String {
        """
        UPDATE number_order SET due_at = min(due_at, $1)
        WHERE order_key = $2 AND workspace_key = $3 AND state NOT IN (3, 4)
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(moment.microseconds)
        try binder.bind(key.rawValue)
        try binder.bind(workspace.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

/// The unfinished orders of a workspace.
struct UnfinishedOrders: Query {
    let workspace: WorkspaceKey
    var sql: String {
        """
        SELECT order_key FROM number_order WHERE workspace_key = $1 AND state IN (1, 2, 5)
        ORDER BY order_key
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(workspace.rawValue) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> OrderKey {
        OrderKey(rawValue: try columns.int64(0))
    }
}

/// Writes what the carrier says of a number that has arrived.
struct UpdateArrivedNumber: Query {
    let number: NumberRecord
    let carrierNumberID: String
    var sql: String {
        """
        UPDATE number SET status = $1, type = $2, capabilities = $3, country_code = $4,
            region_label = $5, carrier_number_id = $6, order_id = $7, renews_at = $8,
            updated_at = $9, version = $10
        WHERE number_key = $11 AND version = $10 - 1
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(Int64(number.status.rawValue))
        try binder.bind(Int64(number.type.rawValue))
        try binder.bind(Int64(number.capabilities.rawValue))
        try binder.bind(number.countryCode)
        try binder.bind(number.regionLabel)
        try binder.bind(carrierNumberID)
        try binder.bind(number.orderID)
        try binder.bind(number.renewsAt?.microseconds)
        try binder.bind(number.updatedAt.microseconds)
        try binder.bind(Int64(clamping: number.version))
        try binder.bind(number.key.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct BoughtNumbersAfter: Query {
    let origin: Origin
    let key: NumberKey
    let limit: Int
    var sql: String {
        """
        SELECT number_key, number_id, workspace_key, e164, updated_at FROM number
        WHERE origin = $1 AND status BETWEEN 2 AND 4 AND number_key > $2
        ORDER BY number_key LIMIT $3
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(Int64(origin.rawValue))
        try binder.bind(key.rawValue)
        try binder.bind(Int64(limit))
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> BoughtNumber {
        guard let id = NumberID(try columns.string(1)), let e164 = E164(try columns.string(3).utf8)
        else { throw DomainError(.corruptData, "A number's id or E.164 cannot be read.") }
        return BoughtNumber(
            key: NumberKey(rawValue: try columns.int64(0)), id: id,
            workspace: WorkspaceKey(rawValue: try columns.int64(2)), e164: e164,
            updatedAt: Timestamp(microseconds: try columns.int64(4)))
    }
}
