public import LinekeeperCore
import Synchronization

/// Takes up tasks that are due: what a crash has left, and what is to be tried again.
public struct CarrierTaskRunner: Sendable {
    /// Tasks at work at a time, so that a carrier that hangs does not hold up the others for long.
    private static let tasksMax = 32

    private let tasks: CarrierTasks

    /// A runner; there is one for each store.
    public init(_ tasks: CarrierTasks) { self.tasks = tasks }

    /// Makes everything due that was being done when the server stopped.
    ///
    /// - Throws: what the store throws.
    public func takeOver() async throws(DomainError) {
        let now = tasks.context.clock.now
        let request = MutationRequest(
            workspace: nil, actor: "linekeeperd", requestID: "carrier_tasks", at: now)
        _ = try await tasks.context.store.perform(request) { writer throws(DomainError) in
            try writer.makeCarrierTasksDue(at: now)
            return []
        }
    }

    /// Works until the task is cancelled; what is at work then is ended first.
    ///
    /// - Parameter report: Told of a store that cannot be read; the work goes on a second later.
    public func run(report: @escaping @Sendable (DomainError) -> Void) async {
        let running = RunningTasks()
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                do throws(DomainError) {
                    for task in try await due() where running.begin(task.key, max: Self.tasksMax) {
                        group.addTask {
                            _ = await tasks.run(task)
                            running.end(task.key)
                        }
                    }
                } catch { report(error) }
                do { try await Task.sleep(for: .seconds(1)) } catch { return }
            }
        }
    }

    /// Runs what is due now, once.
    ///
    /// - Returns: how many tasks were due.
    /// - Throws: what the store throws.
    package func runDue() async throws(DomainError) -> Int {
        let due = try await due()
        for task in due { _ = await tasks.run(task) }
        return due.count
    }

    private func due() async throws(DomainError) -> [CarrierTask] {
        let now = tasks.context.clock.now
        return try await tasks.context.store.read { reader throws(DomainError) in
            try reader.carrierTasksDue(by: now, limit: 4 * Self.tasksMax)
        }
    }
}

/// The tasks that are at work.
private final class RunningTasks: Sendable {
    private let keys = Mutex<Set<CarrierTaskKey>>([])

    /// Answers whether the task may begin: there is room, and it is not at work already.
    func begin(_ key: CarrierTaskKey, max: Int) -> Bool {
        keys.withLock { $0.count < max && $0.insert(key).inserted }
    }

    func end(_ key: CarrierTaskKey) { keys.withLock { _ = $0.remove(key) } }
}
