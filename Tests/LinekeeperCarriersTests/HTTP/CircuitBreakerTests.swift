import Testing

@testable import LinekeeperCarriers

@Suite struct CircuitBreakerTests {
    private let start = ContinuousClock.now
    private var breaker = CircuitBreaker(
        failuresMax: 3, firstPause: .seconds(1), pauseMax: .seconds(3))

    private func after(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }

    @Test mutating func `CAR-17 failures in a row open it, others do not`() {
        for _ in 0..<10 {
            breaker.failed(.admitted, at: start)
            breaker.failed(.admitted, at: start)
            breaker.succeeded()
        }
        #expect(breaker.admit(at: start) == .admitted)
        for _ in 0..<3 { breaker.failed(.admitted, at: start) }
        #expect(breaker.admit(at: start) == .refused(after: .seconds(1)))
    }

    @Test
    mutating func `CAR-17 after the pause one is let through, and its failure doubles the pause`() {
        for _ in 0..<3 { breaker.failed(.admitted, at: start) }
        #expect(breaker.admit(at: after(0.75)) == .refused(after: .milliseconds(250)))
        #expect(breaker.admit(at: after(1)) == .probe)
        #expect(breaker.admit(at: after(1)) == .refused(after: .seconds(1)))
        // One that was under way before the circuit opened says nothing new.
        breaker.failed(.admitted, at: after(1))
        #expect(breaker.admit(at: after(1)) == .refused(after: .seconds(1)))
        breaker.failed(.probe, at: after(1))
        #expect(breaker.admit(at: after(1)) == .refused(after: .seconds(2)))
        #expect(breaker.admit(at: after(3)) == .probe)
        breaker.failed(.probe, at: after(3))
        #expect(breaker.admit(at: after(3)) == .refused(after: .seconds(3)))
    }

    @Test mutating func `a success closes it and makes the next pause short again`() {
        for _ in 0..<3 { breaker.failed(.admitted, at: start) }
        #expect(breaker.admit(at: after(1)) == .probe)
        breaker.failed(.probe, at: after(1))
        #expect(breaker.admit(at: after(3)) == .probe)
        breaker.succeeded()
        #expect(breaker.admit(at: after(3)) == .admitted)
        for _ in 0..<3 { breaker.failed(.admitted, at: after(3)) }
        #expect(breaker.admit(at: after(3)) == .refused(after: .seconds(1)))
    }

    @Test mutating func `a probe that is given up lets the next one through`() {
        for _ in 0..<3 { breaker.failed(.admitted, at: start) }
        #expect(breaker.admit(at: after(1)) == .probe)
        breaker.abandoned(.admitted, at: after(1))
        #expect(breaker.refusal(at: after(1)) != nil)
        breaker.abandoned(.probe, at: after(1))
        #expect(breaker.admit(at: after(1)) == .probe)
    }
}
