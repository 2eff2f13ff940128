import NIOCore

/// Decides what one connection of a client does next; does none of it.
///
/// Each method takes one event and returns what is to be done, which ``ClientConnection`` performs.
///
///     open ──GoAway──▶ draining ──last call ends──▶ closed
///       └────────────connection lost──────────────────▲
struct ClientConnectionState {
    enum Phase: Equatable {
        /// Calls can be started.
        case open
        /// The server takes no new calls; those it has accepted go on.
        case draining
        /// Terminal.
        case closed
    }

    enum Kind: Equatable { case unary, stream }

    /// Cancels that the server allows (33 a second, 1,000 at once), less a margin: the two sides
    /// do not count from the same instant.
    private static let cancelsPerSecond = 30
    private static let cancelBurst = 900

    private(set) var phase = Phase.open
    private let callsInFlightMax: Int
    private let keepaliveInterval: TimeAmount
    private let keepaliveTimeout: TimeAmount
    private var calls: [UInt64: Kind] = [:]
    private var lastCallID: UInt64 = 0
    private var pings: Set<UInt64> = []
    private var lastPingToken: UInt64 = 0
    /// Streams whose reader has not taken what came.
    private var fullStreams: Set<UInt64> = []
    private var unaryInFlight = 0
    private var cancels: TokenBucket
    /// Calls that the server is to be told about as soon as it wants to hear of more.
    private var cancelsWaiting: [UInt64] = []
    /// The last sign of life, or when the wait for one began.
    private var heardAt: NIODeadline
    private var pingedAt: NIODeadline?
    private var tickedAt: NIODeadline

    init(_ configuration: ClientConfiguration, now: NIODeadline) {
        callsInFlightMax = configuration.callsInFlightMax
        keepaliveInterval = TimeAmount(configuration.keepaliveInterval)
        keepaliveTimeout = TimeAmount(configuration.keepaliveTimeout)
        cancels = TokenBucket(
            perSecond: Self.cancelsPerSecond, burst: Self.cancelBurst, now: now)
        heardAt = now
        tickedAt = now
    }

    /// Whether another call can be started.
    var hasRoom: Bool { phase == .open && calls.count < callsInFlightMax }

    /// Nothing is left to wait for: the connection can be closed.
    var isFinished: Bool { phase == .draining && calls.isEmpty }

    /// Whether bytes are to be taken from the server.
    ///
    /// A full stream holds them up, but never an answer that somebody waits for: who waits may be
    /// the stream's own reader.
    var mayRead: Bool { fullStreams.isEmpty || unaryInFlight > 0 || !pings.isEmpty }
}

// Calls.
extension ClientConnectionState {
    /// Gives a call its number; `nil` when there is no room.
    mutating func start(_ kind: Kind, now: NIODeadline) -> UInt64? {
        guard hasRoom, lastCallID < .max else { return nil }
        awaitAnswer(now: now)
        lastCallID += 1
        calls[lastCallID] = kind
        if kind == .unary { unaryInFlight += 1 }
        return lastCallID
    }

    /// Numbers a ping; `nil` when the connection takes nothing new.
    mutating func startPing(now: NIODeadline) -> UInt64? {
        guard phase == .open else { return nil }
        awaitAnswer(now: now)
        lastPingToken += 1
        pings.insert(lastPingToken)
        return lastPingToken
    }

    /// A call that was given a number was not sent after all.
    mutating func withdraw(_ callID: UInt64) { _ = remove(callID) }

    enum AbandonAction: Equatable {
        case sendCancel
        /// The server will be told later, or has nothing to be told.
        case nothing
    }

    /// The caller of a call gave up.
    mutating func abandon(_ callID: UInt64, now: NIODeadline) -> AbandonAction {
        guard remove(callID) != nil, phase != .closed else { return .nothing }
        guard cancels.take(now: now) else {
            cancelsWaiting.append(callID)
            return .nothing
        }
        return .sendCancel
    }

