/// An agent with its outbound number, as it stands for the automation editor.
public struct OutboundChoice: Hashable, Sendable {
    public var agent: AgentKey
    public var id: AgentID
    public var name: String
    public var status: AgentStatus
    /// `nil`: the agent builder does not say.
    public var outboundConfigured: Bool?
    /// `nil`: it has none.
    public var number: Line?

    /// The state of an outbound number that decides whether it can be chosen.
    public struct Line: Hashable, Sendable {
        public var e164: E164
        public var status: NumberStatus
        public var isEnabled: Bool
        /// Whether an incident lock, on the number or on its workspace, stands.
        public var isLocked: Bool

        /// An outbound number's state.
        public init(e164: E164, status: NumberStatus, isEnabled: Bool, isLocked: Bool) {
            self.e164 = e164
            self.status = status
            self.isEnabled = isEnabled
            self.isLocked = isLocked
        }
    }

    /// Why an agent should not be chosen. The raw values are those of the published protos.
    public enum Reason: UInt8, Hashable, Sendable, CaseIterable {
        case none = 0, disabled, locked, noOutboundNumber, numberNotActive, agentNotPublished
        case agentNotConfigured
    }

    /// An agent and its outbound number.
    public init(
        agent: AgentKey, id: AgentID, name: String, status: AgentStatus,
        outboundConfigured: Bool?, number: Line?
    ) {
        self.agent = agent
        self.id = id
        self.name = name
        self.status = status
        self.outboundConfigured = outboundConfigured
        self.number = number
    }

    /// Where a list ordered by name goes on behind this agent.
    public var position: PagePosition { PagePosition(sortValue: name, rowKey: agent.rawValue) }

    /// The first of: no number, locked, switched off, number not in service, agent not published,
    /// agent not set up. The order is that of an authorization, where a switched-off number answers
    /// before anything else about it.
    public var reason: Reason {
        guard let number else { return .noOutboundNumber }
        if number.isLocked { return .locked }
        if !number.isEnabled { return .disabled }
        if !number.status.isInService { return .numberNotActive }
        if status != .published { return .agentNotPublished }
        if outboundConfigured == false { return .agentNotConfigured }
        return .none
    }

    /// False only where somebody switched the number off or locked it.
    public var isOutboundEnabled: Bool { reason != .disabled && reason != .locked }

    /// What to show beside the agent; empty when there is nothing to say.
    public var warning: String {
        switch reason {
        case .none: ""
        case .disabled, .locked: OutboundSwitch.disabledMessage
        case .noOutboundNumber:
            "This agent has no outbound number: assign one before it can call."
        case .numberNotActive:
            "This agent's outbound number is not active: calls from it are refused until it is."
        case .agentNotPublished:
            status == .inactive
                ? "This agent is inactive: activate it before it can call."
                : "This agent is a draft: publish it before it can call."
        case .agentNotConfigured:
            "This agent's outbound calling is not set up: finish it in the agent builder."
        }
    }
}
