/// One of the fields that connect a carrier account.
public struct CredentialField: Hashable, Sendable {
    /// The key in the request's `credentials`.
    public var name: String
    /// A person's word for it.
    public var label: String
    /// Stored encrypted and never returned.
    public var isSecret: Bool
    public var isRequired: Bool
    /// The carrier's signatures on webhooks are checked with it: what it replaces goes on checking
    /// them for a while.
    public var verifiesWebhooks: Bool
    /// The values it may have; empty: any.
    public var choices: [String]
    /// What it is and where to find it.
    public var help: String

    /// A field.
    public init(
        name: String, label: String, isSecret: Bool, isRequired: Bool,
        verifiesWebhooks: Bool = false, choices: [String] = [], help: String
    ) {
        self.name = name
        self.label = label
        self.isSecret = isSecret
        self.isRequired = isRequired
        self.verifiesWebhooks = verifiesWebhooks
        self.choices = choices
        self.help = help
    }
}

/// What tells whose account credentials open: other credentials of a connection with numbers must
/// open the account that these are in.
public enum AccountMark: Hashable, Sendable {
    /// The field names the account: with another value it is another account.
    case name(field: String)
    /// The field names something that one account alone has: with the same value it is the same
    /// account, with another one the account has to be asked for the numbers.
    case possession(field: String)
}

/// What a carrier needs and can do here.
public struct CarrierProfile: Hashable, Sendable {
    public var carrier: Carrier
    public var fields: [CredentialField]
    /// `nil` where there is no account to be mistaken.
    public var accountMark: AccountMark?
    public var supportsSearch: Bool
    /// Whether the carrier can be asked for its numbers; otherwise an import names them.
    public var supportsListing: Bool
    public var supportsRegions: Bool
    public var supportsWebhooks: Bool

    /// A carrier's profile.
    public init(
        carrier: Carrier, fields: [CredentialField], accountMark: AccountMark? = nil,
        supportsSearch: Bool, supportsListing: Bool, supportsRegions: Bool, supportsWebhooks: Bool
    ) {
        self.carrier = carrier
        self.fields = fields
        self.accountMark = accountMark
        self.supportsSearch = supportsSearch
        self.supportsListing = supportsListing
        self.supportsRegions = supportsRegions
        self.supportsWebhooks = supportsWebhooks
    }

    /// Checks the form of credentials: every required field, no other than the fields, choices kept,
    /// sizes bounded; answers them trimmed, without the empty ones.
    ///
    /// - Throws: `invalidArgument` naming the field.
    public func checked(_ credentials: [String: String]) throws(DomainError) -> [String: String] {
        var checked: [String: String] = [:]
        for (name, value) in credentials where !value.isEmpty {
            guard let field = fields.first(where: { $0.name == name }) else {
                throw DomainError(
                    .invalidArgument,
                    "\(carrier.label) has no such credential field; it takes "
                        + fields.map(\.name).joined(separator: ", ") + ".",
                    field: "credentials")
            }
            guard value.utf8.count <= 1024,
                !value.unicodeScalars.contains(where: \.breaksLine)
            else {
                throw DomainError(
                    .invalidArgument,
                    "\(field.label) must be at most 1,024 bytes without control characters.",
                    field: "credentials.\(field.name)")
            }
            guard field.choices.isEmpty || field.choices.contains(value.uppercased()) else {
                throw DomainError(
                    .invalidArgument,
                    "\(field.label) must be one of \(field.choices.joined(separator: ", ")).",
                    field: "credentials.\(field.name)")
            }
            checked[name] = field.choices.isEmpty ? value : value.uppercased()
        }
        for field in fields where field.isRequired && checked[field.name] == nil {
            throw DomainError(
                .invalidArgument, "\(field.label) is required to connect \(carrier.label).",
                field: "credentials.\(field.name)")
        }
        return checked
    }
}

/// Speaks to one kind of carrier. Filled by the carriers target.
public protocol CarrierAdapter: Sendable {
    /// What it needs and can do.
    var profile: CarrierProfile { get }

    /// Asks the carrier whether credentials of the right form are good; stores nothing.
    ///
    /// - Returns: how the carrier names the account.
    /// - Throws: `credentialsRejected` with the carrier's words, `carrierUnavailable`,
    ///   `connectionIDInvalid`, `invalidArgument` naming the field.
    func validate(_ credentials: [String: String]) async throws(DomainError) -> String

    /// The account that credentials open; `nil` for carriers without an API. Asks nobody yet.
    ///
    /// Accounts made from the same credentials share what is known of the carrier's limits and
    /// health.
    ///
    /// - Throws: `invalidArgument` when the credentials have the wrong form.
    func account(_ credentials: [String: String]) throws(DomainError) -> (any CarrierAccount)?
}
