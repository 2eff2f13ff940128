/// What routing must know of a number: one entry of the route table.
///
/// It holds all that a decision about the number needs, so that neither a hot call nor a change of
/// assignments reads the store; what only a person reads (label, tags, region name) is left there.
public struct NumberFacts: Hashable, Sendable {
    // What hot calls read comes first, and so lies together.
    public let e164: E164
    public let id: NumberID
    public let workspace: WorkspaceKey
    public var connection: ConnectionKey?
    public var status: NumberStatus
    public var capabilities: Capabilities
    public var carrier: Carrier
    /// `nil`: the carrier's default.
    public var region: RegionID?
    /// Seconds, 5 to 120; `nil`: by destination.
    public var ringTimeoutOverride: UInt8?
    /// Meaningful while ``outbound`` is set; true otherwise.
    public var outboundEnabled: Bool
    /// Up to here 64 bytes, which most processors fetch at once; all of it 128.
    public var inbound: AgentBinding?
    public var outbound: AgentBinding?
    public var sms: AgentBinding?
    /// What is rarely set; `nil` for most numbers, which keeps the entry small.
    public var extras: NumberExtras?
    public let key: NumberKey
    /// Grows by one with every change of the number's row.
    public var version: UInt64
    public var origin: Origin
    public var webhookMode: WebhookMode

    /// An entry with nobody assigned.
    public init(
        e164: E164, id: NumberID, key: NumberKey, workspace: WorkspaceKey,
        connection: ConnectionKey?, version: UInt64, status: NumberStatus,
        capabilities: Capabilities, origin: Origin, carrier: Carrier, webhookMode: WebhookMode
    ) {
        self.e164 = e164
        self.id = id
        self.key = key
        self.workspace = workspace
        self.connection = connection
        self.version = version
        self.status = status
        self.capabilities = capabilities
        self.origin = origin
        self.carrier = carrier
        self.webhookMode = webhookMode
        self.outboundEnabled = true
    }

