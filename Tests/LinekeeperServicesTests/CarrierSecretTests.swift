import Foundation
import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperStorage
import LinekeeperTestSupport
import Testing

@testable import LinekeeperServices

@Suite struct CarrierSecretTests {
    private static let old = MasterKeys(version: 1, key: Array(repeating: 7, count: 32))

    @Test func `SEC-01 no secret is found in the data directory, in whatever form`() async throws {
        try await CarrierStage.run { stage in
            let secrets = [CarrierStage.secret, "canary-of-a-rotated-secret-00aa"]
            let id = try await stage.connect().connectionID
            stage.twilio.acceptSecret(secrets[1])
            _ = try await stage.update(id) {
                $0.credentials = ["account": "AC1", "secret": secrets[1]]
            }
            try expectNoTrace(of: secrets, in: stage.folder.path)
            _ = try await stage.disconnect(id)
            try expectNoTrace(of: secrets, in: stage.folder.path)
        }
    }

    private func expectNoTrace(of secrets: [String], in directory: String) throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: directory)
        #expect(files.contains { $0.hasSuffix("-wal") })
        for file in files {
            let bytes = try Data(contentsOf: URL(filePath: directory + "/" + file))
            for secret in secrets {
                let plain = Data(secret.utf8)
                // Base64 of a part of a longer text depends on where it begins.
                let forms =
                    [plain, Data(plain.map { String(format: "%02x", $0) }.joined().utf8)]
                    + (0..<3).map {
                        Data(plain.dropFirst($0).prefix(15).base64EncodedString().utf8)
                    }
                for form in forms { #expect(bytes.range(of: form) == nil, "in \(file)") }
            }
        }
    }

    @Test func `SEC-04 sealed bytes with one bit turned do not open`() throws {
        let box = SecretBox(Self.old)
        let source = RandomIdentifierSource()
        let now = TestClock().now
        let workspace = source.make(WorkspaceKind.self, at: now)
        let connection = source.make(ConnectionKind.self, at: now)
        let fields = ["account": "AC1", "secret": "s"]
        let sealed = try box.seal(fields, workspace: workspace, connection: connection)
        #expect(try box.open(sealed, workspace: workspace, connection: connection) == fields)
        for index in sealed.indices {
            var turned = sealed
            turned[index] ^= 1
            #expect(throws: DomainError.self, "byte \(index)") {
                try box.open(turned, workspace: workspace, connection: connection)
            }
        }
        for length in 0..<sealed.count {
            // A field may be missing altogether, but none is cut.
            let cut = try? box.open(
                Array(sealed.prefix(length)), workspace: workspace, connection: connection)
            #expect(cut != fields)
        }
        let again = try box.seal(fields, workspace: workspace, connection: connection)
        #expect(again != sealed)
    }

    @Test func `a key file is read back, and anything else is none`() throws {
        let rotating = try #require(Self.old.adding(Array(repeating: 9, count: 32)))
        #expect(MasterKeys(rotating.text) == rotating)
        #expect(rotating.isRotating)
        #expect(rotating.latestOnly.latestVersion == 2)
        #expect(!rotating.latestOnly.isRotating)
        let digits = String(repeating: "0", count: 64)
        for text in ["", "1", "1:00", "x:" + digits, "1:\(digits)\n1:\(digits)", digits] {
            #expect(MasterKeys(text) == nil, "\(text)")
        }
    }

    @Test func `SEC-03 a rotation that stops anywhere leaves every secret to be opened`()
        async throws
    {
        try await CarrierStage.run { stage in
            // Several batches, and a replaced secret.
            let count = 2 * SecretRewrapping.batchMax + 10
            let workspace = stage.acme
            let box = SecretBox(Self.old)
            let now = stage.clock.now
            let source = stage.context.identifiers
            try await stage.change { writer throws(DomainError) in
                for index in 0..<count {
                    let id = source.make(ConnectionKind.self, at: now)
                    _ = try ConnectionChanges.add(
                        ConnectionRecord(
                            key: ConnectionKey(rawValue: 0), id: id, workspace: workspace.id,
                            carrier: .twilio, name: "Number \(index)", settings: [:],
                            credentialHint: "", createdAt: now),
                        sealedCredentials: try box.seal(
                            ["secret": "secret \(index)"], workspace: workspace.id,
                            connection: id), workspace: workspace.key, in: writer)
                }
            }
            let rotated = try await stage.connect().connectionID
            stage.twilio.acceptSecret("secret-of-the-account-0002")
            _ = try await stage.update(rotated) {
                $0.credentials = ["account": "AC1", "secret": "secret-of-the-account-0002"]
            }

            let both = try #require(Self.old.adding(Array(repeating: 9, count: 32)))
            let rewrapping = SecretRewrapping(
                store: stage.store, secrets: SecretBox(both), clock: stage.clock)
            var place: SealedSecret.Place?
            var wrapped = 0
            try await expectAllOpen(in: stage, with: both, count: count + 2)
            while let step = try await rewrapping.step(after: place) {
                wrapped += step.count
                place = step.last
                // Whoever stops here begins again with both keys.
                try await expectAllOpen(in: stage, with: both, count: count + 2)
            }
            #expect(wrapped == count + 2)
            #expect(try await rewrapping.run() == 0)
            try await expectAllOpen(in: stage, with: both.latestOnly, count: count + 2)
            await #expect(throws: DomainError.self) {
                try await expectAllOpen(in: stage, with: Self.old, count: count + 2)
            }
        }
    }

    @Test(arguments: [false, true])
    func `SEC-03 a rotation says which secret it cannot open, and what to do`(
        _ isReplaced: Bool
    ) async throws {
        try await CarrierStage.run { stage in
            let connection = try await stage.connect()
            if isReplaced {
                stage.twilio.acceptSecret("secret-of-the-account-0002")
                _ = try await stage.update(connection.connectionID) {
                    $0.credentials = ["account": "AC1", "secret": "secret-of-the-account-0002"]
                }
            }
            let place = isReplaced ? SealedSecret.Place(isPrevious: true, key: 0) : nil
            let secret = try #require(
                try await stage.store.read { reader throws(DomainError) in
                    try reader.sealedSecrets(after: place, limit: 1)
                }.first)
            // As if the key that has wrapped it were the seventh.
            try await stage.change { writer throws(DomainError) in
                var other = secret.sealed
                other[4] = 7
                try writer.replaceSealed(secret, with: other)
            }
            let keys = try #require(Self.old.adding(Array(repeating: 9, count: 32)))
            let error = await #expect(throws: DomainError.self) {
                _ = try await SecretRewrapping(
                    store: stage.store, secrets: SecretBox(keys), clock: stage.clock
                ).run()
            }
            #expect(error?.reason == .corruptData)
            #expect(error?.facts["connection_id"] == connection.connectionID)
            let words = error?.message ?? ""
            for word in [
                connection.connectionID, connection.workspaceID, "master key 7",
                isReplaced ? "connections retire" : "connections rotate",
            ] {
                #expect(words.contains(word), "\(words)")
            }
        }
    }

    @Test func `credentials that do not open are named by connection, workspace and field`() throws
    {
        let box = SecretBox(Self.old)
        let source = RandomIdentifierSource()
        let now = TestClock().now
        let workspace = source.make(WorkspaceKind.self, at: now)
        let connection = source.make(ConnectionKind.self, at: now)
        var sealed = try box.seal(["secret": "s"], workspace: workspace, connection: connection)
        sealed[sealed.count - 1] ^= 1
        let error = #expect(throws: DomainError.self) {
            try box.open(sealed, workspace: workspace, connection: connection)
        }
        #expect(error?.facts["secret"] == "secret")
        #expect(error?.message.contains(connection.description) == true)
        #expect(error?.message.contains(workspace.description) == true)
    }

    /// Opens every secret in the store.
    private func expectAllOpen(
        in stage: CarrierStage, with keys: MasterKeys, count: Int
    ) async throws {
        let box = SecretBox(keys)
        let sealed = try await stage.store.read { reader throws(DomainError) in
            try reader.sealedSecrets(after: nil, limit: 10_000)
                + reader.sealedSecrets(
                    after: SealedSecret.Place(isPrevious: true, key: 0), limit: 10_000)
        }
        #expect(sealed.count == count)
        for secret in sealed {
            let fields = try box.open(
                secret.sealed, workspace: secret.workspace, connection: secret.connection)
            #expect(fields["secret"] != nil)
        }
    }
}
