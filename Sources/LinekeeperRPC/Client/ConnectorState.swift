import NIOCore

/// Decides when a client connects; does not do it.
///
///     idle ──a call waits──▶ connecting ──▶ connected ──ends or drains, after it has served──▶ idle
///                              ▲  └──fails──▶ backingOff ◀──ends without having served──┘
///                              └──time is up, a call waits──┘
struct ConnectorState {
    enum Phase: Equatable {
        /// Nobody needs a connection.
        case idle
        /// One is being made.
        case connecting
        /// There is one that takes calls.
        case connected
        /// The last one failed; the next is not tried before then.
        case backingOff(until: NIODeadline)
        /// Terminal.
        case closed
    }

    private(set) var phase = Phase.idle
    /// Why there is no connection; `nil` when the last one was good.
    private(set) var lastFailure: Status?
    /// Whether the server has answered anything on the present connection.
    private(set) var hasServed = false
    private let backoff: Backoff
    /// In a row, without anything served in between.
    private var failures = 0

    init(backoff: Backoff) { self.backoff = backoff }

    /// A call waits; returns whether to connect for it now.
    mutating func callWaits() -> Bool {
        guard phase == .idle else { return false }
        phase = .connecting
        return true
    }

    mutating func connected() {
        guard phase == .connecting else { return }
        phase = .connected
        hasServed = false
    }

    /// The server has answered something: the connection is good.
    mutating func served() {
        hasServed = true
        failures = 0
        lastFailure = nil
    }

    /// A connection could not be made, or was given up unused; returns when to try again.
    mutating func failed(_ status: Status, now: NIODeadline, jitter: Double) -> NIODeadline? {
        guard phase == .connecting || phase == .connected else { return nil }
        failures += 1
        lastFailure = status
        let pause = max(
            backoff.pause(failures: failures, jitter: jitter),
            .milliseconds(status.retryAfterMilliseconds))
        let until = now + TimeAmount(pause)
        phase = .backingOff(until: until)
        return until
    }

    mutating func backoffEnded() {
        guard case .backingOff = phase else { return }
        phase = .idle
    }

    /// The connection that served calls takes no more.
    mutating func ended() {
        guard phase == .connected else { return }
        phase = .idle
    }

    mutating func close() { phase = .closed }
}
