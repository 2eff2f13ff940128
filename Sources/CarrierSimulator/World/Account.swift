public import Foundation

/// A carrier that is simulated.
public enum SimulatedCarrier: String, Codable, Sendable, CaseIterable {
    case twilio, telnyx
}

/// Where Twilio processes what an account does; each keeps credentials and settings of its own.
public enum Region: String, Codable, Sendable, CaseIterable {
    case us1, ie1, au1
}

/// Something that an account can be entered with.
public struct Credential: Codable, Equatable, Sendable {
    /// What a credential may do.
    public enum Kind: String, Codable, Sendable {
        /// Twilio: the account's own password, for everything.
        case authToken
        /// Twilio: an API key made in the console, for everything.
        case mainKey
        /// Twilio: an API key made by an API call, for everything but the account and its keys.
        case standardKey
        /// Telnyx: a bearer key.
        case apiKey
    }

    public var kind: Kind
    /// The key's id: `SK…` at Twilio, and the account's own SID for its Auth Token.
    public var id: String
    public var secret: String
    /// The only region that knows it; Telnyx has one.
    public var region: Region
    public var label: String
    public var createdAt: Date

    /// A credential.
    public init(
        kind: Kind, id: String, secret: String, region: Region = .us1, label: String = "",
        createdAt: Date = Date(timeIntervalSince1970: 1_750_000_000)
    ) {
        self.kind = kind
        self.id = id
        self.secret = secret
        self.region = region
        self.label = label
        self.createdAt = createdAt
    }
}

/// A customer's account at a carrier.
public struct Account: Codable, Equatable, Sendable {
    /// Whether the carrier lets it work.
    public enum Status: String, Codable, Sendable {
        case active, suspended, closed
    }

    /// What it may buy at Telnyx.
    public enum Level: String, Codable, Sendable {
        /// Local numbers of its own country, which is the US.
        case paid
        /// Everything.
        case verified
    }

    public var carrier: SimulatedCarrier
    /// `AC…` at Twilio, a UUID at Telnyx.
    public var id: String
    public var name: String
    public var status: Status = .active
    public var level: Level = .verified
    /// Twilio's test account: only magic numbers, and nothing is ever bought.
    public var isTest = false
    public var credentials: [Credential]
    /// Millionths of a US dollar.
    public var balanceMicros: Int64
    /// Twilio: regulatory bundles by SID, each good for one country.
    public var bundles: [String: String] = [:]
    /// Twilio: addresses by SID.
    public var addresses: [String: [String: String]] = [:]
    /// Telnyx: requirement groups by id, each good for one country.
    public var requirementGroups: [String: String] = [:]
    public var createdAt = Date(timeIntervalSince1970: 1_750_000_000)

    /// An account with nothing in it but its credentials and money.
    public init(
        carrier: SimulatedCarrier, id: String, name: String, credentials: [Credential],
        balanceMicros: Int64
    ) {
        self.carrier = carrier
        self.id = id
        self.name = name
        self.credentials = credentials
        self.balanceMicros = balanceMicros
    }
}
