import LinekeeperCore
import LinekeeperRPC
import LinekeeperServices
import Logging
import ServiceLifecycle

/// What has to happen by the clock: tokens that expire, releases, allowances and renewals that fall
/// due.
struct Housekeeping: Service {
    let tokens: TokenAuthenticator
    let numbers: NumberService
    let connections: Connections
    let server: RPCServer
    let logger: Logger

    /// What falls due is done within this many seconds.
    private static let interval = 30

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var second = 0
            while !Task.isCancelled {
                for identity in tokens.revokeExpired() { server.closeConnections(of: identity) }
                if second.isMultiple(of: Self.interval) {
                    await releaseDue()
                    await settleMonth()
                }
                if second == 0 { await forgetSecrets() }
                second = (second + 1) % 3600
                do { try await Task.sleep(for: .seconds(1)) } catch { return }
            }
        }
    }

    private func forgetSecrets() async {
        do { try await connections.forgetExpiredSecrets() } catch {
            logger.warning(
                "replaced secrets that have expired could not be forgotten",
                metadata: ["error": "\(error)"])
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

    private func settleMonth() async {
        do {
            let (allowances, renewals) = try await numbers.settleMonth()
            guard allowances + renewals > 0 else { return }
            logger.info(
                "settled the month",
                metadata: ["allowances": "\(allowances)", "renewals": "\(renewals)"])
        } catch {
            logger.warning(
                "allowances or renewals that are due could not be booked",
                metadata: ["error": "\(error)"])
        }
    }
}
