/// A number about to be added, as its carrier describes it. It starts with nobody assigned.
public struct NewNumber: Hashable, Sendable {
    public var id: NumberID
    public var workspace: WorkspaceKey
    public var e164: E164
    public var label: String
    /// ISO 3166-1 alpha-2; empty where neither the carrier nor the calling code says.
    public var countryCode: String
    /// As the carrier names it.
    public var regionLabel: String
    public var type: NumberType
    public var capabilities: Capabilities
    public var origin: Origin
    public var carrier: Carrier
    /// The connection it came through; `nil` for bought numbers.
    public var connection: ConnectionKey?
    public var status: NumberStatus
    public var webhookMode: WebhookMode
    /// Credits a month, not negative; 0 for an imported number.
    public var monthlyCostCredits: Int64
    /// The order it is bought with; empty for imported numbers.
    public var orderID: String
    public var createdAt: Timestamp

    /// A number with its carrier's description; label, region and order start empty.
    public init(
        id: NumberID, workspace: WorkspaceKey, e164: E164, type: NumberType,
        capabilities: Capabilities, origin: Origin, carrier: Carrier, connection: ConnectionKey?,
        status: NumberStatus, webhookMode: WebhookMode, createdAt: Timestamp
    ) {
        self.id = id
        self.workspace = workspace
        self.e164 = e164
        self.type = type
        self.capabilities = capabilities
        self.origin = origin
        self.carrier = carrier
        self.connection = connection
        self.status = status
        self.webhookMode = webhookMode
        self.createdAt = createdAt
        label = ""
        countryCode = CallingCode.country(of: e164)?.countryCode ?? ""
        regionLabel = ""
        monthlyCostCredits = 0
        orderID = ""
    }

    /// What the route table holds of it once it is stored under a key.
    public func facts(_ key: NumberKey) -> NumberFacts {
        NumberFacts(
            e164: e164, id: id, key: key, workspace: workspace, connection: connection, version: 1,
            status: status, capabilities: capabilities, origin: origin, carrier: carrier,
            webhookMode: webhookMode)
    }
}
