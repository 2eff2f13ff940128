/// What a workspace says to an outbound call from one of its numbers.
public struct OutboundLimits: Sendable {
    /// Whether an incident lock stands, on the workspace or on the number.
    public var isLocked: Bool
    /// Whether the workspace lets its agents call the destination.
    public var allowsDestination: Bool

    /// What a workspace says.
    public init(isLocked: Bool, allowsDestination: Bool) {
        self.isLocked = isLocked
        self.allowsDestination = allowsDestination
    }
}

extension WorkspaceFacts {
    /// Whether an incident lock stands on a number, held here now or not.
    public func locks(_ number: E164) -> Bool {
        outboundLocked || (!lockedNumbers.isEmpty && lockedNumbers.contains(number))
    }

    /// What the workspace says to a call from a number to a destination.
    public func outboundLimits(from number: E164, to destination: E164) -> OutboundLimits {
        OutboundLimits(
            isLocked: locks(number),
            allowsDestination: allowedDestinations.allows(destination))
    }
}

/// Whether a number may be called from, or text.
enum OutboundAuthorization {
    /// The refusal of an outbound call, or `nil` when it may start. Whoever starts it, the answer is
    /// the same.
    ///
    /// In this order: number not in service, switched off or locked, nobody assigned, the agent's
    /// state, the capability, the destination. The switch comes before all that a caller could
    /// repair, so that a stop says that it is one.
    @inline(__always)
    static func refusalOfCall(
        status: NumberStatus, isEnabled: Bool, limits: OutboundLimits, agent: BoundAgent?,
        capabilities: Capabilities, allowsDestination: @autoclosure () -> Bool
    ) -> DomainError.Reason? {
        guard status.isInService else { return .numberNotActive }
        guard !limits.isLocked, isEnabled else { return .outboundDisabled }
        guard let agent else { return .noOutboundAgent }
        if let refusal = refusal(of: agent.status) { return refusal }
        guard agent.outboundConfigured != false else { return .agentNotConfigured }
        guard capabilities.contains(.voice) else { return .capabilityMissing }
        guard allowsDestination(), limits.allowsDestination else { return .destinationNotAllowed }
        return nil
    }

    /// The refusal of a text message, or `nil` when it may be sent. The outbound switch plays no
    /// part.
    @inline(__always)
    static func refusalOfText(
        status: NumberStatus, agent: BoundAgent?, capabilities: Capabilities
    ) -> DomainError.Reason? {
        guard status.isInService else { return .numberNotActive }
        guard let agent else { return .noSmsNumber }
        if let refusal = refusal(of: agent.status) { return refusal }
        guard agent.smsEnabled != false else { return .agentNotConfigured }
        return capabilities.canText ? nil : .capabilityMissing
    }

    @inline(__always)
    private static func refusal(of status: AgentStatus) -> DomainError.Reason? {
        switch status {
        case .published: nil
        case .draft: .agentNotPublished
        case .inactive: .agentInactive
        }
    }
}

extension [E164Prefix] {
    /// Whether a destination may be called; an empty list allows every one.
    func allows(_ destination: E164) -> Bool {
        isEmpty || contains { $0.matches(destination) }
    }
}
