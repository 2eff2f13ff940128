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
        // Numbers that are gone count too: telling them apart takes longer than room for them.
        let numberCount = try count("SELECT count(*) FROM number", connection)
        table.reserve(numbers: Int(clamping: numberCount), agents: agentCount)

        let agentKeys = KeyRange.halves(
            lastKey: try count("SELECT coalesce(max(agent_key), 0) FROM agent", connection))
        let agents = try onTwoThreads { half throws(DomainError) in
            try readAgents(agentKeys[half], expected: agentCount / 2)
        }
        let places = AgentPlaces(agents[0], agents[1])
        let numberKeys = KeyRange.halves(
            lastKey: try count("SELECT coalesce(max(number_key), 0) FROM number", connection))
        let holdings = try onTwoThreads { half throws(DomainError) in
            try loadNumbers(numberKeys[half], into: table, places)
        }
        _ = try onTwoThreads { half throws(DomainError) in
            let first = half == 0 ? 0 : agents[0].count
            for (offset, agent) in agents[half].enumerated() {
                var facts = AgentFacts(agent.binding, in: agent.workspace)
                for part in holdings { part[first + offset].tell(&facts) }
                table.load(consume facts)
            }
        }
        _ = try onTwoThreads { half throws(DomainError) in
            try table.finishLoading(part: half, of: 2)
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

    /// A connection that reads each page once: pages that it kept would cost memory and time.
    private func scanner() throws(DomainError) -> SQLiteConnection {
        let connection = try SQLiteConnection(path: path, role: .reader)
        try connection.execute("PRAGMA cache_size = -256")
        return connection
    }

    private func readAgents(
        _ keys: KeyRange, expected: Int
    ) throws(DomainError) -> [LoadedAgent] {
        var agents: [LoadedAgent] = []
        agents.reserveCapacity(expected)
        try scanner().scan(RouteAgents(keys: keys)) { values throws(DomainError) in
            agents.append(try RouteAgents.agent(values))
        }
        return agents
    }

    private func loadNumbers(
        _ keys: KeyRange, into table: RouteTable, _ places: AgentPlaces
    ) throws(DomainError) -> [AgentHolding] {
        var holdings = Array(repeating: AgentHolding(), count: places.count)
        try scanner().scan(RouteNumbers(keys: keys)) { values throws(DomainError) in
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
