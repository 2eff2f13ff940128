import LinekeeperCore

/// The settings of a Twilio number that decide where its calls and messages go, by Twilio's names.
enum TwilioSettings {
    /// Every setting that managing a number replaces.
    static let names = forms.map(\.name)

    /// Where the number's calls are processed, kept among its settings when it is known; each
    /// region's settings follow under names like `ie1.voice_url`.
    static let voiceRegion = "voice_region"

    /// A setting with the name it has in a form.
    private static let forms: [(name: String, form: String)] = [
        ("voice_receive_mode", "VoiceReceiveMode"),
        ("voice_application_sid", "VoiceApplicationSid"), ("trunk_sid", "TrunkSid"),
        ("voice_url", "VoiceUrl"), ("voice_method", "VoiceMethod"),
        ("voice_fallback_url", "VoiceFallbackUrl"),
        ("voice_fallback_method", "VoiceFallbackMethod"),
        ("sms_application_sid", "SmsApplicationSid"), ("sms_url", "SmsUrl"),
        ("sms_method", "SmsMethod"), ("sms_fallback_url", "SmsFallbackUrl"),
        ("sms_fallback_method", "SmsFallbackMethod"),
        ("status_callback", "StatusCallback"),
        ("status_callback_method", "StatusCallbackMethod"),
    ]

    /// The settings that send everything here. An application or a trunk goes before a number's own
    /// URLs, so they are taken off.
    static func managed(by webhooks: WebhookTargets) -> [String: String] {
        let urls = webhooks.urls(of: .twilio)
        return [
            "voice_receive_mode": "voice", "voice_application_sid": "", "trunk_sid": "",
            "voice_url": urls.voice, "voice_method": "POST", "voice_fallback_url": "",
            "sms_application_sid": "", "sms_url": urls.sms, "sms_method": "POST",
            "sms_fallback_url": "", "status_callback": urls.status,
            "status_callback_method": "POST",
        ]
    }

    /// Whether settings send everything here.
    static func areManaged(_ settings: [String: String], by webhooks: WebhookTargets) -> Bool {
        managed(by: webhooks).allSatisfy { name, value in
            let present = settings[name] ?? ""
            // Twilio leaves the mode out of older numbers' records; voice is its default.
            return present == value || name == "voice_receive_mode" && present.isEmpty
        }
    }

    /// The URLs that settings lead to; an application's or a trunk's are not told with the number.
    static func webhooks(_ settings: [String: String]) -> WebhookURLs {
        func isEmpty(_ name: String) -> Bool { settings[name, default: ""].isEmpty }
        let ownVoice = isEmpty("voice_application_sid") && isEmpty("trunk_sid")
        return WebhookURLs(
            voice: ownVoice ? settings["voice_url"] ?? "" : "",
            sms: isEmpty("sms_application_sid") ? settings["sms_url"] ?? "" : "",
            status: settings["status_callback"] ?? "")
    }

    /// Settings as a form that writes them. Names that are not Twilio's are left out.
    ///
    /// A fallback without the URL it stands in for is refused by Twilio, so it is left out with it;
    /// methods and the mode have no empty value; and since trunk and application delete each other,
    /// the empty one is only sent when both are.
    static func form(_ settings: [String: String]) -> FormFields {
        let isRouted = ["trunk_sid", "voice_application_sid"].contains {
            settings[$0, default: ""] != ""
        }
        var fields = FormFields()
        for (name, form) in forms {
            guard var value = settings[name] else { continue }
            switch name {
            case "trunk_sid", "voice_application_sid":
                if isRouted, value.isEmpty { continue }
            case "voice_fallback_url", "sms_fallback_url":
                let primary = name == "voice_fallback_url" ? "voice_url" : "sms_url"
                if settings[primary, default: ""].isEmpty { value = "" }
            case "voice_receive_mode", "voice_method", "voice_fallback_method", "sms_method",
                "sms_fallback_method", "status_callback_method":
                if value.isEmpty { continue }
            default: break
            }
            fields.add(form, value)
        }
        return fields
    }

    /// What of a number's settings holds in any region: URLs, but neither applications nor trunks,
    /// which each region has its own of.
    static func portable(_ settings: [String: String]) -> [String: String] {
        settings.filter { name, _ in
            names.contains(name) && !name.hasSuffix("_sid") && !name.hasPrefix("sms_")
        }
    }

    /// A region's settings under names that tell them from the default region's.
    static func prefixed(_ settings: [String: String], region: TwilioRegion) -> [String: String] {
        Dictionary(
            settings.filter { names.contains($0.key) }
                .map { ("\(region.rawValue).\($0.key)", $0.value) },
            uniquingKeysWith: { first, _ in first })
    }

    /// A region's settings among a number's; empty when they are not there.
    static func settings(
        of region: TwilioRegion, in settings: [String: String]
    ) -> [String: String] {
        guard region != .us1 else { return settings.filter { names.contains($0.key) } }
        var found: [String: String] = [:]
        for name in names { found[name] = settings["\(region.rawValue).\(name)"] }
        return found
    }
}
