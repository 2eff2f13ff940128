import NIOCore

/// Decides what a connection does next; does none of it.
///
/// Each method takes one event and returns what is to be done, which ``ConnectionHandler``
/// performs. Time comes in as a value, so a test drives every path by calling methods in order.
///
///     open ──drain, end of input──▶ draining ──last call ends──▶ closing ──linger time──▶ closed
///       └───────protocol error, idle, revoked token──────────────▲
struct ConnectionState: ~Copyable {
    enum Phase: Equatable {
        /// Calls are accepted.
        case open
        /// Calls in flight finish; requests are ignored.
        case draining
        /// The last word is said. Input is thrown away until the peer closes, or the time is up:
        /// closing at once would reset the connection and could destroy that last word.
        case closing(until: NIODeadline)
        /// Terminal.
        case closed
    }

    private struct Call {
        let requestID: RequestID
        let deadline: NIODeadline
        /// The response is sent, but the work still runs and keeps its slot.
        var isAnswered = false
    }

    /// How long the peer may take to close once our last word is with it.
    static let lingerTime = TimeAmount.seconds(1)

    private(set) var phase = Phase.open
    /// The highest call id accepted; what GoAway tells.
    private(set) var highestCallID: UInt64 = 0

    private let limits: ServerLimits
    private var calls: [UInt64: Call] = [:]
    private var isFirstFrame = true
    private var pings: TokenBucket
    private var cancels: TokenBucket
    private var lastActivity: NIODeadline
    /// When the frame that is still incomplete, or the TLS handshake, began.
    private var unfinishedSince: NIODeadline?

    /// - Parameter isHandshaking: Whether a TLS handshake comes first; it has the time of a frame.
    init(limits: ServerLimits, isHandshaking: Bool = false, now: NIODeadline) {
        self.limits = limits
        pings = TokenBucket(perSecond: limits.pingsPerSecond, burst: limits.pingBurst, now: now)
        cancels = TokenBucket(
            perSecond: limits.cancelsPerSecond, burst: limits.cancelBurst, now: now)
        lastActivity = now
        unfinishedSince = isHandshaking ? now : nil
    }

    /// Calls whose work has not ended, answered or not.
    var callsInFlight: Int { calls.count }

    /// Whether frames are still looked at.
    var acceptsInput: Bool { phase == .open || phase == .draining }

    /// Nothing is left to be done: the connection can be closed.
    var isFinished: Bool { phase == .draining && calls.isEmpty }
}

// Frames.
extension ConnectionState {
    enum RequestAction: Equatable {
        case dispatch
        /// The peer does not speak the protocol.
        case goAway(Status)
        /// Sent before our GoAway arrived: the peer retries it elsewhere.
        case ignore
    }

    mutating func requestReceived(callID: UInt64, now: NIODeadline) -> RequestAction {
        isFirstFrame = false
        guard phase == .open else { return .ignore }
        guard callID > highestCallID else {
            return .goAway(.callIDNotIncreasing(callID, highest: highestCallID))
        }
        highestCallID = callID
        lastActivity = now
        return .dispatch
    }

    /// Gives a slot to a call that is not answered at once; `false` when all are taken.
    mutating func admit(callID: UInt64, requestID: RequestID, deadline: NIODeadline) -> Bool {
        guard calls.count < limits.callsInFlightMax else { return false }
        calls[callID] = Call(requestID: requestID, deadline: deadline)
        return true
    }

    enum HelloAction: Equatable {
        case accept
        case goAway(Status)
    }

    mutating func helloReceived(version: UInt32, now: NIODeadline) -> HelloAction {
        guard isFirstFrame else { return .goAway(.helloNotFirst) }
        isFirstFrame = false
        lastActivity = now
        guard version == 1 else { return .goAway(.unknownVersion(version)) }
        return .accept
    }

    enum PingAction: Equatable {
        case pong
        case goAway(Status)
    }

    mutating func pingReceived(now: NIODeadline) -> PingAction {
        isFirstFrame = false
        guard pings.take(now: now) else { return .goAway(.calmDown("pings")) }
        lastActivity = now
        return .pong
    }

    enum CancelAction: Equatable {
        /// Answer the call and stop its work; the slot stays taken until the work ends.
        case cancel(RequestID)
        case goAway(Status)
        /// The call is unknown or has its answer.
        case ignore
    }

