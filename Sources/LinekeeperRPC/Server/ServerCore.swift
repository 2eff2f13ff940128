import LinekeeperProto
import Logging
import NIOCore
import Synchronization

/// What every connection of a server needs to know.
final class ServerCore: Sendable {
    let limits: ServerLimits
    let defaultTimeout: TimeAmount
    let methods: ServedMethods
    /// The same for connections to copy.
    let hot: ServedMethods.Hot
    let authenticator: any Authenticator
    let logger: Logger
    /// Asked once: a logger is not free of charge, and calls are many.
    let logsCalls: Bool
    let counters = ServerCounters()
    let jobs = CallJobs()
    private let draining = Atomic<Bool>(false)
    private let stopped = Atomic<Bool>(false)

    init(
        limits: ServerLimits, methods: MethodTable, authenticator: any Authenticator,
        logger: Logger
    ) {
        self.limits = limits
        defaultTimeout = TimeAmount(limits.defaultTimeout)
        self.methods = ServedMethods(methods)
        hot = self.methods.hot
        self.authenticator = authenticator
        self.logger = logger
        logsCalls = logger.logLevel <= .debug
    }

    var isDraining: Bool { draining.load(ordering: .acquiring) }

    func beginDraining() { draining.store(true, ordering: .releasing) }

    /// Whether even connections that have calls in flight are closed.
    var isStopped: Bool { stopped.load(ordering: .acquiring) }

    func stop() {
        beginDraining()
        stopped.store(true, ordering: .releasing)
    }
}

/// The way from the event loops to the task group that runs the calls.
///
/// It holds no more than the calls in flight, which are limited for each connection.
final class CallJobs: Sendable {
    typealias Job = @Sendable () async -> Void

    let jobs: AsyncStream<Job>
    private let continuation: AsyncStream<Job>.Continuation

    init() { (jobs, continuation) = AsyncStream.makeStream() }

    /// Returns whether the job will be run.
    func add(_ job: @escaping Job) -> Bool {
        if case .enqueued = continuation.yield(job) { return true }
        return false
    }

    func finish() { continuation.finish() }
}

/// What a server has done so far, and what it is doing.
public struct ServerStatistics: Hashable, Sendable {
    /// Connections open now.
    public var connections = 0
    /// Connections accepted since the start, those that were refused included.
    public var connectionsAccepted: UInt64 = 0
    /// Connections refused because there were too many.
    public var connectionsRefused: UInt64 = 0
    /// Calls whose work has not ended; inline calls are never seen in flight.
    public var callsInFlight = 0
    /// Calls that reached a method since the start.
    public var callsTotal: UInt64 = 0
    /// Calls that ended with a status that is not OK.
    public var callsRefused: UInt64 = 0
}

/// Counts for all connections; each number is right, together they may be a moment apart.
final class ServerCounters: Sendable {
    private let connections = Atomic<Int>(0)
    private let connectionsAccepted = Atomic<UInt64>(0)
    private let connectionsRefused = Atomic<UInt64>(0)
    private let callsInFlight = Atomic<Int>(0)
    private let callsTotal = Atomic<UInt64>(0)
    private let callsRefused = Atomic<UInt64>(0)

    /// Counts a connection in; returns whether it is within the limit.
    func connectionOpened(limit: Int) -> Bool {
        connectionsAccepted.add(1, ordering: .relaxed)
        guard connections.add(1, ordering: .acquiringAndReleasing).newValue > limit else {
            return true
        }
        connectionsRefused.add(1, ordering: .relaxed)
        return false
    }

    func connectionClosed() { connections.subtract(1, ordering: .acquiringAndReleasing) }

    var openConnections: Int { connections.load(ordering: .acquiring) }

    func started() {
        callsTotal.add(1, ordering: .relaxed)
        callsInFlight.add(1, ordering: .relaxed)
    }

    func ended() { callsInFlight.subtract(1, ordering: .relaxed) }

    func ended(inline count: UInt64) {
        if count > 0 { callsTotal.add(count, ordering: .relaxed) }
    }

    func refused() { callsRefused.add(1, ordering: .relaxed) }

    var snapshot: ServerStatistics {
        ServerStatistics(
            connections: connections.load(ordering: .relaxed),
            connectionsAccepted: connectionsAccepted.load(ordering: .relaxed),
            connectionsRefused: connectionsRefused.load(ordering: .relaxed),
            callsInFlight: callsInFlight.load(ordering: .relaxed),
            callsTotal: callsTotal.load(ordering: .relaxed),
            callsRefused: callsRefused.load(ordering: .relaxed))
    }
}
