import LinekeeperCore
import LinekeeperServices
import Logging
import ServiceLifecycle

/// What goes on at carriers by itself: changes that wait to be made, and carriers that are looked
/// through for numbers.
struct CarrierWork: Service {
    let tasks: CarrierTaskRunner
    let discovery: DiscoveryRunner
    let logger: Logger

    func run() async throws {
        try await tasks.takeOver()
        let report: @Sendable (DomainError) -> Void = { error in
            logger.warning(
                "work at carriers waits for the store",
                metadata: ["reason": "\(error.reason.rawValue)", "error": "\(error.message)"])
        }
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await tasks.run(report: report) }
                group.addTask { await discovery.run(report: report) }
            }
        }
    }
}
