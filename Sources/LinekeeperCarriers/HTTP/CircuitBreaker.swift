/// Decides whether an account's carrier is asked at all; neither waits nor reads a clock.
///
///     closed ──failures in a row──▶ open ──pause over──▶ probing ──success──▶ closed
///                                    ▲                      │
///                                    └──────failure─────────┘ a longer pause
///
/// While it is open, callers get their answer at once instead of each waiting for a carrier that is
/// down.
struct CircuitBreaker: Sendable {
    private enum State: Sendable, Equatable {
        /// Everybody may ask.
        case closed(failuresInARow: Int)
        /// Nobody may, until the moment named; then one is let through.
        case open(until: ContinuousClock.Instant)
        /// One asks; the others are refused until its answer is there.
        case probing
    }

    enum Admission: Sendable, Equatable {
        case admitted
        /// Admitted alone: the answer decides for all.
        case probe
        /// Another try makes sense after this time.
        case refused(after: Duration)
    }

    private let failuresMax: Int
    private let firstPause: Duration
    private let pauseMax: Duration
    private var state: State = .closed(failuresInARow: 0)
    private var pause: Duration

    init(failuresMax: Int, firstPause: Duration, pauseMax: Duration) {
        self.failuresMax = failuresMax
        self.firstPause = firstPause
        self.pauseMax = pauseMax
        pause = firstPause
    }

    /// How long nobody is admitted; `nil` when somebody would be. Changes nothing.
    func refusal(at now: ContinuousClock.Instant) -> Duration? {
        switch state {
        case .closed: nil
        case .open(let until): until > now ? now.duration(to: until) : nil
        case .probing: firstPause
        }
    }

    /// Asks to be let through. Whoever is must tell how it ended.
    mutating func admit(at now: ContinuousClock.Instant) -> Admission {
        if let wait = refusal(at: now) { return .refused(after: wait) }
        guard case .open = state else { return .admitted }
        state = .probing
        return .probe
    }

    /// The carrier answered.
    mutating func succeeded() {
        state = .closed(failuresInARow: 0)
        pause = firstPause
    }

    /// The carrier could not be reached or is in trouble.
    mutating func failed(_ admission: Admission, at now: ContinuousClock.Instant) {
        switch (state, admission) {
        case (.probing, .probe):
            pause = min(pause * 2, pauseMax)
            state = .open(until: now.advanced(by: pause))
        case (.closed(let failures), _):
            state =
                failures + 1 < failuresMax
                ? .closed(failuresInARow: failures + 1) : .open(until: now.advanced(by: pause))
        case (.open, _), (.probing, _):
            // Sent before the circuit opened: known already.
            break
        }
    }

    /// The request ended without telling anything about the carrier.
    mutating func abandoned(_ admission: Admission, at now: ContinuousClock.Instant) {
        guard state == .probing, admission == .probe else { return }
        state = .open(until: now)
    }
}