    mutating func cancelReceived(callID: UInt64, now: NIODeadline) -> CancelAction {
        isFirstFrame = false
        guard cancels.take(now: now) else { return .goAway(.calmDown("cancels")) }
        return answer(callID).map { .cancel($0) } ?? .ignore
    }

    /// A frame came that only a server sends, or one without a body.
    mutating func otherFrameReceived() { isFirstFrame = false }

    /// Bytes were read.
    ///
    /// - Parameters:
    ///   - completedFrame: Whether they completed at least one frame.
    ///   - leavesPartial: Whether the beginning of another one is left over.
    mutating func bytesRead(completedFrame: Bool, leavesPartial: Bool, now: NIODeadline) {
        guard leavesPartial else {
            unfinishedSince = nil
            return
        }
        if completedFrame || unfinishedSince == nil { unfinishedSince = now }
    }

    mutating func handshakeCompleted() { unfinishedSince = nil }
}

// Calls.
extension ConnectionState {
    enum EndAction: Equatable {
        case respond
        /// The caller has its answer already, or there is no such call.
        case drop
    }

    /// The work of a call has ended: its slot is free.
    mutating func callEnded(callID: UInt64) -> EndAction {
        guard let call = calls.removeValue(forKey: callID) else { return .drop }
        return call.isAnswered ? .drop : .respond
    }

    /// Whether an item of this call may still be sent.
    func isOpen(callID: UInt64) -> Bool { calls[callID]?.isAnswered == false }

    /// Marks a call as answered while its work still runs; `nil` when it was, or is unknown.
    private mutating func answer(_ callID: UInt64) -> RequestID? {
        guard let call = calls[callID], !call.isAnswered else { return nil }
        calls[callID]?.isAnswered = true
        return call.requestID
    }

    struct LateCall: Equatable {
        let callID: UInt64
        let requestID: RequestID
    }

    /// The calls whose time is up, each only once: answer them and stop their work.
    mutating func deadlinesPassed(now: NIODeadline) -> [LateCall] {
        let late = calls.filter { $0.value.deadline <= now && !$0.value.isAnswered }.keys.sorted()
        return late.compactMap { callID in
            answer(callID).map { LateCall(callID: callID, requestID: $0) }
        }
    }

    /// The calls without a deadline, which would hold up a drain for ever: end them.
    mutating func endlessCalls() -> [LateCall] {
        let endless = calls.filter { $0.value.deadline == .distantFuture }.keys.sorted()
        return endless.compactMap { callID in
            answer(callID).map { LateCall(callID: callID, requestID: $0) }
        }
    }

    /// When the next call runs out of time; `nil` when none does.
    var nextDeadline: NIODeadline? {
        let next = calls.values.lazy.filter { !$0.isAnswered }.map(\.deadline).min()
        return next == .distantFuture ? nil : next
    }
}

// The connection itself.
extension ConnectionState {
    enum TickAction: Equatable {
        case nothing
        case goAway(Status)
        /// Close without a word: the peer would not listen.
        case close
    }

    /// Some time has passed.
    mutating func tick(now: NIODeadline) -> TickAction {
        switch phase {
        case .closed:
            return .nothing
        case .closing(let until):
            return now >= until ? .close : .nothing
        case .open, .draining:
            if let since = unfinishedSince, now - since >= limits.frameTimeAmount { return .close }
            if calls.isEmpty, now - lastActivity >= limits.idleTimeAmount { return .goAway(.idle) }
            return .nothing
        }
    }

    /// Stops accepting calls; returns whether the peer is to be told.
    mutating func drain() -> Bool {
        guard phase == .open else { return false }
        phase = .draining
        return true
    }

    /// The peer will send nothing more: what is in flight still ends.
    mutating func inputEnded() {
        unfinishedSince = nil
        if phase == .open { phase = .draining }
    }

    /// The last word is about to be said; returns whether it was not said before.
    mutating func beginClosing(now: NIODeadline) -> Bool {
        guard acceptsInput else { return false }
        phase = .closing(until: now + limits.frameTimeAmount)
        unfinishedSince = nil
        return true
    }

    /// The last word is with the system's buffers: from here on the peer may read it and close.
    mutating func lastWordSent(now: NIODeadline) {
        guard case .closing(let until) = phase else { return }
        phase = .closing(until: min(until, now + Self.lingerTime))
    }

    mutating func connectionLost() {
        phase = .closed
        calls = [:]
    }
}
