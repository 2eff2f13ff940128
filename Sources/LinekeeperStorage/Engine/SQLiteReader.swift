import LinekeeperCore

/// What a query reads with, on a reader's thread.
package final class SQLiteReader {
    package let connection: SQLiteConnection

    init(connection: SQLiteConnection) { self.connection = connection }
}
