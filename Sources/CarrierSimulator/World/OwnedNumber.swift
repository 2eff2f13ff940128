public import Foundation

/// A number in an account.
public struct OwnedNumber: Codable, Equatable, Sendable {
    /// Where a number stands with its carrier.
    public enum Status: String, Codable, Sendable {
        case purchasePending = "purchase-pending"
        case active
    }

    public var carrier: SimulatedCarrier
    public var account: String
    public var e164: String
    /// `PN…` at Twilio, a decimal number at Telnyx.
    public var id: String
    public var country: String
    public var type: NumberType
    public var capabilities: [Feature]
    public var status: Status = .active
    /// What the buyer calls it: Twilio's FriendlyName, Telnyx's customer_reference.
    public var reference: String
    /// The settings that the carrier keeps, by the names in its answers.
    ///
    /// Twilio keeps a record for each region; Telnyx has only that of ``Region/us1``.
    public var settings: [Region: [String: String]] = [:]
    public var tags: [String] = []
    /// Telnyx: it cannot be released.
    public var isLocked = false
    public var monthlyMicros: Int64
    public var addressRequirements: String = "none"
    public var purchasedAt: Date
    public var updatedAt: Date

    /// The settings of one region; empty where nothing was set.
    public func settings(in region: Region) -> [String: String] { settings[region] ?? [:] }
}

extension Region: CodingKeyRepresentable {}

/// The kinds of number that are sold.
public enum NumberType: String, Codable, Sendable, CaseIterable {
    case local, tollFree, mobile, national
}

/// What a number can do.
public enum Feature: String, Codable, Sendable, CaseIterable {
    case voice, sms, mms, fax, emergency
}
