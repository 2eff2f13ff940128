import LinekeeperCore
import Testing

@testable import LinekeeperStorage

/// One filter and the last two digits of the numbers it must find.
struct FilterCase: Sendable, CustomTestStringConvertible {
    let name: String
    let expected: [String]
    let filter: NumberFilter

    init(_ name: String, _ expected: [String], _ edit: (inout NumberFilter) -> Void) {
        self.name = name
        self.expected = expected
        var filter = NumberFilter()
        edit(&filter)
        self.filter = filter
    }

    var testDescription: String { name }

    static let all: [FilterCase] = [
        .init("everything live", ["01", "02", "03", "04", "05"]) { _ in },
        .init("carrier", ["02"]) { $0.carrier = .twilio },
        .init("origin", ["03"]) { $0.origin = .pool },
        .init("connection", ["01"]) { $0.connection = ConnectionID(high: 3, low: 1) },
        .init("unknown connection", []) { $0.connection = ConnectionID(high: 3, low: 9) },
        .init("country", ["04"]) { $0.countryCode = "DE" },
        .init("type", ["04"]) { $0.type = .tollFree },
        .init("capability", ["05"]) { $0.capability = .fax },
        .init("status", ["05"]) { $0.status = .pastDue },
        .init("released", ["06"]) { $0.status = .released },
        .init("agent of any profile", ["01", "02"]) { $0.agent = AgentID("support") },
        .init("unknown agent", []) { $0.agent = AgentID("nobody") },
        .init("nobody inbound", ["02", "03", "04", "05"]) { $0.unassignedProfile = .inbound },
        .init("nobody outbound", ["01", "03", "04", "05"]) { $0.unassignedProfile = .outbound },
        .init("nobody for SMS", ["01", "02", "03", "04", "05"]) { $0.unassignedProfile = .sms },
        .init("outbound off", ["02"]) { $0.outboundEnabled = false },
        .init("outbound on", ["01", "03", "04", "05"]) { $0.outboundEnabled = true },
        .init("tag by key", ["03", "04"]) { $0.tag = .key("team") },
        .init("tag by key and value", ["04"]) { $0.tag = .pair(key: "team", value: "Sales") },
        .init("tag values mind the case", []) { $0.tag = .pair(key: "team", value: "SALES") },
        .init("no part of a tag's key", []) { $0.tag = .key("eam") },
        .init("no part of a tag's value", []) { $0.tag = .pair(key: "team", value: "Sal") },
        .init("text in the number", ["03"]) { $0.text = "5550103" },
        .init("text in the label, in any case", ["03"]) { $0.text = "FRONT desk" },
        .init("text in the region", ["04"]) { $0.text = "berlin" },
        .init("text in an agent's name", ["01", "02"]) { $0.text = "agent SUPP" },
        .init("other letters to the letter", ["05"]) { $0.text = "Ünal" },
        .init("signs of patterns are letters", ["05"]) { $0.text = "100%_!" },
        .init("no sign of a pattern", []) { $0.text = "1%5" },
        .init("two filters at once", ["02"]) {
            $0.agent = AgentID("support")
            $0.outboundEnabled = false
        },
        .init(
            "all filters at once", ["01"]
        ) {
            $0.carrier = .sip
            $0.origin = .imported
            $0.connection = ConnectionID(high: 3, low: 1)
            $0.type = .local
            $0.capability = .voice
            $0.status = .active
            $0.agent = AgentID("support")
            $0.unassignedProfile = .sms
            $0.outboundEnabled = true
            $0.text = "+1415"
        },
    ]
}

struct NumbersListTests {
    private func filled() async throws -> NumberDesk {
        let desk = try await NumberDesk()
        let workspace = desk.workspace
        let connection = try await desk.store.change { writer throws(DomainError) in
            let record = ConnectionRecord(
                key: ConnectionKey(rawValue: 0), id: ConnectionID(high: 3, low: 1),
                workspace: TestID.workspace("Acme"), carrier: .sip, name: "Trunk", settings: [:],
                credentialHint: "", createdAt: .start)
            let key = try writer.insertConnection(
                record, workspace: workspace, sealedCredentials: [1])
            return [UInt8(truncatingIfNeeded: key.rawValue)]
        }.get()
        let key = ConnectionKey(rawValue: Int64(connection.first ?? 0))
        let first = try await desk.addNumber("+14155550101", id: 1) { $0.connection = key }
        let second = try await desk.addNumber("+14155550102", id: 2) { $0.carrier = .twilio }
        let third = try await desk.addNumber("+14155550103", id: 3) {
            $0.origin = .pool
            $0.label = "Front Desk"
        }
        let fourth = try await desk.addNumber("+4930555504", id: 4) {
            $0.type = .tollFree
            $0.regionLabel = "Berlin"
        }
        try await desk.addNumber("+14155550105", id: 5) {
            $0.capabilities = [.voice, .fax]
            $0.label = "Ünal 100%_!"
            $0.status = .pastDue
        }
        let gone = try await desk.addNumber("+14155550106", id: 6)
        let agent = try await desk.addAgent("support")
        try await desk.assign(first) { $0.inbound = .assign(agent) }
        try await desk.assign(second) {
            $0.outbound = .assign(agent)
            $0.outboundEnabled = false
        }
        try await desk.update(third) { $0.tags = ["team": .set("support")] }
        try await desk.update(fourth) { $0.tags = ["team": .set("Sales"), "x": .set("1")] }
        #expect(await desk.release(gone, confirm: "+14155550106") == nil)
        let other = try await NumberDesk.addWorkspace("Other", to: desk.store)
        try await desk.addNumber("+14155559999", id: 99, in: other)
        return desk
    }

