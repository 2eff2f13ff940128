import Foundation
import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperStorage
import LinekeeperTestSupport
import Logging
import TestPrograms
import Testing

extension Integration {
    @Suite struct CrashTests {
        /// How often the server is killed; scripts/crash-test sets it.
        static let cycles =
            ProcessInfo.processInfo.environment["LINEKEEPER_CRASH_CYCLES"].flatMap { Int($0) } ?? 20
        private static let workerCount = 6
        private static let numbersEach = 4

        @Test func `kill -9 under load loses no acknowledged change; the table equals the store`()
            async throws
        {
            try await endings(Self.cycles) { server in await server.kill() }
        }

        @Test func `SIGTERM under load loses no acknowledged change, and ends with 0`() async throws
        {
            try await endings(5) { server in #expect(await server.stop() == .code(0)) }
        }

        /// Ends the server under load, and checks what the next one knows, so many times.
        private func endings(
            _ cycles: Int, _ end: (ServerProcess) async -> Void
        ) async throws {
            try await ServerHome.with { home in
                var server = try await home.start()
                let workers = try await workers(server)
                for cycle in 1...cycles {
                    try await load(server, workers) {
                        try await Task.sleep(for: .milliseconds(Int.random(in: 50...400)))
                        await end(server)
                    }
                    server = try await home.start()
                    try await check(server, workers, "cycle \(cycle)")
                }
                // The table that many changes have passed through, rather than one just loaded.
                let survivor = server
                try await load(survivor, workers) { try await Task.sleep(for: .milliseconds(500)) }
                try await check(survivor, workers, "at the end")
                try await checkEvents(home, workers)
                #expect(await server.stop() == .code(0))
                try checkFile(home)
                var changes = 0
                for worker in workers { changes += await worker.done.count }
                print("crash test: \(cycles) endings, \(changes) acknowledged changes")
            }
        }

        private func workers(_ server: ServerProcess) async throws -> [CrashWorker] {
            let tenants = [
                try await Tenant("Left", on: server), try await Tenant("Right", on: server),
            ]
            let client = try server.client()
            var workers: [CrashWorker] = []
            for index in 0..<Self.workerCount {
                let tenant = tenants[index % tenants.count]
                // Each worker has an area code of its own: its imports follow these.
                let e164s = (0..<Self.numbersEach).map { "+1\(201 + index)999\(1000 + $0)" }
                    .map { String($0) }
                let ids = try await tenant.importNumbers(e164s)
                let worker = CrashWorker(
                    "w\(index)", tenant: tenant,
                    numbers: zip(e164s, ids).map { (e164: $0, id: $1) },
                    seed: .random(in: 0 ... .max))
                try await worker.prepare(client)
                workers.append(worker)
            }
            return workers
        }

        /// Has every worker change things while `meanwhile` runs, and waits for all of them.
        private func load(
            _ server: ServerProcess, _ workers: [CrashWorker],
            _ meanwhile: () async throws -> Void
        ) async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in workers {
                    // One attempt: what became of it is to be found out, not tried again.
                    let client = try server.client(showing: server.home.adminToken()) {
                        $0.attemptsMax = 1
                    }
                    group.addTask { try await worker.run(client) }
                }
                try await meanwhile()
                // Where the server lives on, a worker ends after the change it is making.
                if server.ending == nil { for worker in workers { await worker.finish() } }
                try await group.waitForAll()
            }
        }

        private func check(
            _ server: ServerProcess, _ workers: [CrashWorker], _ when: Comment
        ) async throws {
            let client = try server.client()
            let store = try StoredState(StoreFile(server.home))
            for worker in workers {
                let found = await store.part(of: worker)
                let acknowledged = await worker.acknowledged
                let pending = await worker.pending
                #expect(found == acknowledged || found == pending?.after, when)
                try await worker.settle(client)
                #expect(try await worker.repeated(10, client) == [], when)
            }
            let settled = try StoredState(StoreFile(server.home))
            for worker in workers {
                #expect(await settled.part(of: worker) == worker.acknowledged, when)
            }
            let token = try server.home.adminToken()
            let port = server.home.port
            let differences = try await onThread {
                try settled.differences(from: Wire(port: port, token: token))
            }
            #expect(differences == [], when)
        }

        /// Every change that changed something has left exactly one event, however often it was
        /// repeated.
        private func checkEvents(_ home: ServerHome, _ workers: [CrashWorker]) async throws {
            let rows = try StoreFile(home).rows(
                "SELECT request_id, count(*) FROM event GROUP BY request_id")
            let counts = Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
            for worker in workers {
                for (operation, _) in await worker.done {
                    let expected = operation.leavesEvent ? "1" : nil
                    #expect(counts[operation.key] == expected, "\(operation.method)")
                }
            }
        }

        /// The file that is left is whole, and loads.
        private func checkFile(_ home: ServerHome) throws {
            let store = try SQLiteStore.open(
                directory: home.data, clock: NoClock(),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            #expect(store.routes.counts.workspaces == 2)
            store.close()
        }

        private struct NoClock: WallClock {
            var now: Timestamp { Timestamp(microseconds: 0) }
        }
    }
}
