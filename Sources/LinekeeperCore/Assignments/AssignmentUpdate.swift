// Load, decide, save: the same three steps for everything that changes who holds a profile.

extension StoreWriter {
    /// Makes a save of the edit form.
    ///
    /// A save that changes nothing writes nothing: the version stays.
    ///
    /// - Returns: the number as it is afterwards, and the warnings.
    /// - Throws: `numberNotFound`, `workspaceNotFound`; what
    ///   ``AssignmentRules/decide(_:on:exclusivity:agent:)`` and the store throw.
    public func updateAssignments(
        of id: NumberID, in workspace: WorkspaceKey, _ change: AssignmentChange
    ) throws(DomainError) -> AssignmentOutcome {
        let number = try liveNumber(id, in: workspace)
        let exclusivity = try workspaceFacts(workspace).exclusivity
        let outcome = try AssignmentRules.decide(change, on: number, exclusivity: exclusivity) {
            routes.agent($0, in: workspace)
        }
        if outcome.number != number {
            try save(outcome, from: number, action: "assignments.updated")
        }
        return outcome
    }

    /// Writes a decided change: the row, the routing facts, the event.
    ///
    /// - Parameter agent: whom the event is about; `nil`: the first agent that gained a profile,
    ///   else the first that lost one.
    func save(
        _ outcome: AssignmentOutcome, from before: NumberFacts, action: String,
        agent: AgentID? = nil, reason: ReasonText? = nil
    ) throws(DomainError) {
        let after = outcome.number
        try updateAssignments(from: before, to: after, at: request.at)
        routes.put(after)
        for agent in outcome.agents { routes.put(agent) }
        var details: [(String, JSON)] = [
            ("before", before.assignmentsJSON), ("after", after.assignmentsJSON),
        ]
        if let reason { details.append(("reason", .string(reason.text))) }
        let gained = outcome.agents.first { agent in
            Profile.allCases.contains {
                after[$0]?.key == agent.key && before[$0]?.key != agent.key
            }
        }
        try append(
            NewEvent(
                action, workspace: after.workspace, number: after.id, e164: after.e164,
                agent: agent ?? gained?.id ?? outcome.agents.first?.id,
                detailsJSON: JSON.object(details).text, routeChange: .number))
    }

    /// A number that the workspace holds.
    ///
    /// - Throws: `numberNotFound`, the same whether it is nobody's or another workspace's;
    ///   `numberNotActive` when the workspace has given it back.
    func liveNumber(
        _ id: NumberID, in workspace: WorkspaceKey
    ) throws(DomainError) -> NumberFacts {
        if let number = routes.number(id, in: workspace) { return number }
        guard let past = try numberRecord(id, in: workspace) else { throw NumberRules.notFound }
        throw NumberRules.gone(past)
    }

    /// A number that a row or another fact names, so that it must be there.
    func knownNumber(_ e164: E164) throws(DomainError) -> NumberFacts {
        guard let number = routes.number(e164) else {
            throw DomainError(
                .corruptData, "A number is in the store and not in the route table.",
                facts: ["number": e164.description])
        }
        return number
    }

    /// A workspace's facts.
    ///
    /// - Throws: `workspaceNotFound` when it was deleted meanwhile.
    func workspaceFacts(_ workspace: WorkspaceKey) throws(DomainError) -> WorkspaceFacts {
        guard let facts = routes.workspace(workspace) else { throw WorkspaceChanges.notFound }
        return facts
    }
}

extension NumberFacts {
    /// Who holds what, for the audit log: agent ids by profile, and the toggle.
    var assignmentsJSON: JSON {
        var members: [(String, JSON)] = Profile.allCases.map {
            ($0.fieldName, .optional(self[$0]?.idText))
        }
        members.append(("outbound_enabled", .bool(outboundEnabled)))
        return .object(members)
    }
}
