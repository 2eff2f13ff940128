import LinekeeperCore

struct CarrierSideOf: Query {
    let number: NumberKey
    var sql: String {
        "SELECT carrier_number_id, replaced_settings FROM number WHERE number_key = $1"
    }

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(number.rawValue) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> CarrierSide {
        CarrierSide(
            carrierNumberID: try columns.string(0),
            replacedSettings: try columns.optionalString(1).map(SettingsText.read))
    }
}

struct UpdateCarrierSideOf: Query {
    let number: NumberKey
    let side: CarrierSide
    var sql: String {
        "UPDATE number SET carrier_number_id = $1, replaced_settings = $2 WHERE number_key = $3"
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(side.carrierNumberID)
        try binder.bind(side.replacedSettings.map(SettingsText.write))
        try binder.bind(number.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

/// Writes what holds at the carrier.
struct UpdateCarrierSettings: Query {
    let number: NumberRecord
    var sql: String {
        """
        UPDATE number SET webhook_mode = $1, region = $2, type = $3, capabilities = $4,
            region_label = $5, updated_at = $6, version = $7
        WHERE number_key = $8 AND version = $7 - 1
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(Int64(number.webhookMode.rawValue))
        try binder.bind(number.region?.rawValue ?? "")
        try binder.bind(Int64(number.type.rawValue))
        try binder.bind(Int64(number.capabilities.rawValue))
        try binder.bind(number.regionLabel)
        try binder.bind(number.updatedAt.microseconds)
        try binder.bind(Int64(clamping: number.version))
        try binder.bind(number.key.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}
