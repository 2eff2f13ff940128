import Foundation
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import Testing

extension Integration {
    @Suite struct DiskTests {
        @Test func `a full disk refuses changes, serves everything else, and is got over`()
            async throws
        {
            try await ServerHome.with { home in
                let disk = try await FaultyDisk(in: home)
                let server = try await home.start(environment: disk.environment)
                let acme = try await prepared(server)

                try disk.begin(.full)
                for _ in 0..<3 {
                    let refusal = try await Status.refusal {
                        try await acme.client.setOutbound(false)
                    }
                    #expect(refusal?.code == .resourceExhausted)
                    #expect(refusal?.reason == "STORAGE_FULL")
                }
                #expect(try await acme.client.authorize("ada", to: "+12125550100").fromE164 == e164(1))
                #expect(try await acme.client.route(e164(1)).agentID == "ada")
                #expect(try await acme.client.number(e164(1)).outboundEnabled)
                #expect(server.ending == nil)

                try disk.end()
                try await acme.client.setOutbound(false)
                let refusal = try await Status.refusal {
                    try await acme.client.authorize("ada", to: "+12125550100")
                }
                #expect(refusal?.message == StoryTests.disabled)
                #expect(await server.stop() == .code(0))
            }
        }

        @Test(arguments: [FaultyDisk.Fault.failingWrites, .failingSyncs])
        func `an I/O error at a commit ends the server; the change is acknowledged to nobody`(
            fault: FaultyDisk.Fault
        ) async throws {
            try await ServerHome.with { home in
                let disk = try await FaultyDisk(in: home)
                var server = try await home.start(environment: disk.environment)
                let acme = try await prepared(server)
                let client = try server.client(showing: acme.managerToken.secret) {
                    $0.attemptsMax = 1
                }
                try disk.begin(fault)
                let refusal = try await Status.refusal {
                    try await client.setOutbound(false, key: "off")
                }
                #expect(refusal?.code == .unavailable)
                #expect(await server.exit() == .code(70))
                #expect(server.log.contains("uncertain"))

                // Whether it was made shows after the next start, and the key makes sure of it.
                try disk.end()
                server = try await home.start()
                let again = try server.client(token: acme.managerToken.secret)
                #expect(try await again.setOutbound(false, key: "off").count == 1)
                #expect(try await again.number(e164(1)).outboundEnabled == false)
            }
        }

        @Test func `a second server on a data directory is refused`() async throws {
            try await ServerHome.withServer { server in
                let second = try server.home.launch(arguments: ["--listen", "127.0.0.1:0"])
                #expect(await second.exit() == .code(69))
                #expect(second.log.contains("Another server uses the directory"))
                #expect(try await server.client().createWorkspace("Acme").isEmpty == false)
            }
        }

        @Test func `a port in use is refused with what to do`() async throws {
            try await ServerHome.withServer { server in
                try await ServerHome.with { other in
                    let second = try other.launch(
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
                let server = try home.launch(arguments: arguments)
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
                _ = try await prepared(server)
                #expect(await server.stop() == .code(0))
                try damage.happen(to: home.data + "/linekeeper.db")
                let next = try home.launch()
                #expect(await next.exit() == .code(65))
                #expect(next.log.contains("backup"))
            }
        }

        private func prepared(_ server: ServerProcess) async throws -> Tenant {
            let acme = try await Tenant("Acme", on: server)
            let number = try await acme.importNumbers([e164(1)])[0]
            try await acme.client.putAgents(["ada"])
            try await acme.client.assign(number) {
                $0.inbound = .to("ada")
                $0.outbound = .to("ada")
            }
            return acme
        }
    }
}
