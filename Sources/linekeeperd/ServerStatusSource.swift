import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperServices
import LinekeeperStorage
import Synchronization

/// What GetServerStatus tells. The server is known only after the services it serves.
final class ServerStatusSource: Sendable {
    private let store: SQLiteStore
    private let startedAt: Timestamp
    private let dataDirectory: String
    private let known = Mutex<RPCServer?>(nil)

    init(store: SQLiteStore, startedAt: Timestamp, dataDirectory: String) {
        self.store = store
        self.startedAt = startedAt
        self.dataDirectory = dataDirectory
    }

    var server: RPCServer? {
        get { known.withLock { $0 } }
        set { known.withLock { $0 = newValue } }
    }

    func snapshot() -> Proto.GetServerStatusResponse {
        let statistics = store.statistics
        let counts = store.routes.counts
        return .with { response in
            response.version = linekeeperVersion
            response.startedAt = Proto.Timestamp(startedAt)
            response.dataDirectory = dataDirectory
            response.numbers = UInt64(counts.numbers)
            response.agents = UInt64(counts.agents)
            response.workspaces = UInt64(counts.workspaces)
            response.writesQueued = UInt64(clamping: statistics.writesQueued)
            response.commitsTotal = UInt64(clamping: statistics.commits)
            response.lastEventSequence = UInt64(clamping: statistics.lastSequence)
            response.databaseBytes = UInt64(clamping: statistics.databaseBytes)
            response.walBytes = UInt64(clamping: statistics.logBytes)
            if let server = server?.statistics {
                response.connections = UInt64(clamping: server.connections)
                response.callsInFlight = UInt64(clamping: server.callsInFlight)
                response.callsTotal = server.callsTotal
                response.refusedTotal = server.callsRefused
            }
        }
    }
}
