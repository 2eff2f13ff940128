import Glibc
public import LinekeeperCore
public import Logging

extension SQLiteStore {
    /// Opens the store in a directory, creating both if need be, brings its schema up to date and
    /// reads the route table.
    ///
    /// - Throws: `storageFailed` when the directory cannot be used, another server uses it, or its
    ///   schema is not one this version can bring up to date; `corruptData` when the file is damaged
    ///   or lost.
    public static func open(
        directory: String, clock: any WallClock, logger: Logger
    ) throws(DomainError) -> SQLiteStore {
        try open(directory: directory, clock: clock, logger: logger, options: Options())
    }

    /// Whether a directory holds a store, for whoever must not make one.
    public static func isPresent(in directory: String) -> Bool {
        access(StoreDirectory.databasePath(in: directory), F_OK) == 0
    }

    /// What tests choose.
    package struct Options: Sendable {
        package var migrations = Migration.all
        package var writesQueuedMax = 16_384
        /// What one read may take.
        package var readMillisecondsMax: UInt64 = 5000
        /// Files up to this size are checked before the store opens.
        package var checkedBeforeOpenMax = IntegrityCheck.bytesBeforeOpenMax
        /// Called when a failure puts the file in doubt: ends the process with code 70, which is
        /// EX_SOFTWARE of sysexits.h.
        package var failStop: FailStop = { _ in _exit(70) }
        package init() {}
    }

    package static func open(
        directory path: String, clock: any WallClock, logger: Logger, options: Options
    ) throws(DomainError) -> SQLiteStore {
        let directory = try StoreDirectory(path)
        let connection = try SQLiteConnection(path: directory.databasePath, role: .writer)
        try connection.useWriteAheadLog()
        let isSmall = directory.bytes.database <= options.checkedBeforeOpenMax
        if isSmall { try IntegrityCheck.run(on: connection) }
        try Migrator(connection: connection, migrations: options.migrations).migrate(at: clock.now)
        try directory.markUsed()

        let routes = RouteTable()
        try RouteLoader(path: directory.databasePath).load(into: routes)
        guard let lastEvent = try connection.first(LastSequence()) else {
            throw DomainError(.corruptData, "The store has lost count of its events.")
        }
        let parts = try StoreParts(
            directory: directory, routes: routes, lastEvent: lastEvent, logger: logger,
            options: options)
        let writer = try parts.startWriter(on: connection)
        let check =
            isSmall
            ? nil
            : try BackgroundCheck(
                path: directory.databasePath, logger: logger, failStop: parts.failStop)
        return SQLiteStore(parts: parts, writer: writer, check: check)
    }
}

/// What the threads of a store share.
struct StoreParts {
    let directory: StoreDirectory
    let routes: RouteTable
    let changeLog: RouteChangeLog
    let writes: Mailbox<Mutation>
    let readers: ReaderPool
    let checkpointer: Checkpointer
    let counters = StoreCounters()
    let hasFailed: SharedFlag
    let failStop: FailStop
    let logger: Logger

    init(
        directory: StoreDirectory, routes: RouteTable, lastEvent: Int64, logger: Logger,
        options: SQLiteStore.Options
    ) throws(DomainError) {
        let hasFailed = SharedFlag()
        let stop = options.failStop
        let failStop: FailStop = { error in
            guard hasFailed.raise() else { return }
            logger.critical(
                "Stopping: it is uncertain what the database file holds.",
                metadata: [
                    "reason": "\(error.reason.rawValue)", "detail": "\(error.message)",
                    "sqlite_code": "\(error.facts["sqlite_code"] ?? "")",
                ])
            stop(error)
        }
        self.directory = directory
        self.routes = routes
        self.logger = logger
        self.hasFailed = hasFailed
        self.failStop = failStop
        changeLog = RouteChangeLog(last: lastEvent)
        writes = Mailbox(capacity: options.writesQueuedMax)
        checkpointer = try Checkpointer(
            path: directory.databasePath, logger: logger, failStop: failStop)
        readers = try ReaderPool(
            path: directory.databasePath,
            threadCount: min(4, max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN)))),
            readMillisecondsMax: options.readMillisecondsMax)
    }

    /// Starts the thread that writes, which keeps the connection.
    func startWriter(on connection: sending SQLiteConnection) throws(DomainError) -> WorkerThread {
        let loop = try WriteLoop(
            writer: SQLiteWriter(
                connection: connection, routes: RouteDraft(over: routes),
                lastEvent: changeLog.last),
            logFile: LogFile(path: directory.logPath), queue: writes, changeLog: changeLog,
            checkpointer: checkpointer, counters: counters,
            logger: logger)
        let writes = writes
        let failStop = failStop
        return try WorkerThread(name: "writer") {
            do throws(DomainError) {
                try loop.run()
            } catch {
                writes.close()
                withExtendedLifetime(loop) { failStop(error) }
            }
        }
    }
}
