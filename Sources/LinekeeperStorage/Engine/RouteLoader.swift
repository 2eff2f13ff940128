import LinekeeperCore

/// Reads the route table out of the database file.
///
/// With a million numbers and agents this is most of the time a start takes. So two threads share
/// each step, and rows go straight into the table: memory that is touched only once costs as much as
/// reading the row.
struct RouteLoader {
    let path: String

    /// Fills an empty table.
    ///
    /// - Throws: `corruptData` when a row cannot be read or names an agent that is not there.
    func load(into table: RouteTable) throws(DomainError) {
        let connection = try SQLiteConnection(path: path, role: .reader)
        for workspace in try workspaces(connection) { table.put(workspace) }
        for facts in try connection.all(RouteConnections()) { table.put(facts) }

        let agentCount = Int(clamping: try count("SELECT count(*) FROM agent", connection))
        let numberCount = try count(
            "SELECT count(*) FROM number WHERE status BETWEEN 1 AND 4", connection)
        table.reserve(numbers: Int(clamping: numberCount), agents: agentCount)

        let agentKeys = KeyRange.halves(
            lastKey: try count("SELECT coalesce(max(agent_key), 0) FROM agent", connection))
        let agents = try onTwoThreads { half throws(DomainError) in
            try loadAgents(agentKeys[half], into: table, expected: agentCount / 2)
        }
        let places = AgentPlaces(agents[0], agents[1])
        let numberKeys = KeyRange.halves(
            lastKey: try count("SELECT coalesce(max(number_key), 0) FROM number", connection))
        let holdings = try onTwoThreads { half throws(DomainError) in
            try loadNumbers(numberKeys[half], into: table, places)
        }
        _ = try onTwoThreads { half throws(DomainError) in
            try table.finishLoading(part: half, of: 2) { agent in
                guard let place = places.place(agent.key.rawValue) else { return }
                for holding in holdings { holding[place].tell(&agent) }
            }
        }
    }

    private func count(
        _ sql: String, _ connection: SQLiteConnection
    ) throws(DomainError) -> Int64 {
        try connection.first(ReadPragma(sql)) ?? 0
    }

    private func workspaces(
        _ connection: SQLiteConnection
    ) throws(DomainError) -> [WorkspaceFacts] {
        var workspaces: [WorkspaceKey: WorkspaceFacts] = [:]
        for workspace in try connection.all(RouteWorkspaces()) {
            workspaces[workspace.key] = workspace
        }
        for lock in try connection.all(RouteLocks()) {
            if let e164 = lock.e164 {
                workspaces[lock.workspace]?.lockedNumbers.insert(e164)
            } else {
                workspaces[lock.workspace]?.outboundLocked = true
            }
        }
        return Array(workspaces.values)
    }

    private func loadAgents(
        _ keys: KeyRange, into table: RouteTable, expected: Int
    ) throws(DomainError) -> [LoadedAgent] {
        var agents: [LoadedAgent] = []
        agents.reserveCapacity(expected)
        let connection = try SQLiteConnection(path: path, role: .reader)
        try connection.scan(RouteAgents(keys: keys)) { values throws(DomainError) in
            let facts = try RouteAgents.facts(values)
            agents.append(
                LoadedAgent(
                    key: facts.key.rawValue, workspace: facts.workspace,
                    binding: AgentBinding(facts)))
            table.load(facts)
        }
        return agents
    }

    private func loadNumbers(
        _ keys: KeyRange, into table: RouteTable, _ places: AgentPlaces
    ) throws(DomainError) -> [AgentHolding] {
        var holdings = Array(repeating: AgentHolding(), count: places.count)
        let connection = try SQLiteConnection(path: path, role: .reader)
        try connection.scan(RouteNumbers(keys: keys)) { values throws(DomainError) in
            table.load(try RouteNumbers.facts(values, places, noting: &holdings))
        }
        return holdings
    }
}

/// Runs a step for the first half on this thread and for the second on another, and waits for both.
private func onTwoThreads<Value: Sendable>(
    _ body: @escaping @Sendable (_ half: Int) throws(DomainError) -> Value
) throws(DomainError) -> [Value] {
    let second = try ThreadResult { () throws(DomainError) in try body(1) }
    let first = Result { () throws(DomainError) in try body(0) }
    // The thread has ended before anything is thrown.
    let secondOutcome = second.wait()
    return [try first.get(), try secondOutcome.get()]
}
