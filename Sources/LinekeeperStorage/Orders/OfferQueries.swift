import LinekeeperCore

/// An offer's row joined with what such numbers cost.
enum OfferRow {
    static let columns = """
        offer.offer_key, offer.offer_id, offer.source, offer.e164, offer.type, offer.capabilities,
        offer.country_code, offer.region_label,
        coalesce(offer.fee_microdollars, carrier_fee.microdollars), offer.requirements,
        offer.found_at, price.monthly_cost_credits
        """

    static let tables = """
        offer
        LEFT JOIN carrier_fee ON carrier_fee.source = offer.source
            AND carrier_fee.country_code = offer.country_code AND carrier_fee.type = offer.type
        LEFT JOIN price ON price.country_code = offer.country_code AND price.type = offer.type
        """

    static func record(_ columns: borrowing Columns) throws(DomainError) -> OfferRecord {
        guard let id = OfferID(try columns.string(1)),
            let source = NumberSource(rawValue: UInt8(clamping: try columns.int64(2))),
            let e164 = E164(try columns.string(3).utf8),
            let type = NumberType(rawValue: UInt8(clamping: try columns.int64(4)))
        else {
            throw DomainError(
                .corruptData, "An offer's row holds values that this version cannot read.")
        }
        let offer = CarrierOffer(
            e164: e164, type: type,
            capabilities: Capabilities(rawValue: UInt8(clamping: try columns.int64(5))),
            countryCode: try columns.string(6), regionLabel: try columns.string(7),
            fee: try columns.optionalInt64(8).flatMap(CarrierFee.init(microdollars:)),
            requirements: try StoredRequirements.read(try columns.string(9)))
        return OfferRecord(
            key: try columns.int64(0), id: id, source: source, offer: offer,
            listPrice: try columns.optionalInt64(11),
            foundAt: Timestamp(microseconds: try columns.int64(10)))
    }
}

/// Keeps a known offer where it stands in the list.
struct PutOffer: Query {
    let offer: CarrierOffer
    let source: NumberSource
    let newID: OfferID
    let foundAt: Timestamp
    var sql: String {
        """
        INSERT INTO offer (offer_id, source, e164, country_code, type, capabilities, region_label,
            fee_microdollars, requirements, found_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (source, e164) DO UPDATE SET country_code = excluded.country_code,
            type = excluded.type, capabilities = excluded.capabilities,
            region_label = excluded.region_label, fee_microdollars = excluded.fee_microdollars,
            requirements = excluded.requirements, found_at = excluded.found_at
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(newID.description)
        try binder.bind(Int64(source.rawValue))
        try binder.bind(offer.e164.description)
        try binder.bind(offer.countryCode)
        try binder.bind(Int64(offer.type.rawValue))
        try binder.bind(Int64(offer.capabilities.rawValue))
        try binder.bind(offer.regionLabel)
        try binder.bind(offer.fee?.microdollars)
        try binder.bind(StoredRequirements.text(offer.requirements))
        try binder.bind(foundAt.microseconds)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct PutCarrierFee: Query {
    let fee: CarrierFee
    let source: NumberSource
    let countryCode: String
    let type: NumberType
    let foundAt: Timestamp
    var sql: String {
        """
        INSERT INTO carrier_fee (source, country_code, type, microdollars, found_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (source, country_code, type) DO UPDATE
            SET microdollars = excluded.microdollars, found_at = excluded.found_at
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(Int64(source.rawValue))
        try binder.bind(countryCode)
        try binder.bind(Int64(type.rawValue))
        try binder.bind(fee.microdollars)
        try binder.bind(foundAt.microseconds)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct CarrierFeesFoundAt: Query {
    let source: NumberSource
    let countryCode: String
    var sql: String {
        "SELECT max(found_at) FROM carrier_fee WHERE source = $1 AND country_code = $2"
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(Int64(source.rawValue))
        try binder.bind(countryCode)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> Timestamp? {
        try columns.optionalInt64(0).map(Timestamp.init(microseconds:))
    }
}

struct OfferOf: Query {
    let e164: E164
    let source: NumberSource
    var sql: String {
        """
        SELECT \(OfferRow.columns) FROM \(OfferRow.tables)
        WHERE offer.source = $1 AND offer.e164 = $2
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(Int64(source.rawValue))
        try binder.bind(e164.description)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> OfferRecord {
        try OfferRow.record(columns)
    }
}

struct DeleteOffer: Query {
    let e164: E164
    let source: NumberSource
    var sql: String { "DELETE FROM offer WHERE source = $1 AND e164 = $2" }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(Int64(source.rawValue))
        try binder.bind(e164.description)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct DeleteOffersBefore: Query {
    let moment: Timestamp
    let limit: Int
    var sql: String {
        """
        DELETE FROM offer WHERE offer_key IN (
            SELECT offer_key FROM offer WHERE found_at < $1 ORDER BY found_at LIMIT $2)
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(moment.microseconds)
        try binder.bind(Int64(limit))
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

/// What a search shows: offers in the order in which they were found, without numbers that somebody
/// here holds or that are kept apart.
struct OfferSearch: Query {
    let sql: String
    private let conditions: Conditions

    init(_ filter: OfferFilter) {
        var conditions = Conditions()
        conditions.add("offer.source = ?", .integer(Int64(filter.source.rawValue)))
        conditions.add("offer.country_code = ?", .text(filter.countryCode))
        if !filter.types.isEmpty {
            let types = filter.types.map(\.rawValue).sorted().map {
                conditions.parameter(.integer(Int64($0)))
            }
            conditions.add("offer.type IN (\(types.joined(separator: ", ")))")
        }
        conditions.add("offer.found_at >= ?", .integer(filter.foundSince.microseconds))
        if !filter.capabilities.isEmpty {
            conditions.add(
                "(offer.capabilities & ?) = ?",
                .integer(Int64(filter.capabilities.rawValue)))
        }
        if !filter.prefix.isEmpty {
            conditions.add("substr(offer.e164, 1, length(?)) = ?", .text(filter.prefix))
        }
        if !filter.contains.isEmpty {
            conditions.add("replace(offer.e164, ?, '') <> offer.e164", .text(filter.contains))
        }
        conditions.add(
            "NOT EXISTS (SELECT 1 FROM number WHERE number.e164 = offer.e164 "
                + "AND number.status BETWEEN 1 AND 4)")
        conditions.add("NOT EXISTS (SELECT 1 FROM quarantine WHERE quarantine.e164 = offer.e164)")
        let clause = conditions.sql
        let limit = conditions.parameter(.integer(Int64(filter.limit)))
        sql = """
            SELECT \(OfferRow.columns) FROM \(OfferRow.tables)
            WHERE \(clause)
            ORDER BY offer.offer_key LIMIT \(limit)
            """
        self.conditions = conditions
    }

    func bind(to binder: inout Binder) throws(DomainError) { try conditions.bind(to: &binder) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> OfferRecord {
        try OfferRow.record(columns)
    }
}
