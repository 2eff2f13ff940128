import CSQLite
package import LinekeeperCore

/// One connection to the database file, used by one thread at a time.
///
/// Deliberately not `Sendable`: the thread that uses it keeps it.
package final class SQLiteConnection {
    let database: OpaquePointer
    /// The first failure after which nothing read or written here can be trusted.
    private(set) var fatalFailure: SQLiteFailure?
    /// The failure reported last.
    private(set) var latestFailure: SQLiteFailure?
    /// Pages in the write-ahead log after the last commit made here.
    var logPages: Int { Int(logPagesCell.pointee) }
    /// When what runs here is cut off.
    let deadline: QueryDeadline

    private let logPagesCell: UnsafeMutablePointer<Int32>

    /// Statements by the type of their query, for the text that the type used last.
    private var latest: [ObjectIdentifier: Statement] = [:]
    /// Every prepared statement by its text. Texts are joined from constant fragments, so there are
    /// few; the limit is for the day when somebody gets that wrong.
    private var statements: [String: Statement] = [:]
    private static let statementsMax = 1024

    /// Who uses a connection, which decides what it may do and how much it keeps in memory.
    enum Role {
        /// The one that changes rows. 32 MiB of pages, the rest being in the system's cache: SQLite
        /// (3.40) walks through all of them at most commits, as long as the file is below 1 GiB.
        case writer
        /// One of several that only read. 16 MiB of pages each.
        case reader
        /// Copies the write-ahead log into the file.
        case checkpointer
    }

    /// What holds for the whole process; done when the first connection is opened.
    private static let setUp: Void = linekeeper_sqlite_spare_allocations()

    init(path: String, role: Role) throws(DomainError) {
        SQLiteConnection.setUp
        var opened: OpaquePointer?
        let access = role == .reader ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
        let creation = role == .writer ? SQLITE_OPEN_CREATE : 0
        let flags = access | creation | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            let failure = SQLiteFailure(code: code, database: opened)
            sqlite3_close_v2(opened)
            throw failure.error
        }
        database = opened
        deadline = QueryDeadline(database: opened)
        logPagesCell = .allocate(capacity: 1)
        logPagesCell.initialize(to: 0)
        sqlite3_busy_timeout(database, 2000)
        try configure(role)
    }

    deinit {
        latest.removeAll()
        statements.removeAll()
        sqlite3_close_v2(database)
        logPagesCell.deallocate()
    }

    private func configure(_ role: Role) throws(DomainError) {
        let pages =
            switch role {
            case .writer: -32_768
            case .reader: -16_384
            case .checkpointer: -2048
            }
        try execute(
            """
            PRAGMA trusted_schema = OFF;
            PRAGMA cell_size_check = ON;
            PRAGMA mmap_size = 0;
            PRAGMA foreign_keys = ON;
            PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = \(pages);
            """)
        if role != .reader {
            try execute("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0")
        }
        if role == .writer {
            sqlite3_wal_hook(
                database,
                { cell, _, _, pages in
                    cell?.assumingMemoryBound(to: Int32.self).pointee = pages
                    return SQLITE_OK
                }, logPagesCell)
        }
    }

    /// Bytes of a page in a new file. A change writes every page it touches into the log, and changes
    /// of numbers touch pages all over the file: with pages of 4096 bytes, SQLite's default, a
    /// commit of 64 of them takes a quarter longer.
    static let pageBytes = 2048

    /// Gives a new file its page size and write-ahead logging, both of which it keeps, and bounds
    /// the log's size between uses.
    func useWriteAheadLog() throws(DomainError) {
        try execute(
            """
            PRAGMA page_size = \(SQLiteConnection.pageBytes);
            PRAGMA journal_mode = WAL;
            PRAGMA journal_size_limit = 67108864;
            """)
    }

    /// How a checkpoint treats those who are in its way.
    enum CheckpointMode {
        /// Copies what it can without waiting for anybody.
        case passive
        /// Waits for readers and writers, then empties the log.
        case truncate
    }

    /// Copies the write-ahead log into the database file.
    ///
    /// - Returns: whether no other checkpoint was in the way.
    func checkpoint(_ mode: CheckpointMode) throws(DomainError) -> Bool {
        let flag = mode == .passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE
        let code = sqlite3_wal_checkpoint_v2(database, nil, flag, nil, nil)
        if code & 0xFF == SQLITE_BUSY { return false }
        try check(code)
        return true
    }

    /// Runs constant statements that have no parameters and whose rows do not matter.
    func execute(_ sql: String) throws(DomainError) {
        try check(sqlite3_exec(database, sql, nil, nil, nil))
    }

    /// All rows of a query.
    ///
    /// - Parameter reserving: how many are expected, where they are many.
    package func all<Q: Query>(
        _ query: Q, reserving: Int = 0
    ) throws(DomainError) -> [Q.Row] {
        let statement = try bound(query)
        defer { statement.reset() }
        var rows: [Q.Row] = []
        rows.reserveCapacity(reserving)
        while try step(statement) { rows.append(try Q.row(Columns(statement))) }
        return rows
    }

    /// The first row of a query; the rest is not looked at.
    package func first<Q: Query>(_ query: Q) throws(DomainError) -> Q.Row? {
        let statement = try bound(query)
        defer { statement.reset() }
        return try step(statement) ? try Q.row(Columns(statement)) : nil
    }

    /// Runs a statement to its end and tells how many rows it inserted, changed or deleted.
    @discardableResult
    package func run<Q: Query>(_ query: Q) throws(DomainError) -> Int {
        let statement = try bound(query)
        defer { statement.reset() }
        while try step(statement) {}
        return Int(sqlite3_changes64(database))
    }

    /// Calls `body` for each row of a query, without keeping them.
    func forEach<Q: Query>(
        _ query: Q, _ body: (Q.Row) throws(DomainError) -> Void
    ) throws(DomainError) {
        let statement = try bound(query)
        defer { statement.reset() }
        while try step(statement) { try body(try Q.row(Columns(statement))) }
    }

    /// The key of the row that was inserted last.
    package var lastInsertRowID: Int64 { sqlite3_last_insert_rowid(database) }

    /// Rows inserted, changed or deleted here so far, undone ones among them.
    var changeCount: Int64 { sqlite3_total_changes64(database) }

    /// The failure reported last, for callers.
    var latestError: DomainError {
        latestFailure?.error
            ?? DomainError(.storageFailed, "The store ended a transaction by itself.")
    }

    /// Commits the open transaction.
    ///
    /// A failure that does not tell whether the transaction happened is made fatal: the caller can
    /// neither confirm nor deny the change.
    func commit() throws(DomainError) {
        do throws(DomainError) {
            try run(Command.commit)
        } catch {
            if let failure = latestFailure, !failure.leavesCommitUndone { fatalFailure = failure }
            throw error
        }
    }

    /// Whether a transaction is open. SQLite ends one itself when the disk is full.
    var isInTransaction: Bool { sqlite3_get_autocommit(database) == 0 }

    private func bound<Q: Query>(_ query: Q) throws(DomainError) -> Statement {
        let statement = try prepared(query.sql, for: Q.self)
        var binder = Binder(statement)
        try query.bind(to: &binder)
        try binder.finish()
        return statement
    }

    private func prepared<Q: Query>(
        _ sql: String, for type: Q.Type
    ) throws(DomainError) -> Statement {
        // Comparing the text with the one of last time is much cheaper than hashing it.
        let kind = ObjectIdentifier(type)
        if let statement = latest[kind], statement.sql == sql { return statement }
        let statement: Statement
        if let known = statements[sql] {
            statement = known
        } else {
            if statements.count >= SQLiteConnection.statementsMax {
                statements.removeAll()
                latest.removeAll()
            }
            do {
                statement = try Statement(sql, database: database)
            } catch {
                note(sqlite3_extended_errcode(database))
                throw error
            }
            statements[sql] = statement
        }
        latest[kind] = statement
        return statement
    }

    /// Moves to the next row; false at the end.
    private func step(_ statement: Statement) throws(DomainError) -> Bool {
        switch sqlite3_step(statement.handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            throw note(code)
        }
    }

    func check(_ code: Int32) throws(DomainError) {
        guard code != SQLITE_OK else { return }
        throw note(code)
    }

    @discardableResult
    private func note(_ code: Int32) -> DomainError {
        let failure = SQLiteFailure(code: code, database: database)
        latestFailure = failure
        if failure.isFatalInWrite, fatalFailure == nil { fatalFailure = failure }
        return failure.error
    }
}
