import LinekeeperCore
import Synchronization

/// The route changes of late, shared by everybody who follows them.
///
/// A follower keeps nothing here but its place: it takes what comes after the last event it saw. So
/// one that is slow costs no memory, and one that has fallen behind what is kept here is told to read
/// the table until it has caught up. Since both ways go by sequence number, there is no gap and no
/// repeat where they meet.
final class RouteChangeLog: Sendable {
    /// What a follower does next.
    enum Step {
        /// Hand these out and go on after the sequence.
        case deliver([EventRecord], through: Int64)
        /// Events after the follower's place are no longer kept here: read the table, where
        /// everything up to the sequence is.
        case readTable(through: Int64)
        /// There is nothing new.
        case wait
        /// The store has shut down and the follower has seen everything.
        case end
    }

    fileprivate struct State {
        /// Route changes in commit order: all of those after `keptAfter`.
        var recent: [EventRecord] = []
        var keptAfter: Int64
        /// The last committed event of any kind.
        var last: Int64
        var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var nextTicket: UInt64 = 0
        var isClosed = false
    }

    private let state: Mutex<State>
    /// Events kept here; at twice as many the older half goes.
    private static let recentMax = 4096
    /// Events handed out at once.
    static let batchMax = 256

    init(last: Int64) { state = Mutex(State(keptAfter: last, last: last)) }

    /// The sequence number of the last committed event.
    var last: Int64 { state.withLock { $0.last } }

    /// Tells of a commit: its route changes, and the sequence of its last event of any kind.
    func publish(_ changes: [EventRecord], last: Int64) {
        let woken = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.last = max(state.last, last)
            state.recent.append(contentsOf: changes)
            if state.recent.count > 2 * RouteChangeLog.recentMax {
                let excess = state.recent.count - RouteChangeLog.recentMax
                state.keptAfter = state.recent[excess - 1].sequence
                state.recent.removeFirst(excess)
            }
            guard !changes.isEmpty, !state.waiting.isEmpty else { return [] }
            return state.wakeAll()
        }
        for continuation in woken { continuation.resume() }
    }

    /// What a follower that has seen everything up to `sequence` does next.
    func step(after sequence: Int64, workspace: WorkspaceKey?) -> Step {
        state.withLock { state in
            if sequence < state.keptAfter { return .readTable(through: state.last) }
            let newer = state.recent[state.index(after: sequence)...]
            let batch = newer.prefix(RouteChangeLog.batchMax)
            let through = batch.count < newer.count ? batch.last?.sequence : state.last
            let matching = batch.filter { workspace == nil || $0.workspaceKey == workspace }
            if !batch.isEmpty, let through { return .deliver(Array(matching), through: through) }
            return state.isClosed ? .end : .wait
        }
    }

    /// Returns once there may be changes after `sequence`, the store shuts down or the task is
    /// cancelled.
    func waitForChange(after sequence: Int64) async {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    let hasNews = state.recent.last.map { $0.sequence > sequence } ?? false
                    if hasNews || state.isClosed || Task.isCancelled { return true }
                    state.waiting[ticket] = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume()
        }
    }

    /// Ends every follower once it has seen what was committed.
    func close() {
        let woken = state.withLock { state in
            state.isClosed = true
            return state.wakeAll()
        }
        for continuation in woken { continuation.resume() }
    }
}

extension RouteChangeLog.State {
    fileprivate mutating func wakeAll() -> [CheckedContinuation<Void, Never>] {
        defer { waiting.removeAll() }
        return Array(waiting.values)
    }

    /// Where the first event after a sequence stands.
    fileprivate func index(after sequence: Int64) -> Int {
        var low = 0
        var high = recent.count
        while low < high {
            let middle = (low + high) / 2
            if recent[middle].sequence <= sequence { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
