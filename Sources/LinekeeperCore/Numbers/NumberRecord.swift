/// A number as a person sees it: one row of the store with the names it refers to.
public struct NumberRecord: Hashable, Sendable {
    public var key: NumberKey
    public var id: NumberID
    public var workspace: WorkspaceID
    public var e164: E164
    public var label: String
    /// ISO 3166-1 alpha-2; empty where it is not known.
    public var countryCode: String
    /// As the carrier names it.
    public var regionLabel: String
    public var type: NumberType
    public var capabilities: Capabilities
    public var origin: Origin
    public var carrier: Carrier
    public var connection: ConnectionID?
    public var status: NumberStatus
    public var webhookMode: WebhookMode
    public var region: RegionID?
    /// Credits a month; 0 for an imported number.
    public var monthlyCostCredits: Int64
    public var renewsAt: Timestamp?
    /// While pending.
    public var orderID: String
    public var releaseProtected: Bool
    /// Whether an incident lock, on the number or on its workspace, stands.
    public var outboundLocked: Bool
    public var inbound: AgentName?
    public var outbound: AgentName?
    public var sms: AgentName?
    public var outboundEnabled: Bool
    public var fallback: FallbackRecord?
    /// Seconds, 5 to 120.
    public var ringTimeoutOverride: UInt8?
    public var forwardedFrom: [E164]
    public var tags: [String: String]
    public var allowedDestinations: [E164Prefix]
    public var createdAt: Timestamp
    public var updatedAt: Timestamp
    public var version: UInt64
    /// While releasing.
    public var releaseAt: Timestamp?

    /// An agent by id and name.
    public struct AgentName: Hashable, Sendable {
        public var id: String
        public var name: String
        /// An agent by id and name.
        public init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// What answers when the agent cannot, by id.
    public enum FallbackRecord: Hashable, Sendable {
        case agent(AgentName)
        case forward(E164)
        case reject
    }

    /// What a table shows as the carrier: "Imported" for imported numbers.
    public var carrierLabel: String { origin == .imported ? "Imported" : carrier.label }

    /// A row with everything that must be said; the rest starts empty.
    public init(
        key: NumberKey, id: NumberID, workspace: WorkspaceID, e164: E164, type: NumberType,
        capabilities: Capabilities, origin: Origin, carrier: Carrier, status: NumberStatus,
        webhookMode: WebhookMode, createdAt: Timestamp, updatedAt: Timestamp, version: UInt64
    ) {
        self.key = key
        self.id = id
        self.workspace = workspace
        self.e164 = e164
        self.type = type
        self.capabilities = capabilities
        self.origin = origin
        self.carrier = carrier
        self.status = status
        self.webhookMode = webhookMode
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.version = version
        label = ""
        countryCode = ""
        regionLabel = ""
        monthlyCostCredits = 0
        orderID = ""
        releaseProtected = false
        outboundLocked = false
        outboundEnabled = true
        forwardedFrom = []
        tags = [:]
        allowedDestinations = []
    }
}
