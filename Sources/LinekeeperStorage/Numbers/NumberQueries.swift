import LinekeeperCore

struct NumberByKey: Query {
    let key: NumberKey
    var sql: String {
        "SELECT \(NumberRow.columns) FROM number \(NumberRow.joins) WHERE number.number_key = $1"
    }

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(key.rawValue) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> NumberRecord {
        try NumberRow.record(columns)
    }
}

struct NumberByID: Query {
    let id: NumberID
    let workspace: WorkspaceKey
    var sql: String {
        """
        SELECT \(NumberRow.columns) FROM number \(NumberRow.joins)
        WHERE number.number_id = $1 AND number.workspace_key = $2
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(id.description)
        try binder.bind(workspace.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> NumberRecord {
        try NumberRow.record(columns)
    }
}

struct LiveNumberByE164: Query {
    let e164: E164
    let workspace: WorkspaceKey
    var sql: String {
        """
        SELECT \(NumberRow.columns) FROM number \(NumberRow.joins)
        WHERE number.e164 = $1 AND number.status BETWEEN 1 AND 4 AND number.workspace_key = $2
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(e164.description)
        try binder.bind(workspace.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> NumberRecord {
        try NumberRow.record(columns)
    }
}

struct InsertNumber: Query {
    let number: NewNumber
    var sql: String {
        """
        INSERT INTO number (number_id, workspace_key, e164, label, country_code, region_label,
            type, capabilities, origin, carrier, connection_key, status, webhook_mode,
            monthly_cost_credits, order_id, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(number.id.description)
        try binder.bind(number.workspace.rawValue)
        try binder.bind(number.e164.description)
        try binder.bind(number.label)
        try binder.bind(number.countryCode)
        try binder.bind(number.regionLabel)
        try binder.bind(Int64(number.type.rawValue))
        try binder.bind(Int64(number.capabilities.rawValue))
        try binder.bind(Int64(number.origin.rawValue))
        try binder.bind(Int64(number.carrier.rawValue))
        try binder.bind(number.connection?.rawValue)
        try binder.bind(Int64(number.status.rawValue))
        try binder.bind(Int64(number.webhookMode.rawValue))
        try binder.bind(number.monthlyCostCredits)
        try binder.bind(number.orderID)
        try binder.bind(number.createdAt.microseconds)
        try binder.bind(number.createdAt.microseconds)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}
