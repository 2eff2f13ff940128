import LinekeeperCore
import LinekeeperRPC
import LinekeeperServices
import Logging
import ServiceLifecycle

/// What has to happen by the clock: tokens that expire, releases that fall due.
struct Housekeeping: Service {
    let tokens: TokenAuthenticator
    let numbers: NumberService
    let server: RPCServer
    let logger: Logger

    /// A release falls due within this time.
    private static let releaseInterval = 30

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var second = 0
            while !Task.isCancelled {
                for identity in tokens.revokeExpired() { server.closeConnections(of: identity) }
                if second.isMultiple(of: Self.releaseInterval) { await releaseDue() }
                second = (second + 1) % 3600
                do { try await Task.sleep(for: .seconds(1)) } catch { return }
            }
        }
    }

    private func releaseDue() async {
        do {
            let released = try await numbers.releaseDue()
            if released > 0 { logger.info("released numbers", metadata: ["count": "\(released)"]) }
        } catch {
            logger.warning(
                "numbers due for release could not be released",
                metadata: ["error": "\(error)"])
        }
    }
}
