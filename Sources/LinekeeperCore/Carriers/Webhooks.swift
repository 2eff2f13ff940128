/// Where a number's calls, messages and call states are sent now; empty: nowhere, or not told.
public struct WebhookURLs: Hashable, Sendable {
    public var voice: String
    public var sms: String
    public var status: String

    /// Three URLs.
    public init(voice: String = "", sms: String = "", status: String = "") {
        self.voice = voice
        self.sms = sms
        self.status = status
    }
}

/// The addresses under which this platform takes carriers' webhooks.
public struct WebhookTargets: Hashable, Sendable {
    /// The part before `/webhook/…`, without a slash at its end.
    public let base: String

    /// Targets under an https URL, like `https://voice.example.com`; plain http is taken for loopback
    /// hosts only, where the carrier is simulated.
    ///
    /// - Returns: `nil` for anything that is not such a URL, or has a query or a fragment.
    public init?(base: String) {
        var text = base[...]
        while text.last == "/" { text = text.dropLast() }
        let isSecure = text.hasPrefix("https://")
        guard isSecure || text.hasPrefix("http://") else { return nil }
        let rest = text.dropFirst(isSecure ? 8 : 7)
        let host = rest.prefix { $0 != "/" }
        guard !host.isEmpty,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"?#@\\\"<>".utf8.contains($0) }),
            isSecure || host.hasPrefix("127.") || host.hasPrefix("[::1]")
                || host.hasPrefix("localhost")
        else { return nil }
        self.base = String(text)
    }

    /// What a carrier's numbers are pointed at.
    public func urls(of carrier: Carrier) -> WebhookURLs {
        switch carrier {
        case .twilio:
            WebhookURLs(
                voice: base + "/webhook/twilio/voice", sms: base + "/webhook/twilio/sms",
                status: base + "/webhook/twilio/status")
        case .telnyx:
            // One address of the TeXML application takes calls, recordings and call states.
            WebhookURLs(
                voice: base + "/webhook/telnyx/texml", sms: base + "/webhook/telnyx/messages",
                status: base + "/webhook/telnyx/texml")
        case .sip: WebhookURLs()
        }
    }
}
