public import Foundation

/// How an order ends.
public enum OrderOutcome: String, Codable, Sendable {
    case success, failure, cancelled
    /// Never of itself.
    case stuck
}

/// An order for numbers at Telnyx.
public struct NumberOrder: Codable, Equatable, Sendable {
    /// Where an order stands.
    public enum Status: String, Codable, Sendable {
        case pending, success, failure, cancelled
    }

    /// A number in an order.
    public struct Line: Codable, Equatable, Sendable {
        public var id: String
        public var e164: String
        public var country: String
        public var type: NumberType
        public var subOrder: String
        public var requirementsMet: Bool
        public var status: Status
    }

    public var id: String
    public var account: String
    public var reference: String
    public var connectionID: String
    public var messagingProfileID: String
    public var billingGroupID: String
    public var status: Status = .pending
    public var lines: [Line]
    /// What was taken from the account and is given back when the order fails.
    public var costMicros: Int64
    /// When it ends, if nothing is missing.
    public var endsAt: Date
    public var outcome: OrderOutcome
    public var createdAt: Date
    public var updatedAt: Date

    /// Whether all the papers that its numbers' countries ask for are there.
    public var requirementsMet: Bool { lines.allSatisfy(\.requirementsMet) }
}

/// A TeXML application: the webhooks that numbers share.
struct TexmlApplication: Codable, Equatable, Sendable {
    var id: String
    var account: String
    /// What was set, by the names of the API.
    var fields: JSON
    var createdAt: Date
    var updatedAt: Date

    var name: String { fields["friendly_name"]?.string ?? "" }
}

/// A messaging profile: where the texts of numbers go.
struct MessagingProfile: Codable, Equatable, Sendable {
    var id: String
    var account: String
    var fields: JSON
    var createdAt: Date
    var updatedAt: Date

    var name: String { fields["name"]?.string ?? "" }
}

/// Numbers held for an account before it orders them.
struct NumberReservation: Codable, Equatable, Sendable {
    struct Line: Codable, Equatable, Sendable {
        var id: String
        var e164: String
        var expiresAt: Date
    }

    var id: String
    var account: String
    var reference: String
    var lines: [Line]
    var createdAt: Date
    var updatedAt: Date
}
