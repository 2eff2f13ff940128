import LinekeeperCore
import Synchronization

/// Lets one at a time change a number at its carrier, so that no change overtakes another.
final class NumberGate: Sendable {
    private struct State {
        var busy: Set<NumberKey> = []
        var waiting: [NumberKey: [CheckedContinuation<Void, Never>]] = [:]
    }

    private let state = Mutex(State())

    /// Waits until nobody else is at the number.
    func enter(_ number: NumberKey) async {
        await withCheckedContinuation { continuation in
            let mayGo = state.withLock { state in
                if state.busy.insert(number).inserted { return true }
                state.waiting[number, default: []].append(continuation)
                return false
            }
            if mayGo { continuation.resume() }
        }
    }

    /// Lets the next one at the number, in the order of their coming.
    func leave(_ number: NumberKey) {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard var queue = state.waiting[number], !queue.isEmpty else {
                state.waiting[number] = nil
                state.busy.remove(number)
                return nil
            }
            let next = queue.removeFirst()
            state.waiting[number] = queue
            return next
        }
        next?.resume()
    }
}
