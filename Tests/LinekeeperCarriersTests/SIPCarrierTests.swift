import LinekeeperCore
import Testing

@testable import LinekeeperCarriers

@Suite struct SIPCarrierTests {
    @Test(
        "B141 a termination URI is a host name or address with an optional port",
        arguments: [
            ("sip.example.com", "sip.example.com"),
            ("SIP.Example.COM", "sip.example.com"),
            ("sip:trunk.example.com:5080", "trunk.example.com:5080"),
            ("sips:trunk.example.com", "trunk.example.com"),
            ("203.0.113.7", "203.0.113.7"),
            ("203.0.113.7:5061", "203.0.113.7:5061"),
            ("[2001:db8::1]", "[2001:db8::1]"),
            ("[2001:DB8::1]:5061", "[2001:db8::1]:5061"),
            ("[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:7:8]"),
            ("localhost", "localhost"),
        ])
    func accepted(text: String, canonical: String) async throws {
        let label = try await SIPCarrier().validate([
            "termination_uri": text, "transport": "tls",
        ])
        #expect(label == canonical)
    }

    @Test(
        "B141 what is no host is refused, naming the field",
        arguments: [
            "sip:user@example.com", "example.com:0", "example.com:65536", "example.com:",
            "example.com:50x", "-example.com", "example-.com", "exa mple.com", "a..b",
            "256.1.1.1", "1.2.3", "[2001:db8::1", "2001:db8::1", "[1:2:3]", "[12345::1]",
            "[::1]x", "http://example.com", "exämple.com",
            String(repeating: "a", count: 64) + ".com",
        ])
    func refusedURI(text: String) async {
        let error = await #expect(throws: DomainError.self) {
            try await SIPCarrier().validate(["termination_uri": text, "transport": "UDP"])
        }
        #expect(error?.reason == .invalidArgument)
        #expect(error?.field == "credentials.termination_uri")
    }

    @Test(
        "B141 fields that are missing, unknown or out of their choices are refused, each by name",
        arguments: [
            ([:], "credentials.termination_uri"),
            (["termination_uri": "a.example"], "credentials.transport"),
            (["termination_uri": "a.example", "transport": "SCTP"], "credentials.transport"),
            (
                ["termination_uri": "a.example", "transport": "TLS", "auth_token": "x"],
                "credentials"
            ),
            (
                ["termination_uri": "a.example", "transport": "TLS", "username": "u"],
                "credentials.password"
            ),
            (
                ["termination_uri": "a.example", "transport": "TLS", "password": "p"],
                "credentials.username"
            ),
            (
                [
                    "termination_uri": "a.example", "transport": "TLS", "username": "a\u{7}",
                    "password": "p",
                ], "credentials.username"
            ),
        ] as [([String: String], String)])
    func refusedFields(credentials: [String: String], field: String) async {
        let error = await #expect(throws: DomainError.self) {
            try await SIPCarrier().validate(credentials)
        }
        #expect(error?.reason == .invalidArgument)
        #expect(error?.field == field)
    }

    @Test func `only the password is secret, and a trunk cannot be listed`() {
        let profile = SIPCarrier().profile
        #expect(profile.fields.filter(\.isSecret).map(\.name) == ["password"])
        #expect(!profile.supportsListing && !profile.supportsWebhooks && !profile.supportsRegions)
    }
}
