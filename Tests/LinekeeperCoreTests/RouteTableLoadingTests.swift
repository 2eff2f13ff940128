import LinekeeperCore
import Testing

@Suite struct RouteTableLoadingTests {
    private func number(_ index: UInt64, id: UInt64? = nil) throws -> NumberFacts {
        let e164 = try #require(E164(digits: 14_155_550_000 + index))
        return try Routing.number(e164.description, id: id ?? index)
    }

    private func agent(_ index: Int, in workspace: Int64 = 1) throws -> AgentFacts {
        try Routing.agent("agent-\(index)", in: WorkspaceKey(rawValue: workspace))
    }

    @Test(arguments: [1, 2, 3])
    func `a loaded table equals one that was put together, and goes on like it`(
        parts: Int
    ) throws {
        let table = RouteTable()
        let model = RouteTable()
        // Fewer are told than come.
        table.reserve(numbers: 100, agents: 100)
        for index in 0..<3_000 as Range<UInt64> {
            let number = try number(index)
            table.load(number)
            model.put(number)
        }
        for index in 0..<2_000 {
            var agent = try agent(index / 2, in: Int64(index % 2))
            agent.outbound = E164(digits: 14_155_550_000 + UInt64(index))
            table.load(agent)
            model.put(agent)
        }
        for part in 0..<parts { try table.finishLoading(part: part, of: parts) }
        #expect(table.differences(from: model) == [])
        #expect(table.counts == model.counts)

        for table in [table, model] {
            for index in 0..<500 as Range<UInt64> {
                table.remove(number: try number(index * 3).e164)
                table.put(try number(5_000 + index))
            }
            table.remove(agent: try agent(7).id, in: WorkspaceKey(rawValue: 1))
            var changed = try agent(8)
            changed.name = "Another name"
            table.put(changed)
        }
        #expect(table.differences(from: model) == [])
        #expect(table.counts == model.counts)
    }

    @Test func `a table that loads nothing is empty and can be filled`() throws {
        let table = RouteTable()
        table.reserve(numbers: 0, agents: 0)
        try table.finishLoading(part: 0, of: 1)
        #expect(table.counts == (0, 0, 0))
        table.put(try number(1))
        #expect(table.number(try number(1).e164) != nil)
    }

    @Test func `what is there twice is refused by name`() throws {
        func refusal(_ load: (RouteTable) throws -> Void) throws -> DomainError? {
            let table = RouteTable()
            for index in 0..<50 as Range<UInt64> { table.load(try number(index)) }
            for index in 0..<50 { table.load(try agent(index)) }
            try load(table)
            return #expect(throws: DomainError.self) {
                for part in 0..<2 { try table.finishLoading(part: part, of: 2) }
            }
        }
        let sameNumber = try refusal { $0.load(try number(7, id: 1_007)) }
        #expect(sameNumber?.reason == .corruptData)
        #expect(sameNumber?.facts["id"] == (try number(7, id: 1_007).id.description))
        let sameID = try refusal { $0.load(try number(1_007, id: 7)) }
        #expect(sameID?.reason == .corruptData)
        #expect(sameID?.facts["id"] == (try number(7).id.description))
        let sameAgent = try refusal { $0.load(try agent(7)) }
        #expect(sameAgent?.reason == .corruptData)
        #expect(sameAgent?.facts["id"] == "agent-7")
    }
}
