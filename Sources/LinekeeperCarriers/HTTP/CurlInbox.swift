import CCurl
import Synchronization

/// A request on its way to the loop.
struct CurlSubmission: Sendable {
    let id: UInt64
    let request: HTTPRequest
    /// Resumed exactly once, by whoever takes the submission.
    let continuation: CheckedContinuation<HTTPOutcome, Never>
}

/// Wakes a loop that waits.
///
/// Sendable unchecked: `curl_multi_wakeup` is the one function that libcurl allows other threads to
/// call, and ``CurlInbox`` forgets the alarm, under its lock, before the handle is freed.
struct CurlAlarm: @unchecked Sendable {
    private let multi: UnsafeMutableRawPointer

    init(_ multi: UnsafeMutableRawPointer) { self.multi = multi }

    func ring() { curl_multi_wakeup(multi) }
}

/// What tasks hand to the loop's thread.
final class CurlInbox: Sendable {
    /// All that arrived since the loop looked last.
    struct Delivery {
        var submissions: [CurlSubmission] = []
        var cancellations: [UInt64] = []
        /// When the loop is to end, once it is.
        var endsAt: ContinuousClock.Instant?
    }

    private struct State {
        var delivery = Delivery()
        /// Submitted and not yet answered.
        var underWay = 0
        var lastID: UInt64 = 0
        /// There while the loop runs.
        var alarm: CurlAlarm?
        var hasEnded = false
        var awaitingEnd: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let exchangesMax: Int

    init(exchangesMax: Int) { self.exchangesMax = exchangesMax }

    // MARK: For tasks

    func nextID() -> UInt64 {
        state.withLock { state in
            state.lastID &+= 1
            return state.lastID
        }
    }

    /// Takes a submission, or answers it at once. Runs within the task that waits for it: whether
    /// that is cancelled is asked under the lock, so that a cancellation is never put ahead of its
    /// submission.
    func submit(_ submission: CurlSubmission) {
        let refusal = state.withLock { state -> HTTPFailure? in
            guard !Task.isCancelled else {
                return HTTPFailure(.cancelled, "The call ended before the request was sent.")
            }
            guard state.delivery.endsAt == nil, !state.hasEnded else {
                return HTTPFailure(
                    .shuttingDown, "The service is shutting down; the request was not sent.")
            }
            guard state.underWay < exchangesMax else {
                return HTTPFailure(
                    .busy, "Too many requests to carriers are under way. Try again in a moment.")
            }
            state.underWay += 1
            state.delivery.submissions.append(submission)
            wakeUp(state)
            return nil
        }
        if let refusal { submission.continuation.resume(returning: .notSent(refusal)) }
    }

    func cancel(_ id: UInt64) {
        state.withLock { state in
            guard state.underWay > 0 else { return }
            state.delivery.cancellations.append(id)
            wakeUp(state)
        }
    }

    /// Refuses everything new; what is under way has until then.
    func close(at instant: ContinuousClock.Instant) {
        state.withLock { state in
            state.delivery.endsAt = state.delivery.endsAt.map { min($0, instant) } ?? instant
            wakeUp(state)
        }
    }

    /// Waits until the loop has ended.
    func end() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if !state.hasEnded { state.awaitingEnd.append(continuation) }
                return state.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }

    private func wakeUp(_ state: borrowing State) {
        state.alarm?.ring()
    }

    // MARK: For the loop

    /// The loop runs and can be woken up.
    func loopBegan(_ alarm: CurlAlarm) { state.withLock { $0.alarm = alarm } }

    func take() -> Delivery {
        state.withLock { state in
            defer { state.delivery = Delivery(endsAt: state.delivery.endsAt) }
            return state.delivery
        }
    }

    func answered() { state.withLock { $0.underWay -= 1 } }

    /// The loop takes nothing any more and may free its handle; answers what it had not taken.
    func loopEnded() -> [CurlSubmission] {
        let (left, awaiting) = state.withLock { state in
            state.alarm = nil
            state.hasEnded = true
            defer {
                state.delivery = Delivery()
                state.awaitingEnd = []
            }
            return (state.delivery.submissions, state.awaitingEnd)
        }
        for continuation in awaiting { continuation.resume() }
        return left
    }
}
