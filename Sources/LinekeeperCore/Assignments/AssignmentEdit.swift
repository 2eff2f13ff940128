/// Changes who holds what in the store: loads, has the rules decide, writes, tells of it.
public enum AssignmentEdit {
    /// Makes a save of the edit form. A save that changes nothing writes nothing: the version stays.
    ///
    /// - Returns: the number as it is afterwards, and the warnings.
    /// - Throws: `numberNotFound`, `workspaceNotFound`; what
    ///   ``AssignmentRules/decide(_:on:exclusivity:agent:)`` and the store throw.
    public static func update(
        _ id: NumberID, in workspace: WorkspaceKey, with change: AssignmentChange,
        through writer: any StoreWriter
    ) throws(DomainError) -> AssignmentOutcome {
        let number = try liveNumber(id, in: workspace, through: writer)
        let exclusivity = try facts(of: workspace, through: writer).exclusivity
        let outcome = try AssignmentRules.decide(change, on: number, exclusivity: exclusivity) {
            writer.routes.agent($0, in: workspace)
        }
        if outcome.number != number {
            try save(outcome, from: number, action: "assignments.updated", through: writer)
        }
        return outcome
    }

    /// Writes a decided change: the row, the routing facts, the event.
    ///
    /// - Parameter agent: whom the event is about; `nil`: the first agent that gained a profile,
    ///   else the first that lost one.
    static func save(
        _ outcome: AssignmentOutcome, from before: NumberFacts, action: String,
        agent: AgentID? = nil, reason: ReasonText? = nil, through writer: any StoreWriter
    ) throws(DomainError) {
        let after = outcome.number
        try writer.updateAssignments(from: before, to: after, at: writer.request.at)
        writer.routes.put(after)
        for agent in outcome.agents { writer.routes.put(agent) }
        var details: [JSON.Member] = [
            .init(name: "before", value: before.assignmentsJSON),
            .init(name: "after", value: after.assignmentsJSON),
        ]
        if let reason { details.append(.init(name: "reason", value: .string(reason.text))) }
        let gained = outcome.agents.first { agent in
            Profile.allCases.contains {
                after[$0]?.key == agent.key && before[$0]?.key != agent.key
            }
        }
        try writer.append(
            NewEvent(
                action, workspace: after.workspace, number: after.id, e164: after.e164,
                agent: agent ?? gained?.id ?? outcome.agents.first?.id,
                detailsJSON: JSON.object(details).text, routeChange: .number))
    }

    /// A number that the workspace holds.
    ///
    /// - Throws: `numberNotFound`, the same whether it is nobody's or another workspace's;
    ///   `numberNotActive` when the workspace has given it back.
    static func liveNumber(
        _ id: NumberID, in workspace: WorkspaceKey, through writer: any StoreWriter
    ) throws(DomainError) -> NumberFacts {
        if let number = writer.routes.number(id, in: workspace) { return number }
        guard let past = try writer.numberRecord(id, in: workspace) else {
            throw NumberRules.notFound
        }
        throw NumberRules.gone(past)
    }

    /// A number that a row or another fact names, so that it must be there.
    static func knownNumber(
        _ e164: E164, through writer: any StoreWriter
    ) throws(DomainError) -> NumberFacts {
        guard let number = writer.routes.number(e164) else {
            throw DomainError(
                .corruptData, "A number is in the store and not in the route table.",
                facts: ["number": e164.description])
        }
        return number
    }

    /// A workspace's facts.
    ///
    /// - Throws: `workspaceNotFound` when it was deleted meanwhile.
    static func facts(
        of workspace: WorkspaceKey, through writer: any StoreWriter
    ) throws(DomainError) -> WorkspaceFacts {
        guard let facts = writer.routes.workspace(workspace) else {
            throw WorkspaceChanges.notFound
        }
        return facts
    }
}

extension NumberFacts {
    /// Who holds what, for the audit log: agent ids by profile, and the toggle.
    var assignmentsJSON: JSON {
        .object([
            .init(name: Profile.inbound.fieldName, value: .optional(inbound?.idText)),
            .init(name: Profile.outbound.fieldName, value: .optional(outbound?.idText)),
            .init(name: Profile.sms.fieldName, value: .optional(sms?.idText)),
            .init(name: "outbound_enabled", value: .bool(outboundEnabled)),
        ])
    }
}
