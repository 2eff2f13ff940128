import CarrierSimulator
import Foundation
import LinekeeperRPC
import LinekeeperTestSupport
import TestPrograms
import Testing

extension Integration {
    @Suite struct PurchaseLoadTests {
        /// How often the server is killed; scripts/crash-test sets it.
        static let cycles =
            ProcessInfo.processInfo.environment["LINEKEEPER_CRASH_CYCLES"].flatMap { Int($0) } ?? 3
        private static let buyerCount = 3
        private static let assignerCount = 2

        private struct Load {
            let scene: PurchaseScene
            let offers: OfferPool
            let buyers: [PurchaseWorker]
            let assigners: [CrashWorker]
        }

        @Test
        func `kill -9 under purchases and assignments, with carriers that fail, loses nothing`()
            async throws
        {
            try await PurchaseScene.with { scene in
                var server = try await scene.start()
                let load = try await prepare(scene, server)
                var wrong = 0
                for cycle in 1...Self.cycles {
                    try await run(load, server)
                    scene.simulator.clearFaults()
                    server = try await scene.start()
                    let findings = try await check(load, server)
                    #expect(findings == [], "cycle \(cycle)")
                    wrong += findings.count
                }
                #expect(await server.stop() == .code(0))
                try await summarize(load, wrong)
            }
        }

        private func prepare(_ scene: PurchaseScene, _ server: ServerProcess) async throws -> Load {
            let offers = OfferPool(scene.simulator)
            var buyers: [PurchaseWorker] = []
            for index in 0..<Self.buyerCount {
                let buyer = try await Buyer("Buyer \(index)", on: server)
                buyers.append(PurchaseWorker(buyer, offers, seed: .random(in: 0 ... .max)))
            }
            let tenant = try await Tenant("Assigner", on: server)
            var assigners: [CrashWorker] = []
            for index in 0..<Self.assignerCount {
                // No number on sale begins like these.
                let e164s = (0..<3).map { "+190\(index)999100\($0)" }
                let ids = try await tenant.importNumbers(e164s)
                let worker = CrashWorker(
                    "a\(index)", tenant: tenant,
                    numbers: zip(e164s, ids).map { (e164: $0, id: $1) },
                    seed: .random(in: 0 ... .max))
                try await worker.prepare(server.client())
                assigners.append(worker)
            }
            let load = Load(scene: scene, offers: offers, buyers: buyers, assigners: assigners)
            try await refill(load, server)
            return load
        }

        private func refill(_ load: Load, _ server: ServerProcess) async throws {
            try await load.offers.fill(
                to: 200, by: load.buyers[0].buyer, through: try server.client())
        }

        /// Has everybody work on a server until it is killed.
        private func run(_ load: Load, _ server: ServerProcess) async throws {
            let token = try load.scene.home.adminToken()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in load.buyers {
                    let client = try server.client(showing: token) { $0.attemptsMax = 1 }
                    group.addTask { try await worker.run(client) }
                }
                for worker in load.assigners {
                    let client = try server.client(showing: token) { $0.attemptsMax = 1 }
                    group.addTask { try await worker.run(client) }
                }
                let simulator = load.scene.simulator
                let gremlin = Task {
                    var gremlin = Gremlin(seed: .random(in: 0 ... .max))
                    await gremlin.run(simulator)
                }
                try await Task.sleep(for: .milliseconds(Int.random(in: 100...1_500)))
                await server.kill()
                gremlin.cancel()
                await gremlin.value
                try await group.waitForAll()
            }
        }

        /// Finds out what became of everything; answers what does not add up.
        private func check(_ load: Load, _ server: ServerProcess) async throws -> [String] {
            let client = try server.client()
            for worker in load.buyers where try await !worker.settle(client) {
                throw TestFailure("the server went away again:\n\(server.log.suffix(2_000))")
            }
            for worker in load.assigners { try await worker.settle(client) }
            try await load.scene.waitUntilQuiet()
            var findings = try await findings(load)
            for worker in load.buyers { findings += try await worker.repeated(client) }
            // Numbers are routed as the store says.
            let store = try CheckedStore(StoreFile(load.scene.home))
            for order in store.orders.suffix(20) {
                let reason = try await Status.refusal { try await client.route(order.e164) }?.reason
                let expected = order.state == .completed ? "NOT_ASSIGNED" : "NUMBER_NOT_FOUND"
                guard reason != expected else { continue }
                findings.append("a call to \(order.e164) finds \(reason ?? "an agent")")
            }
            // Asking again has changed nothing.
            findings += try await self.findings(load)
            try await refill(load, server)
            return findings
        }

        private func findings(_ load: Load) async throws -> [String] {
            var history = CheckedHistory()
            for worker in load.buyers {
                let told = await worker.buyer.history
                history.acknowledged.formUnion(told.acknowledged)
                history.refused.formUnion(told.refused)
                history.grants.merge(told.grants) { $0 + $1 }
            }
            var findings = try load.scene.findings(history)
            let state = try StoredState(StoreFile(load.scene.home))
            for worker in load.assigners {
                let (found, acknowledged) = await (state.part(of: worker), worker.acknowledged)
                if found != acknowledged { findings.append("\(worker.name): \(found)") }
            }
            return findings
        }

        private func summarize(_ load: Load, _ wrong: Int) async throws {
            var requests = 0
            for worker in load.buyers { requests += await worker.count }
            var changes = 0
            for worker in load.assigners { changes += await worker.done.count }
            let orders = try CheckedStore(StoreFile(load.scene.home)).orders
            let bought = orders.count { $0.state == .completed }
            print(
                """
                purchase crash test: \(Self.cycles) kills, \(changes) acknowledged assignments, \
                \(requests) acknowledged purchases of \(orders.count) numbers \
                (\(bought) bought, \(orders.count - bought) not); \
                \(wrong) missing or doubled
                """)
        }
    }
}
