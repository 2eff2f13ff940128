import LinekeeperProto
import NIOCore
import NIOTLS

/// One connection of a client, on its event loop: writes requests, cuts frames, hands out answers.
///
/// What to do is decided by ``ClientConnectionState``; here it is done.
final class ClientConnection: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// How far the way to the first request has come.
    private enum Stage {
        /// The TCP connection is being made, perhaps to one of several addresses.
        case made
        /// TLS is being negotiated, until the timer ends it.
        case handshaking(Scheduled<Void>)
        /// Calls can be sent.
        case ready
    }

    let configuration: ClientConfiguration
    let endpoint: ClientEndpoint
    let decodeArena: Arena
    let encodeArena = Arena(firstChunk: 1 << 10)
    var state: ClientConnectionState
    private var stage = Stage.made
    private var isHandshaken: Bool
    private(set) var context: ChannelHandlerContext?

    var calls: [UInt64: ClientCall] = [:]
    var pings: [UInt64: ClientCall] = [:]
    /// The beginning of a frame, as far as it came.
    var partial = ByteBuffer()
    /// A read that is not passed on until the streams' readers have caught up.
    var holdsRead = false
    private var flushIsPromised = false
    /// Why the connection is over; `nil` while it is not.
    private(set) var ending: CallFailure?
    private var ticks: RepeatedTask?

    init(_ configuration: ClientConfiguration, endpoint: ClientEndpoint) {
        self.configuration = configuration
        self.endpoint = endpoint
        state = ClientConnectionState(configuration, now: .now())
        isHandshaken = configuration.tls == nil
        // protobuf-c copies what it decodes; the rest is for the frame's small parts.
        decodeArena = Arena(budget: configuration.responseFrameBytesMax * 2 + (1 << 20))
    }

    /// Whether a further call can be written now.
    var hasRoom: Bool {
        guard case .ready = stage, ending == nil, state.hasRoom else { return false }
        return context?.channel.isWritable == true
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    /// The TCP connection stands, and of all that were tried this one is used.
    func begin() {
        guard case .made = stage else { return }
        if let ending {
            endpoint.connectFailed(ending.status)
        } else if isHandshaken {
            becomeReady()
        } else if let context {
            let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
            let timeout = TimeAmount(configuration.connectTimeout)
            stage = .handshaking(
                context.eventLoop.scheduleTask(in: timeout) {
                    let status = bound.value.endpoint.cannotConnect(
                        "the TLS handshake took too long")
                    bound.value.close(CallFailure(status: status, fate: .final))
                })
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent {
            isHandshaken = true
            if case .handshaking(let timer) = stage {
                timer.cancel()
                becomeReady()
            }
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func becomeReady() {
        guard ending == nil, let context else { return }
        stage = .ready
        var metadata: [(key: String, value: String)] = []
        if let token = configuration.token {
            metadata.append(("authorization", "Bearer \(token)"))
        }
        metadata.append(("user-agent", configuration.userAgent))
        encodeArena.reset()
        write(FrameEncoder(arena: encodeArena).hello(version: 1, metadata: metadata))
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        ticks = context.eventLoop.scheduleRepeatedTask(
            initialDelay: tickInterval, delay: tickInterval
        ) { _ in bound.value.tick(now: .now()) }
        endpoint.connectionReady(self)
    }

    /// Often enough to keep the shortest time within a quarter of it.
    private var tickInterval: TimeAmount {
        let shortest = min(configuration.keepaliveInterval, configuration.keepaliveTimeout)
        return min(max(TimeAmount(shortest / 4), .milliseconds(5)), .seconds(1))
    }

    private func tick(now: NIODeadline) {
        for callID in state.cancelsDue(now: now) { sendCancel(callID) }
        switch state.tick(now: now) {
        case .nothing:
            break
        case .ping:
            encodeArena.reset()
            write(
                FrameEncoder(arena: encodeArena)
                    .ping(token: ClientConnectionState.keepaliveToken))
        case .giveUp:
            close(
                CallFailure(
                    status: .connectionLost(
                        "the server was silent for \(configuration.keepaliveInterval) and did not "
                            + "answer a ping"),
                    fate: .unknown))
        }
    }
}

// Output, and the end.
extension ClientConnection {
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { endpoint.connectionHasRoom() }
        context.fireChannelWritabilityChanged()
    }

    /// Writes a frame; whatever is written in one turn of the loop leaves together.
    func write(_ frame: [UInt8]?) {
        guard let frame, let context else { return }
        context.write(wrapOutboundOut(ByteBuffer(bytes: frame)), promise: nil)
        guard !flushIsPromised else { return }
        flushIsPromised = true
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.eventLoop.execute { bound.value.flush() }
    }

    private func flush() {
        flushIsPromised = false
        context?.flush()
    }

    func violation(_ what: String) {
        close(CallFailure(status: .protocolViolation(what), fate: .final))
    }

    /// Gives the connection up; the calls on it end with this.
    func close(_ failure: CallFailure) {
        settle(failure)
        context?.close(promise: nil)
    }

    func closeIfFinished() {
        if state.isFinished { close(CallFailure(status: .goneAway, fate: .notAccepted)) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        close(failure(ConnectFailure.cause(of: error)))
    }

    func channelInactive(context: ChannelHandlerContext) {
        settle(failure("the peer closed it"))
        context.fireChannelInactive()
    }

    private func failure(_ cause: String) -> CallFailure {
        guard case .ready = stage else {
            return CallFailure(status: endpoint.cannotConnect(cause), fate: .final)
        }
        return CallFailure(status: .connectionLost(cause), fate: .unknown)
    }

    /// Ends what is on the connection; only the first reason counts.
    private func settle(_ failure: CallFailure) {
        guard ending == nil else { return }
        ending = failure
        ticks?.cancel()
        ticks = nil
        state.connectionLost()
        partial = ByteBuffer()
        let open = calls.sorted { $0.key < $1.key }.map(\.value) + pings.values
        calls = [:]
        pings = [:]
        switch stage {
        case .made:
            break
        case .handshaking(let timer):
            timer.cancel()
            endpoint.connectFailed(failure.status)
        case .ready:
            endpoint.connectionEnded(self, failure.status)
        }
        for call in open { endpoint.finish(call, .failure(failure)) }
    }
}
