import Foundation
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import TestPrograms
import Testing

extension Integration {
    @Suite struct RotateMasterKeyTests {
        /// Connections whose secrets are wrapped anew.
        private static let count = 30

        private static func keyFile(_ home: ServerHome) throws -> [String] {
            try String(contentsOfFile: home.data + "/master.key", encoding: .utf8)
                .split(separator: "\n").map(String.init)
        }

        /// The versions that secrets are wrapped with, with how many there are of each.
        private static func versions(_ home: ServerHome) throws -> [[String]] {
            try StoreFile(home).rows(
                """
                SELECT hex(substr(sealed_credentials, 2, 4)), count(*) FROM connection GROUP BY 1
                """)
        }

        private static func rotation(_ home: ServerHome) async throws -> ServerProcess {
            try await home.run(["rotate-master-key", "--data-dir", home.data])
        }

        private static func connectAll(_ home: ServerHome) async throws {
            let server = try await home.start()
            let tenant = try await Tenant("Acme", on: server)
            for index in 1..<count { _ = try await tenant.client.connectSIP("Trunk \(index)") }
            // Whoever serves keeps the key: the rotation does not begin.
            let refused = try await rotation(home)
            #expect(await refused.exit() == .code(69))
            #expect(refused.log.contains("Another server uses the directory"))
            await server.stop()
        }

        @Test func `SEC-03 a rotation that is killed at any moment is finished by the next`()
            async throws
        {
            try await ServerHome.with { home in
                try await Self.connectAll(home)
                let first = try Self.keyFile(home)
                #expect(first.count == 1)
                #expect(try Self.versions(home) == [["00000001", "\(Self.count)"]])

                for delay in stride(from: 5, through: 65, by: 10) {
                    let rotation = try await Self.rotation(home)
                    try await Task.sleep(for: .milliseconds(delay))
                    await rotation.kill()
                    // Every secret is wrapped with a key that the file holds.
                    let held = Set(
                        try Self.keyFile(home).compactMap { $0.split(separator: ":").first }
                    )
                    .compactMap { Int($0) }
                    for version in try Self.versions(home) {
                        #expect(held.contains(Int(version[0], radix: 16) ?? 0))
                    }
                }
                let last = try await Self.rotation(home)
                #expect(await last.exit() == .code(0), "\(last.log)")
                let keys = try Self.keyFile(home)
                #expect(keys.count == 1)
                #expect(keys != first)
                let version = Int(keys.first?.split(separator: ":").first ?? "") ?? 0
                #expect(version >= 2)
                let versions = try Self.versions(home)
                #expect(versions.map { Int($0[0], radix: 16) } == [version])
                #expect(versions.map { $0[1] } == ["\(Self.count)"])

                let server = try await home.start()
                #expect(await server.stop() == .code(0))
            }
        }

        @Test func `SEC-03 a rotation that stopped half way goes on with the key that it made`()
            async throws
        {
            try await ServerHome.with { home in
                try await Self.connectAll(home)
                let second = "2:" + String(repeating: "ab", count: 32)
                let both = try Self.keyFile(home) + [second]
                let path = home.data + "/master.key"
                try both.joined(separator: "\n").write(
                    toFile: path, atomically: false, encoding: .utf8)
                // With both keys a server serves.
                let server = try await home.start()
                await server.stop()
                let rotation = try await Self.rotation(home)
                #expect(await rotation.exit() == .code(0), "\(rotation.log)")
                #expect(try Self.keyFile(home) == [second])
                #expect(try Self.versions(home) == [["00000002", "\(Self.count)"]])
            }
        }

        @Test func `SEC-03 a server whose store needs the key that is missing makes no other`()
            async throws
        {
            try await ServerHome.with { home in
                // Nothing is sealed yet: the key of an empty store is made again.
                let path = home.data + "/master.key"
                await (try await home.start()).stop()
                try FileManager.default.removeItem(atPath: path)
                try await Self.connectAll(home)
                let key = try Self.keyFile(home)
                try FileManager.default.removeItem(atPath: path)
                let refused = try await home.launch()
                #expect(await refused.exit() == .code(78))
                #expect(refused.log.contains("There is no master key at"))
                #expect(!FileManager.default.fileExists(atPath: path))

                try key.joined(separator: "\n").write(
                    toFile: path, atomically: false, encoding: .utf8)
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o600], ofItemAtPath: path)
                let server = try await home.start()
                #expect(await server.stop() == .code(0))
            }
        }
    }
}
