import NIOCore
import NIOPosix

/// A client's side of one server, on one event loop: its connection, and the calls that wait.
///
/// Only that loop touches it.
final class ClientEndpoint {
    /// Where a call is, and what ends it in time.
    private struct Place {
        let call: ClientCall
        var timer: Scheduled<Void>?
        /// `nil` while the call waits to be sent.
        var sent: (connection: ClientConnection, number: UInt64)?
    }

    private let configuration: ClientConfiguration
    private let tls: ClientTLS?
    private let eventLoop: any EventLoop
    private var connector: ConnectorState
    /// The connection that takes calls.
    private var current: ClientConnection?
    /// Connections that take calls or still have some.
    private var connections: [ObjectIdentifier: ClientConnection] = [:]
    private var places: [ObjectIdentifier: Place] = [:]
    private var waiting = CircularBuffer<ClientCall>()
    private var backoffTimer: Scheduled<Void>?

    init(_ configuration: ClientConfiguration, tls: ClientTLS?, eventLoop: any EventLoop) {
        self.configuration = configuration
        self.tls = tls
        self.eventLoop = eventLoop
        connector = ConnectorState(backoff: Backoff(configuration))
    }

    func cannotConnect(_ cause: String) -> Status {
        .cannotConnect(host: configuration.host, port: configuration.port, cause: cause)
    }
}

// Calls.
extension ClientEndpoint {
    func start(_ call: ClientCall) {
        if let failure = refusal(of: call) {
            call.finish(.failure(failure))
            return
        }
        var place = Place(call: call)
        if let deadline = call.deadline {
            place.timer = eventLoop.scheduleTask(deadline: deadline) { [bound = bound] in
                bound.value.giveUp(call, .deadlineExceeded)
            }
        }
        places[ObjectIdentifier(call.ticket)] = place
        waiting.append(call)
        sendWaiting()
    }

    private func refusal(of call: ClientCall) -> CallFailure? {
        if call.ticket.isCancelled { return CallFailure(status: .cancelledByCaller, fate: .final) }
        if connector.phase == .closed { return CallFailure(status: .clientClosed, fate: .final) }
        if let deadline = call.deadline, deadline <= .now() {
            return CallFailure(status: .deadlineExceeded, fate: .final)
        }
        if case .backingOff = connector.phase, !call.waitsForServer {
            return CallFailure(
                status: connector.lastFailure ?? cannotConnect("it failed before"), fate: .final)
        }
        guard waiting.count < configuration.callsWaitingMax else {
            return CallFailure(
                status: .tooManyCallsWaiting(limit: configuration.callsWaitingMax), fate: .final)
        }
        return nil
    }

    /// Whoever made the call does not want it any more.
    func cancel(_ ticket: CallTicket) {
        guard let place = places[ObjectIdentifier(ticket)] else { return }
        giveUp(place.call, .cancelledByCaller)
    }

    private func giveUp(_ call: ClientCall, _ status: Status) {
        guard let place = places[ObjectIdentifier(call.ticket)] else { return }
        let isLate = status.code == .deadlineExceeded
        guard let sent = place.sent else {
            waiting.removeAll { $0.ticket === call.ticket }
            let late = Status.notSentInTime(connector.lastFailure)
            finish(call, .failure(CallFailure(status: isLate ? late : status, fate: .final)))
            return
        }
        finish(call, .failure(CallFailure(status: status, fate: .final)))
        sent.connection.abandon(call, number: sent.number, now: .now())
        sendWaiting()
    }

    /// Ends an attempt; one that has ended already is left alone.
    func finish(_ call: ClientCall, _ result: Result<[UInt8], CallFailure>) {
        guard let place = places.removeValue(forKey: ObjectIdentifier(call.ticket)) else { return }
        place.timer?.cancel()
        call.finish(result)
    }

    /// The reader of a stream has caught up.
    func streamCaughtUp(_ ticket: CallTicket) {
        guard let sent = places[ObjectIdentifier(ticket)]?.sent else { return }
        sent.connection.streamCaughtUp(sent.number)
    }

    /// Sends what waits as far as there is room, and connects where there is no connection.
    private func sendWaiting() {
        while !waiting.isEmpty {
            guard let current else {
                if connector.callWaits() { connect() }
                return
            }
            guard current.hasRoom, let call = waiting.popFirst() else { return }
            if let number = current.start(call, now: .now()) {
                places[ObjectIdentifier(call.ticket)]?.sent = (current, number)
            }
        }
    }

    fileprivate var bound: NIOLoopBound<ClientEndpoint> { NIOLoopBound(self, eventLoop: eventLoop) }
}

// Connections.
extension ClientEndpoint {
    private func connect() {
        let bound = bound
        let configuration = configuration
        let tls = tls
        ClientBootstrap(group: eventLoop)
            .connectTimeout(TimeAmount(configuration.connectTimeout))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(tls.makeHandler()) }
                    try pipeline.addHandler(
                        ClientConnection(configuration, endpoint: bound.value))
                }
            }
            .connect(host: configuration.host, port: configuration.port)
            .flatMapThrowing { channel in
                try channel.pipeline.syncOperations.handler(type: ClientConnection.self).begin()
            }
            .whenFailure { error in
                let endpoint = bound.value
                endpoint.connectFailed(endpoint.cannotConnect(ConnectFailure.cause(of: error)))
            }
    }

    /// No connection could be made, or the one that was made is of no use.
    func connectFailed(_ status: Status) {
        guard let until = connector.failed(status, now: .now(), jitter: .random(in: -1...1)) else {
            return
        }
        backoffTimer = eventLoop.scheduleTask(deadline: until) { [bound = bound] in
            bound.value.connector.backoffEnded()
            bound.value.sendWaiting()
        }
        let hasty = waiting.filter { !$0.waitsForServer }
        waiting.removeAll { !$0.waitsForServer }
        for call in hasty { finish(call, .failure(CallFailure(status: status, fate: .final))) }
    }

    func connectionReady(_ connection: ClientConnection) {
        guard connector.phase == .connecting else {
            connection.close(CallFailure(status: .clientClosed, fate: .final))
            return
        }
        connector.connected()
        connections[ObjectIdentifier(connection)] = connection
        current = connection
        sendWaiting()
    }

    /// The connection can take calls again, perhaps.
    func connectionHasRoom() { sendWaiting() }

    func connectionServed(_ connection: ClientConnection) {
        if connection === current { connector.served() }
    }

    /// The server takes no new calls on this connection.
    func connectionDrains(_ connection: ClientConnection, _ status: Status) {
        guard connection === current else { return }
        current = nil
        giveUpConnection(status)
    }

    func connectionEnded(_ connection: ClientConnection, _ status: Status) {
        connections[ObjectIdentifier(connection)] = nil
        connectionDrains(connection, status)
    }

    /// A connection that never served anything counts as one that could not be made: a server that
    /// turns everybody away is not to be asked again at once.
    private func giveUpConnection(_ status: Status) {
        if connector.hasServed {
            connector.ended()
            sendWaiting()
        } else {
            connectFailed(status)
        }
    }

    /// Ends everything for good.
    func close() {
        guard connector.phase != .closed else { return }
        connector.close()
        backoffTimer?.cancel()
        current = nil
        let failure = CallFailure(status: .clientClosed, fate: .final)
        let open = places.values.map(\.call)
        waiting.removeAll()
        for call in open { finish(call, .failure(failure)) }
        for connection in connections.values { connection.close(failure) }
    }
}
