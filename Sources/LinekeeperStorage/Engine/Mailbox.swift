import Dispatch
import Glibc
import Synchronization

/// A bounded queue between those who ask and the threads that do the work.
final class Mailbox<Element: Sendable>: Sendable {
    private struct State {
        var queue = Ring<Element>()
        /// Threads that found nothing and went, or are about to go, to sleep.
        var sleepers = 0
        var isClosed = false
    }

    /// Why an element was not taken.
    enum Refusal {
        case full, closed
    }

    private let state = Mutex(State())
    private let wakeUp = DispatchSemaphore(value: 0)
    private let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    /// How many elements wait.
    var count: Int { state.withLock { $0.queue.count } }

    /// Adds an element; answers why it could not.
    func put(_ element: Element) -> Refusal? {
        let (refusal, wakes) = state.withLock { state -> (Refusal?, Bool) in
            guard !state.isClosed else { return (.closed, false) }
            guard state.queue.count < capacity else { return (.full, false) }
            state.queue.append(element)
            guard state.sleepers > 0 else { return (nil, false) }
            state.sleepers -= 1
            return (nil, true)
        }
        if wakes { wakeUp.signal() }
        return refusal
    }

    /// Waits until there is something and takes the oldest elements, `max` at most; empty once the
    /// mailbox is closed and drained.
    func take(atMost max: Int) -> [Element] {
        while true {
            let (taken, isDone) = state.withLock { state -> ([Element], Bool) in
                let taken = state.queue.removeFirst(atMost: max)
                guard taken.isEmpty, !state.isClosed else { return (taken, true) }
                state.sleepers += 1
                return ([], false)
            }
            if isDone { return taken }
            wakeUp.wait()
            // Whoever woke this thread may be about to put more. Where both share a core, letting it
            // go on first makes one group of it instead of two.
            sched_yield()
        }
    }

    /// Refuses everything from now on; what waits is still handed out.
    func close() {
        let sleepers = state.withLock { state in
            state.isClosed = true
            defer { state.sleepers = 0 }
            return state.sleepers
        }
        for _ in 0..<sleepers { wakeUp.signal() }
    }
}

/// A queue in one piece of memory that is used round and round.
private struct Ring<Element> {
    private var slots: [Element?] = Array(repeating: nil, count: 64)
    private var head = 0
    private(set) var count = 0

    mutating func append(_ element: Element) {
        if count == slots.count { grow() }
        slots[(head + count) % slots.count] = element
        count += 1
    }

    mutating func removeFirst(atMost max: Int) -> [Element] {
        let taken = Swift.min(count, max)
        var elements: [Element] = []
        elements.reserveCapacity(taken)
        for _ in 0..<taken {
            if let element = slots[head].take() { elements.append(element) }
            head = (head + 1) % slots.count
        }
        count -= taken
        return elements
    }

    private mutating func grow() {
        var larger: [Element?] = []
        larger.reserveCapacity(slots.count * 2)
        for offset in 0..<count { larger.append(slots[(head + offset) % slots.count]) }
        larger.append(contentsOf: repeatElement(nil, count: slots.count * 2 - count))
        slots = larger
        head = 0
    }
}
