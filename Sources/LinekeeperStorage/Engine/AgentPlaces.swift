import LinekeeperCore

/// A range of agents as they were read, in the order of their keys.
struct LoadedAgents: Sendable {
    let facts: [AgentFacts]
    let bindings: [AgentBinding]

    init(path: String, keys: KeyRange, expected: Int) throws(DomainError) {
        facts = try SQLiteConnection(path: path, role: .reader)
            .all(RouteAgents(keys: keys), reserving: expected)
        bindings = facts.map(AgentBinding.init)
    }
}

/// Where each agent stands among those that were read, in the form that numbers hold it in.
struct AgentPlaces: Sendable {
    private let bindings: [AgentBinding]
    private let workspaces: [WorkspaceKey]

    /// - Parameter parts: in the order of their keys.
    init(_ parts: [LoadedAgents]) {
        bindings = parts.flatMap(\.bindings)
        workspaces = parts.flatMap { $0.facts.map(\.workspace) }
    }

    var count: Int { bindings.count }

    /// A number's facts with its agents, which are noted as holding it.
    func bind(
        _ row: RouteNumberRow, noting holdings: inout AgentHoldings
    ) throws(DomainError) -> NumberFacts {
        var number = row.facts
        if let place = try place(row.inbound, row) {
            number.inbound = bindings[place]
            holdings.inbound[place] = number.e164.digits
        }
        if let place = try place(row.outbound, row) {
            number.outbound = bindings[place]
            holdings.outbound[place] = number.e164.digits
        }
        if let place = try place(row.sms, row) {
            number.sms = bindings[place]
            holdings.sms[place] = number.e164.digits
        }
        var fallback = row.fallback
        if let place = try place(row.fallbackAgent, row) {
            fallback = .agent(bindings[place])
            holdings.fallbackCounts[place] += 1
        }
        number.extras = NumberExtras(
            fallback: fallback, allowedDestinations: row.allowedDestinations)
        return number
    }

    /// Where an agent of a number stands; `nil` for none.
    private func place(_ key: AgentKey?, _ row: RouteNumberRow) throws(DomainError) -> Int? {
        guard let key else { return nil }
        guard let place = position(of: key.rawValue),
            workspaces[place] == row.facts.workspace
        else {
            throw DomainError(
                .corruptData, "A number is assigned to an agent that is not there.",
                facts: [
                    "number_id": row.facts.id.description, "agent_key": "\(key.rawValue)",
                ])
        }
        return place
    }

    /// Keys are given one after the other, so an agent stands its distance from the first, or before
    /// that where others have been deleted.
    private func position(of key: Int64) -> Int? {
        guard let first = bindings.first?.key.rawValue, key >= first else { return nil }
        let (distance, overflows) = key.subtractingReportingOverflow(first)
        let last = bindings.count - 1
        var high = overflows ? last : min(last, Int(clamping: distance))
        if bindings[high].key.rawValue == key { return high }
        var low = 0
        while low < high {
            let middle = (low + high) / 2
            if bindings[middle].key.rawValue < key { low = middle + 1 } else { high = middle }
        }
        return bindings[low].key.rawValue == key ? low : nil
    }
}

/// Which numbers name each agent, by its place; 0 for none.
struct AgentHoldings: Sendable {
    var inbound: [UInt64]
    var outbound: [UInt64]
    var sms: [UInt64]
    var fallbackCounts: [UInt32]

    init(agentCount: Int) {
        inbound = Array(repeating: 0, count: agentCount)
        outbound = inbound
        sms = inbound
        fallbackCounts = Array(repeating: 0, count: agentCount)
    }

    /// Tells an agent of the numbers that name it here.
    func tell(_ agent: inout AgentFacts, at place: Int) {
        if let number = E164(digits: inbound[place]) { agent.inbound = number }
        if let number = E164(digits: outbound[place]) { agent.outbound = number }
        if let number = E164(digits: sms[place]) { agent.sms = number }
        agent.fallbackCount += fallbackCounts[place]
    }
}
