import LinekeeperCore

/// The settings of a Telnyx number that decide where its calls and messages go, by Telnyx's names.
enum TelnyxSettings {
    /// The application that its calls go through; empty: none.
    static let connection = "connection_id"
    /// The profile that its messages go through; empty: none.
    static let messagingProfile = "messaging_profile_id"
}
