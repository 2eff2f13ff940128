public import Logging
public import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// Serves methods over TCP, with or without TLS.
///
/// ``run()`` is the ancestor of everything the server does: cancel its task, and connections and
/// calls end. ``drain()`` ends it politely.
public final class RPCServer: Sendable {
    private struct Running: Sendable {
        let listener: any Channel
        let ports: [LoopPort]
    }

    private enum Phase {
        case idle
        case starting
        case serving(Running)
        /// Connections finish what they have begun.
        case draining(Running)
        case stopped
    }

    private struct State {
        var phase = Phase.idle
        var waiters: [CheckedContinuation<any Channel, any Error>] = []
    }

    private let configuration: ServerConfiguration
    private let core: ServerCore
    private let state = Mutex(State())

    /// - Parameters:
    ///   - methods: Everything that is served; fixed from here on.
    ///   - authenticator: Asked about every token that is presented.
    ///   - logger: Gets life-cycle events at `info`, and connections and calls at `debug`.
    public init(
        configuration: ServerConfiguration, methods: MethodTable,
        authenticator: any Authenticator, logger: Logger
    ) {
        self.configuration = configuration
        core = ServerCore(
            limits: configuration.limits, methods: methods, authenticator: authenticator,
            logger: logger)
    }

    /// Listens and serves until the task is cancelled or a drain has ended. Runs once.
    ///
    /// - Throws: ``ServerError`` when the configuration, the address or a TLS file cannot be used.
    public func run() async throws {
        try begin()
        do {
            if let fault = configuration.fault { throw ServerError.configurationInvalid(fault) }
            let tls = try configuration.tls.map { try TLSFactory.serverContext($0) }
            let group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.eventLoopCount)
            do {
                try await serve(on: group, tls: tls)
            } catch {
                try await group.shutdownGracefully()
                throw error
            }
            try await group.shutdownGracefully()
        } catch {
            end(error)
            throw error
        }
        end(ServerError.notRunning)
    }

    /// Waits until the server accepts connections; returns the address, with the port it got.
    ///
    /// - Throws: What ``run()`` throws, when it never comes to that.
    public func waitUntilListening() async throws -> SocketAddress {
        let listener = try await withCheckedThrowingContinuation { continuation in
            state.withLock { state in
                switch state.phase {
                case .idle, .starting:
                    state.waiters.append(continuation)
                case .serving(let running), .draining(let running):
                    continuation.resume(returning: running.listener)
                case .stopped:
                    continuation.resume(throwing: ServerError.notRunning)
                }
            }
        }
        guard let address = listener.localAddress else { throw ServerError.notRunning }
        return address
    }

    /// Stops accepting, tells every client to go elsewhere, and lets ``run()`` return when the
    /// calls in flight have ended, at the latest after the configuration's drain timeout.
    ///
    /// Streams without a deadline are ended at once with `SERVER_DRAINING`. A second call does
    /// nothing. Before ``run()`` it makes sure that the server never starts.
    public func drain() {
        let running: Running? = state.withLock { state in
            switch state.phase {
            case .serving(let running):
                state.phase = .draining(running)
                return running
            case .idle, .starting:
                state.phase = .stopped
                return nil
            case .draining, .stopped:
                return nil
            }
        }
        core.beginDraining()
        guard let running else { return }
        core.logger.info(
            "draining", metadata: ["connections": "\(core.counters.openConnections)"])
        running.listener.close(promise: nil)
        for port in running.ports {
            port.execute { loop in for each in loop.connections.values { each.drain() } }
        }
        running.listener.eventLoop.scheduleTask(in: TimeAmount(configuration.drainTimeout)) {
            self.stop()
        }
        finishIfDrained()
    }

    /// Closes every connection that said Hello with this identity.
    ///
    /// Their calls in flight are stopped. Revoke the identity first, or they may come back.
    public func closeConnections(of identity: Identity) {
        for port in running?.ports ?? [] {
            port.execute { loop in
                for connection in loop.connections.values where connection.greeted === identity {
                    connection.giveUp(.tokenRevoked)
                }
            }
        }
    }

    /// How much is going on; cheap enough to be asked every second.
    public var statistics: ServerStatistics { core.counters.snapshot }

    private var running: Running? {
        state.withLock { state in
            switch state.phase {
            case .serving(let running), .draining(let running): running
            case .idle, .starting, .stopped: nil
            }
        }
    }
}

