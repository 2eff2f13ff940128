extension OutboundSwitch {
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
        in workspace: WorkspaceKey, through writer: any StoreWriter
    ) throws(DomainError) -> [Outcome] {
        let numbers = try numbers(of: workspace, through: writer)
        if numbers.count == 1, let only = numbers.first, only.outbound == nil,
            case .numbers = scope
        {
            throw AssignmentRules.noOutboundAgent(only)
        }
        var outcomes: [Outcome] = []
        outcomes.reserveCapacity(numbers.count)
        for number in numbers {
            outcomes.append(try apply(to: number, through: writer))
        }
        return outcomes
    }

    private func numbers(
        of workspace: WorkspaceKey, through writer: any StoreWriter
    ) throws(DomainError) -> [NumberFacts] {
        switch scope {
        case .numbers(let ids):
            var seen: Set<NumberID> = []
            var numbers: [NumberFacts] = []
            for id in ids where seen.insert(id).inserted {
                numbers.append(
                    try AssignmentEdit.liveNumber(id, in: workspace, through: writer))
            }
            return numbers
        case .workspace:
            let limit = Self.workspaceNumbersMax
            let held = try writer.numbersWithOutboundAgent(in: workspace, limit: limit + 1)
            guard held.count <= limit else {
                throw DomainError(
                    .invalidArgument,
                    "This workspace has more than \(limit) outbound numbers, too many for one "
                        + "answer: lock the whole workspace with SetOutboundLock instead.",
                    facts: ["limit": "\(limit)"], field: "all_in_workspace")
            }
            var numbers: [NumberFacts] = []
            numbers.reserveCapacity(held.count)
            for e164 in held {
                numbers.append(try AssignmentEdit.knownNumber(e164, through: writer))
            }
            return numbers
        }
    }

    private func apply(
        to number: NumberFacts, through writer: any StoreWriter
    ) throws(DomainError) -> Outcome {
        var outcome = Outcome(
            number: number.id, e164: number.e164, isEnabled: number.outboundEnabled,
            didChange: false, refusal: nil)
        guard let agent = number.outbound else {
            outcome.refusal = .noOutboundAgent
            return outcome
        }
        guard number.outboundEnabled != isEnabled else { return outcome }
        var after = number
        after.outboundEnabled = isEnabled
        after.version &+= 1
        try AssignmentEdit.save(
            AssignmentOutcome(number: after, agents: [], warnings: []), from: number,
            action: isEnabled ? "outbound.enabled" : "outbound.disabled",
            agent: AgentID(agent.idText), reason: reason, through: writer)
        outcome.isEnabled = isEnabled
        outcome.didChange = true
        return outcome
    }
}
