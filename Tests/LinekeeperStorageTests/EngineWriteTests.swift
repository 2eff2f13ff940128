import Dispatch
import Foundation
import LinekeeperCore
import Synchronization
import Testing

@testable import LinekeeperStorage

@Suite struct EngineWriteTests {
    let directory = TestDirectory()

    private static let insert = "INSERT INTO server_secret (name, value) VALUES ($1, x'00')"

    private func insertion(_ name: String) -> Body {
        { writer throws(DomainError) in
            try writer.connection.run(SQL(EngineWriteTests.insert, .text(name)))
            return Array(name.utf8)
        }
    }

    @Test func `what queues up during a commit is committed at once`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let before = store.statistics
        let outcomes = Outcomes()
        let hold = store.holdWriter()
        for number in 0..<300 {
            store.write(Mutation(insertion("\(number)"), then: outcomes.completion))
        }
        #expect(store.statistics.writesQueued == 300)
        hold.release()
        #expect(outcomes.wait(for: 300))
        let answers = outcomes.all.compactMap(\.answer).map { String(decoding: $0, as: UTF8.self) }
        #expect(answers == (0..<300).map(String.init))
        #expect(store.statistics.commits == before.commits + 2)
        #expect(store.statistics.mutations == before.mutations + 301)
        #expect(try await store.value("SELECT count(*) FROM server_secret") == 300)
    }

    @Test func `a refused mutation leaves no row, no event and no fact, and the others stay`()
        async throws
    {
        let store = try directory.open()
        defer { store.close() }
        let workspace = try await store.addWorkspace()
        let outcomes = Outcomes()
        let hold = store.holdWriter()
        for number in 0..<10 {
            store.write(
                Mutation(
                    { writer throws(DomainError) in
                        let facts = WorkspaceFacts(
                            key: WorkspaceKey(rawValue: 100 + Int64(number)),
                            id: TestID.workspace("\(number)"), exclusivity: .agent, plan: .standard,
                            featureFlags: [])
                        try writer.connection.run(
                            SQL(EngineWriteTests.insert, .text("\(number)")))
                        writer.routes.put(facts)
                        try writer.append(
                            NewEvent("test.made", workspace: workspace, routeChange: .workspace))
                        if number % 2 == 1 { throw DomainError(.nameTaken, "Odd.") }
                        return []
                    }, then: outcomes.completion))
        }
        hold.release()
        #expect(outcomes.wait(for: 10))
        for (number, outcome) in outcomes.all.enumerated() {
            #expect(outcome.refusal?.reason == (number % 2 == 1 ? .nameTaken : nil))
            let facts = store.routes.workspace(WorkspaceKey(rawValue: 100 + Int64(number)))
            #expect((facts != nil) == (number % 2 == 0))
        }
        let odd = "SELECT count(*) FROM server_secret WHERE name IN ('1', '3', '5', '7', '9')"
        #expect(try await store.value(odd) == 0)
        #expect(try await store.value("SELECT count(*) FROM server_secret") == 5)
        #expect(try await store.value("SELECT count(*) FROM event") == 5)
        let changes = try await store.routeChanges(after: 0, workspace: workspace)
        #expect(try await changes.first { _ in true }?.count == 5)
        #expect(store.statistics.lastSequence == 5)
    }

    @Test(arguments: [false, true])
    func `the others run again only where a refusal comes after writing, and their last run counts`(
        _ writesFirst: Bool
    ) async throws {
        let store = try directory.open()
        defer { store.close() }
        let workspace = try await store.addWorkspace()
        let outcomes = Outcomes()
        let runs = Mutex(0)
        let hold = store.holdWriter()
        store.write(
            Mutation(
                { writer throws(DomainError) in
                    let run = runs.withLock { runs in
                        runs += 1
                        return runs
                    }
                    try writer.connection.run(SQL(EngineWriteTests.insert, .text("run \(run)")))
                    writer.routes.put(
                        WorkspaceFacts(
                            key: WorkspaceKey(rawValue: 100 + Int64(run)),
                            id: TestID.workspace("\(run)"), exclusivity: .agent, plan: .standard,
                            featureFlags: []))
                    try writer.append(
                        NewEvent("run.\(run)", workspace: workspace, routeChange: .workspace))
                    return [UInt8(clamping: run)]
                }, then: outcomes.completion))
        store.write(
            Mutation(
                { writer throws(DomainError) in
                    if writesFirst {
                        try writer.connection.run(SQL(EngineWriteTests.insert, .text("refused")))
                    }
                    throw DomainError(.nameTaken, "Never.")
                }, then: outcomes.completion))
        hold.release()
        #expect(outcomes.wait(for: 2))
        let last: Int64 = writesFirst ? 2 : 1
        #expect(outcomes.all.map(\.answer) == [[UInt8(clamping: last)], nil])
        #expect(outcomes.all.last?.refusal?.reason == .nameTaken)
        let rows = "SELECT count(*) FROM server_secret WHERE name = 'run \(last)'"
        #expect(try await store.value(rows) == 1)
        #expect(try await store.value("SELECT count(*) FROM server_secret") == 1)
        #expect(store.routes.workspace(WorkspaceKey(rawValue: 100 + last)) != nil)
        #expect(store.routes.workspace(WorkspaceKey(rawValue: 103 - last)) == nil)
        let changes = try await store.routeChanges(after: 0, workspace: workspace)
        #expect(try await changes.first { _ in true }?.map(\.action) == ["run.\(last)"])
        #expect(store.statistics.lastSequence == 1)
    }

    @Test func `a mutation sees what an earlier one of the same commit did`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let outcomes = Outcomes()
        let hold = store.holdWriter()
        let facts = WorkspaceFacts(
            key: WorkspaceKey(rawValue: 5), id: TestID.workspace("x"), exclusivity: .agent,
            plan: .standard, featureFlags: [])
        store.write(
            Mutation { writer in
                writer.routes.put(facts)
                return []
            })
        store.write(
            Mutation(
                { [routes = store.routes] writer in
                    let drafted = writer.routes.workspace(facts.key) == facts
                    let published = routes.workspace(facts.key) != nil
                    return [drafted ? 1 : 0, published ? 1 : 0]
                }, then: outcomes.completion))
        hold.release()
        #expect(outcomes.wait(for: 1))
        #expect(outcomes.all.first?.answer == [1, 0])
    }

    @Test func `a change is in the route table before it is answered`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let outcomes = Outcomes()
        let completion = outcomes.completion
        for number in 1...200 {
            let key = WorkspaceKey(rawValue: Int64(number))
            store.write(
                Mutation(
                    { writer in
                        writer.routes.put(
                            WorkspaceFacts(
                                key: key, id: TestID.workspace("\(number)"), exclusivity: .agent,
                                plan: .standard, featureFlags: []))
                        return []
                    },
                    then: { [routes = store.routes] _ in
                        completion(.success([routes.workspace(key) == nil ? 0 : 1]))
                    }))
        }
        #expect(outcomes.wait(for: 200))
        #expect(outcomes.all.allSatisfy { $0.answer == [1] })
    }

    @Test func `a broken constraint names it`() async throws {
        let store = try directory.open()
        defer { store.close() }
        _ = await store.change(insertion("twice"))
        let refusal = await store.change(insertion("twice")).refusal
        #expect(refusal?.reason == .storageFailed)
        #expect(refusal?.facts["constraint"] == "server_secret.name")
    }

    @Test func `foreign keys are enforced`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let refusal = await store.change { writer throws(DomainError) in
            try writer.connection.run(
                SQL("INSERT INTO outbound_lock VALUES (99, '', '', 'me', 0)"))
            return []
        }.refusal
        #expect(refusal?.reason == .storageFailed)
        #expect(refusal?.facts["constraint"] != nil)
    }

    @Test func `more than the queue holds is refused at once, with a time to wait`() async throws {
        let store = try directory.open { $0.writesQueuedMax = 4 }
        defer { store.close() }
        let taken = Outcomes()
        let refused = Outcomes()
        let hold = store.holdWriter()
        for number in 0..<4 {
            store.write(Mutation(insertion("\(number)"), then: taken.completion))
        }
        store.write(Mutation(insertion("too many"), then: refused.completion))
        #expect(refused.all.first?.refusal?.reason == .tooManyWrites)
        #expect(refused.all.first?.refusal?.retryAfterMilliseconds != nil)
        hold.release()
        #expect(taken.wait(for: 4))
        #expect(taken.all.allSatisfy { $0.answer != nil })
    }

    @Test func `closing makes what is queued and refuses what comes later`() async throws {
        let store = try directory.open()
        let taken = Outcomes()
        let late = Outcomes()
        let hold = store.holdWriter()
        for number in 0..<50 {
            store.write(Mutation(insertion("\(number)"), then: taken.completion))
        }
        hold.release()
        store.close()
        #expect(taken.all.compactMap(\.answer).count == 50)
        store.write(Mutation(insertion("late"), then: late.completion))
        #expect(late.all.first?.refusal?.reason == .shuttingDown)
        await #expect {
            try await store.value("SELECT 1")
        } throws: {
            ($0 as? DomainError)?.reason == .shuttingDown
        }
    }
}

