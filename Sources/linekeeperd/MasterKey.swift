import LinekeeperServices
import Logging

/// The key file: the key that carrier credentials are sealed with, and while it is being rotated the
/// one before.
enum MasterKey {
    /// Where the keys are.
    static func path(configured: String?, dataDirectory: String) -> String {
        configured ?? dataDirectory + "/master.key"
    }

    /// Reads the keys; makes one in the data directory on the first start.
    ///
    /// - Parameters:
    ///   - configured: A file named on the command line, which is never made here.
    ///   - isNeeded: Whether the store holds what only the key that is missing opens. A new one would
    ///     hide that it is, until the next call to a carrier.
    static func load(
        configured: String?, dataDirectory: String, isNeeded: Bool, logger: Logger
    ) throws(StartError) -> MasterKeys {
        let path = path(configured: configured, dataDirectory: dataDirectory)
        if let keys = try read(path) { return keys }
        guard configured == nil else {
            throw .configuration("There is no master key at \(path).")
        }
        guard !isNeeded else {
            throw .configuration(
                "There is no master key at \(path), and the store holds credentials that only that "
                    + "key opens: put the copy of it there. If it is lost, put 1: and 64 random hex "
                    + "digits there, and give every connection its credentials again.")
        }
        let keys = MasterKeys(version: 1, key: makeKey())
        try PrivateFile.write(keys.text, to: path)
        logger.warning(
            "made a master key; keep a copy outside the data directory, or carrier credentials are lost with it",
            metadata: ["path": "\(path)"])
        return keys
    }

    /// The keys of a file; `nil` when there is none.
    static func read(_ path: String) throws(StartError) -> MasterKeys? {
        guard let text = try PrivateFile.read(path) else { return nil }
        guard !PrivateFile.isReadableByOthers(path) else {
            throw .configuration(
                "Others may read the master key \(path): chmod 600 \(path).")
        }
        guard let keys = MasterKeys(text) else {
            throw .configuration(
                "\(path) is no master key: it must be a version, a colon and 64 hex digits, like "
                    + "1:00ff….")
        }
        return keys
    }

    /// A fresh key.
    static func makeKey() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<MasterKeys.keySize).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}
