import LinekeeperCore

/// An agent as it was read.
struct LoadedAgent: Sendable {
    let key: Int64
    let workspace: WorkspaceKey
    let binding: AgentBinding
}

/// Where each agent stands among those that were read, which are in the order of their keys.
struct AgentPlaces: Sendable {
    // As two threads read them: to put a million together takes as long as a tenth of reading them.
    private let first: [LoadedAgent]
    private let second: [LoadedAgent]

    /// - Parameter second: has the higher keys.
    init(_ first: [LoadedAgent], _ second: [LoadedAgent]) {
        self.first = first
        self.second = second
    }

    var count: Int { first.count + second.count }

    /// The agent at a place, in the form that numbers hold it in.
    @inline(__always)
    func binding(_ place: Int) -> AgentBinding {
        place < first.count ? first[place].binding : second[place - first.count].binding
    }

    @inline(__always)
    private func key(_ place: Int) -> Int64 {
        place < first.count ? first[place].key : second[place - first.count].key
    }

    @inline(__always)
    private func workspace(_ place: Int) -> WorkspaceKey {
        place < first.count ? first[place].workspace : second[place - first.count].workspace
    }

    /// Where an agent of a number stands; `nil` for none.
    ///
    /// - Throws: `corruptData` when the agent is not there, or in another workspace.
    @inline(__always)
    func place(
        _ key: Int64?, in workspace: WorkspaceKey, of number: NumberID
    ) throws(DomainError) -> Int? {
        guard let key else { return nil }
        guard let place = place(key), self.workspace(place) == workspace else {
            throw DomainError(
                .corruptData, "A number is assigned to an agent that is not there.",
                facts: ["number_id": number.description, "agent_key": "\(key)"])
        }
        return place
    }

    /// Keys are given one after the other, so an agent stands its distance from the first, or before
    /// that where others have been deleted.
    @inline(__always)
    private func place(_ key: Int64) -> Int? {
        guard count > 0, key >= self.key(0) else { return nil }
        let (distance, overflows) = key.subtractingReportingOverflow(self.key(0))
        let high = overflows ? count - 1 : min(count - 1, Int(clamping: distance))
        return self.key(high) == key ? high : search(key, upTo: high)
    }

    private func search(_ key: Int64, upTo place: Int) -> Int? {
        var low = 0
        var high = place
        while low < high {
            let middle = (low + high) / 2
            if self.key(middle) < key { low = middle + 1 } else { high = middle }
        }
        return self.key(low) == key ? low : nil
    }
}

/// The digits of the numbers that name an agent; 0 for none.
struct AgentHolding: Sendable {
    var inbound: UInt64 = 0
    var outbound: UInt64 = 0
    var sms: UInt64 = 0
    var fallbackCount: UInt32 = 0

    /// Tells the agent.
    @inline(__always)
    func tell(_ agent: inout AgentFacts) {
        if let number = E164(digits: inbound) { agent.inbound = number }
        if let number = E164(digits: outbound) { agent.outbound = number }
        if let number = E164(digits: sms) { agent.sms = number }
        agent.fallbackCount += fallbackCount
    }
}
