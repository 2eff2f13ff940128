/// Changes numbers in the store: loads, has the rules decide, writes, tells of it.
public enum NumberEdit {
    /// How long whoever saves has for asking the carrier before the runner does it.
    static let carrierSeconds: Int64 = 60

    /// Saves settings of a number and answers it as it is afterwards. A save that changes nothing
    /// leaves the version as it is. What the carrier must do becomes a task: the number shows it when
    /// it is done.
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
        try order(change, of: record, workspace, writer)
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

    /// Writes down what the carrier is to do. A task for the opposite no longer counts; the carrier
    /// may have done it already, so it is undone even where the number does not show it.
    private static func order(
        _ change: NumberChange, of number: NumberRecord, _ workspace: WorkspaceKey,
        _ writer: any StoreWriter
    ) throws(DomainError) {
        guard change.region != nil || change.webhookMode != nil, number.status.isInService else {
            return
        }
        let pending = try writer.carrierTasks(of: number.key)
        let dueAt = writer.request.at.adding(seconds: carrierSeconds)
        var asked: [(String, JSON)] = []
        if let region = change.region,
            region.value != number.region || pending.contains(where: { $0.kind == .setRegion })
        {
            let details = JSON.object(region.value.map { [("region", .string($0.rawValue))] } ?? [])
            try writer.insertCarrierTask(
                number: number.key, workspace: workspace, kind: .setRegion,
                detailsJSON: details.text, dueAt: dueAt)
            asked.append(("region", .optional(region.value?.rawValue)))
        }
        let ordered = pending.filter { $0.kind == .manageWebhooks || $0.kind == .restoreWebhooks }
        if let mode = change.webhookMode, mode != number.webhookMode || !ordered.isEmpty {
            for task in ordered { try writer.deleteCarrierTask(task.key) }
            try writer.insertCarrierTask(
                number: number.key, workspace: workspace,
                kind: mode == .managed ? .manageWebhooks : .restoreWebhooks, detailsJSON: "{}",
                dueAt: dueAt)
            asked.append(("webhook_mode", .string(mode.apiName)))
        }
        guard !asked.isEmpty else { return }
        try writer.append(
            NewEvent(
                "number.carrier_asked", workspace: workspace, number: number.id,
                e164: number.e164, detailsJSON: JSON.object([("asked", .object(asked))]).text))
    }
}

extension NumberFacts {
    /// The agent that stands in, if one does.
    var fallbackAgent: AgentKey? {
        guard case .agent(let binding) = extras?.fallback else { return nil }
        return binding.key
    }
}
