/// A value that can be taken back.
public enum Setting<Value: Hashable & Sendable>: Hashable, Sendable {
    /// Back to what holds when nothing is set.
    case unset
    case set(Value)

    /// The value, if one is set.
    public var value: Value? {
        switch self {
        case .unset: nil
        case .set(let value): value
        }
    }
}

/// One save of a number's settings: made whole or not at all. `nil` leaves a setting as it is.
public struct NumberChange: Hashable, Sendable {
    public var label: String?
    /// New values by key; unset removes the tag.
    public var tags: [String: Setting<String>] = [:]
    /// Unset: the carrier's default.
    public var region: Setting<RegionID>?
    public var webhookMode: WebhookMode?
    public var fallback: Setting<FallbackChoice>?
    /// Seconds, 5 to 120; unset: by destination.
    public var ringTimeout: Setting<UInt8>?
    /// The lines that are forwarded to this number.
    public var forwardedFrom: [E164]?
    public var releaseProtected: Bool?
    /// Empty: every destination.
    public var allowedDestinations: [E164Prefix]?
    /// The version that the caller saw; `nil`: whatever it is.
    public var expectedVersion: UInt64?

    /// A save that changes nothing.
    public init() {}

    /// A fallback as it is asked for.
    public enum FallbackChoice: Hashable, Sendable {
        case agent(AgentID)
        case forward(E164)
        case reject
    }
}

/// What holds after a change that the rules allow.
public struct NumberOutcome: Hashable, Sendable {
    /// The number as a person sees it afterwards.
    public var record: NumberRecord
    /// The number as routing sees it afterwards.
    public var facts: NumberFacts
    /// Agents that became or ceased to be a fallback, as they are afterwards.
    public var agents: [AgentFacts]
}