    /// The agent of a profile.
    public subscript(profile: Profile) -> AgentBinding? {
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

/// The rarely set part of a number's routing facts.
public final class NumberExtras: Hashable, Sendable {
    public let fallback: Fallback?
    /// Empty: every destination.
    public let allowedDestinations: [E164Prefix]

    /// `nil` when there is nothing to hold.
    public init?(fallback: Fallback?, allowedDestinations: [E164Prefix]) {
        guard fallback != nil || !allowedDestinations.isEmpty else { return nil }
        self.fallback = fallback
        self.allowedDestinations = allowedDestinations
    }

    public static func == (left: NumberExtras, right: NumberExtras) -> Bool {
        left.fallback == right.fallback && left.allowedDestinations == right.allowedDestinations
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(fallback)
        hasher.combine(allowedDestinations)
    }
}

/// What answers when a number's agent cannot.
public enum Fallback: Hashable, Sendable {
    case agent(AgentBinding)
    case forward(E164)
    case reject
}

/// What decisions must know of an agent.
public struct AgentFacts: Hashable, Sendable {
    // In this order an agent is 64 bytes long.
    public let workspace: WorkspaceKey
    /// The agent without its numbers, as they hold it.
    public private(set) var binding: AgentBinding
    /// Of ``outbound``, 0 for none: as an optional it would be one word longer.
    private var outboundDigits: UInt64 = 0
    public var sms: E164?
    public var inbound: E164?
    /// Of the id; a look-up that compares it need not wait for the binding's memory.
    let idLength: UInt8
    /// How many numbers name it as their fallback.
    public var fallbackCount: UInt32 = 0

    /// An agent that holds no number.
    public init(_ binding: AgentBinding, in workspace: WorkspaceKey) {
        self.workspace = workspace
        self.binding = binding
        idLength = binding.idLength
    }

    /// An agent that holds no number. Its name has no NUL.
    public init(
        key: AgentKey, workspace: WorkspaceKey, id: AgentID, name: String, status: AgentStatus,
        outboundConfigured: Bool?, smsEnabled: Bool?
    ) {
        self.init(
            AgentBinding(
                key: key, checked: id.text.utf8, name: name.utf8, status: status,
                outboundConfigured: outboundConfigured, smsEnabled: smsEnabled),
            in: workspace)
    }

    /// The number it calls from.
    public var outbound: E164? {
        get { E164(digits: outboundDigits) }
        set { outboundDigits = newValue?.digits ?? 0 }
    }
    public var key: AgentKey { binding.key }
    public var id: AgentID { AgentID(checked: binding.idText) }
    public var name: String {
        get { binding.name }
        set { rebind(name: newValue) }
    }
    public var status: AgentStatus {
        get { binding.status }
        set { rebind(status: newValue) }
    }
    public var outboundConfigured: Bool? {
        get { binding.outboundConfigured }
        set { rebind(outboundConfigured: newValue) }
    }
    public var smsEnabled: Bool? {
        get { binding.smsEnabled }
        set { rebind(smsEnabled: newValue) }
    }

    private mutating func rebind(
        name: String? = nil, status: AgentStatus? = nil, outboundConfigured: Bool?? = nil,
        smsEnabled: Bool?? = nil
    ) {
        binding = AgentBinding(
            key: key, checked: binding.idText.utf8, name: (name ?? self.name).utf8,
            status: status ?? self.status,
            outboundConfigured: outboundConfigured ?? self.outboundConfigured,
            smsEnabled: smsEnabled ?? self.smsEnabled)
    }

    /// The number of a profile.
    public subscript(profile: Profile) -> E164? {
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

/// What decisions must know of a workspace.
public struct WorkspaceFacts: Hashable, Sendable {
    public let key: WorkspaceKey
    public let id: WorkspaceID
    public var exclusivity: NumberExclusivity
    public var plan: Plan
    public var featureFlags: [String]
    /// The incident lock on the whole workspace.
    public var outboundLocked: Bool
    /// Single numbers under the incident lock, held here now or not.
    public var lockedNumbers: Set<E164>
    /// Empty: every destination.
    public var allowedDestinations: [E164Prefix]

    /// A workspace without locks or limits.
    public init(
        key: WorkspaceKey, id: WorkspaceID, exclusivity: NumberExclusivity, plan: Plan,
        featureFlags: [String]
    ) {
        self.key = key
        self.id = id
        self.exclusivity = exclusivity
        self.plan = plan
        self.featureFlags = featureFlags
        outboundLocked = false
        lockedNumbers = []
        allowedDestinations = []
    }
}

/// What routing must know of a carrier connection.
public struct ConnectionFacts: Hashable, Sendable {
    public let key: ConnectionKey
    public let id: ConnectionID
    public let workspace: WorkspaceKey
    public let carrier: Carrier

    /// A connection's facts.
    public init(key: ConnectionKey, id: ConnectionID, workspace: WorkspaceKey, carrier: Carrier) {
        self.key = key
        self.id = id
        self.workspace = workspace
        self.carrier = carrier
    }
}

/// A place where Twilio can process a number's calls.
///
/// The raw value is the region's id in the API and in the store; `carrierRegion` and `edge` are
/// Twilio's own names (Twilio's documentation of regions and edge locations).
public enum RegionID: String, Hashable, Sendable, CaseIterable {
    case usEast = "us-east"
    case usWest = "us-west"
    case europe = "europe"
    case asiaPacific = "asia-pacific"
    case southAmerica = "south-america"

    /// A person's word for it.
    public var label: String {
        switch self {
        case .usEast: "US East (Virginia)"
        case .usWest: "US West (Oregon)"
        case .europe: "Europe (Ireland)"
        case .asiaPacific: "Asia-Pacific (Australia)"
        case .southAmerica: "South America (São Paulo)"
        }
    }

    /// Twilio's processing region. Only us1, ie1 and au1 process calls; elsewhere the edge alone
    /// brings the media closer.
    public var carrierRegion: String {
        switch self {
        case .usEast, .usWest, .southAmerica: "us1"
        case .europe: "ie1"
        case .asiaPacific: "au1"
        }
    }

    /// Twilio's edge location.
    public var edge: String {
        switch self {
        case .usEast: "ashburn"
        case .usWest: "umatilla"
        case .europe: "dublin"
        case .asiaPacific: "sydney"
        case .southAmerica: "sao-paulo"
        }
    }
}
