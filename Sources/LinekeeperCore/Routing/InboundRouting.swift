/// Who answers a call or message to a number.
public enum InboundDecision: Hashable, Sendable {
    /// The agent of the channel's profile.
    case agent
    /// What the number names for when its agent cannot.
    case fallback
    case refused(DomainError.Reason)
}

extension NumberFacts {
    /// The profile that a channel is answered by.
    public func binding(for channel: Channel) -> AgentBinding? {
        channel == .voice ? inbound : sms
    }
}

extension InboundDecision {
    /// Decides who answers a number.
    ///
    /// In this order: a number out of service is not found; one that cannot carry the channel is
    /// refused, whatever its fallback; then the agent if it is published, else the fallback if it
    /// can answer (an agent only while it is published), else the refusal.
    @inline(__always)
    init(
        for channel: Channel, status: NumberStatus, capabilities: Capabilities,
        agent: BoundAgent?, fallback: @autoclosure () -> Fallback?
    ) {
        guard status.isInService else {
            self = .refused(.numberNotFound)
            return
        }
        guard channel == .voice ? capabilities.contains(.voice) : capabilities.canText else {
            self = .refused(.capabilityMissing)
            return
        }
        let refusal: DomainError.Reason
        switch agent?.status {
        case .published:
            self = .agent
            return
        case .draft: refusal = .agentNotPublished
        case .inactive: refusal = .agentInactive
        case nil: refusal = .notAssigned
        }
        switch fallback() {
        case .agent(let agent):
            self = agent.status == .published ? .fallback : .refused(refusal)
        case .forward, .reject: self = .fallback
        case nil: self = .refused(refusal)
        }
    }
}

// The decisions on a number's facts where they lie in the route table. Each fact is read by itself:
// of an entry that is read as a whole, every reference is counted.
extension UnsafePointer<NumberFacts> {
    /// Decides who answers; see ``InboundDecision/init(for:status:capabilities:agent:fallback:)``.
    @inline(__always)
    public func inboundDecision(for channel: Channel) -> InboundDecision {
        unsafe InboundDecision(
            for: channel, status: pointee.status, capabilities: pointee.capabilities,
            agent: channel == .voice ? pointee.inbound?.agent : pointee.sms?.agent,
            fallback: pointee.extras?.fallback)
    }

    /// The refusal of an outbound call; see ``OutboundAuthorization``.
    @inline(__always)
    public func outboundRefusal(
        to destination: E164, limits: OutboundLimits
    ) -> DomainError.Reason? {
        unsafe OutboundAuthorization.refusalOfCall(
            status: pointee.status, isEnabled: pointee.outboundEnabled, limits: limits,
            agent: pointee.outbound?.agent, capabilities: pointee.capabilities,
            allowsDestination: pointee.extras?.allowedDestinations.allows(destination) ?? true)
    }

    /// The refusal of a text message; see ``OutboundAuthorization``.
    @inline(__always)
    public func smsRefusal() -> DomainError.Reason? {
        unsafe OutboundAuthorization.refusalOfText(
            status: pointee.status, agent: pointee.sms?.agent, capabilities: pointee.capabilities)
    }
}
