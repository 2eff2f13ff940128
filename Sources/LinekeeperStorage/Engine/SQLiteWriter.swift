package import LinekeeperCore

/// What a mutation reads and writes with, on the writer's thread.
package final class SQLiteWriter {
    package let connection: SQLiteConnection
    package var routes: RouteDraft
    /// The mutation that is running.
    package var request: MutationRequest

    init(connection: SQLiteConnection, routes: RouteDraft, request: MutationRequest) {
        self.connection = connection
        self.routes = routes
        self.request = request
    }
}
