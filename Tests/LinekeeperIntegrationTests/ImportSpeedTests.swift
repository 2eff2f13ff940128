import CarrierSimulator
import Foundation
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import TestPrograms
import Testing

extension Integration {
    @Suite struct ImportSpeedTests {
        /// How many numbers the account has; 10,000 is the most that one import is meant for.
        static let count =
            ProcessInfo.processInfo.environment["LINEKEEPER_IMPORT_NUMBERS"].flatMap { Int($0) }
            ?? 2_000

        @Test(arguments: Shop.allCases)
        func `B145 thousands of numbers are imported while the carrier's settings are left alone`(
            _ shop: Shop
        ) async throws {
            try await PurchaseScene.with { scene in
                let account = ConnectedAccount.id(of: shop)
                let had = scene.simulator.numbers(of: account).count
                try scene.simulator.seed(Self.count - had, account: account)
                let e164s = Set(scene.simulator.numbers(of: account).map(\.e164))
                #expect(e164s.count == Self.count)

                let server = try await scene.start(
                    carriers: scene.simulator.url, buys: false)
                let client = try server.client()
                // One of them is in another workspace already.
                let other = try await Tenant("Other", on: server)
                let taken = try #require(e164s.sorted().dropFirst(Self.count / 2).first)
                try await other.importNumbers([taken])

                let buyer = try await Buyer("Acme", on: server)
                let connected = try await ConnectedAccount.connect(
                    shop, in: buyer.workspace, of: scene, through: client)
                scene.simulator.clearJournal()
                let start = ContinuousClock.now
                let results = try await importAll(connected, buyer.workspace, client)
                let took = start.duration(to: .now)

                #expect(Set(results.map(\.e164)) == e164s)
                #expect(results.map(\.done) == Array(1...UInt32(Self.count)))
                #expect(results.allSatisfy { $0.total == UInt32(Self.count) })
                let refused = results.filter { $0.outcome != .imported }
                #expect(refused.map(\.e164) == [taken])
                #expect(refused.allSatisfy { $0.outcome == .refused && !$0.reason.isEmpty })
                let stored = try StoreFile(scene.home).rows(
                    "SELECT count(DISTINCT e164) FROM number WHERE connection_key IS NOT NULL")
                #expect(stored == [["\(Self.count)"]])
                let requests = scene.simulator.journal
                #expect(!requests.isEmpty && requests.allSatisfy { !$0.isWrite })
                #expect(await server.stop() == .code(0))
                print(
                    "import of \(Self.count) numbers from the \(shop)'s carrier: \(took), "
                        + "\(requests.count) requests to it")
            }
        }

        private func importAll(
            _ account: ConnectedAccount, _ workspace: String, _ client: RPCClient
        ) async throws -> [Proto.ImportResult] {
            var results: [Proto.ImportResult] = []
            let items = client.stream(
                Proto.ImportNumbersRequest.with {
                    $0.workspaceID = workspace
                    $0.connectionID = account.connection
                    $0.all = true
                }, Method.carrier("ImportNumbers"), Proto.ImportResult.self,
                CallOptions(idempotencyKey: "all"))
            for try await item in items { results.append(item) }
            return results
        }
    }
}
