/// What a mirror request did.
public struct AgentCounts: Hashable, Sendable {
    public var created = 0
    public var updated = 0
    public var unchanged = 0
}

/// Changes the mirror of the agent builder's agents, and what follows for their numbers.
public enum AgentEdit {
    /// Mirrors agents of the agent builder: adds those that are new, changes those that differ.
    ///
    /// Each number that names a changed agent answers with its new state from this commit on. An
    /// agent may become a draft or inactive while it holds numbers: it keeps them, and routing
    /// refuses or falls back until it is published again.
    ///
    /// - Throws: `invalidArgument` for an empty or too long list or an agent named twice; what the
    ///   store throws. Then none is changed.
    public static func put(
        _ agents: [AgentDescription], in workspace: WorkspaceKey, through writer: any StoreWriter
    ) throws(DomainError) -> AgentCounts {
        try AgentRules.check(agents)
        var counts = AgentCounts()
        for agent in agents {
            guard let before = writer.routes.agent(agent.id, in: workspace) else {
                try create(agent, in: workspace, through: writer)
                counts.created += 1
                continue
            }
            var after = before
            after.describe(as: agent)
            guard after != before else {
                counts.unchanged += 1
                continue
            }
            try update(before, to: after, as: agent, through: writer)
            counts.updated += 1
        }
        return counts
    }

    /// Removes an agent: its profiles are cleared, their toggles reset, and no number falls back to
    /// it any more.
    ///
    /// - Returns: the numbers it held, in the order of the profiles, each once.
    /// - Throws: `agentNotFound`; what the store throws.
    public static func delete(
        _ id: AgentID, in workspace: WorkspaceKey, through writer: any StoreWriter
    ) throws(DomainError) -> [NumberID] {
        guard let agent = writer.routes.agent(id, in: workspace) else {
            throw AgentRules.notFound(id)
        }
        var cleared: [NumberID] = []
        for e164 in agent.heldNumbers {
            let before = try AssignmentEdit.knownNumber(e164, through: writer)
            var change = AssignmentChange()
            for profile in Profile.allCases where before[profile]?.key == agent.key {
                change[profile] = .clear
            }
            // Clearing meets no exclusivity, so the workspace's policy plays no part.
            let outcome = try AssignmentRules.decide(change, on: before, exclusivity: .profile) {
                writer.routes.agent($0, in: workspace)
            }
            try AssignmentEdit.save(
                outcome, from: before, action: "assignments.updated", agent: id, through: writer)
            cleared.append(before.id)
        }
        for e164 in try writer.numbersFallingBack(to: agent.key, in: workspace) {
            try clearFallback(
                of: try AssignmentEdit.knownNumber(e164, through: writer), to: agent,
                through: writer)
        }
        try writer.deleteAgent(agent.key, in: workspace)
        writer.routes.remove(agent: id, in: workspace)
        try writer.append(
            NewEvent(
                "agent.deleted", workspace: workspace, agent: id,
                detailsJSON: JSON.object([("before", agent.json), ("after", .null)]).text,
                routeChange: .agent))
        return cleared
    }

    private static func create(
        _ agent: AgentDescription, in workspace: WorkspaceKey, through writer: any StoreWriter
    ) throws(DomainError) {
        let key = try writer.insertAgent(agent, in: workspace, at: writer.request.at)
        let facts = AgentFacts(
            key: key, workspace: workspace, id: agent.id, name: agent.name, status: agent.status,
            outboundConfigured: agent.outboundConfigured, smsEnabled: agent.smsEnabled)
        writer.routes.put(facts)
        try writer.append(
            NewEvent(
                "agent.created", workspace: workspace, agent: agent.id,
                detailsJSON: JSON.object([("before", .null), ("after", facts.json)]).text,
                routeChange: .agent))
    }

    private static func update(
        _ before: AgentFacts, to after: AgentFacts, as agent: AgentDescription,
        through writer: any StoreWriter
    ) throws(DomainError) {
        try writer.updateAgent(after.key, to: agent, in: after.workspace, at: writer.request.at)
        writer.routes.put(after)
        let binding = after.binding
        let fallingBack = try writer.numbersFallingBack(to: after.key, in: after.workspace)
        for e164 in Set(after.heldNumbers).union(fallingBack) {
            var number = try AssignmentEdit.knownNumber(e164, through: writer)
            number.rebind(binding)
            writer.routes.put(number)
        }
        try writer.append(
            NewEvent(
                "agent.updated", workspace: after.workspace, agent: after.id,
                detailsJSON: JSON.object([("before", before.json), ("after", after.json)]).text,
                routeChange: .agent))
    }

    private static func clearFallback(
        of before: NumberFacts, to agent: AgentFacts, through writer: any StoreWriter
    ) throws(DomainError) {
        var after = before
        after.extras = NumberExtras(
            fallback: nil, allowedDestinations: before.extras?.allowedDestinations ?? [])
        after.version &+= 1
        try writer.clearFallback(of: after, at: writer.request.at)
        writer.routes.put(after)
        try writer.append(
            NewEvent(
                "number.updated", workspace: after.workspace, number: after.id, e164: after.e164,
                agent: agent.id,
                detailsJSON: JSON.object([
                    ("before", .object([("fallback", .string(agent.id.text))])),
                    ("after", .object([("fallback", .null)])),
                ]).text,
                routeChange: .number))
    }
}

extension AgentFacts {
    /// The numbers of its profiles, each once.
    var heldNumbers: [E164] {
        var held: [E164] = []
        for profile in Profile.allCases {
            if let number = self[profile], !held.contains(number) { held.append(number) }
        }
        return held
    }

    fileprivate mutating func describe(as agent: AgentDescription) {
        name = agent.name
        status = agent.status
        outboundConfigured = agent.outboundConfigured
        smsEnabled = agent.smsEnabled
    }

    /// What the agent builder said, for the audit log.
    fileprivate var json: JSON {
        .object([
            ("name", .string(name)), ("status", .string(status.apiName)),
            ("outbound_configured", outboundConfigured.map(JSON.bool) ?? .null),
            ("sms_enabled", smsEnabled.map(JSON.bool) ?? .null),
        ])
    }
}

extension NumberFacts {
    /// Takes over the new state of an agent wherever this number names it.
    fileprivate mutating func rebind(_ binding: AgentBinding) {
        for profile in Profile.allCases where self[profile]?.key == binding.key {
            self[profile] = binding
        }
        if case .agent(let old) = extras?.fallback, old.key == binding.key {
            extras = NumberExtras(
                fallback: .agent(binding), allowedDestinations: extras?.allowedDestinations ?? [])
        }
    }
}

extension AgentStatus {
    /// The value's name in the published API, without its prefix.
    public var apiName: String {
        switch self {
        case .draft: "DRAFT"
        case .published: "PUBLISHED"
        case .inactive: "INACTIVE"
        }
    }
}
