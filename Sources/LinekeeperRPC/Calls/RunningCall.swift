import Synchronization

/// The task of one call, as its connection sees it: something that can be told to stop.
///
/// The task itself is a child of the server's task group. The group cannot cancel one child, so
/// the child leaves a handle to itself here for as long as it runs.
final class RunningCall: Sendable {
    private enum State {
        case waiting
        case running(CancelHandle)
        case cancelled
        case ended
    }

    /// Whether the task may be cancelled from another thread while it runs: yes, `cancel()` is the
    /// one thing that `UnsafeCurrentTask` allows from anywhere, as long as the task lives. The
    /// handle is used only under the lock, and dropped under the lock before the task ends.
    @safe private struct CancelHandle: @unchecked Sendable {
        let task: UnsafeCurrentTask
    }

    /// The gate of a stream; `nil` for a unary call.
    let gate: StreamGate?
    private let state = Mutex(State.waiting)

    init(gate: StreamGate?) { self.gate = gate }

    /// Runs the body in the current task, unless the call was cancelled before.
    func run(_ body: () async -> Void) async {
        let mayRun = unsafe withUnsafeCurrentTask { task in
            unsafe begin(task)
        }
        guard mayRun else { return }
        await body()
        state.withLock { $0 = .ended }
    }

    /// Cancels the task and ends the stream; whoever waits in either is woken.
    func cancel(_ status: Status) {
        gate?.end(status)
        state.withLock { state in
            switch state {
            case .waiting:
                state = .cancelled
            case .running(let handle):
                unsafe handle.task.cancel()
            case .cancelled, .ended:
                break
            }
        }
    }

    private func begin(_ task: UnsafeCurrentTask?) -> Bool {
        guard let task = unsafe task else { return true }
        let handle = unsafe CancelHandle(task: task)
        return state.withLock { state in
            guard case .waiting = state else { return false }
            state = .running(handle)
            return true
        }
    }
}
