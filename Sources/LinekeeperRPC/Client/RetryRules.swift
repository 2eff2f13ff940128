/// Why an attempt of a call failed, and what is known about what the server did with it.
struct CallFailure: Error, Hashable {
    enum Fate: CaseIterable {
        /// The server has said that it did not begin the call, or was never sent it.
        case notAccepted
        /// The request was sent and nobody knows what became of it.
        case unknown
        /// The server has answered.
        case answered
        /// Another attempt would end the same way: the caller gave up, the time is over, the
        /// request cannot be sent.
        case final
    }

    var status: Status
    var fate: Fate
}

/// A call that failed and is tried again.
public struct Retry: Hashable, Sendable {
    /// Why it failed.
    public let status: Status
    /// The attempt that follows; the second is 2.
    public let attempt: Int
    /// How many attempts there are at most.
    public let attemptsMax: Int
    /// How long after the failure it follows.
    public let pause: Duration
}

/// Decides whether a failed call is tried again, and when.
///
/// A call goes out a second time only where that cannot do harm: the server did not begin it, or
/// repeating it is harmless because it reads or carries an idempotency key.
struct RetryRules: Sendable {
    let attemptsMax: Int
    let backoff: Backoff

    init(_ configuration: ClientConfiguration) {
        attemptsMax = configuration.attemptsMax
        backoff = Backoff(configuration)
    }

    /// The pause before the next attempt; `nil` when there is none.
    ///
    /// - Parameters:
    ///   - attempts: How many were made so far, at least 1.
    ///   - remaining: What is left of the caller's time; `nil` is without end. A pause that would
    ///     outlast it is not begun.
    ///   - jitter: A random number within -1 and 1.
    func pause(
        after failure: CallFailure, attempts: Int, isRepeatable: Bool, remaining: Duration?,
        jitter: Double
    ) -> Duration? {
        guard attempts < attemptsMax, Self.mayRepeat(failure, isRepeatable: isRepeatable) else {
            return nil
        }
        let advice = Duration.milliseconds(failure.status.retryAfterMilliseconds)
        let own = backoff.pause(failures: attempts, jitter: jitter)
        // The first retry of a call that was turned away goes straight to a new connection, which
        // has a pause of its own if it cannot be made.
        let isTurnedAway = failure.fate == .notAccepted && attempts == 1
        let pause = max(isTurnedAway ? .zero : own, advice)
        if let remaining, pause >= remaining { return nil }
        return pause
    }

    static func mayRepeat(_ failure: CallFailure, isRepeatable: Bool) -> Bool {
        switch failure.fate {
        case .final: return false
        case .notAccepted: return true
        case .unknown: return isRepeatable
        case .answered: break
        }
        let hasAdvice = failure.status.retryAfterMilliseconds > 0
        switch failure.status.code {
        case .unavailable: return isRepeatable
        // With advice: refused for want of room, before it began.
        case .resourceExhausted: return hasAdvice
        // With advice: the first request with the same idempotency key still runs.
        case .aborted: return hasAdvice && isRepeatable
        case .ok, .cancelled, .unknown, .invalidArgument, .deadlineExceeded, .notFound,
            .alreadyExists, .permissionDenied, .failedPrecondition, .outOfRange, .unimplemented,
            .internal, .dataLoss, .unauthenticated:
            return false
        }
    }
}

/// A pause that doubles with every failure and varies, so that clients do not come back together.
struct Backoff: Sendable {
    let initial: Duration
    let max: Duration

    init(_ configuration: ClientConfiguration) {
        initial = configuration.backoffInitial
        max = configuration.backoffMax
    }

    /// - Parameters:
    ///   - failures: In a row, at least 1.
    ///   - jitter: A random number within -1 and 1; 1 is a fifth more.
    func pause(failures: Int, jitter: Double) -> Duration {
        var pause = min(initial, max)
        for _ in 1..<Swift.max(failures, 1) where pause < max { pause = min(pause * 2, max) }
        return pause * (1 + 0.2 * Swift.min(Swift.max(jitter, -1), 1))
    }
}

/// Keeps retries a small part of the traffic, so that they do not hold a server down.
///
/// A retry takes one token and a call that ended well gives back a tenth. Calls that the server
/// did not begin are free: they cost it nothing.
struct RetryBudget {
    static let tokensMax = 500.0
    private(set) var tokens = Self.tokensMax

    mutating func callSucceeded() { tokens = min(tokens + 0.1, Self.tokensMax) }

    /// Takes what a retry costs; `false` when there is nothing left.
    mutating func takeRetry(after fate: CallFailure.Fate) -> Bool {
        guard fate != .notAccepted else { return true }
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }
}
