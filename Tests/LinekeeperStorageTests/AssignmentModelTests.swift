import LinekeeperCore
import Testing

@testable import LinekeeperStorage

/// What assignments should be, told in the plainest way: who holds what, and a toggle a number.
private struct Model {
    var exclusivity: NumberExclusivity
    /// Agents by name, with whether they are active.
    var agents: [String: Bool] = [:]
    var holders: [[Profile: String]]
    var isEnabled: [Bool]

    init(numbers: Int, exclusivity: NumberExclusivity) {
        self.exclusivity = exclusivity
        holders = Array(repeating: [:], count: numbers)
        isEnabled = Array(repeating: true, count: numbers)
    }

    /// Makes a save; false when it must be refused, and then nothing changes.
    mutating func save(
        _ number: Int, _ wanted: [Profile: String?], enabled: Bool?, replace: Bool
    ) -> Bool {
        let named = Set(wanted.values.compactMap { $0 })
        if named.contains(where: { agents[$0] == nil }) { return false }
        if exclusivity == .agent, named.count > 1 { return false }
        var after = holders[number]
        for (profile, agent) in wanted {
            let holder = holders[number][profile]
            guard let agent else {
                after[profile] = nil
                continue
            }
            if agent == holder { continue }
            if agents[agent] == false { return false }
            if holder != nil, !replace { return false }
            let others = holders.indices.filter { $0 != number }
            if others.contains(where: { holders[$0][profile] == agent }) { return false }
            after[profile] = agent
            if exclusivity == .agent {
                for (kept, other) in holders[number] where wanted[kept] == nil && other != agent {
                    if !replace { return false }
                    after[kept] = nil
                }
            }
        }
        if enabled != nil, after[.outbound] == nil { return false }
        if after[.outbound] != holders[number][.outbound] { isEnabled[number] = true }
        holders[number] = after
        isEnabled[number] = enabled ?? isEnabled[number]
        return true
    }

    mutating func delete(_ agent: String) -> Bool {
        guard agents.removeValue(forKey: agent) != nil else { return false }
        for number in holders.indices {
            if holders[number][.outbound] == agent { isEnabled[number] = true }
            holders[number] = holders[number].filter { $0.value != agent }
        }
        return true
    }

    mutating func setAll(_ enabled: Bool) {
        for number in holders.indices where holders[number][.outbound] != nil {
            isEnabled[number] = enabled
        }
    }
}

@Suite struct AssignmentModelTests {
    private static let names = ["ann", "bob", "cat", "dan", "eve"]
    private static let numberCount = 5

    @Test(arguments: NumberExclusivity.allCases, [1, 2, 3] as [UInt64])
    func `B020 B021 B022 B023 B043 every sequence of changes does what the plain model does`(
        _ exclusivity: NumberExclusivity, _ seed: UInt64
    ) async throws {
        let bench = try await AssignmentBench(exclusivity: exclusivity)
        var model = Model(numbers: Self.numberCount, exclusivity: exclusivity)
        for index in 0..<Self.numberCount { try await bench.addNumber(UInt64(index)) }
        var random = SplitMix(state: seed)
        for step in 0..<250 {
            let description = try await change(bench, &model, &random)
            try await expectSame(bench, model, "step \(step), seed \(seed): \(description)")
        }
        // A start from the file finds the same table.
        let kept = try await allFacts(bench.store, in: bench.workspace)
        let path = bench.directory
        bench.store.close()
        let reopened = try path.open()
        defer { reopened.close() }
        let read = try await allFacts(reopened, in: bench.workspace)
        #expect(read.numbers == kept.numbers)
        #expect(read.agents == kept.agents)
    }

