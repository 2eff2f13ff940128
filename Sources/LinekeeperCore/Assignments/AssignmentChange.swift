/// What a save asks for one profile of a number.
public enum ProfileChange: Hashable, Sendable {
    /// Not mentioned: stays as it is.
    case keep
    /// Nobody holds it afterwards.
    case clear
    /// This agent holds it afterwards.
    case assign(AgentID)
}

/// One save of the edit form: three profiles and the toggle, made together or not at all.
public struct AssignmentChange: Hashable, Sendable {
    public var inbound: ProfileChange
    public var outbound: ProfileChange
    public var sms: ProfileChange
    /// `nil`: as it is, unless the outbound assignment changes, which sets it to true.
    public var outboundEnabled: Bool?
    /// Takes profiles of this number from the agents that hold them. It never takes an agent away
    /// from another number.
    public var replace: Bool
    /// The version that the caller saw; `nil`: whatever it is.
    public var expectedVersion: UInt64?

    /// A save; by default it changes nothing.
    public init(
        inbound: ProfileChange = .keep, outbound: ProfileChange = .keep,
        sms: ProfileChange = .keep, outboundEnabled: Bool? = nil, replace: Bool = false,
        expectedVersion: UInt64? = nil
    ) {
        self.inbound = inbound
        self.outbound = outbound
        self.sms = sms
        self.outboundEnabled = outboundEnabled
        self.replace = replace
        self.expectedVersion = expectedVersion
    }

    /// What is asked for a profile.
    public subscript(profile: Profile) -> ProfileChange {
        get {
            switch profile {
            case .inbound: inbound
            case .outbound: outbound
            case .sms: sms
            }
        }
        set {
            switch profile {
            case .inbound: inbound = newValue
            case .outbound: outbound = newValue
            case .sms: sms = newValue
            }
        }
    }
}

/// Something that was done although a person should know of it.
public struct AssignmentWarning: Hashable, Sendable {
    public var code: Code
    public var profile: Profile
    /// One sentence for a person.
    public var message: String

    /// The words a program switches on; part of the published API.
    public enum Code: String, CaseIterable, Sendable {
        case agentNotPublished = "AGENT_NOT_PUBLISHED"
        case webhooksNotManaged = "WEBHOOKS_NOT_MANAGED"
        case agentNotConfigured = "AGENT_NOT_CONFIGURED"
    }

    /// A warning about one profile.
    public init(_ code: Code, _ profile: Profile, _ message: String) {
        self.code = code
        self.profile = profile
        self.message = message
    }
}

/// What holds after a save that the rules allow.
public struct AssignmentOutcome: Hashable, Sendable {
    /// The number as it is afterwards; equal to what was there when nothing changed, else with the
    /// next version.
    public var number: NumberFacts
    /// The agents that gain or lose a profile, as they are afterwards.
    public var agents: [AgentFacts]
    /// In the order of the profiles.
    public var warnings: [AssignmentWarning]
}
