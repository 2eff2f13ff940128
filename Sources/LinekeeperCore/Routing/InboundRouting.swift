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

    /// Decides who answers.
    ///
    /// In this order: a number out of service is not found; one that cannot carry the channel is
    /// refused, whatever its fallback; then the agent if it is published, else the fallback if it
    /// can answer (an agent only while it is published), else the refusal.
    @inline(__always)
    public func inboundDecision(for channel: Channel) -> InboundDecision {
        guard status.isInService else { return .refused(.numberNotFound) }
        switch channel {
        case .voice where !capabilities.contains(.voice): return .refused(.capabilityMissing)
        case .sms where !capabilities.canText: return .refused(.capabilityMissing)
        default: break
        }
        let refusal: DomainError.Reason
        switch channel == .voice ? inbound?.status : sms?.status {
        case .published: return .agent
        case .draft: refusal = .agentNotPublished
        case .inactive: refusal = .agentInactive
        case nil: refusal = .notAssigned
        }
        switch extras?.fallback {
        case .agent(let agent): return agent.status == .published ? .fallback : .refused(refusal)
        case .forward, .reject: return .fallback
        case nil: return .refused(refusal)
        }
    }
}

// The decisions on a number's facts where they lie in the route table, without a copy of them.
extension UnsafePointer<NumberFacts> {
    /// Decides who answers; see ``NumberFacts/inboundDecision(for:)``.
    public func inboundDecision(for channel: Channel) -> InboundDecision {
        unsafe pointee.inboundDecision(for: channel)
    }

    /// The refusal of an outbound call; see ``NumberFacts/outboundRefusal(to:limits:)``.
    public func outboundRefusal(
        to destination: E164, limits: OutboundLimits
    ) -> DomainError.Reason? {
        unsafe pointee.outboundRefusal(to: destination, limits: limits)
    }

    /// The refusal of a text message; see ``NumberFacts/smsRefusal()``.
    public func smsRefusal() -> DomainError.Reason? { unsafe pointee.smsRefusal() }
}
