import LinekeeperCore
import Testing

@Suite struct RouteTableTests {
    /// What a table should hold, in plain dictionaries.
    private struct Model {
        struct Place: Hashable {
            var workspace: WorkspaceKey
            var agent: AgentID
        }

        var numbers: [E164: NumberFacts] = [:]
        var agents: [Place: AgentFacts] = [:]
        var workspaces: [WorkspaceKey: WorkspaceFacts] = [:]
        var connections: [ConnectionID: ConnectionFacts] = [:]
    }

    private func e164(_ index: Int) throws -> E164 {
        try #require(E164(digits: 14_155_550_000 + UInt64(index)))
    }

    @Test func `a table holds what a dictionary would, through thousands of changes`() throws {
        let table = RouteTable()
        var model = Model()
        var random = SeededGenerator(seed: 11)
        var lastID: UInt64 = 0
        var ids: Set<NumberID> = []
        for step in 0..<12_000 {
            let pick = Int(random.next() % 150)
            switch random.next() % 8 {
            case 0, 1:
                // Changed, or the same digits got again under another id and workspace.
                let e164 = try e164(pick)
                var facts: NumberFacts
                if let known = model.numbers[e164], random.next() % 2 == 0 {
                    facts = known
                    facts.version += 1
                } else {
                    lastID += 1
                    facts = try Routing.number(
                        e164.description, id: lastID,
                        in: WorkspaceKey(rawValue: Int64(random.next() % 3)))
                    ids.insert(facts.id)
                }
                table.put(facts)
                model.numbers[e164] = facts
            case 2:
                let e164 = try e164(pick)
                table.remove(number: e164)
                model.numbers[e164] = nil
            case 3, 4:
                var agent = try Routing.agent(
                    "agent-\(pick)", in: WorkspaceKey(rawValue: Int64(random.next() % 3)))
                agent.name = "Name \(step)"
                agent.outbound = try e164(step % 150)
                table.put(agent)
                model.agents[.init(workspace: agent.workspace, agent: agent.id)] = agent
            case 5:
                let workspace = WorkspaceKey(rawValue: Int64(random.next() % 3))
                let id = try #require(AgentID("agent-\(pick)"))
                table.remove(agent: id, in: workspace)
                model.agents[.init(workspace: workspace, agent: id)] = nil
            case 6:
                let facts = Routing.workspaceFacts(Int64(pick)) {
                    $0.outboundLocked = step % 2 == 0
                }
                let isThere = random.next() % 3 > 0
                if isThere { table.put(facts) } else { table.remove(workspace: facts.key) }
                model.workspaces[facts.key] = isThere ? facts : nil
            default:
                let facts = Routing.connection(Int64(pick), in: Int64(random.next() % 3))
                let isThere = random.next() % 3 > 0
                if isThere { table.put(facts) } else { table.remove(connection: facts.id) }
                model.connections[facts.id] = isThere ? facts : nil
            }
            if step % 1_000 == 999 { try compare(table, model, ids) }
        }
    }

    private func compare(_ table: RouteTable, _ model: Model, _ ids: Set<NumberID>) throws {
        #expect(table.differences(from: table).isEmpty)
        #expect(table.counts.numbers == model.numbers.count)
        #expect(table.counts.agents == model.agents.count)
        #expect(table.counts.workspaces == model.workspaces.count)
        let held = Dictionary(
            uniqueKeysWithValues: model.numbers.values.map { ($0.id, $0) })
        for id in ids {
            for workspace in 0..<3 as Range<Int64> {
                let workspace = WorkspaceKey(rawValue: workspace)
                let expected = held[id].flatMap { $0.workspace == workspace ? $0 : nil }
                #expect(table.number(id, in: workspace) == expected)
            }
        }
        for index in 0..<150 {
            let e164 = try e164(index)
            #expect(table.number(e164) == model.numbers[e164])
            var lent: NumberFacts?
            #expect(table.withNumber(e164) { lent = $0.pointee } == (model.numbers[e164] != nil))
            #expect(lent == model.numbers[e164])
            let id = try #require(AgentID("agent-\(index)"))
            for workspace in 0..<3 as Range<Int64> {
                let workspace = WorkspaceKey(rawValue: workspace)
                let expected = model.agents[.init(workspace: workspace, agent: id)]
                #expect(table.agent(id, in: workspace) == expected)
                var name: String?
                _ = table.withAgent(Array(id.text.utf8).span.bytes, in: workspace) {
                    name = $0.pointee.name
                }
                #expect(name == expected?.name)
                let probable = table.probableNumber(
                    of: .outbound, Array(id.text.utf8).span.bytes, in: workspace)
                #expect(probable == expected?.outbound)
            }
            let facts = Routing.workspaceFacts(Int64(index))
            #expect(table.workspace(facts.key) == model.workspaces[facts.key])
            #expect(table.workspace(facts.id) == model.workspaces[facts.key])
            #expect(table.workspaceKey(facts.id) == model.workspaces[facts.key]?.key)
            let connection = Routing.connection(Int64(index))
            #expect(table.connection(connection.id) == model.connections[connection.id])
            #expect(table.connection(connection.key) == model.connections[connection.id])
        }
    }

