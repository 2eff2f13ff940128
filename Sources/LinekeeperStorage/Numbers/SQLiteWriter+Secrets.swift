package import LinekeeperCore

extension SQLiteWriter: SecretWriter {
    package func serverSecret(
        _ name: String, orElse proposal: [UInt8]
    ) throws(DomainError) -> [UInt8] {
        if let secret = try connection.first(ServerSecret(name: name)) { return secret }
        try connection.run(InsertServerSecret(name: name, value: proposal))
        return proposal
    }
}

struct ServerSecret: Query {
    let name: String
    var sql: String { "SELECT value FROM server_secret WHERE name = $1" }

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(name) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> [UInt8] {
        try columns.blob(0)
    }
}

struct InsertServerSecret: Query {
    let name: String
    let value: [UInt8]
    var sql: String { "INSERT INTO server_secret (name, value) VALUES ($1, $2)" }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(name)
        try binder.bind(value)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}
