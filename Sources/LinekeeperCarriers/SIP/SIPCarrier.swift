public import LinekeeperCore

/// A customer's own SIP trunk: it has no API, so credentials are checked for their form, and an
/// import names its numbers.
public struct SIPCarrier: CarrierAdapter {
    /// The adapter; it has no state.
    public init() {}

    public var profile: CarrierProfile {
        CarrierProfile(
            carrier: .sip,
            fields: [
                CredentialField(
                    name: "termination_uri", label: "Termination URI", isSecret: false,
                    isRequired: true,
                    help: "Where outbound calls are sent: a host name or address, with a port if "
                        + "it is not the usual one, like sip.example.com or 203.0.113.7:5080."),
                CredentialField(
                    name: "transport", label: "Transport", isSecret: false, isRequired: true,
                    choices: ["TLS", "TCP", "UDP"], help: "How SIP is carried to the trunk."),
                CredentialField(
                    name: "username", label: "User name", isSecret: false, isRequired: false,
                    help: "For trunks that ask for digest authentication."),
                CredentialField(
                    name: "password", label: "Password", isSecret: true, isRequired: false,
                    help: "For trunks that ask for digest authentication."),
            ],
            supportsSearch: false, supportsListing: false, supportsRegions: false,
            supportsWebhooks: false)
    }

    /// A trunk has no account to speak to.
    public func account(
        _ credentials: [String: String]
    ) throws(DomainError) -> (any CarrierAccount)? { nil }

    public func validate(_ credentials: [String: String]) async throws(DomainError) -> String {
        let checked = try profile.checked(credentials)
        guard let uri = checked["termination_uri"], let trunk = SIPTrunkAddress(uri) else {
            throw DomainError(
                .invalidArgument,
                "The termination URI must be a host name or IP address with an optional port, like "
                    + "sip.example.com, 203.0.113.7:5080 or [2001:db8::1]:5061.",
                field: "credentials.termination_uri")
        }
        guard (checked["username"] == nil) == (checked["password"] == nil) else {
            throw DomainError(
                .invalidArgument, "Give both user name and password, or neither.",
                field: checked["username"] == nil
                    ? "credentials.username" : "credentials.password")
        }
        return trunk.description
    }
}
