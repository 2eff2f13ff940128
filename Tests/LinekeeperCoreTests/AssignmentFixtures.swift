import LinekeeperCore

/// A workspace, some agents and a number, as facts that a test bends to its purpose.
struct AssignmentFixture {
    var agents: [AgentFacts] = []
    var number: NumberFacts
    var exclusivity = NumberExclusivity.agent

    static let workspace = WorkspaceKey(rawValue: 1)

    init(
        status: NumberStatus = .active, capabilities: Capabilities = [.voice, .sms],
        webhookMode: WebhookMode = .managed, exclusivity: NumberExclusivity = .agent
    ) throws {
        number = NumberFacts(
            e164: try E164("+14155550100", field: "e164"), id: NumberID(high: 1, low: 1),
            key: NumberKey(rawValue: 1), workspace: Self.workspace, connection: nil, version: 7,
            status: status, capabilities: capabilities, origin: .imported, carrier: .sip,
            webhookMode: webhookMode)
        self.exclusivity = exclusivity
        for (index, name) in ["Ann", "Bob", "Cat"].enumerated() {
            agents.append(
                AgentFacts(
                    key: AgentKey(rawValue: Int64(index) + 1), workspace: Self.workspace,
                    id: try agentID(name.lowercased()), name: name, status: .published,
                    outboundConfigured: nil, smsEnabled: nil))
        }
    }

    /// Changes what is known of an agent.
    mutating func set(_ name: String, _ body: (inout AgentFacts) -> Void) {
        for index in agents.indices where agents[index].id.text == name { body(&agents[index]) }
    }

    /// Gives a profile of the number to an agent, whatever the rules say.
    mutating func hold(_ profile: Profile, by name: String) {
        for agent in agents where agent.id.text == name { number[profile] = agent.binding }
        let e164 = number.e164
        set(name) { $0[profile] = e164 }
    }

    func decide(_ change: AssignmentChange) throws(DomainError) -> AssignmentOutcome {
        try AssignmentRules.decide(change, on: number, exclusivity: exclusivity) { id in
            agents.first { $0.id == id }
        }
    }

    /// The refusal of a save, or `nil` when it is allowed.
    func refusal(_ change: AssignmentChange) -> DomainError? {
        do {
            _ = try decide(change)
            return nil
        } catch {
            return error
        }
    }

    func agentID(_ text: String) throws -> AgentID {
        guard let id = AgentID(text) else { throw DomainError(.invalidArgument, text) }
        return id
    }
}

/// A save that names agents by profile; `"-"` clears.
func save(
    inbound: String? = nil, outbound: String? = nil, sms: String? = nil,
    enabled: Bool? = nil, replace: Bool = false, version: UInt64? = nil
) -> AssignmentChange {
    func change(_ text: String?) -> ProfileChange {
        guard let text, let id = AgentID(text) else { return .keep }
        return text == "-" ? .clear : .assign(id)
    }
    return AssignmentChange(
        inbound: change(inbound), outbound: change(outbound), sms: change(sms),
        outboundEnabled: enabled, replace: replace, expectedVersion: version)
}

extension NumberFacts {
    /// The holders of inbound, outbound and SMS; `-` for nobody.
    var holders: [String] { Profile.allCases.map { self[$0]?.idText ?? "-" } }
}
