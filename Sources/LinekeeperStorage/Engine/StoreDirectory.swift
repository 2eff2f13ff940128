import Glibc
import LinekeeperCore

/// The directory that holds the database, locked for one server.
final class StoreDirectory: Sendable {
    let databasePath: String
    let path: String
    private let lock: Int32

    /// What the lock file holds once there has been a database beside it. A database that is gone or
    /// empty then is a loss to be told, not a fresh start.
    private static let mark = Array("This directory holds a Linekeeper database.\n".utf8)

    /// Creates the directory if need be (mode 0700), takes its lock, and makes sure of the file
    /// (mode 0600, which its companions inherit).
    ///
    /// - Throws: `storageFailed` when the directory cannot be used or another server uses it;
    ///   `corruptData` when there was a database and now there is none.
    init(_ path: String) throws(DomainError) {
        self.path = path
        databasePath = StoreDirectory.databasePath(in: path)
        try StoreDirectory.create(path)
        lock = try StoreDirectory.takeLock(path)
        do {
            try prepareFile()
        } catch {
            close(lock)
            throw error
        }
    }

    deinit { close(lock) }

    static func databasePath(in directory: String) -> String { directory + "/linekeeper.db" }

    /// Lets another server use the directory.
    func unlock() { flock(lock, LOCK_UN) }

    /// Remembers that the database has been set up. Called after its first commit.
    func markUsed() throws(DomainError) {
        guard !isMarked else { return }
        let written = StoreDirectory.mark.withUnsafeBytes {
            pwrite(lock, $0.baseAddress, $0.count, 0)
        }
        guard written == StoreDirectory.mark.count, fsync(lock) == 0 else {
            throw StoreDirectory.failure("The lock file in \(path) cannot be written")
        }
    }

    /// Bytes of the database file and of its write-ahead log.
    var bytes: (database: Int64, log: Int64) {
        (StoreDirectory.size(databasePath) ?? 0, StoreDirectory.size(logPath) ?? 0)
    }

    /// The write-ahead log, which SQLite names after the database.
    var logPath: String { databasePath + "-wal" }

    private var isMarked: Bool { lseek(lock, 0, SEEK_END) > 0 }

    private func prepareFile() throws(DomainError) {
        if isMarked, (StoreDirectory.size(databasePath) ?? 0) == 0 {
            throw DomainError(
                .corruptData,
                """
                \(databasePath) is missing or empty, but this directory held a database. Restore it \
                from a backup, or name another directory to start afresh.
                """)
        }
        // Closed again before SQLite opens the file: closing one later would drop SQLite's locks.
        let file = open(databasePath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StoreDirectory.failure("\(databasePath) cannot be opened") }
        close(file)
    }

    private static func create(_ path: String) throws(DomainError) {
        let parents = path.indices.filter { path[$0] == "/" && $0 != path.startIndex }
            .map { String(path[..<$0]) }
        for directory in parents + [path] {
            guard mkdir(directory, 0o700) == 0 || errno == EEXIST else {
                throw failure("The directory \(directory) cannot be created")
            }
        }
    }

    private static func takeLock(_ path: String) throws(DomainError) -> Int32 {
        let lock = open(path + "/linekeeper.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw failure("The directory \(path) cannot be written to") }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            let error =
                errno == EWOULDBLOCK
                ? DomainError(
                    .storageFailed,
                    """
                    Another server uses the directory \(path). Stop it first, or name another \
                    directory.
                    """)
                : failure("The directory \(path) cannot be locked")
            close(lock)
            throw error
        }
        return lock
    }

    private static func size(_ path: String) -> Int64? {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : nil
    }

    private static func failure(_ what: String) -> DomainError {
        DomainError(.storageFailed, "\(what): \(String(cString: strerror(errno))).")
    }
}
