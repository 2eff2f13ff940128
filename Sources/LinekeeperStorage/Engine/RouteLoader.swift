import LinekeeperCore
import Synchronization

/// Reads the route table out of the database file.
struct RouteLoader {
    let path: String

    /// Fills an empty table. Numbers are read by a thread of their own, beside the rest: at a million
    /// of each that is most of the time a start takes.
    ///
    /// - Throws: `corruptData` when a row cannot be read or names an agent that is not there.
    func load(into table: RouteTable) throws(DomainError) {
        let numberRead = try ParallelRead(RouteNumbers(), path: path)
        let rest = Result { () throws(DomainError) in try readRest() }
        // The thread has ended before anything is thrown.
        let rows = numberRead.rows()
        var (agents, workspaces, connections) = try rest.get()
        var numbers: [NumberFacts] = []
        let numberRows = try rows.get()
        numbers.reserveCapacity(numberRows.count)
        for row in numberRows { numbers.append(try agents.bind(row)) }

        var draft = RouteDraft(over: table)
        for workspace in workspaces { draft.put(workspace) }
        for connection in connections { draft.put(connection) }
        for agent in agents.facts { draft.put(agent) }
        for number in numbers { draft.put(number) }
        draft.publish()
    }

    private func readRest() throws(DomainError) -> (
        AgentsByKey, [WorkspaceFacts], [ConnectionFacts]
    ) {
        let connection = try SQLiteConnection(path: path, role: .reader)
        let agents = AgentsByKey(try connection.all(RouteAgents()))
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
        return (agents, Array(workspaces.values), try connection.all(RouteConnections()))
    }
}

/// All rows of a query, read on a thread and a connection of their own.
private final class ParallelRead<Q: Query> where Q: Sendable, Q.Row: Sendable {
    private let outcome = Outcome()
    private let thread: WorkerThread

    private final class Outcome: Sendable {
        let rows = Mutex<Result<[Q.Row], DomainError>>(.success([]))
    }

    init(_ query: Q, path: String) throws(DomainError) {
        let connection = try SQLiteConnection(path: path, role: .reader)
        let outcome = outcome
        thread = try WorkerThread(name: "loader") {
            let rows = Result { () throws(DomainError) in try connection.all(query) }
            outcome.rows.withLock { $0 = rows }
        }
    }

    /// Waits for the thread and takes what it read. To be called once.
    func rows() -> Result<[Q.Row], DomainError> {
        thread.join()
        return outcome.rows.withLock { rows in
            defer { rows = .success([]) }
            return rows
        }
    }
}

/// Agents in the order of their keys, with the form that numbers hold them in.
private struct AgentsByKey {
    private(set) var facts: [AgentFacts]
    private let bindings: [AgentBinding]

    init(_ facts: [AgentFacts]) {
        self.facts = facts
        bindings = facts.map(AgentBinding.init)
    }

    /// A number's facts with its agents, which learn of the number in turn.
    mutating func bind(_ row: RouteNumberRow) throws(DomainError) -> NumberFacts {
        var number = row.facts
        if let key = row.inbound {
            let place = try place(of: key, for: number)
            number.inbound = bindings[place]
            facts[place].inbound = number.e164
        }
        if let key = row.outbound {
            let place = try place(of: key, for: number)
            number.outbound = bindings[place]
            facts[place].outbound = number.e164
        }
        if let key = row.sms {
            let place = try place(of: key, for: number)
            number.sms = bindings[place]
            facts[place].sms = number.e164
        }
        var fallback = row.fallback
        if let key = row.fallbackAgent {
            let place = try place(of: key, for: number)
            fallback = .agent(bindings[place])
            facts[place].fallbackCount += 1
        }
        number.extras = NumberExtras(
            fallback: fallback, allowedDestinations: row.allowedDestinations)
        return number
    }

    private func place(of key: AgentKey, for number: NumberFacts) throws(DomainError) -> Int {
        guard let place = position(of: key.rawValue), facts[place].workspace == number.workspace
        else {
            throw DomainError(
                .corruptData, "A number is assigned to an agent that is not there.",
                facts: ["number_id": number.id.description, "agent_key": "\(key.rawValue)"])
        }
        return place
    }

    /// Keys are given one after the other, so an agent stands its distance from the first, or before
    /// that where others have been deleted.
    private func position(of key: Int64) -> Int? {
        guard let first = facts.first?.key.rawValue, key >= first else { return nil }
        var high = min(facts.count - 1, Int(clamping: key.subtractingReportingOverflow(first).0))
        if facts[high].key.rawValue == key { return high }
        var low = 0
        while low < high {
            let middle = (low + high) / 2
            if facts[middle].key.rawValue < key { low = middle + 1 } else { high = middle }
        }
        return facts[low].key.rawValue == key ? low : nil
    }
}
