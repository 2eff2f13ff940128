import LinekeeperCore
import Synchronization
import Testing

@testable import LinekeeperStorage

@Suite struct EngineIdempotencyTests {
    let directory = TestDirectory()
    let runs = Counter()
    let workspace = WorkspaceKey(rawValue: 1)

    final class Counter: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock { $0 } }
        func increment() -> Int {
            count.withLock {
                $0 += 1
                return $0
            }
        }
    }

    /// Answers how often it has run.
    private var counting: Body {
        { [runs] _ in [UInt8(clamping: runs.increment())] }
    }

    private func key(
        _ name: String = "k1", method: String = "/a/B", payload: UInt8 = 1
    ) -> IdempotencyKey {
        IdempotencyKey(key: name, method: method, payloadHash: Array(repeating: payload, count: 32))
    }

    @Test func `a repeated key gets the first outcome and runs nothing`() async throws {
        let store = try directory.open()
        for _ in 1...3 {
            #expect(await store.change(workspace: workspace, key: key(), counting).answer == [1])
        }
        store.close()
        let again = try directory.open()
        defer { again.close() }
        #expect(await again.change(workspace: workspace, key: key(), counting).answer == [1])
        #expect(runs.value == 1)
    }

    @Test func `an empty answer is an outcome too`() async throws {
        let store = try directory.open()
        defer { store.close() }
        for _ in 1...2 {
            let outcome = await store.change(key: key()) { [runs] _ in
                _ = runs.increment()
                return []
            }
            #expect(outcome.answer == [])
        }
        #expect(runs.value == 1)
    }

    @Test func `the same key twice in one commit runs once`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let outcomes = Outcomes()
        let hold = store.holdWriter()
        for _ in 1...100 {
            store.write(
                Mutation(
                    workspace: workspace, key: key(), counting, then: outcomes.completion))
        }
        hold.release()
        #expect(outcomes.wait(for: 100))
        #expect(outcomes.all.allSatisfy { $0.answer == [1] })
        #expect(runs.value == 1)
    }

    @Test func `a refusal is repeated with all it said, and what was written before it is undone`()
        async throws
    {
        let store = try directory.open()
        defer { store.close() }
        let refusal = DomainError(
            .profileTaken, "Schon vergeben: \"ja\"\n\u{1F4DE}", facts: ["agent_id": "a", "x": ""],
            field: "inbound", retryAfterMilliseconds: 7)
        var runsOfFirst = 0
        for attempt in 1...2 {
            let outcome = await store.change(workspace: workspace, key: key()) {
                [runs] writer throws(DomainError) in
                _ = runs.increment()
                try writer.connection.run(
                    SQL("INSERT INTO server_secret (name, value) VALUES ('s', x'00')"))
                throw refusal
            }
            #expect(outcome.refusal == refusal)
            if attempt == 1 { runsOfFirst = runs.value }
        }
        #expect(runs.value == runsOfFirst)
        #expect(try await store.value("SELECT count(*) FROM server_secret") == 0)
    }

    @Test(
        "a refusal for now is not an outcome",
        arguments: [
            .shuttingDown, .tooManyWrites, .deadlineExceeded, .storageFull, .storageFailed,
            .corruptData, .carrierUnavailable, .idempotencyInProgress,
        ] as [DomainError.Reason])
    func notStored(reason: DomainError.Reason) async throws {
        let store = try directory.open()
        defer { store.close() }
        let first = await store.change(key: key()) { _ throws(DomainError) in
            throw DomainError(reason, "Not now.")
        }
        #expect(first.refusal?.reason == reason)
        #expect(await store.change(key: key(), counting).answer == [1])
    }

    @Test func `a key used for something else is refused, and stays what it was`() async throws {
        let store = try directory.open()
        defer { store.close() }
        _ = await store.change(workspace: workspace, key: key(), counting)
        for other in [key(payload: 2), key(method: "/a/C")] {
            let refusal = await store.change(workspace: workspace, key: other, counting).refusal
            #expect(refusal?.reason == .idempotencyKeyReused)
        }
        #expect(await store.change(workspace: workspace, key: key(), counting).answer == [1])
        #expect(runs.value == 1)
    }

    @Test func `workspaces have their keys to themselves`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let owners = [nil, WorkspaceKey(rawValue: 1), WorkspaceKey(rawValue: 2)]
        for (number, owner) in owners.enumerated() {
            let answer = await store.change(workspace: owner, key: key(), counting).answer
            #expect(answer == [UInt8(number + 1)])
        }
    }

    @Test func `a key is free again after 30 days, and expired ones are cleared away`()
        async throws
    {
        let store = try directory.open()
        defer { store.close() }
        for number in 0..<50 {
            _ = await store.change(key: key("old \(number)"), counting)
        }
        let day: Int64 = 24 * 3600
        let almost = Timestamp.start.adding(seconds: 30 * day - 1)
        #expect(await store.change(at: almost, key: key("old 0"), counting).answer == [1])
        let after = Timestamp.start.adding(seconds: 30 * day)
        #expect(await store.change(at: after, key: key("old 0"), counting).answer == [51])
        #expect(await store.change(at: after, key: key("old 0"), counting).answer == [51])

        let later = after.adding(seconds: 1)
        for _ in 0..<25 { _ = await store.change(at: later, counting) }
        #expect(try await store.value("SELECT count(*) FROM idempotency") == 1)
    }
}