    /// The caller of a ping gave up.
    mutating func abandonPing(_ token: UInt64) { pings.remove(token) }

    /// A stream's reader does not keep up, or has caught up.
    mutating func setStream(_ callID: UInt64, isFull: Bool) {
        if isFull, calls[callID] == .stream {
            fullStreams.insert(callID)
        } else {
            fullStreams.remove(callID)
        }
    }

    private mutating func remove(_ callID: UInt64) -> Kind? {
        guard let kind = calls.removeValue(forKey: callID) else { return nil }
        fullStreams.remove(callID)
        if kind == .unary { unaryInFlight -= 1 }
        return kind
    }

    private mutating func awaitAnswer(now: NIODeadline) {
        if calls.isEmpty, pings.isEmpty { heardAt = now }
    }
}

// Frames.
extension ClientConnectionState {
    enum AnswerAction: Equatable {
        case deliver
        /// The caller has gone.
        case ignore
        /// A stream's item for a call that is none.
        case refuseStream
        /// The server speaks of a call that never was.
        case violation
    }

    mutating func responseReceived(_ callID: UInt64) -> AnswerAction {
        guard callID > 0, callID <= lastCallID else { return .violation }
        return remove(callID) == nil ? .ignore : .deliver
    }

    mutating func itemReceived(_ callID: UInt64) -> AnswerAction {
        guard callID > 0, callID <= lastCallID else { return .violation }
        switch calls[callID] {
        case .stream: return .deliver
        case .unary: return .refuseStream
        case nil: return .ignore
        }
    }

    /// Returns the calls that the server will not serve, the oldest first.
    mutating func goAwayReceived(lastCallID last: UInt64) -> [UInt64] {
        guard phase != .closed else { return [] }
        phase = .draining
        let refused = calls.keys.filter { $0 > last }.sorted()
        for callID in refused { _ = remove(callID) }
        return refused
    }

    /// Returns whether somebody waits for this pong.
    mutating func pongReceived(_ token: UInt64) -> Bool { pings.remove(token) != nil }

    mutating func bytesReceived(now: NIODeadline) {
        heardAt = now
        pingedAt = nil
    }
}

// The connection itself.
extension ClientConnectionState {
    enum TickAction: Equatable {
        case nothing
        /// Ask for a sign of life.
        case ping
        /// There was none: give the connection up.
        case giveUp
    }

    /// The token of pings that only ask for a sign of life.
    static let keepaliveToken: UInt64 = 0

    /// Some time has passed; to be called several times within the keepalive timeout.
    mutating func tick(now: NIODeadline) -> TickAction {
        guard phase != .closed else { return .nothing }
        let wasAway = (now - tickedAt).nanoseconds > keepaliveTimeout.nanoseconds / 2
        tickedAt = now
        guard mayRead, !calls.isEmpty || !pings.isEmpty else {
            // Nobody waits, or we ourselves do not listen.
            heardAt = now
            pingedAt = nil
            return .nothing
        }
        guard let asked = pingedAt else {
            guard now - heardAt >= keepaliveInterval else { return .nothing }
            pingedAt = now
            return .ping
        }
        // A process that stood still has not listened: its own silence says nothing.
        if wasAway { pingedAt = now }
        return now - asked >= keepaliveTimeout && !wasAway ? .giveUp : .nothing
    }

    /// Cancels that were held back and may be sent now.
    mutating func cancelsDue(now: NIODeadline) -> [UInt64] {
        guard phase != .closed else { return [] }
        var due: [UInt64] = []
        while due.count < cancelsWaiting.count, cancels.take(now: now) {
            due.append(cancelsWaiting[due.count])
        }
        cancelsWaiting.removeFirst(due.count)
        return due
    }

    mutating func connectionLost() {
        phase = .closed
        calls = [:]
        pings = []
        fullStreams = []
        unaryInFlight = 0
        cancelsWaiting = []
    }
}
