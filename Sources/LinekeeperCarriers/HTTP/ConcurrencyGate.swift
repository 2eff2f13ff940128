import Synchronization

/// Lets a limited number through at a time, in the order they came; a limited number waits.
final class ConcurrencyGate: Sendable {
    /// Why a caller was not let through.
    enum Refusal: Error {
        case full, cancelled
    }

    private struct Waiter {
        let id: UInt64
        let continuation: CheckedContinuation<Refusal?, Never>
    }

    private struct State {
        var free: Int
        var waiters: [Waiter] = []
        var lastID: UInt64 = 0
    }

    private let state: Mutex<State>
    private let waitersMax: Int

    init(places: Int, waitersMax: Int) {
        state = Mutex(State(free: places))
        self.waitersMax = waitersMax
    }

    /// Takes a free place, unless there is none or somebody waits for it.
    func tryEnter() -> Bool {
        state.withLock { state in
            guard state.free > 0 else { return false }
            state.free -= 1
            return true
        }
    }

    /// Waits for a place. Whoever gets one must ``leave()``.
    func enter() async throws(Refusal) {
        let id = state.withLock { state in
            state.lastID &+= 1
            return state.lastID
        }
        let refusal = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                enqueue(Waiter(id: id, continuation: continuation))
            }
        } onCancel: {
            let cancelled = state.withLock { state -> Waiter? in
                state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
            }
            cancelled?.continuation.resume(returning: .cancelled)
        }
        if let refusal { throw refusal }
    }

    /// Gives the place to whoever has waited longest.
    func leave() {
        let next = state.withLock { state -> Waiter? in
            guard !state.waiters.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiters.removeFirst()
        }
        next?.continuation.resume(returning: nil)
    }

    /// Runs within the waiter's task. Whether that is cancelled is asked under the lock, so that the
    /// cancellation handler, which takes the lock too, finds the waiter if it was not.
    private func enqueue(_ waiter: Waiter) {
        let answer = state.withLock { state -> Refusal?? in
            guard !Task.isCancelled else { return .some(.cancelled) }
            guard state.free == 0 else {
                state.free -= 1
                return .some(nil)
            }
            guard state.waiters.count < waitersMax else { return .some(.full) }
            state.waiters.append(waiter)
            return nil
        }
        if let answer { waiter.continuation.resume(returning: answer) }
    }
}
