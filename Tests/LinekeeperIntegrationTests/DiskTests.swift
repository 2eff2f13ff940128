import Foundation
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import TestPrograms
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
                let call = try await acme.client.authorize("ada", to: "+12125550100")
                #expect(call.fromE164 == e164(1))
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
