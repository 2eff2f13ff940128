import LinekeeperCore

/// The settings of a Telnyx number that decide where its calls and messages go, by Telnyx's names.
enum TelnyxSettings {
    /// The application that its calls go through; empty: none.
    static let connection = "connection_id"
    /// The profile that its messages go through; empty: none.
    static let messagingProfile = "messaging_profile_id"

    // What the account's own application and profile said before they were pointed here. Managing any
    // number changes it, so it is told with every number, whether that goes by it or not.
    static let voiceURL = "application.voice_url"
    static let voiceMethod = "application.voice_method"
    static let statusCallback = "application.status_callback"
    static let statusMethod = "application.status_callback_method"
    static let profileWebhook = "messaging_profile.webhook_url"

    /// What an application says, unless it calls a platform like this one: then it was pointed here
    /// for another number before, and what it said first is kept with that one.
    static func shared(by application: TelnyxAccount.Application) -> [String: String] {
        guard !isPlatform(application.voiceURL, \.voice) else { return [:] }
        return [
            voiceURL: application.voiceURL, voiceMethod: application.voiceMethod,
            statusCallback: application.statusCallback, statusMethod: application.statusMethod,
        ]
    }

    /// What a messaging profile says, with the same exception.
    static func shared(by profile: TelnyxAccount.MessagingProfile) -> [String: String] {
        isPlatform(profile.webhookURL, \.sms) ? [:] : [profileWebhook: profile.webhookURL]
    }

    private static func isPlatform(_ url: String, _ kind: KeyPath<WebhookURLs, String>) -> Bool {
        let base = "https://here"
        guard let own = WebhookTargets(base: base)?.urls(of: .telnyx) else { return false }
        return url.hasSuffix(own[keyPath: kind].dropFirst(base.count))
    }
}