    @Test func `an agent is found by exactly its id's bytes, in its own workspace`() throws {
        let table = RouteTable()
        table.put(try Routing.agent("front-desk"))
        func finds(_ text: String, in workspace: WorkspaceKey = Routing.workspace) -> Bool {
            table.withAgent(Array(text.utf8).span.bytes, in: workspace) { _ in }
        }
        #expect(finds("front-desk"))
        #expect(!finds("front-desk", in: WorkspaceKey(rawValue: 2)))
        for text in ["", "front-des", "front-desk ", "Front-desk", "front-desk\0", "front_desk"] {
            #expect(!finds(text), "\(text)")
        }
    }

    @Test func `a number is another workspace's neither by id nor by a stale id`() throws {
        let table = RouteTable()
        let first = try Routing.number(id: 1)
        table.put(first)
        #expect(table.number(first.id, in: WorkspaceKey(rawValue: 2)) == nil)
        table.put(try Routing.number(id: 2, in: WorkspaceKey(rawValue: 2)))
        #expect(table.number(first.id, in: Routing.workspace) == nil)
        #expect(table.counts.numbers == 1)
    }

    @Test func `removing what is not there changes nothing`() throws {
        let table = RouteTable()
        table.put(try Routing.number())
        table.remove(number: try Routing.e164("+14155550199"))
        table.remove(agent: try Routing.agent().id, in: Routing.workspace)
        table.remove(workspace: Routing.workspace)
        table.remove(connection: Routing.connection().id)
        #expect(table.counts == (1, 0, 0))
    }

    // MARK: Differences

    private func table(_ edit: (RouteTable) throws -> Void = { _ in }) throws -> RouteTable {
        let table = RouteTable()
        table.put(try Routing.number())
        table.put(try Routing.agent())
        table.put(Routing.workspaceFacts())
        table.put(Routing.connection())
        try edit(table)
        return table
    }

    @Test func `equal tables differ in nothing`() throws {
        #expect(try table().differences(from: table()).isEmpty)
    }

    /// One change of each kind that a table can have, and a word that tells it.
    private static let changes: [(String, @Sendable (RouteTable) throws -> Void)] = [
        ("number +14155550100", { $0.remove(number: try Routing.e164("+14155550100")) }),
        ("number +14155550100", { $0.put(try Routing.number { $0.version = 2 }) }),
        ("number +14155550100", { $0.put(try Routing.number(id: 2)) }),
        ("number +14155550199", { $0.put(try Routing.number("+14155550199", id: 2)) }),
        ("agent ann", { $0.remove(agent: try Routing.agent().id, in: Routing.workspace) }),
        ("agent ann", { $0.put(try Routing.agent("ann", .draft)) }),
        ("agent bob", { $0.put(try Routing.agent("bob")) }),
        ("workspace wsp_", { $0.remove(workspace: Routing.workspace) }),
        ("workspace wsp_", { $0.put(Routing.workspaceFacts { $0.outboundLocked = true }) }),
        ("workspace wsp_", { $0.put(Routing.workspaceFacts(2)) }),
        ("connection con_", { $0.remove(connection: Routing.connection().id) }),
        ("connection con_", { $0.put(Routing.connection(1, in: 2)) }),
        ("connection con_", { $0.put(Routing.connection(2)) }),
    ]

    @Test(arguments: changes.indices)
    func `a difference of any kind is told, from both sides`(_ index: Int) throws {
        let (word, change) = RouteTableTests.changes[index]
        let changed = try table(change)
        for differences in [
            try changed.differences(from: table()), try table().differences(from: changed),
        ] {
            #expect(differences.count == 1)
            #expect(differences.allSatisfy { $0.hasPrefix(word) }, "\(differences)")
        }
    }

    @Test func `what cannot be found by its id is told`() throws {
        let broken = try table { $0.put(try Routing.number("+14155550199", id: 1)) }
        let told = broken.differences(from: broken)
        #expect(told.contains("number +14155550100 by its id"), "\(told)")
        #expect(told.contains { $0.hasPrefix("ids that nothing has") })
    }

    @Test func `no more differences are told than were asked for`() throws {
        let changed = try table { table in
            for index in 0..<40 { table.put(try Routing.agent("agent-\(index)")) }
        }
        #expect(try changed.differences(from: table()).count == 20)
        #expect(try changed.differences(from: table(), max: 3).count == 3)
    }
}