@Suite struct EngineFailureTests {
    let directory = TestDirectory()

    @Test func `a full disk refuses what does not fit and the store goes on`() async throws {
        let store = try directory.open()
        defer { store.close() }
        // What SQLite answers with when the file may not grow is what it answers with on a full disk.
        _ = await store.change { writer throws(DomainError) in
            let pages = try writer.connection.first(SQL("PRAGMA page_count")) ?? 0
            try writer.connection.execute("PRAGMA max_page_count = \(pages + 2)")
            return []
        }
        let outcomes = Outcomes()
        let hold = store.holdWriter()
        for number in 0..<20 {
            store.write(
                Mutation(
                    { writer throws(DomainError) in
                        writer.routes.put(
                            WorkspaceFacts(
                                key: WorkspaceKey(rawValue: Int64(number)),
                                id: TestID.workspace("\(number)"), exclusivity: .agent,
                                plan: .standard, featureFlags: []))
                        try writer.connection.run(
                            SQL(
                                "INSERT INTO server_secret (name, value) VALUES ($1, $2)",
                                .text("\(number)"), .blob(Array(repeating: 1, count: 3000))))
                        return []
                    }, then: outcomes.completion))
        }
        hold.release()
        #expect(outcomes.wait(for: 20))
        #expect(outcomes.all.contains { $0.refusal?.reason == .storageFull })
        for (number, outcome) in outcomes.all.enumerated() {
            let facts = store.routes.workspace(WorkspaceKey(rawValue: Int64(number)))
            #expect((facts != nil) == (outcome.answer != nil))
        }
        let kept = outcomes.all.compactMap(\.answer).count
        #expect(try await store.value("SELECT count(*) FROM server_secret") == Int64(kept))

        let after = await store.change { writer throws(DomainError) in
            try writer.connection.execute("PRAGMA max_page_count = 1000000")
            try writer.connection.run(
                SQL(
                    "INSERT INTO server_secret (name, value) VALUES ('after', $1)",
                    .blob(Array(repeating: 1, count: 3000))))
            return []
        }
        #expect(after.refusal == nil)
    }

