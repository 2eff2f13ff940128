import ArgumentParser
import LinekeeperCore
import LinekeeperServices
import LinekeeperStorage
import Logging

/// Gives the data directory a new master key while the server is stopped.
///
/// The new key is written beside the old one first, and the old one is dropped last: whatever happens
/// in between, one of the two opens every secret, and the next run goes on where this one stopped.
struct RotateMasterKey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate-master-key",
        abstract: "Make a new master key while the server is stopped.",
        discussion: """
            Everything that the old key has wrapped is wrapped by the new one; carrier credentials are
            not entered again. When it was interrupted, run it again: it goes on.
            """)

    @Option(help: "The server's data directory.")
    var dataDir = "./var"

    @Option(help: "The file with the master key; master.key in the data directory by default.")
    var masterKeyFile: String?

    func run() async throws {
        var logger = Logger(label: "linekeeperd") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        do throws(StartError) {
            let path = MasterKey.path(configured: masterKeyFile, dataDirectory: dataDir)
            // The store's lock is what keeps a server out; nothing is changed before it is held.
            let store = try App.openPresentStore(in: dataDir, logger: logger)
            defer { store.close() }
            guard let present = try MasterKey.read(path) else {
                throw .configuration("There is no master key at \(path): nothing is to be rotated.")
            }
            let keys = try begin(with: present, path)
            let count = try await rewrap(store, keys)
            try PrivateFile.write(keys.latestOnly.text, to: path)
            print(
                "\(path) now holds master key \(keys.latestVersion) alone; "
                    + (count == 1 ? "1 secret was" : "\(count) secrets were")
                    + " wrapped with it. Copy it to where the copy of the old one is.")
        } catch {
            logger.critical("\(error.message)")
            throw ExitCode(error.exitCode)
        }
    }

    /// The keys with the new one, in the file; a rotation that was interrupted has it there already.
    private func begin(
        with present: MasterKeys, _ path: String
    ) throws(StartError) -> MasterKeys {
        guard !present.isRotating else { return present }
        guard let keys = present.adding(MasterKey.makeKey()) else {
            throw .configuration("\(path) holds the last version that there can be.")
        }
        try PrivateFile.write(keys.text, to: path)
        return keys
    }

    private func rewrap(_ store: any Store, _ keys: MasterKeys) async throws(StartError) -> Int {
        do throws(DomainError) {
            return try await SecretRewrapping(
                store: store, secrets: SecretBox(keys), clock: SystemClock()
            ).run()
        } catch {
            throw .data(
                "The rotation has stopped; both keys stay in the file. \(error.message)")
        }
    }
}
