import Testing

@testable import LinekeeperRPC

@Suite struct ClientRetryTests {
    private let rules = RetryRules(ClientConfiguration(host: "h", port: 1))

    private static func failure(
        _ fate: CallFailure.Fate, _ code: Status.Code, retryAfter: UInt32 = 0
    ) -> CallFailure {
        CallFailure(status: Status(code, "", retryAfterMilliseconds: retryAfter), fate: fate)
    }

    @Test(
        "a failed call is repeated only where that does no harm",
        arguments: [
            (failure(.notAccepted, .unavailable), true, true),
            (failure(.unknown, .unavailable), false, true),
            (failure(.answered, .unavailable), false, true),
            (failure(.answered, .resourceExhausted, retryAfter: 1), true, true),
            (failure(.answered, .resourceExhausted), false, false),
            (failure(.answered, .aborted, retryAfter: 1), false, true),
            (failure(.answered, .aborted), false, false),
            (failure(.answered, .failedPrecondition, retryAfter: 1), false, false),
            (failure(.answered, .unauthenticated), false, false),
            (failure(.answered, .deadlineExceeded, retryAfter: 1), false, false),
            (failure(.answered, .internal), false, false),
            (failure(.final, .unavailable, retryAfter: 1), false, false),
        ] as [(CallFailure, Bool, Bool)])
    func table(failure: CallFailure, plain: Bool, repeatable: Bool) {
        #expect(RetryRules.mayRepeat(failure, isRepeatable: false) == plain)
        #expect(RetryRules.mayRepeat(failure, isRepeatable: true) == repeatable)
    }

    @Test func `only the codes that say try again are repeated`() {
        let repeated = Status.Code.allCases.filter {
            RetryRules.mayRepeat(
                Self.failure(.answered, $0, retryAfter: 1), isRepeatable: true)
        }
        #expect(repeated == [.resourceExhausted, .aborted, .unavailable])
    }

    private func pause(
        _ failure: CallFailure, attempts: Int, remaining: Duration? = nil, jitter: Double = 0
    ) -> Duration? {
        rules.pause(
            after: failure, attempts: attempts, isRepeatable: true, remaining: remaining,
            jitter: jitter)
    }

    @Test func `the pause doubles and varies by a fifth, and the fifth attempt is the last`() {
        let lost = Self.failure(.unknown, .unavailable)
        #expect(pause(lost, attempts: 1) == .milliseconds(100))
        #expect(pause(lost, attempts: 2) == .milliseconds(200))
        #expect(pause(lost, attempts: 2, jitter: 1) == .milliseconds(240))
        #expect(pause(lost, attempts: 2, jitter: -1) == .milliseconds(160))
        #expect(pause(lost, attempts: 4) == .milliseconds(800))
        #expect(pause(lost, attempts: 5) == nil)
    }

    @Test func `a call that was turned away goes to the next connection at once, then slower`() {
        let away = Self.failure(.notAccepted, .unavailable)
        #expect(pause(away, attempts: 1) == .zero)
        #expect(pause(away, attempts: 2) == .milliseconds(200))
    }

    @Test func `the server's advice is kept to, and so is the caller's time`() {
        let busy = Self.failure(.answered, .resourceExhausted, retryAfter: 700)
        #expect(pause(busy, attempts: 1) == .milliseconds(700))
        #expect(pause(busy, attempts: 1, remaining: .milliseconds(701)) == .milliseconds(700))
        #expect(pause(busy, attempts: 1, remaining: .milliseconds(700)) == nil)
    }

    @Test func `retries are a tenth of the calls that end well, after a burst`() {
        var budget = RetryBudget()
        var taken = 0
        while budget.takeRetry(after: .unknown), taken < 10_000 { taken += 1 }
        #expect(taken == 500)
        #expect(budget.takeRetry(after: .notAccepted) == true)
        for _ in 0..<100 { budget.callSucceeded() }
        taken = 0
        while budget.takeRetry(after: .answered), taken < 10_000 { taken += 1 }
        #expect((9...10).contains(taken))
    }
}