// Start and end.
extension RPCServer {
    private func begin() throws {
        try state.withLock { state in
            guard case .idle = state.phase else { throw ServerError.notRunning }
            state.phase = .starting
        }
    }

    private func end(_ error: any Error) {
        let waiters = state.withLock { state in
            defer { state = State(phase: .stopped) }
            return state.waiters
        }
        for waiter in waiters { waiter.resume(throwing: error) }
    }

    private func serve(on group: MultiThreadedEventLoopGroup, tls: NIOSSLContext?) async throws {
        var ports: [LoopPort] = []
        let core = core
        for loop in group.makeIterator() {
            let port = try await loop.submit {
                LoopPort(
                    LoopState(arenaBudget: core.limits.decodeBytesMax, counters: core.counters),
                    eventLoop: loop)
            }.get()
            ports.append(port)
            startTicking(port)
        }
        defer { for port in ports { port.close() } }
        let limit = ConnectionLimit(
            connectionsMax: core.limits.connectionsMax,
            descriptorMax: FileDescriptors.raiseLimit())
        let listener = try await Listener(
            configuration: configuration, core: core, ports: ports, tls: tls, limit: limit,
            connectionClosed: { self.finishIfDrained() }
        ).bind(on: group)
        guard listening(Running(listener: listener, ports: ports)) else {
            try await listener.close()
            throw ServerError.notRunning
        }
        core.logger.info(
            "listening",
            metadata: [
                "address": "\(listener.localAddress?.description ?? "unknown")",
                "connections_max": "\(limit.served)",
            ])
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { calls in
                for await job in core.jobs.jobs { calls.addTask(operation: job) }
            }
        } onCancel: {
            stop()
        }
        stop()
        try await closed(listener)
        core.logger.info("stopped")
    }

    /// Waits until nothing is accepted any more and what was accepted is closed.
    ///
    /// A loop that ends while another one still hands it a connection would lose it. Closing takes
    /// a turn of a loop or two; a second is far more than that.
    private func closed(_ listener: any Channel) async throws {
        try await listener.closeFuture.get()
        for _ in 0..<200 {
            try await listener.eventLoop.scheduleTask(in: .milliseconds(5)) {}.futureResult.get()
            if core.counters.openConnections == 0 { return }
        }
    }

    /// Becomes a serving server, unless it was asked to stop in the meantime.
    private func listening(_ running: Running) -> Bool {
        let waiters: [CheckedContinuation<any Channel, any Error>]? = state.withLock { state in
            guard case .starting = state.phase else { return nil }
            defer { state = State(phase: .serving(running)) }
            return state.waiters
        }
        for waiter in waiters ?? [] { waiter.resume(returning: running.listener) }
        return waiters != nil
    }

    private func startTicking(_ port: LoopPort) {
        let interval = core.limits.tickInterval
        port.eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
            let now = NIODeadline.now()
            for connection in port.loopState.connections.values { connection.tick(now: now) }
        }
    }

    /// Closes everything that is open; ``run()`` returns when the calls' tasks have seen it.
    private func stop() {
        core.stop()
        guard let running else { return }
        running.listener.close(promise: nil)
        for port in running.ports {
            port.execute { loop in for each in loop.connections.values { each.abandon() } }
        }
        core.jobs.finish()
    }

    private func finishIfDrained() {
        guard core.isDraining, core.counters.openConnections == 0 else { return }
        core.jobs.finish()
    }
}
