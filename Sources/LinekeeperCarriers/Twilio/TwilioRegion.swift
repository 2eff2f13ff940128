import LinekeeperCore

/// A region in which Twilio processes calls: each has its own hosts, its own credentials and its own
/// settings for every number of the account.
enum TwilioRegion: String, Hashable, Sendable, CaseIterable {
    /// The default.
    case us1
    case ie1
    case au1

    /// The one behind a choice of ours; the default for those that are only an edge there.
    init(_ region: RegionID?) {
        self = region.flatMap { TwilioRegion(rawValue: $0.carrierRegion) } ?? .us1
    }

    /// The host of the API. Regional hosts must name the city too.
    var apiHost: String {
        switch self {
        case .us1: "api.twilio.com"
        case .ie1: "api.dublin.ie1.twilio.com"
        case .au1: "api.sydney.au1.twilio.com"
        }
    }

    /// The credential field that opens it; `nil` for the default.
    var tokenField: String? { self == .us1 ? nil : "auth_token_\(rawValue)" }
}