    @Test("B005 A filter finds exactly the numbers that match in all its parts")
    func filters() async throws {
        let desk = try await filled()
        for filterCase in FilterCase.all {
            let found = try await desk.list(filterCase.filter).map { String($0.suffix(2)) }
            #expect(found == filterCase.expected, "\(filterCase.name)")
        }
        desk.close()
    }

    @Test(
        "B005 A list is ordered by time, number or label, either way round, in pages of any size",
        arguments: NumberOrder.Field.allCases, [true, false])
    func orders(field: NumberOrder.Field, descending: Bool) async throws {
        let desk = try await NumberDesk()
        // Labels repeat, so that pages end between rows of equal sort value.
        let labels = ["b", "a", "b", "", "a", "b", "Z"]
        for (index, label) in labels.enumerated() {
            let text = "+1415555010\((index * 3) % 7)"
            try await desk.addNumber(text, id: UInt64(index + 1)) { $0.label = label }
        }
        let order = NumberOrder(by: field, descending: descending)
        let records = try await desk.store.read {
            [workspace = desk.workspace] reader
                throws(DomainError) in
            try reader.numbers(
                of: workspace, matching: NumberFilter(), by: NumberOrder(by: .createdAt),
                page: Page(size: 100, after: nil)
            ).rows
        }
        let ascending = records.sorted { left, right in
            switch field {
            case .createdAt: left.createdAt < right.createdAt
            case .e164: left.e164 < right.e164
            case .label: (left.label, left.key.rawValue) < (right.label, right.key.rawValue)
            }
        }
        let expected = (descending ? ascending.reversed() : ascending).map(\.e164.description)
        for size in 1...8 {
            #expect(try await desk.list(by: order, pageSize: size) == expected, "size \(size)")
        }
        desk.close()
    }

    @Test(
        "B005 Numbers that stay are listed once each while others come and go between pages",
        arguments: NumberOrder.Field.allCases, [true, false])
    func stable(field: NumberOrder.Field, descending: Bool) async throws {
        let desk = try await NumberDesk()
        var staying: Set<String> = []
        var going: [(NumberID, String)] = []
        for index in 0..<20 {
            let text = "+141555502\(index < 10 ? "0" : "")\(index)"
            let id = try await desk.addNumber(text, id: UInt64(100 + index)) {
                $0.label = "l\(index % 3)"
            }
            if index.isMultiple(of: 4) { going.append((id, text)) } else { staying.insert(text) }
        }
        var round: UInt64 = 0
        let found = try await desk.list(
            by: NumberOrder(by: field, descending: descending), pageSize: 3
        ) {
            round += 1
            if let (id, text) = going.popLast() {
                #expect(await desk.release(id, confirm: text) == nil)
            }
            // One before and one behind every number that stays, in any order.
            try await desk.addNumber("+1415555000\(round)", id: round) { $0.label = "" }
            try await desk.addNumber("+1415555090\(round)", id: 200 + round) { $0.label = "z" }
        }
        #expect(round > 4)
        #expect(Set(found).count == found.count)
        #expect(staying.isSubset(of: found))
        desk.close()
    }

    @Test("A list in another order refuses the position")
    func positionOfAnotherOrder() async throws {
        let desk = try await NumberDesk()
        let workspace = desk.workspace
        let page = Page(size: 1, after: PagePosition(sortValue: "Front desk", rowKey: 1))
        await #expect(throws: DomainError.self) {
            try await desk.store.read { reader throws(DomainError) in
                try reader.numbers(
                    of: workspace, matching: NumberFilter(), by: NumberOrder(by: .createdAt),
                    page: page)
            }
        }
        desk.close()
    }

    @Test("B004 A workspace has numbers as long as one is live")
    func hasNumbers() async throws {
        let desk = try await NumberDesk()
        let workspace = desk.workspace
        func hasNumbers() async throws -> Bool {
            try await desk.store.read { reader throws(DomainError) in
                try reader.hasNumbers(workspace)
            }
        }
        #expect(try await !hasNumbers())
        let number = try await desk.addNumber("+14155550100", id: 1)
        #expect(try await hasNumbers())
        #expect(await desk.release(number, confirm: "+14155550100") == nil)
        #expect(try await !hasNumbers())
        desk.close()
    }

    @Test(
        "Every order walks an index of the workspace's numbers and sorts nothing",
        arguments: NumberOrder.Field.allCases, [true, false])
    func plans(field: NumberOrder.Field, descending: Bool) async throws {
        let desk = try await NumberDesk()
        let query = try NumberListQuery(
            workspace: desk.workspace, filter: NumberFilter(),
            order: NumberOrder(by: field, descending: descending),
            after: PagePosition(sortValue: "1", rowKey: 1), limit: 51)
        let plan = try await desk.plan(query)
        #expect(plan.contains("SEARCH number USING INDEX number_by_"), "\(plan)")
        #expect(!plan.contains("SCAN"), "\(plan)")
        #expect(!plan.contains("TEMP B-TREE"), "\(plan)")
        desk.close()
    }

    @Test("An agent's numbers are found through the indexes of the profiles")
    func planByAgent() async throws {
        let desk = try await NumberDesk()
        var filter = NumberFilter()
        filter.agent = AgentID("support")
        let query = try NumberListQuery(
            workspace: desk.workspace, filter: filter, order: NumberOrder(by: .createdAt),
            after: nil, limit: 51)
        let plan = try await desk.plan(query)
        for profile in ["inbound", "outbound", "sms"] {
            #expect(plan.contains("number_\(profile)_agent"), "\(plan)")
        }
        #expect(plan.contains("SEARCH number USING INTEGER PRIMARY KEY"), "\(plan)")
        #expect(!plan.contains("SCAN number"), "\(plan)")
        #expect(!plan.contains("number_by_workspace"), "\(plan)")
        desk.close()
    }
}
