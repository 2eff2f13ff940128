import LinekeeperServices
import Logging

/// The key that carrier credentials are sealed with: a file with `VERSION:64 hex digits`.
enum MasterKey {
    /// Reads the key; makes one in the data directory on the first start.
    ///
    /// - Parameter configured: A file named on the command line, which is never made here.
    static func load(
        configured: String?, dataDirectory: String, logger: Logger
    ) throws(StartError) -> SecretBox {
        let path = configured ?? dataDirectory + "/master.key"
        if let text = try PrivateFile.read(path) {
            guard !PrivateFile.isReadableByOthers(path) else {
                throw .configuration(
                    "Others may read the master key \(path): chmod 600 \(path).")
            }
            guard let key = parse(text) else {
                throw .configuration(
                    "\(path) is no master key: it must be a version, a colon and 64 hex digits, "
                        + "like 1:00ff….")
            }
            return key
        }
        guard configured == nil else {
            throw .configuration("There is no master key at \(path).")
        }
        var generator = SystemRandomNumberGenerator()
        let digits = (0..<64).map { _ in
            String(UInt8.random(in: 0..<16, using: &generator), radix: 16)
        }.joined()
        try PrivateFile.write("1:" + digits, to: path)
        logger.warning(
            "made a master key; keep a copy outside the data directory, or carrier credentials are lost with it",
            metadata: ["path": "\(path)"])
        guard let key = parse("1:" + digits) else {
            throw .configuration("The new master key cannot be read back.")
        }
        return key
    }

    private static func parse(_ text: String) -> SecretBox? {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let version = UInt32(parts[0]), parts[1].utf8.count == 64 else {
            return nil
        }
        var bytes: [UInt8] = []
        var digits = parts[1][...]
        while !digits.isEmpty {
            guard let byte = UInt8(digits.prefix(2), radix: 16) else { return nil }
            bytes.append(byte)
            digits = digits.dropFirst(2)
        }
        return SecretBox(masterKey: bytes, version: version)
    }
}
