package import LinekeeperCore
package import Logging
import Synchronization

/// Speaks to a carrier for one account: limits what is asked at a time, repeats what may be
/// repeated, and stops asking a carrier that is down.
///
/// This is the only layer that repeats a request. A read is repeated after any failure; anything
/// else only when it surely did not happen: nothing was sent, or the carrier refused it with 429,
/// which both carriers promise was never processed. All the requests of one account go through one
/// client: that is what makes its limits the account's.
package final class CarrierClient: Sendable {
    private struct State {
        var circuit: CircuitBreaker
        var retries = RetryBudget()
        /// The carrier asked the account to be quiet until then.
        var quietUntil: ContinuousClock.Instant?
    }

    let carrier: String
    let limits: CarrierLimits
    let time: any CarrierTime
    private let account: String
    private let transport: any HTTPTransport
    private let logger: Logger
    private let jitter: @Sendable () -> Double
    private let gate: ConcurrencyGate
    private let state: Mutex<State>

    /// A client for one account.
    ///
    /// - Parameters:
    ///   - carrier: The carrier's name, for sentences.
    ///   - account: What logs call the account; no secret.
    ///   - jitter: Random numbers from 0 up to 1.
    package init(
        carrier: String, account: String, transport: any HTTPTransport, logger: Logger,
        limits: CarrierLimits = CarrierLimits(), time: any CarrierTime = SystemCarrierTime(),
        jitter: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
    ) {
        self.carrier = carrier
        self.account = account
        self.transport = transport
        self.logger = logger
        self.limits = limits
        self.time = time
        self.jitter = jitter
        gate = ConcurrencyGate(places: limits.concurrency, waitersMax: limits.waitersMax)
        state = Mutex(
            State(
                circuit: CircuitBreaker(
                    failuresMax: limits.failuresMax, firstPause: limits.firstPause,
                    pauseMax: limits.pauseMax)))
    }

    /// Sends a request, again where that is safe, until the carrier decides or the time is over.
    ///
    /// - Parameter budget: For all tries and the waiting between them.
    package func send(
        _ request: HTTPRequest, within budget: Duration = .seconds(30)
    ) async -> CarrierOutcome {
        let deadline = time.now.advanced(by: budget)
        state.withLock { $0.retries.requestBegan() }
        var tries = 1
        while true {
            let (outcome, retry) = await attempt(request, tries, deadline)
            guard let wait = retry, tries < limits.triesMax,
                time.now.advanced(by: wait) < deadline,
                state.withLock({ $0.retries.takeRetry() }),
                await slept(until: time.now.advanced(by: wait))
            else { return outcome }
            tries += 1
        }
    }

    /// The same for callers to whom every failure is an error.
    ///
    /// - Throws: What ``CarrierOutcome/notDone(_:)`` and ``CarrierOutcome/unknown(_:)`` hold.
    package func answer(
        to request: HTTPRequest, within budget: Duration = .seconds(30)
    ) async throws(DomainError) -> HTTPResponse {
        switch await send(request, within: budget) {
        case .response(let response): return response
        case .notDone(let error), .unknown(let error): throw error
        }
    }

    // MARK: One try

    /// Answers what the try came to, and after how long another would be allowed, if at all.
    private func attempt(
        _ request: HTTPRequest, _ tries: Int, _ deadline: ContinuousClock.Instant
    ) async -> (CarrierOutcome, retry: Duration?) {
        if let wait = state.withLock({ $0.circuit.refusal(at: time.now) }) {
            return (.notDone(circuitOpen(wait)), nil)
        }
        if let refusal = await waitForTurn(deadline) { return (.notDone(refusal), nil) }
        defer { gate.leave() }
        guard time.now < deadline else { return (.notDone(busy(after: .seconds(1))), nil) }
        let admission = state.withLock { $0.circuit.admit(at: time.now) }
        if case .refused(let wait) = admission { return (.notDone(circuitOpen(wait)), nil) }

        var request = request
        let began = time.now
        request.timeout = min(request.timeout, began.duration(to: deadline))
        let outcome = await transport.send(request)
        log(request, tries, outcome, took: began.duration(to: time.now))
        state.withLock { record(outcome, of: admission, in: &$0) }
        return judged(outcome, of: request, tries)
    }

    /// Waits until the account is not to be quiet and has a place free; answers why it did not get one.
    /// Whoever gets `nil` holds a place.
    private func waitForTurn(_ deadline: ContinuousClock.Instant) async -> DomainError? {
        while let quiet = state.withLock({ $0.quietUntil }), quiet > time.now {
            guard quiet < deadline else { return busy(after: time.now.duration(to: quiet)) }
            guard await slept(until: quiet) else { return cancelled() }
        }
        if gate.tryEnter() { return nil }
        do throws(ConcurrencyGate.Refusal) {
            try await enterGate(before: deadline)
            return nil
        } catch {
            return error == .cancelled && Task.isCancelled ? cancelled() : busy(after: .seconds(1))
        }
    }

    /// Waits for a place, until the deadline.
    private func enterGate(
        before deadline: ContinuousClock.Instant
    ) async throws(ConcurrencyGate.Refusal) {
        let refusal = await withTaskGroup(of: ConcurrencyGate.Refusal?.self) { group in
            group.addTask { [gate] in
                do throws(ConcurrencyGate.Refusal) {
                    try await gate.enter()
                    return nil
                } catch { return error }
            }
            group.addTask { [time] in
                // Cancelled as soon as there is a place: then it has nothing to say.
                _ = try? await time.sleep(until: deadline)
                return .cancelled
            }
            let first = await group.next() ?? .cancelled
            group.cancelAll()
            guard first != nil, let second = await group.next() else { return first }
            // The deadline passed just as a place was given: it is kept.
            return second == nil ? nil : first
        }
        if let refusal { throw refusal }
    }

    private func slept(until instant: ContinuousClock.Instant) async -> Bool {
        do {
            try await time.sleep(until: instant)
            return true
        } catch { return false }
    }

    // MARK: What it means

    private func record(
        _ outcome: HTTPOutcome, of admission: CircuitBreaker.Admission, in state: inout State
    ) {
        switch outcome {
        case .response(let response) where response.status >= 500:
            state.circuit.failed(admission, at: time.now)
        case .response(let response):
            state.circuit.succeeded()
            if response.status == 429, let hint = RetryHint.wait(response.headers, at: time.date) {
                let quiet = time.now.advanced(by: hint)
                state.quietUntil = state.quietUntil.map { max($0, quiet) } ?? quiet
            }
        case .notSent(let failure), .unknown(let failure):
            if failure.kind == .unreachable {
                state.circuit.failed(admission, at: time.now)
            } else {
                state.circuit.abandoned(admission, at: time.now)
            }
        }
    }

    private func judged(
        _ outcome: HTTPOutcome, of request: HTTPRequest, _ tries: Int
    ) -> (CarrierOutcome, retry: Duration?) {
        let isRead = request.method.isRead
        switch outcome {
        case .response(let response) where response.status == 429:
            let hint = RetryHint.wait(response.headers, at: time.date)
            let wait = hint.map { $0 + $0 * 0.2 * jitter() } ?? backoff(tries)
            return (.notDone(busy(after: wait)), wait)
        case .response(let response) where response.status >= 500 || response.status == 408:
            let error = DomainError(
                .carrierUnavailable,
                "\(carrier) is in trouble (status \(response.status)). Try again in a moment.",
                facts: ["status": "\(response.status)"])
            let hint = RetryHint.wait(response.headers, at: time.date) ?? .zero
            return isRead
                ? (.notDone(error), max(hint, backoff(tries))) : (.unknown(error), nil)
        case .response(let response):
            return (.response(response), nil)
        case .notSent(let failure):
            return (.notDone(error(failure)), failure.kind == .unreachable ? backoff(tries) : nil)
        case .unknown(let failure) where isRead:
            return (.notDone(error(failure)), failure.kind == .unreachable ? backoff(tries) : nil)
        case .unknown(let failure):
            return (.unknown(error(failure)), nil)
        }
    }

    /// A quarter of a second, doubled for each try, a fifth more or less.
    private func backoff(_ tries: Int) -> Duration {
        limits.backoff * (1 << (tries - 1)) * (0.8 + 0.4 * jitter())
    }

    private func log(
        _ request: HTTPRequest, _ tries: Int, _ outcome: HTTPOutcome, took: Duration
    ) {
        logger.debug(
            "carrier request",
            metadata: CarrierLog.metadata(
                of: request, tries: tries, outcome, took: took, carrier: carrier,
                account: account))
    }
}
