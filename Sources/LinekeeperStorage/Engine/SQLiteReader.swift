import LinekeeperCore

/// What a query reads with, on a reader's thread.
package final class SQLiteReader: StoreReader {
    package let connection: SQLiteConnection

    private let millisecondsMax: UInt64

    /// - Parameter millisecondsMax: what one read may take.
    init(connection: SQLiteConnection, millisecondsMax: UInt64) {
        self.connection = connection
        self.millisecondsMax = millisecondsMax
    }

    /// Runs a query in one read transaction, so that all of it sees the same state.
    func transaction<Answer>(
        _ body: (SQLiteReader) throws(DomainError) -> Answer
    ) -> Result<Answer, DomainError> {
        connection.deadline.set(milliseconds: millisecondsMax)
        do throws(DomainError) {
            try connection.run(Command.beginReading)
            do throws(DomainError) {
                let answer = try body(self)
                try connection.run(Command.commit)
                return .success(answer)
            } catch {
                if connection.isInTransaction { try connection.run(Command.rollback) }
                throw error
            }
        } catch {
            return .failure(error)
        }
    }
}