    /// Makes one random change in both; they must agree whether it is allowed.
    private func change(
        _ bench: AssignmentBench, _ model: inout Model, _ random: inout SplitMix
    ) async throws -> String {
        let agent = Self.names[Int(random.next() % UInt64(Self.names.count))]
        let workspace = bench.workspace
        switch random.next() % 20 {
        case 0...12:
            return try await save(bench, &model, &random)
        case 13...16:
            let status = AgentStatus.allCases[Int(random.next() % 3)]
            model.agents[agent] = status != .inactive
            try await bench.addAgents([agent], status: status)
            return "put \(agent) \(status)"
        case 17, 18:
            let isEnabled = random.next() % 2 == 0
            model.setAll(isEnabled)
            let change = try OutboundSwitch(
                scope: .workspace, isEnabled: isEnabled, reason: try ReasonText(""))
            _ = try await bench.write { writer throws(DomainError) in
                try change.apply(in: workspace, through: writer)
            }
            return "switch all \(isEnabled)"
        default:
            let id = try agentID(agent)
            let refusal = await bench.refusal { writer throws(DomainError) in
                try AgentEdit.delete(id, in: workspace, through: writer)
            }
            #expect(model.delete(agent) == (refusal == nil))
            return "delete \(agent)"
        }
    }

    private func save(
        _ bench: AssignmentBench, _ model: inout Model, _ random: inout SplitMix
    ) async throws -> String {
        let number = Int(random.next() % UInt64(Self.numberCount))
        var wanted: [Profile: String?] = [:]
        var change = AssignmentChange(replace: random.next() % 3 == 0)
        let favourite = Self.names[Int(random.next() % UInt64(Self.names.count))]
        for profile in Profile.allCases {
            switch random.next() % 6 {
            case 0: (wanted[profile], change[profile]) = (.some(nil), .clear)
            case 1, 2:
                (wanted[profile], change[profile]) = (favourite, .assign(try agentID(favourite)))
            case 3:
                let name = Self.names[Int(random.next() % UInt64(Self.names.count))]
                (wanted[profile], change[profile]) = (name, .assign(try agentID(name)))
            default: break
            }
        }
        if random.next() % 3 == 0 { change.outboundEnabled = random.next() % 2 == 0 }
        let asked = change
        let workspace = bench.workspace
        let refusal = await bench.refusal { writer throws(DomainError) in
            try AssignmentEdit.update(
                NumberID(high: 1, low: UInt64(number)), in: workspace, with: asked, through: writer)
        }
        let description = "save \(number) \(asked), refused: \(refusal?.message ?? "no")"
        let isAllowed = model.save(
            number, wanted, enabled: asked.outboundEnabled, replace: asked.replace)
        #expect(isAllowed == (refusal == nil), "\(description)")
        return description
    }

    private func expectSame(
        _ bench: AssignmentBench, _ model: Model, _ comment: String
    ) async throws {
        let facts = try await allFacts(bench.store, in: bench.workspace)
        for (index, number) in facts.numbers.enumerated() {
            let number = try #require(number)
            let held = Profile.allCases.reduce(into: [Profile: String]()) {
                $0[$1] = number[$1]?.idText
            }
            #expect(held == model.holders[index], "\(comment)")
            #expect(number.outboundEnabled == model.isEnabled[index], "\(comment)")
            let record = try #require(try await bench.record(number.id))
            #expect(record.inbound?.id == number.inbound?.idText, "\(comment)")
            #expect(record.outbound?.id == number.outbound?.idText, "\(comment)")
            #expect(record.sms?.id == number.sms?.idText, "\(comment)")
            #expect(record.outboundEnabled == number.outboundEnabled, "\(comment)")
            #expect(record.version == number.version, "\(comment)")
        }
        for agent in facts.agents {
            for profile in Profile.allCases {
                let holding = facts.numbers.filter { $0?[profile]?.key == agent.key }
                #expect(holding.count <= 1, "\(comment)")
                #expect(agent[profile] == holding.first??.e164, "\(comment)")
            }
        }
        #expect(facts.agents.map(\.id.text) == model.agents.keys.sorted(), "\(comment)")
    }

    private struct Everything: Sendable {
        var numbers: [NumberFacts?]
        var agents: [AgentFacts]
    }

    private func allFacts(
        _ store: SQLiteStore, in workspace: WorkspaceKey
    ) async throws -> Everything {
        try await store.perform { writer throws(DomainError) in
            var everything = Everything(numbers: [], agents: [])
            for index in 0..<Self.numberCount {
                everything.numbers.append(writer.routes.number(try e164(UInt64(index))))
            }
            for name in Self.names {
                if let agent = writer.routes.agent(try agentID(name), in: workspace) {
                    everything.agents.append(agent)
                }
            }
            return everything
        }
    }
}

/// A small repeatable generator (splitmix64).
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
