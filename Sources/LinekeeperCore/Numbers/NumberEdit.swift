/// Changes numbers in the store: loads, has the rules decide, writes, tells of it.
public enum NumberEdit {
    /// Saves settings of a number and answers it as it is afterwards. A save that changes nothing
    /// leaves the version as it is.
    ///
    /// - Throws: `numberNotFound`; what ``NumberRules/decide(_:on:facts:at:agent:)`` throws; what
    ///   the store throws.
    public static func update(
        _ id: NumberID, in workspace: WorkspaceKey, with change: NumberChange,
        through writer: any StoreWriter
    ) throws(DomainError) -> NumberRecord {
        guard let record = try writer.numberRecord(id, in: workspace) else {
            throw NumberRules.notFound
        }
        guard let facts = writer.routes.number(id, in: workspace) else {
            throw NumberRules.gone(record)
        }
        let routes = writer.routes
        let outcome = try NumberRules.decide(
            change, on: record, facts: facts, at: writer.request.at
        ) { routes.agent($0, in: workspace) }
        guard outcome.record != record else { return record }
        try writer.updateNumber(outcome.record, fallbackAgent: outcome.facts.fallbackAgent)
        writer.routes.put(outcome.facts)
        for agent in outcome.agents { writer.routes.put(agent) }
        var plain = facts
        plain.version = outcome.facts.version
        try writer.append(
            NewEvent(
                "number.updated", workspace: workspace, number: id, e164: record.e164,
                detailsJSON: NumberDifference.json(from: record, to: outcome.record),
                routeChange: plain == outcome.facts ? nil : .number))
        return outcome.record
    }
}

extension NumberFacts {
    /// The agent that stands in, if one does.
    var fallbackAgent: AgentKey? {
        guard case .agent(let binding) = extras?.fallback else { return nil }
        return binding.key
    }
}
