extension StoreWriter {
    /// Switches outbound calling of numbers on or off.
    ///
    /// A number without an outbound agent has nothing to switch: named alone it is refused, among
    /// others its outcome says so, and with the whole workspace it is passed over.
    ///
    /// - Returns: one outcome for each number, in the order they were named, repeats once.
    /// - Throws: `numberNotFound` for an id that the workspace does not hold, `noOutboundAgent`,
    ///   `invalidArgument` for a workspace with too many numbers to answer for; what the store
    ///   throws. Then nothing is switched.
    public func apply(
        _ change: OutboundSwitch, in workspace: WorkspaceKey
    ) throws(DomainError) -> [OutboundSwitch.Outcome] {
        let numbers = try numbers(in: change.scope, of: workspace)
        if numbers.count == 1, let only = numbers.first, only.outbound == nil,
            case .numbers = change.scope
        {
            throw AssignmentRules.noOutboundAgent(only)
        }
        var outcomes: [OutboundSwitch.Outcome] = []
        outcomes.reserveCapacity(numbers.count)
        for number in numbers {
            outcomes.append(try apply(change, to: number))
        }
        return outcomes
    }

    private func numbers(
        in scope: OutboundSwitch.Scope, of workspace: WorkspaceKey
    ) throws(DomainError) -> [NumberFacts] {
        switch scope {
        case .numbers(let ids):
            var seen: Set<NumberID> = []
            var numbers: [NumberFacts] = []
            for id in ids where seen.insert(id).inserted {
                numbers.append(try liveNumber(id, in: workspace))
            }
            return numbers
        case .workspace:
            let limit = OutboundSwitch.workspaceNumbersMax
            let held = try numbersWithOutboundAgent(in: workspace, limit: limit + 1)
            guard held.count <= limit else {
                throw DomainError(
                    .invalidArgument,
                    "This workspace has more than \(limit) outbound numbers, too many for one "
                        + "answer: lock the whole workspace with SetOutboundLock instead.",
                    facts: ["limit": "\(limit)"], field: "all_in_workspace")
            }
            var numbers: [NumberFacts] = []
            numbers.reserveCapacity(held.count)
            for e164 in held { numbers.append(try knownNumber(e164)) }
            return numbers
        }
    }

    private func apply(
        _ change: OutboundSwitch, to number: NumberFacts
    ) throws(DomainError) -> OutboundSwitch.Outcome {
        var outcome = OutboundSwitch.Outcome(
            number: number.id, e164: number.e164, isEnabled: number.outboundEnabled,
            didChange: false, refusal: nil)
        guard let agent = number.outbound else {
            outcome.refusal = .noOutboundAgent
            return outcome
        }
        guard number.outboundEnabled != change.isEnabled else { return outcome }
        var after = number
        after.outboundEnabled = change.isEnabled
        after.version &+= 1
        try save(
            AssignmentOutcome(number: after, agents: [], warnings: []), from: number,
            action: change.isEnabled ? "outbound.enabled" : "outbound.disabled",
            agent: AgentID(agent.idText), reason: change.reason)
        outcome.isEnabled = change.isEnabled
        outcome.didChange = true
        return outcome
    }
}
