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

extension NumberFacts {
    /// The refusal of an outbound call, or `nil` when it may start. Whoever starts it, the answer is
    /// the same.
    ///
    /// In this order: number not in service, switched off or locked, nobody assigned, the agent's
    /// state, the capability, the destination. The switch comes before all that a caller could
    /// repair, so that a stop says that it is one.
    @inline(__always)
    public func outboundRefusal(
        to destination: E164, limits: OutboundLimits
    ) -> DomainError.Reason? {
        guard status.isInService else { return .numberNotActive }
        guard !limits.isLocked, outboundEnabled else { return .outboundDisabled }
        guard let agent = outbound else { return .noOutboundAgent }
        switch agent.status {
        case .published: break
        case .draft: return .agentNotPublished
        case .inactive: return .agentInactive
        }
        guard agent.outboundConfigured != false else { return .agentNotConfigured }
        guard capabilities.contains(.voice) else { return .capabilityMissing }
        guard extras?.allowedDestinations.allows(destination) ?? true, limits.allowsDestination
        else { return .destinationNotAllowed }
        return nil
    }

    /// The refusal of a text message from this number, or `nil` when it may be sent. The outbound
    /// switch plays no part.
    @inline(__always)
    public func smsRefusal() -> DomainError.Reason? {
        guard status.isInService else { return .numberNotActive }
        guard let agent = sms else { return .noSmsNumber }
        switch agent.status {
        case .published: break
        case .draft: return .agentNotPublished
        case .inactive: return .agentInactive
        }
        guard agent.smsEnabled != false else { return .agentNotConfigured }
        return capabilities.canText ? nil : .capabilityMissing
    }
}

extension [E164Prefix] {
    /// Whether a destination may be called; an empty list allows every one.
    func allows(_ destination: E164) -> Bool {
        isEmpty || contains { $0.matches(destination) }
    }
}
