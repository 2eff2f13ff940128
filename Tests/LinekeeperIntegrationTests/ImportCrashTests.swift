import CarrierSimulator
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import TestPrograms
import Testing

extension Integration {
    @Suite struct ImportCrashTests {
        private static let count = 12

        /// How many changes the carrier has been asked for when the server dies.
        @Test(arguments: [1, 5, 11], Shop.allCases)
        func `B146 a server that dies in a managed import leaves no number half managed`(
            _ writes: Int, _ shop: Shop
        ) async throws {
            try await PurchaseScene.with { scene in
                var server = try await scene.start(
                    carriers: scene.simulator.url, buys: false)
                let buyer = try await Buyer("Acme", on: server)
                let account = try await ConnectedAccount.connect(
                    shop, in: buyer.workspace, of: scene, through: try server.client())
                let e164s = Array(account.e164s.prefix(Self.count))
                let before = settings(e164s, scene)

                try await dieImporting(e164s, account, buyer, scene, server, after: writes)
                server = try await scene.start(
                    carriers: scene.simulator.url, buys: false)
                try await scene.waitUntilQuiet()
                #expect(try halves(e164s, before, shop, scene) == [])

                // Asked again, with the same key, it is finished.
                let results = try await importManaged(
                    e164s, account, buyer, try server.client())
                #expect(results.allSatisfy { [.imported, .alreadyImported].contains($0.outcome) })
                try await scene.waitUntilQuiet()
                #expect(try halves(e164s, before, shop, scene) == [])
                let managed = try StoreFile(scene.home).rows(
                    "SELECT count(*) FROM number WHERE webhook_mode = 2 AND status = 2")
                #expect(managed == [["\(Self.count)"]])
                #expect(await server.stop() == .code(0))
            }
        }

        private func dieImporting(
            _ e164s: [String], _ account: ConnectedAccount, _ buyer: Buyer,
            _ scene: PurchaseScene, _ server: ServerProcess, after writes: Int
        ) async throws {
            // Slow enough to die between the first write and the last.
            scene.simulator.add(
                Fault(
                    .delay(when: .after, milliseconds: 30),
                    on: RequestMatch(account: ConnectedAccount.id(of: account.shop)), count: nil))
            let client = try server.client(showing: scene.home.adminToken()) { $0.attemptsMax = 1 }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    // It is answered in part, or not at all: what holds is looked at afterwards.
                    _ = try await Status.refusal {
                        try await importManaged(e164s, account, buyer, client)
                    }
                }
                try await eventually("the carrier is asked to change something") {
                    scene.simulator.journal.count { $0.isWrite && $0.stage != .received } >= writes
                }
                await server.kill()
                try await group.waitForAll()
            }
            scene.simulator.clearFaults()
        }

        private func importManaged(
            _ e164s: [String], _ account: ConnectedAccount, _ buyer: Buyer, _ client: RPCClient
        ) async throws -> [Proto.ImportResult] {
            var results: [Proto.ImportResult] = []
            let items = client.stream(
                Proto.ImportNumbersRequest.with {
                    $0.workspaceID = buyer.workspace
                    $0.connectionID = account.connection
                    $0.numbers = e164s.map { e164 in .with { $0.e164 = e164 } }
                    $0.webhookMode = .managed
                }, Method.carrier("ImportNumbers"), Proto.ImportResult.self,
                CallOptions(idempotencyKey: "managed"))
            for try await item in items { results.append(item) }
            return results
        }

        private func settings(
            _ e164s: [String], _ scene: PurchaseScene
        ) -> [String: [String: String]] {
            Dictionary(
                uniqueKeysWithValues: e164s.map {
                    ($0, ConnectedAccount.settings(of: $0, at: scene.simulator))
                })
        }

        /// Numbers that are managed here and not there, or changed there and not managed here.
        private func halves(
            _ e164s: [String], _ before: [String: [String: String]], _ shop: Shop,
            _ scene: PurchaseScene
        ) throws -> [String] {
            let managed = Set(
                try StoreFile(scene.home).rows("SELECT e164 FROM number WHERE webhook_mode = 2")
                    .map { $0[0] })
            return settings(e164s, scene).compactMap { e164, now in
                let isChanged = now != before[e164]
                guard managed.contains(e164) != isChanged else { return nil }
                return "\(e164) is \(isChanged ? "" : "not ")changed at the carrier: \(now)"
            }
        }
    }
}
