import NIOCore

/// Allows an event so many times a second, and a burst of them at once.
///
/// It keeps one instant: when all events so far would be paid for at the allowed rate. An event
/// that would push it further ahead of now than the burst allows is refused.
struct TokenBucket {
    private let nanosecondsPerToken: Int64
    private let burst: Int64
    private var paidUntil: NIODeadline

    /// - Parameters:
    ///   - perSecond: The lasting rate, at least 1.
    ///   - burst: How many may come at once after a quiet time, at least 1.
    init(perSecond: Int, burst: Int, now: NIODeadline) {
        nanosecondsPerToken = 1_000_000_000 / Int64(max(perSecond, 1))
        self.burst = Int64(min(max(burst, 1), 1_000_000))
        paidUntil = now
    }

    /// Takes one token; `false` when there is none.
    mutating func take(now: NIODeadline) -> Bool {
        let start = max(paidUntil, now)
        let ahead = (start - now).nanoseconds
        guard ahead <= (burst - 1) * nanosecondsPerToken else { return false }
        paidUntil = start + .nanoseconds(nanosecondsPerToken)
        return true
    }
}
