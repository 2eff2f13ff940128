import LinekeeperCore
import Synchronization

/// Reads the route table out of the database file.
struct RouteLoader {
    let path: String

    /// Fills an empty table, on two threads: with a million numbers and agents this is most of the
    /// time a start takes.
    ///
    /// - Throws: `corruptData` when a row cannot be read or names an agent that is not there.
    func load(into table: RouteTable) throws(DomainError) {
        let numberRead = try ThreadResult { [path] () throws(DomainError) in
            try SQLiteConnection(path: path, role: .reader).all(RouteNumbers())
        }
        let rest = Result { () throws(DomainError) in try readRest() }
        // The thread has ended before anything is thrown.
        let numbersOutcome = numberRead.wait()
        var (agents, workspaces, connections) = try rest.get()
        let numbers = try numbersOutcome.get()
        let places = AgentPlaces(agents)

        table.reserve(numbers: numbers.count, agents: agents.count)
        for workspace in workspaces { table.put(workspace) }
        for connection in connections { table.put(connection) }
        let half = numbers.count / 2
        let laterHalf = try ThreadResult { () throws(DomainError) in
            for row in numbers[half...] { table.put(try places.bind(row)) }
        }
        let firstHalf = Result { () throws(DomainError) in
            for row in numbers[..<half] { table.put(try places.bind(row)) }
            for row in numbers { try places.note(row, in: &agents) }
            for agent in agents { table.put(agent) }
        }
        try laterHalf.wait().get()
        try firstHalf.get()
    }

    private func readRest() throws(DomainError) -> (
        [AgentFacts], [WorkspaceFacts], [ConnectionFacts]
    ) {
        let connection = try SQLiteConnection(path: path, role: .reader)
        let agents = try connection.all(RouteAgents())
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

/// What a function comes to that runs on a thread of its own.
private final class ThreadResult<Value: Sendable>: Sendable {
    private let outcome = Outcome()
    private let thread: WorkerThread

    private final class Outcome: Sendable {
        let value = Mutex<Result<Value, DomainError>?>(nil)
    }

    init(_ body: @escaping @Sendable () throws(DomainError) -> Value) throws(DomainError) {
        let outcome = outcome
        thread = try WorkerThread(name: "loader") {
            let value = Result { () throws(DomainError) in try body() }
            outcome.value.withLock { $0 = value }
        }
    }

    /// Waits for the thread and takes what it came to. To be called once.
    func wait() -> Result<Value, DomainError> {
        thread.join()
        return outcome.value.withLock { $0.take() }
            ?? .failure(DomainError(.storageFailed, "A loading thread ended without a result."))
    }
}

/// Where each agent stands among those that were read, in the form that numbers hold it in.
private struct AgentPlaces: Sendable {
    private let bindings: [AgentBinding]
    private let workspaces: [WorkspaceKey]

    /// - Parameter agents: in the order of their keys.
    init(_ agents: [AgentFacts]) {
        bindings = agents.map(AgentBinding.init)
        workspaces = agents.map(\.workspace)
    }

    /// A number's facts with its agents.
    func bind(_ row: RouteNumberRow) throws(DomainError) -> NumberFacts {
        var number = row.facts
        if let place = try place(row.inbound, row) { number.inbound = bindings[place] }
        if let place = try place(row.outbound, row) { number.outbound = bindings[place] }
        if let place = try place(row.sms, row) { number.sms = bindings[place] }
        let fallbackPlace = try place(row.fallbackAgent, row)
        number.extras = NumberExtras(
            fallback: fallbackPlace.map { .agent(bindings[$0]) } ?? row.fallback,
            allowedDestinations: row.allowedDestinations)
        return number
    }

    /// Tells a number's agents of it.
    func note(_ row: RouteNumberRow, in agents: inout [AgentFacts]) throws(DomainError) {
        let e164 = row.facts.e164
        if let place = try place(row.inbound, row) { agents[place].inbound = e164 }
        if let place = try place(row.outbound, row) { agents[place].outbound = e164 }
        if let place = try place(row.sms, row) { agents[place].sms = e164 }
        if let place = try place(row.fallbackAgent, row) { agents[place].fallbackCount += 1 }
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
