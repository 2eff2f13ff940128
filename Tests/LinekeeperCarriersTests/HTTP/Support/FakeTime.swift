import LinekeeperCore
import Logging
import Synchronization

@testable import LinekeeperCarriers

/// A clock that stands still but for sleepers: whoever sleeps moves it to the end of the sleep.
///
/// With ``stopped()`` sleepers sleep until they are cancelled or time is moved.
final class FakeTime: CarrierTime {
    private struct State {
        var now: ContinuousClock.Instant
        var slept: [Duration] = []
        var isStopped = false
    }

    private let start: ContinuousClock.Instant
    private let state: Mutex<State>

    init() {
        start = .now
        state = Mutex(State(now: start))
    }

    var now: ContinuousClock.Instant { state.withLock { $0.now } }

    /// 2026-01-01T00:00:00Z at the start.
    var date: Timestamp {
        Timestamp(
            microseconds: (1_767_225_600 + start.duration(to: now).components.seconds) * 1_000_000)
    }

    /// How long each sleep was, in order.
    var slept: [Duration] { state.withLock { $0.slept } }

    func stopped() { state.withLock { $0.isStopped = true } }

    func advance(by duration: Duration) { state.withLock { $0.now += duration } }

    func sleep(until instant: ContinuousClock.Instant) async throws {
        try Task.checkCancellation()
        let isStopped = state.withLock { state in
            if state.isStopped { return true }
            state.slept.append(state.now.duration(to: instant))
            state.now = max(state.now, instant)
            return false
        }
        while isStopped, now < instant { try await Task.sleep(for: .milliseconds(2)) }
    }
}

/// A transport that answers what a test wrote down, the last line again and again.
final class FakeTransport: HTTPTransport {
    private struct State {
        var outcomes: [HTTPOutcome]
        var requests: [HTTPRequest] = []
    }

    private let state: Mutex<State>
    private let onSend: @Sendable () async -> Void

    init(_ outcomes: [HTTPOutcome], onSend: @escaping @Sendable () async -> Void = {}) {
        state = Mutex(State(outcomes: outcomes))
        self.onSend = onSend
    }

    var requests: [HTTPRequest] { state.withLock { $0.requests } }

    func become(_ outcomes: [HTTPOutcome]) { state.withLock { $0.outcomes = outcomes } }

    func send(_ request: HTTPRequest) async -> HTTPOutcome {
        let outcome = state.withLock { state in
            state.requests.append(request)
            return state.outcomes.count > 1 ? state.outcomes.removeFirst() : state.outcomes.first
        }
        await onSend()
        return outcome ?? .notSent(HTTPFailure(.refused, "The test has no answer."))
    }
}

extension HTTPOutcome {
    static let ok = HTTPOutcome.status(200)
    static let down = HTTPOutcome.notSent(HTTPFailure(.unreachable, "It accepts no connection."))
    static let lost = HTTPOutcome.unknown(HTTPFailure(.unreachable, "It broke the connection off."))
    static let cancelled = HTTPOutcome.unknown(HTTPFailure(.cancelled, "The call ended."))

    static func status(_ status: Int, _ headers: HTTPHeaders = [:]) -> HTTPOutcome {
        .response(HTTPResponse(status: status, headers: headers))
    }
}

extension CarrierOutcome {
    var status: Int? { if case .response(let response) = self { response.status } else { nil } }
    var notDone: DomainError? { if case .notDone(let error) = self { error } else { nil } }
    var unknown: DomainError? { if case .unknown(let error) = self { error } else { nil } }
}

private let silence = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// A client on a faked clock and transport, without jitter unless a test asks for it.
func client(
    _ transport: any HTTPTransport, _ time: FakeTime, limits: CarrierLimits = patient,
    jitter: Double = 0.5
) -> CarrierClient {
    CarrierClient(
        carrier: "Twilio", account: "connection 7", transport: transport, logger: silence,
        limits: limits, time: time, jitter: { jitter })
}

/// Limits with a circuit that does not open.
var patient: CarrierLimits {
    var limits = CarrierLimits()
    limits.failuresMax = .max
    return limits
}
