import Synchronization

// Filling an empty table with all that a store holds, before anybody reads it.
//
// Looking up where an entry belongs means waiting for memory, once for each table. So entries are
// only appended, and each shard is indexed when it has all of them.
extension RouteTable {
    /// Makes room for what will be loaded.
    public func reserve(numbers: Int, agents: Int) {
        self.numbers.reserve(numbers)
        numbersByID.reserve(numbers)
        self.agents.reserve(agents)
    }

    /// Adds a number that is found after ``finishLoading(part:of:)`` only.
    public func load(_ number: consuming NumberFacts) {
        let place = NumberPlace(id: number.id, e164: number.e164)
        numbersByID.append(place, hash: RouteTable.hash(place.id))
        numbers.append(consume number, hash: KeyHash.of(place.e164.digits))
    }

    /// Adds an agent that is found after ``finishLoading(part:of:)`` only.
    public func load(_ agent: consuming AgentFacts) {
        let hash = RouteTable.hash(agent.binding, in: agent.workspace)
        agents.append(consume agent, hash: hash)
    }

    /// Makes what was loaded findable: one of some equal parts, each of which a thread of its own may
    /// do.
    ///
    /// - Throws: `corruptData` when two numbers or two agents are the same.
    public func finishLoading(part: Int, of parts: Int) throws(DomainError) {
        let number = unsafe numbers.index(part, of: parts) {
            unsafe $0.pointee.e164 == $1.pointee.e164
        }
        let id = unsafe numbersByID.index(part, of: parts) { unsafe $0.pointee.id == $1.pointee.id }
        if let id = number?.id ?? id?.id { throw RouteTable.twice("number", id.description) }
        let agent = unsafe agents.index(part, of: parts) {
            unsafe $0.pointee.workspace == $1.pointee.workspace
                && $0.pointee.binding.hasID(of: $1.pointee.binding)
        }
        if let agent { throw RouteTable.twice("agent", agent.id.text) }
        numberCount.store(numbers.count, ordering: .relaxed)
    }

    private static func twice(_ what: String, _ id: String) -> DomainError {
        DomainError(
            .corruptData, "The store holds the \(what) \(id) twice. Restore it from a backup.",
            facts: ["id": id])
    }
}
