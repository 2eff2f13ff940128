import Synchronization

/// Whether the server, and each of its services, can be used; what gRPC's health service tells.
///
/// Anybody may set it from anywhere. The empty name stands for the server as a whole.
public final class HealthState: Sendable {
    /// What a load balancer wants to know.
    public enum Status: Hashable, Sendable {
        case serving
        case notServing
    }

    private struct State {
        var statuses: [String: Status]
        var watchers: [UInt64: (service: String, continuation: AsyncStream<Status?>.Continuation)]
        var lastWatcher: UInt64 = 0
    }

    private let state: Mutex<State>

    /// - Parameters:
    ///   - overall: The server's own status to begin with.
    ///   - services: The names of the services, which begin with the same: `linekeeper.v1.X`.
    public init(overall: Status, services: [String] = []) {
        var statuses = ["": overall]
        for service in services { statuses[service] = overall }
        state = Mutex(State(statuses: statuses, watchers: [:]))
    }

    /// Sets the status of one service, known before or not.
    public func set(_ status: Status, service: String) {
        state.withLock { state in
            guard state.statuses.updateValue(status, forKey: service) != status else { return }
            for watcher in state.watchers.values where watcher.service == service {
                watcher.continuation.yield(status)
            }
        }
    }

    /// Sets the server's own status and that of every service.
    public func setAll(_ status: Status) {
        for service in state.withLock({ Array($0.statuses.keys) }) {
            set(status, service: service)
        }
    }

    /// The status of one service; `nil` when there is none of that name.
    public subscript(service: String) -> Status? {
        state.withLock { $0.statuses[service] }
    }

    /// The status now and whenever it changes. A slow reader sees the latest only.
    func changes(of service: String) -> AsyncStream<Status?> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Status?.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.lastWatcher += 1
            state.watchers[state.lastWatcher] = (service, continuation)
            continuation.yield(state.statuses[service])
            return state.lastWatcher
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.watchers.removeValue(forKey: number) }
        }
        return stream
    }
}
