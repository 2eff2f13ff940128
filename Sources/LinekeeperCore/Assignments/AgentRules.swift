/// What the agent builder says of one of its agents.
public struct AgentDescription: Hashable, Sendable {
    public let id: AgentID
    public let name: String
    public let status: AgentStatus
    /// `nil`: the agent builder does not say.
    public let outboundConfigured: Bool?
    /// `nil`: the agent builder does not say.
    public let smsEnabled: Bool?

    /// An agent as it is to be mirrored here.
    ///
    /// - Throws: `invalidArgument` when the name breaks ``AgentRules/check(name:)``.
    public init(
        id: AgentID, name: String, status: AgentStatus, outboundConfigured: Bool? = nil,
        smsEnabled: Bool? = nil
    ) throws(DomainError) {
        try AgentRules.check(name: name)
        self.id = id
        self.name = name
        self.status = status
        self.outboundConfigured = outboundConfigured
        self.smsEnabled = smsEnabled
    }
}

/// What an agent's mirror may hold.
public enum AgentRules {
    /// Unicode scalars in a name. Scalars and not characters: one character can be of any length.
    public static let nameLengthMax = 200
    /// Agents in one request.
    public static let agentsPerRequestMax = 1_000

    /// Checks a name: 1 to ``nameLengthMax`` long, without control characters.
    ///
    /// - Throws: `invalidArgument`.
    public static func check(name: String) throws(DomainError) {
        try PlainText.checked(name, field: "name", length: 1...nameLengthMax)
    }

    /// Checks that a request is no larger than allowed and describes each agent once.
    ///
    /// - Throws: `invalidArgument`.
    static func check(_ agents: [AgentDescription]) throws(DomainError) {
        guard (1...agentsPerRequestMax).contains(agents.count) else {
            throw DomainError(
                .invalidArgument, "Send 1 to \(agentsPerRequestMax) agents in one request.",
                field: "agents")
        }
        var seen: Set<AgentID> = []
        for agent in agents where !seen.insert(agent.id).inserted {
            throw DomainError(
                .invalidArgument, "Agent \(agent.id) is described twice: send each agent once.",
                facts: ["agent_id": agent.id.text], field: "agents")
        }
    }

    /// The refusal for an agent that the workspace does not have.
    public static func notFound(_ id: AgentID) -> DomainError {
        DomainError(
            .agentNotFound,
            "This workspace has no agent \(id): check the id, or send the agent with PutAgents.",
            facts: ["agent_id": id.text])
    }
}
