import LinekeeperCore
import Testing

@testable import LinekeeperStorage

struct NumbersReadTests {
    @Test("B001 A number is read with the names of its agents, its fallback and its lock")
    func readsNames() async throws {
        let desk = try await NumberDesk()
        let number = try await desk.addNumber("+14155550100", id: 1) {
            $0.regionLabel = "San Francisco"
            $0.countryCode = "US"
        }
        let agent = try await desk.addAgent("support")
        let stand_in = try await desk.addAgent("night")
        try await desk.assign(number) {
            $0.inbound = .assign(agent)
            $0.outbound = .assign(agent)
            $0.sms = .assign(agent)
            $0.outboundEnabled = false
        }
        try await desk.update(number) {
            $0.label = "Front; desk, \"main\""
            $0.tags = ["team": .set("sales"), "a.b": .set("x y")]
            $0.fallback = .set(.agent(stand_in))
            $0.ringTimeout = .set(40)
            $0.forwardedFrom = [E164("+14155550111".utf8), E164("+14155550112".utf8)].compactMap {
                $0
            }
            $0.releaseProtected = true
            $0.allowedDestinations = [E164Prefix("+1".utf8), E164Prefix("+4930".utf8)].compactMap {
                $0
            }
        }
        try await desk.store.execute(
            """
            INSERT INTO outbound_lock (workspace_key, e164, locked_by, locked_at)
            VALUES ($1, '+14155550100', 'tok', 0)
            """, .integer(desk.workspace.rawValue))

        let record = try await desk.record(number)
        #expect(record.inbound == .init(id: "support", name: "Agent support"))
        #expect(record.outbound == record.inbound)
        #expect(record.sms == record.inbound)
        #expect(!record.outboundEnabled)
        #expect(record.fallback == .agent(.init(id: "night", name: "Agent night")))
        #expect(record.label == "Front; desk, \"main\"")
        #expect(record.tags == ["team": "sales", "a.b": "x y"])
        #expect(record.ringTimeoutOverride == 40)
        #expect(record.forwardedFrom.map(\.description) == ["+14155550111", "+14155550112"])
        #expect(record.releaseProtected)
        #expect(record.allowedDestinations.map(\.description) == ["+1", "+4930"])
        #expect(record.outboundLocked)
        #expect(record.carrierLabel == "Imported")
        #expect(record.regionLabel == "San Francisco")
        #expect(record.capabilities == [.voice, .sms])
        #expect(record.version == 3)
        desk.close()
    }

    @Test("B200 A number of another workspace is not found, by id or by number")
    func otherWorkspace() async throws {
        let desk = try await NumberDesk()
        let other = try await NumberDesk.addWorkspace("Other", to: desk.store)
        let number = try await desk.addNumber("+14155550100", id: 1)
        let e164 = try #require(E164("+14155550100".utf8))
        let found = try await desk.store.read { reader throws(DomainError) in
            [
                try reader.numberRecord(number, in: other),
                try reader.numberRecord(e164, in: other),
            ]
        }
        #expect(found == [nil, nil])
        #expect(try await desk.record(number).e164 == e164)
        desk.close()
    }

    @Test("What is set on a number outlives a restart, in the rows and in the route table")
    func outlivesRestart() async throws {
        let desk = try await NumberDesk()
        let number = try await desk.addNumber("+14155550100", id: 1)
        let agent = try await desk.addAgent("night")
        try await desk.update(number) {
            $0.fallback = .set(.agent(agent))
            $0.ringTimeout = .set(55)
            $0.allowedDestinations = [E164Prefix("+49".utf8)].compactMap { $0 }
        }
        let before = try await desk.record(number)
        let e164 = before.e164
        let facts = try #require(desk.store.routes.number(e164))
        let agentFacts = try #require(desk.store.routes.agent(agent, in: desk.workspace))
        #expect(agentFacts.fallbackCount == 1)
        desk.close()

        let reopened = try desk.directory.open()
        #expect(reopened.routes.number(e164) == facts)
        #expect(reopened.routes.agent(agent, in: desk.workspace) == agentFacts)
        let workspace = desk.workspace
        let after = try await reopened.read { reader throws(DomainError) in
            try reader.numberRecord(number, in: workspace)
        }
        #expect(after == before)
        reopened.close()
    }

    @Test("B203 A change of settings is logged once, with before and after; no change, no entry")
    func logged() async throws {
        let desk = try await NumberDesk()
        let number = try await desk.addNumber("+14155550100", id: 1)
        try await desk.update(number) { $0.label = "Desk" }
        try await desk.update(number) { $0.label = "Desk" }
        try await desk.update(number) { $0.ringTimeout = .set(30) }
        let events = try await desk.events().filter { $0.action == "number.updated" }
        #expect(
            events.map(\.detailsJSON) == [
                #"{"before":{"ring_timeout_seconds":null},"after":{"ring_timeout_seconds":30}}"#,
                #"{"before":{"label":""},"after":{"label":"Desk"}}"#,
            ])
        #expect(events.map(\.routeChange) == [.number, nil])
        #expect(events.first?.number == number)
        #expect(try await desk.record(number).version == 3)
        desk.close()
    }

    @Test("A row that is not at the version of the route table is not overwritten")
    func rowMovedOn() async throws {
        let desk = try await NumberDesk()
        let number = try await desk.addNumber("+14155550100", id: 1)
        try await desk.store.execute("UPDATE number SET version = 7")
        let workspace = desk.workspace
        let refusal = await desk.refusal { writer throws(DomainError) in
            var change = NumberChange()
            change.label = "x"
            _ = try NumberEdit.update(number, in: workspace, with: change, through: writer)
        }
        #expect(refusal?.reason == .corruptData)
        #expect(try await desk.record(number).label == "")
        desk.close()
    }

    @Test(
        "A row with a value that cannot be read is an error, not a number with less on it",
        arguments: [
            "region = 'mars'", "tags = ';team;'", "forwarded_from = '+1415555010'||'0,12'",
            "allowed_prefixes = '+1,x'", "number_id = 'num_1'", "e164 = '0123456789'",
        ])
    func unreadableRow(assignment: String) async throws {
        let desk = try await NumberDesk()
        try await desk.addNumber("+14155550100", id: 1)
        try await desk.store.execute("UPDATE number SET \(assignment)")
        let workspace = desk.workspace
        let error = await #expect(throws: DomainError.self) {
            try await desk.store.read { reader throws(DomainError) in
                try reader.numbers(
                    of: workspace, matching: NumberFilter(), by: NumberOrder(by: .createdAt),
                    page: Page(size: 10, after: nil))
            }
        }
        #expect(error?.reason == .corruptData)
        desk.close()
    }
}
