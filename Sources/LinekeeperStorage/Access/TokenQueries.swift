import LinekeeperCore

/// A token's row, joined with the id of its workspace.
struct TokenRow {
    static let columns = """
        token.token_id, token.role, workspace.workspace_id, token.workspace_key, token.label,
        token.hint, token.created_at, token.expires_at, token.revoked_at, token.secret_hash,
        token.token_key
        """
    static let tables = "token LEFT JOIN workspace ON workspace.workspace_key = token.workspace_key"

    static func record(_ columns: borrowing Columns) throws(DomainError) -> TokenRecord {
        guard let id = TokenID(try columns.string(0)),
            let role = Role(rawValue: UInt8(clamping: try columns.int64(1)))
        else { throw DomainError(.corruptData, "A token's row cannot be read.") }
        return TokenRecord(
            id: id, role: role,
            workspace: try columns.optionalString(2).flatMap { WorkspaceID($0) },
            workspaceKey: try columns.optionalInt64(3).map(WorkspaceKey.init(rawValue:)),
            label: try columns.string(4), hint: try columns.string(5),
            createdAt: Timestamp(microseconds: try columns.int64(6)),
            expiresAt: try columns.optionalInt64(7).map(Timestamp.init(microseconds:)),
            revokedAt: try columns.optionalInt64(8).map(Timestamp.init(microseconds:)))
    }
}

struct TokenByID: Query {
    let id: TokenID
    var sql: String {
        "SELECT \(TokenRow.columns) FROM \(TokenRow.tables) WHERE token.token_id = $1"
    }

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(id.description) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> TokenRecord {
        try TokenRow.record(columns)
    }
}

/// Tokens in the order they were made, after a row key.
struct TokensAfter: Query {
    let key: Int64
    /// 0: every token.
    let workspace: Int64
    let includeRevoked: Bool
    let limit: Int64
    var sql: String {
        """
        SELECT \(TokenRow.columns) FROM \(TokenRow.tables)
        WHERE token.token_key > $1 AND ($2 = 0 OR token.workspace_key = $2)
            AND ($3 = 1 OR token.revoked_at IS NULL)
        ORDER BY token.token_key
        LIMIT $4
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(key)
        try binder.bind(workspace)
        try binder.bind(includeRevoked ? Int64(1) : 0)
        try binder.bind(limit)
    }

    static func row(
        _ columns: borrowing Columns
    ) throws(DomainError) -> (record: TokenRecord, key: Int64) {
        (try TokenRow.record(columns), try columns.int64(10))
    }
}

struct LiveTokens: Query {
    var sql: String {
        "SELECT \(TokenRow.columns) FROM \(TokenRow.tables) WHERE token.revoked_at IS NULL"
    }

    func bind(to binder: inout Binder) throws(DomainError) {}

    static func row(_ columns: borrowing Columns) throws(DomainError) -> TokenGrant {
        TokenGrant(
            hash: TokenHash(try columns.blob(9)), record: try TokenRow.record(columns))
    }
}

struct InsertToken: Query {
    let grant: TokenGrant
    var sql: String {
        """
        INSERT INTO token (token_id, secret_hash, hint, role, workspace_key, label, created_at,
            expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(grant.record.id.description)
        try binder.bind(grant.hash.bytes)
        try binder.bind(grant.record.hint)
        try binder.bind(Int64(grant.record.role.rawValue))
        try binder.bind(grant.record.workspaceKey?.rawValue)
        try binder.bind(grant.record.label)
        try binder.bind(grant.record.createdAt.microseconds)
        try binder.bind(grant.record.expiresAt?.microseconds)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct RevokeTokenRow: Query {
    let id: TokenID
    let at: Timestamp
    var sql: String {
        "UPDATE token SET revoked_at = $1 WHERE token_id = $2 AND revoked_at IS NULL"
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(at.microseconds)
        try binder.bind(id.description)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct LiveAdminTokenCount: Query {
    let at: Timestamp
    var sql: String {
        """
        SELECT count(*) FROM token
        WHERE role = 4 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $1)
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(at.microseconds) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> Int64 {
        try columns.int64(0)
    }
}
