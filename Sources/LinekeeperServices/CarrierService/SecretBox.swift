import Crypto
import Foundation
package import LinekeeperCore

/// Keeps carrier credentials so that a copy of the store is useless without the master key.
///
/// Each connection has a data key of its own (AES-256-GCM), wrapped by a versioned master key that
/// is kept outside the store. What is sealed is bound to workspace, connection, field and version: a
/// row copied to another place does not open. While the master key is being rotated there are two: what
/// is sealed anew is wrapped by the later one, and either opens what it has wrapped.
///
///     layout: format (1 byte = 1) | master key version (4, big-endian) | wrapped data key (60)
///             | for each field: name length (1) | name | sealed length (4) | sealed value
public struct SecretBox: Sendable {
    private let masterKeys: [UInt32: SymmetricKey]
    private let masterKeyVersion: UInt32

    private static let format: UInt8 = 1
    /// Nonce 12, key 32, tag 16.
    private static let wrappedKeySize = 60

    /// A box with the present master key: 32 bytes from a random source.
    public init(masterKey: [UInt8], version: UInt32) {
        self.init(MasterKeys(version: version, key: masterKey))
    }

    /// A box with the master keys of a key file.
    public init(_ keys: MasterKeys) {
        masterKeys = keys.byVersion.mapValues { SymmetricKey(data: $0) }
        masterKeyVersion = keys.latestVersion
    }

