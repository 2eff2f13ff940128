import LinekeeperCore

/// The outcome of the first request that used a key.
struct StoredOutcome {
    let method: String
    let payloadHash: [UInt8]
    let answer: [UInt8]?
    let refusal: String?
    let createdAt: Timestamp
}

struct OutcomeOfKey: Query {
    let workspace: Int64
    let key: String
    var sql: String {
        """
        SELECT method, payload_hash, answer, refusal, created_at FROM idempotency
        WHERE workspace_key = $1 AND key = $2
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace)
        try binder.bind(key)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> StoredOutcome {
        StoredOutcome(
            method: try columns.string(0), payloadHash: try columns.blob(1),
            answer: try columns.optionalBlob(2), refusal: try columns.optionalString(3),
            createdAt: Timestamp(microseconds: try columns.int64(4)))
    }
}

/// Keeps an outcome; one of the same key is there only when it has expired, and is replaced.
struct StoreOutcome: Query {
    let workspace: Int64
    let key: String
    let outcome: StoredOutcome
    var sql: String {
        """
        INSERT INTO idempotency (workspace_key, key, method, payload_hash, answer, refusal,
            created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (workspace_key, key) DO UPDATE SET method = excluded.method,
            payload_hash = excluded.payload_hash, answer = excluded.answer,
            refusal = excluded.refusal, created_at = excluded.created_at
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace)
        try binder.bind(key)
        try binder.bind(outcome.method)
        try binder.bind(outcome.payloadHash)
        try binder.bind(outcome.answer)
        try binder.bind(outcome.refusal)
        try binder.bind(outcome.createdAt.microseconds)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

/// When the oldest outcome was stored; no row when there is none.
struct OldestOutcome: Query {
    var sql: String { "SELECT created_at FROM idempotency ORDER BY created_at LIMIT 1" }
    func bind(to binder: inout Binder) throws(DomainError) {}
    static func row(_ columns: borrowing Columns) throws(DomainError) -> Timestamp {
        Timestamp(microseconds: try columns.int64(0))
    }
}

/// Deletes the oldest outcomes, as long as they are older than a moment.
struct DeleteOutcomesBefore: Query {
    let moment: Timestamp
    let limit: Int64
    var sql: String {
        """
        DELETE FROM idempotency WHERE (workspace_key, key) IN (
            SELECT workspace_key, key FROM idempotency WHERE created_at < $1
            ORDER BY created_at LIMIT $2)
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(moment.microseconds)
        try binder.bind(limit)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

/// Deletes outcomes that have expired, a few along with every commit.
struct OutcomeRetention {
    /// 30 days.
    static let seconds: Int64 = 30 * 24 * 3600

    /// No outcome in the table is older.
    private var oldest: Timestamp

    init(connection: SQLiteConnection) throws(DomainError) {
        oldest = try connection.first(OldestOutcome()) ?? Timestamp(microseconds: .min)
    }

    /// Deletes at most twice as many as the commit can add, so that the table cannot outgrow 30 days
    /// and no commit takes long.
    mutating func sweep(
        _ connection: SQLiteConnection, mutations: Int, now: Timestamp
    ) throws(DomainError) {
        let expired = now.adding(seconds: -OutcomeRetention.seconds)
        guard oldest < expired else { return }
        let limit = 2 * mutations
        let deleted = try connection.run(
            DeleteOutcomesBefore(moment: expired, limit: Int64(limit)))
        if deleted < limit { oldest = try connection.first(OldestOutcome()) ?? now }
    }
}
