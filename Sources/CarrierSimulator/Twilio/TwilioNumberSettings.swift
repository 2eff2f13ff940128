/// What a form says about a number's settings.
struct NumberSettings {
    /// By the names of the answers: `voice_url`.
    private var given: [String: String] = [:]

    private static let urls = [
        "VoiceUrl", "VoiceFallbackUrl", "SmsUrl", "SmsFallbackUrl", "StatusCallback",
    ]
    private static let methods = [
        "VoiceMethod", "VoiceFallbackMethod", "SmsMethod", "SmsFallbackMethod",
        "StatusCallbackMethod",
    ]
    private static let others = [
        "FriendlyName", "VoiceApplicationSid", "SmsApplicationSid", "TrunkSid", "AddressSid",
        "BundleSid", "IdentitySid", "EmergencyStatus", "EmergencyAddressSid", "VoiceReceiveMode",
        "VoiceCallerIdLookup",
    ]
    private static let names = Dictionary(
        uniqueKeysWithValues: (urls + methods + others).map { ($0, snakeCase($0)) })

    /// Takes what is known from a form; the last of several counts, and the rest is ignored.
    init(_ form: [Parameter]) throws(Refusal) {
        for parameter in form {
            guard let name = Self.names[parameter.name] else { continue }
            let value = parameter.value
            if Self.urls.contains(parameter.name), !value.isEmpty, !Self.isURL(value) {
                throw TwilioError(400, 21402, "\(parameter.name) is not a valid URL: \(value)")
                    .refusal
            }
            if Self.methods.contains(parameter.name), !["GET", "POST"].contains(value.uppercased())
            {
                throw TwilioError(400, 21403, "\(parameter.name) is not valid: \(value)").refusal
            }
            if parameter.name == "FriendlyName", value.count > 64 {
                throw TwilioError(400, 20001, "FriendlyName is longer than 64 characters").refusal
            }
            given[name] = Self.methods.contains(parameter.name) ? value.uppercased() : value
        }
        // A number is answered by a trunk or by an application, never by both.
        if let trunk = given["trunk_sid"], !trunk.isEmpty {
            given["voice_application_sid"] = ""
        } else if let application = given["voice_application_sid"], !application.isEmpty {
            given["trunk_sid"] = ""
        }
    }

    subscript(name: String) -> String? { given[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// Settings with what was given instead.
    func applied(to settings: [String: String]) -> [String: String] {
        settings.merging(given) { _, new in new }
    }

    /// Refuses a second choice without a first.
    func check(_ settings: [String: String]) throws(Refusal) {
        func has(_ name: String) -> Bool { !(settings[name] ?? "").isEmpty }
        if has("voice_fallback_url"), !has("voice_url") {
            throw TwilioError(400, 21405, "A VoiceFallbackUrl needs a VoiceUrl").refusal
        }
        if has("sms_fallback_url"), !has("sms_url") {
            throw TwilioError(400, 21406, "A SmsFallbackUrl needs a SmsUrl").refusal
        }
    }

    private static func isURL(_ text: String) -> Bool {
        guard let scheme = ["http://", "https://"].first(where: { text.hasPrefix($0) }) else {
            return false
        }
        let host = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" }
        return !host.isEmpty && !text.contains(" ")
    }

    private static func snakeCase(_ name: String) -> String {
        name.reduce(into: "") { text, character in
            if character.isUppercase, !text.isEmpty { text += "_" }
            text += character.lowercased()
        }
    }
}
