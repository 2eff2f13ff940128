import LinekeeperCore

/// Keeps what a connection is sealed with now, beside what it is about to be sealed with.
struct KeepPreviousSecret: Query {
    let connection: ConnectionKey
    let secret: PreviousSecret
    var sql: String {
        """
        INSERT INTO previous_secret (connection_key, sealed_credentials, hint, replaced_at,
            expires_at)
        SELECT connection_key, sealed_credentials, $1, $2, $3 FROM connection
        WHERE connection_key = $4 AND sealed_credentials IS NOT NULL
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(secret.hint)
        try binder.bind(secret.replacedAt.microseconds)
        try binder.bind(secret.expiresAt.microseconds)
        try binder.bind(connection.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct DeletePreviousSecretsOf: Query {
    let connection: ConnectionKey
    var sql: String { "DELETE FROM previous_secret WHERE connection_key = $1" }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(connection.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct DeleteExpiredSecrets: Query {
    let moment: Timestamp
    var sql: String { "DELETE FROM previous_secret WHERE expires_at <= $1" }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(moment.microseconds)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct PreviousSecretsOf: Query {
    let connection: ConnectionKey
    let moment: Timestamp
    var sql: String {
        """
        SELECT hint, replaced_at, expires_at, last_used_at, sealed_credentials
        FROM previous_secret WHERE connection_key = $1 AND expires_at > $2
        ORDER BY previous_secret_key DESC
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(connection.rawValue)
        try binder.bind(moment.microseconds)
    }

    static func row(
        _ columns: borrowing Columns
    ) throws(DomainError) -> (secret: PreviousSecret, sealed: [UInt8]) {
        (
            PreviousSecret(
                hint: try columns.string(0),
                replacedAt: Timestamp(microseconds: try columns.int64(1)),
                expiresAt: Timestamp(microseconds: try columns.int64(2)),
                lastUsedAt: try columns.optionalInt64(3).map(Timestamp.init(microseconds:))),
            try columns.blob(4)
        )
    }
}

/// Sealed secrets, those of one kind in the order of their keys.
struct SealedSecretsAfter: Query {
    let place: SealedSecret.Place
    let limit: Int
    var sql: String {
        place.isPrevious
            ? """
            SELECT 1, previous_secret.previous_secret_key, workspace.workspace_id,
                connection.connection_id, previous_secret.sealed_credentials
            FROM previous_secret
            JOIN connection ON connection.connection_key = previous_secret.connection_key
            JOIN workspace ON workspace.workspace_key = connection.workspace_key
            WHERE previous_secret.previous_secret_key > $1
            ORDER BY previous_secret.previous_secret_key LIMIT $2
            """
            : """
            SELECT 0, connection.connection_key, workspace.workspace_id,
                connection.connection_id, connection.sealed_credentials
            FROM connection
            JOIN workspace ON workspace.workspace_key = connection.workspace_key
            WHERE connection.connection_key > $1 AND connection.sealed_credentials IS NOT NULL
            ORDER BY connection.connection_key LIMIT $2
            """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(place.key)
        try binder.bind(Int64(limit))
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> SealedSecret {
        guard let workspace = WorkspaceID(try columns.string(2)),
            let connection = ConnectionID(try columns.string(3))
        else { throw DomainError(.corruptData, "A connection's row cannot be read.") }
        return SealedSecret(
            place: SealedSecret.Place(
                isPrevious: try columns.bool(0), key: try columns.int64(1)),
            workspace: workspace, connection: connection, sealed: try columns.blob(4))
    }
}

struct ReplaceSealed: Query {
    let secret: SealedSecret
    let sealed: [UInt8]
    var sql: String {
        secret.place.isPrevious
            ? """
            UPDATE previous_secret SET sealed_credentials = $1
            WHERE previous_secret_key = $2 AND sealed_credentials = $3
            """
            : """
            UPDATE connection SET sealed_credentials = $1
            WHERE connection_key = $2 AND sealed_credentials = $3
            """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(sealed)
        try binder.bind(secret.place.key)
        try binder.bind(secret.sealed)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}