    /// Seals fields under a fresh data key.
    ///
    /// - Throws: `invalidArgument` when a field's name is longer than 255 bytes.
    package func seal(
        _ fields: [String: String], workspace: WorkspaceID, connection: ConnectionID
    ) throws(DomainError) -> [UInt8] {
        let dataKey = SymmetricKey(size: .bits256)
        var bytes = try wrapped(
            dataKey.withUnsafeBytes { Array($0) }, workspace: workspace, connection: connection)
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            guard let length = UInt8(exactly: name.utf8.count) else {
                throw DomainError(.invalidArgument, "A credential's name is too long.")
            }
            let sealed = try encrypt(
                Array(value.utf8), with: dataKey, bound: binding(workspace, connection, name))
            bytes.append(length)
            bytes.append(contentsOf: name.utf8)
            bytes.append(contentsOf: bigEndian(UInt32(clamping: sealed.count)))
            bytes.append(contentsOf: sealed)
        }
        return bytes
    }

    /// Opens what ``seal(_:workspace:connection:)`` made for the same place.
    ///
    /// - Throws: `corruptData` when the bytes, the place or the master key are others.
    package func open(
        _ sealed: [UInt8], workspace: WorkspaceID, connection: ConnectionID
    ) throws(DomainError) -> [String: String] {
        var rest = sealed[...]
        let (key, _) = try unwrap(&rest, workspace: workspace, connection: connection)
        let dataKey = SymmetricKey(data: key)
        var fields: [String: String] = [:]
        while !rest.isEmpty {
            guard let nameLength = take(1, from: &rest)?.first,
                let nameBytes = take(Int(nameLength), from: &rest),
                let name = String(validating: nameBytes, as: UTF8.self),
                let lengthBytes = take(4, from: &rest),
                let value = take(
                    Int(lengthBytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }), from: &rest)
            else { throw unreadable(workspace, connection, "list of fields") }
            let bound = binding(workspace, connection, name)
            guard let plain = decrypted(value, with: dataKey, bound: bound),
                let text = String(validating: plain, as: UTF8.self)
            else { throw unreadable(workspace, connection, name) }
            fields[name] = text
        }
        return fields
    }

    /// The same secrets with their data key wrapped by the latest master key; `nil` where it is that
    /// one already. The secrets themselves are not decrypted.
    ///
    /// - Throws: `corruptData` when the bytes, the place or the master key are others.
    package func rewrapped(
        _ sealed: [UInt8], workspace: WorkspaceID, connection: ConnectionID
    ) throws(DomainError) -> [UInt8]? {
        var rest = sealed[...]
        let (key, version) = try unwrap(&rest, workspace: workspace, connection: connection)
        guard version != masterKeyVersion else { return nil }
        return try wrapped(key, workspace: workspace, connection: connection) + rest
    }

    /// A data key as sealed secrets begin with it.
    private func wrapped(
        _ key: [UInt8], workspace: WorkspaceID, connection: ConnectionID
    ) throws(DomainError) -> [UInt8] {
        guard let masterKey = masterKeys[masterKeyVersion] else {
            throw unreadable(workspace, connection, SecretBox.dataKeyName)
        }
        let wrapped = try encrypt(
            key, with: masterKey,
            bound: binding(workspace, connection, "data-key \(masterKeyVersion)"))
        return [SecretBox.format] + bigEndian(masterKeyVersion) + wrapped
    }

    /// Takes the data key off the beginning of sealed secrets.
    private func unwrap(
        _ rest: inout ArraySlice<UInt8>, workspace: WorkspaceID, connection: ConnectionID
    ) throws(DomainError) -> (key: [UInt8], version: UInt32) {
        guard take(1, from: &rest)?.first == SecretBox.format,
            let version = take(4, from: &rest)?.reduce(UInt32(0), { $0 << 8 | UInt32($1) }),
            let wrapped = take(SecretBox.wrappedKeySize, from: &rest)
        else { throw unreadable(workspace, connection, SecretBox.dataKeyName) }
        let bound = binding(workspace, connection, "data-key \(version)")
        guard let masterKey = masterKeys[version],
            let key = decrypted(wrapped, with: masterKey, bound: bound)
        else {
            throw unreadable(
                workspace, connection, SecretBox.dataKeyName, wrappedBy: version)
        }
        return (key, version)
    }

    /// What a connection's own key is called where it cannot be opened.
    private static let dataKeyName = "data key"

    private func unreadable(
        _ workspace: WorkspaceID, _ connection: ConnectionID, _ part: String,
        wrappedBy version: UInt32? = nil
    ) -> DomainError {
        let wrapping = version.map { ", which master key \($0) has wrapped," } ?? ""
        let keys = masterKeys.keys.sorted().map(String.init).joined(separator: " and ")
        return DomainError(
            .corruptData,
            "The credentials of connection \(connection) (workspace \(workspace)) cannot be decrypted: "
                + "their \(part)\(wrapping) does not open with master key \(keys), or was damaged. "
                + "Restore the master key, or enter the credentials again.",
            facts: ["connection_id": connection.description, "secret": part])
    }

    private func binding(
        _ workspace: WorkspaceID, _ connection: ConnectionID, _ field: String
    ) -> [UInt8] {
        Array("\(workspace)|\(connection)|\(field)|\(SecretBox.format)".utf8)
    }

    private func encrypt(
        _ plain: [UInt8], with key: SymmetricKey, bound: [UInt8]
    ) throws(DomainError) -> [UInt8] {
        do {
            // The standard nonce is always there to be put in front.
            guard let sealed = try AES.GCM.seal(plain, using: key, authenticating: bound).combined
            else { throw SecretBox.notEncrypted }
            return Array(sealed)
        } catch {
            throw SecretBox.notEncrypted
        }
    }

    private static var notEncrypted: DomainError {
        DomainError(.storageFailed, "The credentials could not be encrypted.")
    }

    /// What was sealed; `nil` where the bytes, the key or what they are bound to are others.
    private func decrypted(
        _ sealed: ArraySlice<UInt8>, with key: SymmetricKey, bound: [UInt8]
    ) -> [UInt8]? {
        do {
            let box = try AES.GCM.SealedBox(combined: Array(sealed))
            return Array(try AES.GCM.open(box, using: key, authenticating: bound))
        } catch {
            return nil
        }
    }

    private func take(_ count: Int, from rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private func bigEndian(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
