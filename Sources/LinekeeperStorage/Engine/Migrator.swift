import LinekeeperCore

/// One step of the schema, as it was published: never edited afterwards.
package struct Migration: Sendable {
    package let number: Int64
    package let name: String
    package let sql: String

    package init(number: Int64, name: String, sql: String) {
        self.number = number
        self.name = name
        self.sql = sql
    }

    /// All steps, in order. A step added to the folder is added here.
    static let all = [
        Migration(
            number: 1, name: "foundation",
            sql: String(decoding: PackageResources._001_foundation_sql, as: UTF8.self)),
        Migration(
            number: 2, name: "carriers",
            sql: String(decoding: PackageResources._002_carriers_sql, as: UTF8.self)),
    ]

    /// FNV-1a of the text, 64 bits in hex: it tells an edited text from the published one. Whoever
    /// can forge it can edit the database itself.
    var hash: String {
        var value: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in sql.utf8 { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return String(value, radix: 16)
    }
}

/// Brings a database to the schema of this version.
struct Migrator {
    let connection: SQLiteConnection
    let migrations: [Migration]

    /// "LKPR": tells a database of ours from any other SQLite file.
    private static let applicationID: Int64 = 0x4C4B_5052

    /// Applies what is missing, each step in a transaction of its own.
    ///
    /// - Throws: `storageFailed` when the file is another program's, comes from a newer version, or
    ///   was made by a step whose text has changed since; what SQLite reports otherwise.
    func migrate(at now: Timestamp) throws(DomainError) {
        try identify()
        try connection.execute(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
                number INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL,
                applied_at BIGINT NOT NULL)
            """)
        let applied = try connection.all(AppliedMigrations())
        for (step, migration) in zip(applied, migrations) {
            guard step.number == migration.number, step.hash == migration.hash else {
                throw DomainError(
                    .storageFailed,
                    """
                    Migration \(step.number) was changed after it was applied to this database. \
                    Run the version that created it.
                    """)
            }
        }
        guard applied.count <= migrations.count else {
            throw DomainError(
                .storageFailed,
                """
                The database has schema \(applied.last?.number ?? 0) and this version knows up to \
                \(migrations.last?.number ?? 0). Run a newer version.
                """)
        }
        for migration in migrations.dropFirst(applied.count) { try apply(migration, at: now) }
    }

    private func identify() throws(DomainError) {
        let id = try connection.first(ReadPragma("PRAGMA application_id")) ?? 0
        guard id != Migrator.applicationID else { return }
        let tables = try connection.first(ReadPragma("SELECT count(*) FROM sqlite_master")) ?? 0
        guard id == 0, tables == 0 else {
            throw DomainError(
                .storageFailed,
                "The file is an SQLite database of another program. Name another directory.")
        }
        try connection.execute("PRAGMA application_id = \(Migrator.applicationID)")
    }

    private func apply(_ migration: Migration, at now: Timestamp) throws(DomainError) {
        try connection.execute("BEGIN IMMEDIATE")
        do {
            try connection.execute(migration.sql)
            try connection.run(RecordMigration(migration: migration, at: now))
            try connection.execute("COMMIT")
        } catch {
            if connection.isInTransaction { try connection.execute("ROLLBACK") }
            throw error
        }
    }
}

private struct AppliedMigrations: Query {
    var sql: String { "SELECT number, hash FROM schema_migration ORDER BY number" }
    func bind(to binder: inout Binder) throws(DomainError) {}
    static func row(
        _ columns: borrowing Columns
    ) throws(DomainError) -> (number: Int64, hash: String) {
        (try columns.int64(0), try columns.string(1))
    }
}

private struct RecordMigration: Query {
    let migration: Migration
    let at: Timestamp
    var sql: String {
        "INSERT INTO schema_migration (number, name, hash, applied_at) VALUES ($1, $2, $3, $4)"
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(migration.number)
        try binder.bind(migration.name)
        try binder.bind(migration.hash)
        try binder.bind(at.microseconds)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

/// A statement without parameters that answers one number.
struct ReadPragma: Query {
    let sql: String
    init(_ sql: String) { self.sql = sql }
    func bind(to binder: inout Binder) throws(DomainError) {}
    static func row(_ columns: borrowing Columns) throws(DomainError) -> Int64 {
        try columns.int64(0)
    }
}
