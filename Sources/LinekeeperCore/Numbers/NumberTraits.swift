// The raw values below are those of the published protos and of the store: never renumber.

/// The kind of number that a carrier sells.
public enum NumberType: UInt8, Hashable, Sendable, CaseIterable {
    case local = 1, national, mobile, tollFree
}

/// What a number can do, as its carrier says.
public struct Capabilities: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    /// A set from the bits that the store keeps; unknown bits are dropped.
    public init(rawValue: UInt8) { self.rawValue = rawValue & 0b11111 }

    public static let voice = Capabilities(rawValue: 1)
    public static let sms = Capabilities(rawValue: 2)
    public static let mms = Capabilities(rawValue: 4)
    public static let fax = Capabilities(rawValue: 8)
    public static let voicemail = Capabilities(rawValue: 16)

    /// The words the API uses, in its order.
    public var words: [String] {
        [
            (Capabilities.voice, "VOICE"), (.sms, "SMS"), (.mms, "MMS"), (.fax, "FAX"),
            (.voicemail, "VOICEMAIL"),
        ].filter { contains($0.0) }.map(\.1)
    }

    /// Whether the number can take part in text messaging: SMS or MMS.
    public var canText: Bool { !isDisjoint(with: [.sms, .mms]) }
}

/// Where a number came from.
public enum Origin: UInt8, Hashable, Sendable, CaseIterable {
    case pool = 1, marketplace, imported
}

/// Whose network a number is on.
public enum Carrier: UInt8, Hashable, Sendable, CaseIterable {
    case twilio = 1, telnyx, sip

    /// The name a person knows it by.
    public var label: String {
        switch self {
        case .twilio: "Twilio"
        case .telnyx: "Telnyx"
        case .sip: "SIP"
        }
    }
}

/// Where a number is in its life.
public enum NumberStatus: UInt8, Hashable, Sendable, CaseIterable {
    /// Ordered, not here yet. Leads to active or failed.
    case pending = 1
    /// In use. Leads to pastDue, releasing or released.
    case active
    /// A renewal could not be paid; it still works. Leads to active, releasing or released.
    case pastDue
    /// Goes back at a set time; routing has stopped. Leads to active or released.
    case releasing
    /// Terminal: given back.
    case released
    /// Terminal: the order failed.
    case failed

    /// Whether calls and messages go through, and profiles can be assigned.
    public var isInService: Bool { self == .active || self == .pastDue }

    /// Whether the number occupies its E.164 here: nobody else can hold it.
    public var isLive: Bool { self != .released && self != .failed }
}

/// Whether the carrier's webhook settings are ours.
public enum WebhookMode: UInt8, Hashable, Sendable, CaseIterable {
    case outboundOnly = 1, managed

    /// The word the API uses.
    var apiName: String { self == .managed ? "MANAGED" : "OUTBOUND_ONLY" }
}

/// A use that a number has for one agent.
public enum Profile: UInt8, Hashable, Sendable, CaseIterable {
    case inbound = 1, outbound, sms

    /// The word the API uses.
    public var word: String {
        switch self {
        case .inbound: "inbound"
        case .outbound: "outbound"
        case .sms: "SMS"
        }
    }
}

/// What is asked about on an inbound route.
public enum Channel: UInt8, Hashable, Sendable, CaseIterable {
    case voice = 1, sms
}

/// Where an agent is in its life at the agent builder.
public enum AgentStatus: UInt8, Hashable, Sendable, CaseIterable {
    case draft = 1, published, inactive
}

/// How a workspace shares a number among agents.
public enum NumberExclusivity: UInt8, Hashable, Sendable, CaseIterable {
    /// All of a number's profiles belong to one agent.
    case agent = 1
    /// Each profile on its own.
    case profile
}

/// What a workspace has subscribed to.
public enum Plan: UInt8, Hashable, Sendable, CaseIterable {
    case standard = 1, unlimited
}
