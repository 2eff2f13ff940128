import LinekeeperCore
import LinekeeperServices
import Logging
import ServiceLifecycle

/// Orders that are driven to their end, and the daily comparison with what the carriers hold.
struct Buying: Service {
    let orders: OrderRunner
    let sweep: InventorySweep
    let logger: Logger

    /// The first comparison waits until a start's own work is done.
    private static let firstSweep = Duration.seconds(300)
    private static let sweepInterval = Duration.seconds(86_400)

    func run() async throws {
        await withDiscardingTaskGroup { group in
            group.addTask {
                // A request that may cost money is not cut off: the runner ends what it has begun.
                await withGracefulShutdownHandler {
                    await orders.run()
                } onGracefulShutdown: {
                    orders.stop()
                }
            }
            group.addTask { await cancelWhenGracefulShutdown { await sweepDaily() } }
        }
    }

    private func sweepDaily() async {
        var pause = Self.firstSweep
        while !Task.isCancelled {
            do { try await Task.sleep(for: pause) } catch { return }
            pause = Self.sweepInterval
            do throws(DomainError) { _ = try await sweep.run() } catch {
                logger.warning(
                    "the platform's accounts could not be compared with the store",
                    metadata: ["reason": "\(error.reason.rawValue)", "error": "\(error.message)"])
            }
        }
    }
}
