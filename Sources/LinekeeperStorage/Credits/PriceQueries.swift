import LinekeeperCore

enum PriceRow {
    static let columns = "country_code, type, monthly_cost_credits, updated_at"

    static func price(_ columns: borrowing Columns) throws(DomainError) -> Price {
        guard let type = NumberType(rawValue: UInt8(clamping: try columns.int64(1))) else {
            throw DomainError(.corruptData, "A price is of a type that this version cannot read.")
        }
        return Price(
            countryCode: try columns.string(0), type: type,
            monthlyCostCredits: try columns.int64(2),
            updatedAt: Timestamp(microseconds: try columns.int64(3)))
    }
}

struct PriceOf: Query {
    let countryCode: String
    let type: NumberType
    var sql: String {
        "SELECT \(PriceRow.columns) FROM price WHERE country_code = $1 AND type = $2"
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(countryCode)
        try binder.bind(Int64(type.rawValue))
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> Price {
        try PriceRow.price(columns)
    }
}

/// The price list, after a country and type.
struct PricesAfter: Query {
    let countryCode: String
    let type: Int64
    let limit: Int
    var sql: String {
        """
        SELECT \(PriceRow.columns) FROM price WHERE (country_code, type) > ($1, $2)
        ORDER BY country_code, type LIMIT $3
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(countryCode)
        try binder.bind(type)
        try binder.bind(Int64(limit))
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> Price {
        try PriceRow.price(columns)
    }
}

struct SetPriceRow: Query {
    let price: Price
    var sql: String {
        """
        INSERT INTO price (country_code, type, monthly_cost_credits, updated_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (country_code, type) DO UPDATE
            SET monthly_cost_credits = excluded.monthly_cost_credits,
                updated_at = excluded.updated_at
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(price.countryCode)
        try binder.bind(Int64(price.type.rawValue))
        try binder.bind(price.monthlyCostCredits)
        try binder.bind(price.updatedAt.microseconds)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct DeletePriceRow: Query {
    let countryCode: String
    let type: NumberType
    var sql: String { "DELETE FROM price WHERE country_code = $1 AND type = $2" }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(countryCode)
        try binder.bind(Int64(type.rawValue))
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}
