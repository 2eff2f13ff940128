/// A workspace's connection to a carrier account; holds no secret.
public struct ConnectionRecord: Hashable, Sendable {
    public var key: ConnectionKey
    public var id: ConnectionID
    public var workspace: WorkspaceID
    public var carrier: Carrier
    public var name: String
    public var status: Status
    /// The credential fields that are not secret.
    public var settings: [String: String]
    /// The secret's last four characters; empty where there is none, or it is too short to show.
    public var credentialHint: String
    public var createdAt: Timestamp
    public var updatedAt: Timestamp
    public var validatedAt: Timestamp?
    public var version: UInt64
    /// Live numbers that came through it.
    public var numberCount: Int64

    /// Whether the carrier still takes the credentials. Raw values are the store's.
    public enum Status: UInt8, Hashable, Sendable {
        case connected = 1, credentialsRejected
    }

    /// A new connection whose credentials were just found good.
    public init(
        key: ConnectionKey, id: ConnectionID, workspace: WorkspaceID, carrier: Carrier,
        name: String, settings: [String: String], credentialHint: String, createdAt: Timestamp
    ) {
        self.key = key
        self.id = id
        self.workspace = workspace
        self.carrier = carrier
        self.name = name
        self.settings = settings
        self.credentialHint = credentialHint
        self.createdAt = createdAt
        status = .connected
        updatedAt = createdAt
        validatedAt = createdAt
        version = 1
        numberCount = 0
    }
}

/// A secret of a connection that was replaced and goes on verifying webhooks for a while, so that a
/// rotation drops none.
public struct PreviousSecret: Hashable, Sendable {
    /// How long a replaced secret goes on: seven days.
    public static let lifetimeSeconds: Int64 = 7 * 86_400

    /// The replaced secret's last four characters; empty where it was too short to show.
    public var hint: String
    public var replacedAt: Timestamp
    public var expiresAt: Timestamp
    /// When it last verified a webhook.
    public var lastUsedAt: Timestamp?

    /// A secret as it was read.
    public init(
        hint: String, replacedAt: Timestamp, expiresAt: Timestamp, lastUsedAt: Timestamp?
    ) {
        self.hint = hint
        self.replacedAt = replacedAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
    }
}

/// A live number of a connection with the profiles that a disconnect would clear.
public struct ConnectedNumber: Hashable, Sendable {
    public var key: NumberKey
    public var id: NumberID
    public var e164: E164
    public var version: UInt64
    public var webhookMode: WebhookMode
    public var releaseProtected: Bool
    public var agents: [Profile: NumberRecord.AgentName]
    public var type: NumberType = .local
    public var capabilities: Capabilities = []
    public var regionLabel = ""
    /// What is known of it at the carrier.
    public var carrierSide = CarrierSide()

    /// A number as a disconnect sees it; what the carrier says of it is set apart.
    public init(
        key: NumberKey, id: NumberID, e164: E164, version: UInt64, webhookMode: WebhookMode,
        releaseProtected: Bool, agents: [Profile: NumberRecord.AgentName]
    ) {
        self.key = key
        self.id = id
        self.e164 = e164
        self.version = version
        self.webhookMode = webhookMode
        self.releaseProtected = releaseProtected
        self.agents = agents
    }
}
