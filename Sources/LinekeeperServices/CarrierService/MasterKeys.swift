/// The keys that data keys are wrapped with, as a key file holds them: one, or two while a rotation
/// goes on.
///
///     a line for each key: VERSION:64 hexadecimal digits
public struct MasterKeys: Hashable, Sendable {
    /// Bytes of a key.
    public static let keySize = 32

    /// The keys, 32 bytes each, by their versions.
    public let byVersion: [UInt32: [UInt8]]
    /// The version that what is sealed now is wrapped with.
    public let latestVersion: UInt32

    /// One key.
    public init(version: UInt32, key: [UInt8]) {
        byVersion = [version: key]
        latestVersion = version
    }

    /// Reads a key file; `nil` when a line is something else, or a version is there twice.
    public init?(_ text: String) {
        var keys: [UInt32: [UInt8]] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, let version = UInt32(parts[0]),
                let key = Hex.bytes(parts[1].lowercased()), key.count == MasterKeys.keySize,
                keys.updateValue(key, forKey: version) == nil
            else { return nil }
        }
        guard let latest = keys.keys.max() else { return nil }
        byVersion = keys
        latestVersion = latest
    }

    /// The text of a key file.
    public var text: String {
        byVersion.sorted { $0.key < $1.key }.map { "\($0.key):\(Hex.text($0.value))" }
            .joined(separator: "\n")
    }

    /// Whether a rotation has begun and not ended.
    public var isRotating: Bool { byVersion.count > 1 }

    /// These keys and a later one; `nil` when there is no later version.
    public func adding(_ key: [UInt8]) -> MasterKeys? {
        let (version, overflow) = latestVersion.addingReportingOverflow(1)
        guard !overflow else { return nil }
        var keys = byVersion
        keys[version] = key
        return MasterKeys(keys, latest: version)
    }

    /// The latest key alone.
    public var latestOnly: MasterKeys {
        MasterKeys(byVersion.filter { $0.key == latestVersion }, latest: latestVersion)
    }

    private init(_ keys: [UInt32: [UInt8]], latest: UInt32) {
        byVersion = keys
        latestVersion = latest
    }
}
