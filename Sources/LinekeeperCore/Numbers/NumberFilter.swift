/// Which numbers a list shows; every part that is set must match.
public struct NumberFilter: Hashable, Sendable {
    public var carrier: Carrier?
    public var origin: Origin?
    public var connection: ConnectionID?
    /// ISO 3166-1 alpha-2, in capitals.
    public var countryCode: String?
    public var type: NumberType?
    public var capability: Capabilities?
    /// `nil`: every live number.
    public var status: NumberStatus?
    /// Holds any profile.
    public var agent: AgentID?
    /// Nobody holds this profile.
    public var unassignedProfile: Profile?
    public var outboundEnabled: Bool?
    public var tag: Tag?
    /// Part of the number, label, region label or an assigned agent's name, in either case of the
    /// letters A to Z.
    public var text: String?

    /// Every live number.
    public init() {}

    /// A tag that a number must carry.
    public enum Tag: Hashable, Sendable {
        case key(String)
        case pair(key: String, value: String)
    }
}

/// How a list of numbers is ordered. Numbers of equal sort value follow in the order they were
/// added.
public struct NumberOrder: Hashable, Sendable {
    public var field: Field
    public var descending: Bool

    /// An order by one field.
    public init(by field: Field, descending: Bool = false) {
        self.field = field
        self.descending = descending
    }

    /// What numbers can be ordered by; the raw value is the word of the API.
    public enum Field: String, Hashable, Sendable, CaseIterable {
        case createdAt = "created_at"
        /// As text: digit by digit.
        case e164
        /// By Unicode code points.
        case label
    }
}
