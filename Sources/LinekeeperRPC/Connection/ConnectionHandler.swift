import LinekeeperProto
import Logging
import NIOCore
import NIOTLS

/// Serves one connection on its event loop: cuts frames, hands requests to methods, writes answers.
///
/// What to do is decided by ``ConnectionState``; here it is done. Frames are cut and decoded where
/// they lie, and all replies to one read leave in one buffer: a handler per step, a future or a
/// flush per reply each cost more than the call itself.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let core: ServerCore
    let hot: ServedMethods.Hot
    let port: LoopPort
    let loop: LoopState
    var state: ConnectionState
    /// The connection's number on its loop.
    private(set) var number: UInt64 = 0
    private(set) var context: ChannelHandlerContext?

    /// The beginning of a frame, as far as it came; whole frames too while ``isPaused``.
    var partial = ByteBuffer()
    /// Frames wait until the peer has taken the answers to those before.
    var isPaused = false
    /// Between the first read of a turn of the loop and its end; then answers go to the loop's
    /// output, otherwise to ``pending``.
    var isReading = false
    /// Answers that came outside a read.
    var pending = ByteBuffer()
    /// Whether ``pending`` waits for a flush that somebody has promised.
    var isTouched = false
    /// A read that is not passed on until the peer has taken its answers.
    private var holdsRead = false

    /// What the connection's Hello presented; `nil` without an authorization.
    var greeting: Result<Identity, Status>? {
        didSet { greeted = if case .success(let identity)? = greeting { identity } else { nil } }
    }
    /// Whose connection this is, if its Hello was good.
    private(set) var greeted: Identity?
    /// What ``greeted`` may do, as long as a read is served; `nil` when that is nothing.
    var greetedRights: UInt64?
    var greetingUserAgent: String?
    /// The last authorization that a call brought itself, and whose it is.
    var presented: (authorization: String, identity: Identity)?
    /// Who makes the call at hand.
    var caller = Identity.anonymous
    /// The tasks of calls whose work has not ended.
    var running: [UInt64: RunningCall] = [:]
    /// When the deadline timer fires next.
    var timerDeadline: NIODeadline?
    /// Inline calls of the read at hand; counted once for all.
    var inlineCalls: UInt64 = 0

    lazy var peer: String = context?.remoteAddress?.description ?? "unknown"

    /// Why the connection is not served at all; said as soon as it can be.
    private let refusal: Status?

    /// - Parameter refusal: `nil` serves the connection.
    init(core: ServerCore, port: LoopPort, isTLS: Bool, refusal: Status? = nil) {
        self.core = core
        hot = core.hot
        self.refusal = refusal
        self.port = port
        loop = port.loopState
        state = ConnectionState(limits: core.limits, isHandshaking: isTLS, now: .now())
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        number = loop.add(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        loop.remove(number)
    }

    func channelActive(context: ChannelHandlerContext) {
        if core.isStopped {
            abandon()
        } else if let refusal {
            giveUp(refusal)
        } else if core.isDraining {
            drain()
        }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        state.connectionLost()
        if isReading {
            isReading = false
            loop.endServing()
        }
        cancelAll(.connectionClosed)
        loop.remove(number)
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            inputEnded(context: context)
        case TLSUserEvent.handshakeCompleted:
            state.handshakeCompleted()
        default:
            break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        core.logger.debug(
            "connection failed", metadata: ["peer": "\(peer)", "error": "\(error)"])
        context.close(promise: nil)
    }

    private func inputEnded(context: ChannelHandlerContext) {
        guard state.acceptsInput else {
            context.close(promise: nil)
            return
        }
        partial = ByteBuffer()
        state.inputEnded()
        closeIfFinished()
    }

    // A peer that does not take its answers is not read from: they would pile up here.
    func read(context: ChannelHandlerContext) {
        if context.channel.isWritable || !state.acceptsInput {
            context.read()
        } else {
            holdsRead = true
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        let isWritable = context.channel.isWritable
        for call in running.values { call.gate?.setWritable(isWritable) }
        if isWritable {
            if isPaused { resume(context: context) }
            if holdsRead {
                holdsRead = false
                context.read()
            }
        }
        context.fireChannelWritabilityChanged()
    }
}