    @Test func `another program that holds the file is waited for, then named`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let other = try SQLiteConnection(path: directory.database, role: .writer)
        try other.execute("BEGIN IMMEDIATE")
        let refusal = await store.change { _ in [] }.refusal
        #expect(refusal?.reason == .storageFailed)
        #expect(refusal?.retryAfterMilliseconds != nil)
        try other.execute("ROLLBACK")
        #expect(await store.change { _ in [1] }.answer == [1])
    }

    @Test func `a write that fails on the disk ends the process without an answer`() async {
        await #expect(processExitsWith: .exitCode(70)) {
            let directory = TestDirectory()
            let store = try SQLiteStore.open(
                directory: directory.path, clock: FixedClock(now: .start), logger: .quiet)
            // From here on no file may grow: the write into the log fails.
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 4096, rlim_max: 4096)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            // An answer of either kind would be wrong, and letting go of a mutation is one.
            store.write(.exitsWhenAnsweredOrLetGo())
            try await Task.sleep(for: .seconds(60))
            _exit(2)
        }
    }

    @Test func `a damaged page met by a write stops the store without an answer`() async throws {
        let first = try directory.open()
        for number in 0..<500 {
            try await first.execute(
                "INSERT INTO server_secret (name, value) VALUES ($1, $2)", .text("name \(number)"),
                .blob(Array(repeating: 7, count: 200)))
        }
        let root = try await first.value(
            "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_server_secret_1'")
        first.close()
        let file = try #require(FileHandle(forUpdatingAtPath: directory.database))
        try file.seek(toOffset: UInt64(try #require(root) - 1) * UInt64(SQLiteConnection.pageBytes))
        try file.write(contentsOf: Data(repeating: 0x55, count: 64))
        try file.close()

        let stops = Outcomes()
        let answers = Outcomes()
        let completion = stops.completion
        let second = try directory.open {
            $0.checkedBeforeOpenMax = -1
            $0.failStop = { completion(.failure($0)) }
        }
        let hold = second.holdWriter()
        for _ in 0..<3 {
            second.write(
                Mutation(
                    { writer throws(DomainError) in
                        try writer.connection.run(
                            SQL("DELETE FROM server_secret WHERE name = 'name 250'"))
                        return []
                    }, then: answers.completion))
        }
        hold.release()
        #expect(stops.wait(for: 1))
        second.close()
        #expect(stops.all.first?.refusal?.reason == .corruptData)
        #expect(answers.all.isEmpty)
    }
}

extension Mutation {
    /// A write whose end, of whatever kind, ends the process with 1.
    fileprivate static func exitsWhenAnsweredOrLetGo() -> Mutation {
        let held = ExitsWhenLetGo()
        return Mutation(
            { writer throws(DomainError) in
                try writer.connection.run(
                    SQL("INSERT INTO server_secret (name, value) VALUES ('lost', x'00')"))
                return []
            },
            then: { _ in
                withExtendedLifetime(held) {}
                _exit(1)
            })
    }
}

private final class ExitsWhenLetGo: Sendable {
    deinit { _exit(1) }
}
