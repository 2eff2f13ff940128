import ArgumentParser
import LinekeeperCore
import LinekeeperStorage
import Logging

/// Makes a new admin token while the server is stopped: the way back in when every one is lost.
struct IssueAdminToken: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue-admin-token",
        abstract: "Make a new admin token while the server is stopped.")

    @Option(help: "The server's data directory.")
    var dataDir = "./var"

    func run() async throws {
        var logger = Logger(label: "linekeeperd") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        do throws(StartError) {
            let store = try App.openPresentStore(in: dataDir, logger: logger)
            let file = dataDir + "/admin.token"
            _ = try await AdminToken.issue(
                in: store, file: file, clock: SystemClock(), label: "issued offline")
            store.close()
            print("A new admin token is in \(file). Older ones stay valid until they are revoked.")
        } catch {
            logger.critical("\(error.message)")
            throw ExitCode(error.exitCode)
        }
    }
}
