import Foundation
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import TestPrograms
import Testing

extension Integration {
    @Suite struct StartTests {
        @Test func `a second server on a data directory is refused`() async throws {
            try await ServerHome.withServer { server in
                let second = try await server.home.launch(arguments: ["--listen", "127.0.0.1:0"])
                #expect(await second.exit() == .code(69))
                #expect(second.log.contains("Another server uses the directory"))
                #expect(try await server.client().createWorkspace("Acme").isEmpty == false)
            }
        }

        @Test func `a port in use is refused with what to do`() async throws {
            try await ServerHome.withServer { server in
                try await ServerHome.with { other in
                    let second = try await other.launch(
                        arguments: ["--listen", "127.0.0.1:\(server.home.port)"])
                    #expect(await second.exit() == .code(69))
                    #expect(second.log.contains("Cannot listen on 127.0.0.1:\(server.home.port)"))
                }
            }
        }

        @Test(arguments: [
            (["--listen", "nowhere"], "--listen"),
            (["--listen", "127.0.0.1:99999"], "--listen"),
            (["--limit", "request-bytes"], "--limit"),
            (["--limit", "request-bytes=-1"], "--limit"),
            (["--limit", "request-bytes=9999999999999"], "request"),
            (["--limit", "speed=1"], "speed"),
            (["--ring-timeout", "+49=600"], "--ring-timeout"),
            (["--drain-timeout=-1"], "--drain-timeout"),
            (["--event-loops", "0"], "--event-loops"),
            (["--tls-cert", "cert.pem"], "--tls-key"),
            (["--tls-cert", "cert.pem", "--tls-key", "key.pem"], "cert.pem"),
            (["--master-key-file", "/nonexistent/key"], "/nonexistent/key"),
        ])
        func `a bad option ends the start with 78 and names it`(
            arguments: [String], named: String
        ) async throws {
            try await ServerHome.with { home in
                let server = try await home.launch(arguments: arguments)
                #expect(await server.exit() == .code(78))
                #expect(server.log.contains(named))
            }
        }

        /// What can have happened to a database file.
        enum Damage: CaseIterable {
            case emptied, missing, noDatabase, cutInHalf, overwritten

            func happen(to path: String) throws {
                let url = URL(filePath: path)
                var bytes = try Data(contentsOf: url)
                switch self {
                case .emptied: bytes = Data()
                case .missing: return try FileManager.default.removeItem(at: url)
                case .noDatabase: bytes = Data(repeating: 0x41, count: 8192)
                case .cutInHalf: bytes = bytes.prefix(bytes.count / 2)
                case .overwritten:
                    // Every page but the first, which alone would be noticed at once.
                    bytes.replaceSubrange(
                        4096..<bytes.count, with: Data(repeating: 0x5a, count: bytes.count - 4096))
                }
                try bytes.write(to: url)
            }
        }

        @Test(arguments: Damage.allCases)
        func `a damaged database is not served`(damage: Damage) async throws {
            try await ServerHome.with { home in
                let server = try await home.start()
                try await Tenant("Acme", on: server).importNumbers([e164(1)])
                #expect(await server.stop() == .code(0))
                try damage.happen(to: home.data + "/linekeeper.db")
                let next = try await home.launch()
                #expect(await next.exit() == .code(65))
                #expect(next.log.contains("backup"))
            }
        }

        @Test(arguments: ["issue-admin-token", "rotate-master-key"])
        func `a command beside the server makes no data directory`(_ command: String) async throws {
            try await ServerHome.with { home in
                let mistyped = home.data + "-of-nobody"
                let refused = try await home.run([command, "--data-dir", mistyped])
                #expect(await refused.exit() == .code(78))
                #expect(refused.log.contains("There is no Linekeeper database in \(mistyped)"))
                #expect(!FileManager.default.fileExists(atPath: mistyped))
            }
        }

        @Test func `an admin token can be made while the server is stopped, and only then`()
            async throws
        {
            try await ServerHome.with { home in
                var server = try await home.start()
                let first = try home.adminToken()
                let command = ["issue-admin-token", "--data-dir", home.data]
                let refused = try await home.run(command)
                #expect(await refused.exit() == .code(69))
                #expect(refused.log.contains("Another server uses the directory"))
                #expect(try home.adminToken() == first)
                await server.stop()
                let made = try await home.run(command)
                #expect(await made.exit() == .code(0))
                let second = try home.adminToken()
                #expect(second != first)
                server = try await home.start()
                for token in [first, second] {
                    let client = try server.client(token: token)
                    #expect(try await client.createWorkspace("By " + token.suffix(4)) != "")
                }
            }
        }

        @Test
        func `what the server keeps is for its own user, and secrets are nowhere in the clear`()
            async throws
        {
            try await ServerHome.withServer { server in
                let acme = try await Tenant("Acme", on: server)
                let files = try FileManager.default.contentsOfDirectory(atPath: server.home.data)
                #expect(Set(files).isSuperset(of: ["linekeeper.db", "admin.token", "master.key"]))
                var texts = [Data(server.log.utf8)]
                for file in files {
                    let path = server.home.data + "/" + file
                    let mode = try FileManager.default.attributesOfItem(atPath: path)[
                        .posixPermissions]
                    #expect((mode as? Int).map { $0 & 0o077 } == 0, "\(file)")
                    if file != "admin.token" {
                        texts.append(try Data(contentsOf: URL(filePath: path)))
                    }
                }
                let secrets = [
                    TestSecret.trunkPassword, acme.managerToken.secret,
                    try server.home.adminToken(),
                ]
                for secret in secrets {
                    #expect(!secret.isEmpty)
                    #expect(!texts.contains { $0.range(of: Data(secret.utf8)) != nil })
                }
                // The look-out itself works: what is not secret is found.
                #expect(texts.contains { $0.range(of: Data("sip.example.com".utf8)) != nil })
            }
        }
    }
}
