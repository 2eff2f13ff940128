/// One account at a carrier, spoken to with one set of credentials.
///
/// Unless it says otherwise, a method throws `carrierUnavailable` when the carrier cannot be reached
/// or does not answer, `carrierBusy` when it limits the account, `credentialsRejected`,
/// `carrierRefused` with the carrier's words, and `carrierAnswerUnreadable` naming the field that
/// is not what the carrier's documents promise. Reads are repeated within the caller's deadline; what
/// changes something is repeated only when it surely did not happen.
public protocol CarrierAccount: Sendable {
    // MARK: Buying

    /// The countries whose numbers the account can buy, with the types on offer in each.
    func countries() async throws(DomainError) -> [CarrierCountry]
    /// Numbers on sale now. A sample, not an inventory: asking again brings others.
    func offers(_ query: OfferQuery) async throws(DomainError) -> [CarrierOffer]
    /// What a country's numbers cost a month, by type; empty where the carrier prices each number
    /// in its offer.
    func fees(in countryCode: String) async throws(DomainError) -> [NumberType: CarrierFee]
    /// Buys exactly one number, once. Never throws: what a money request led to is an outcome.
    func purchase(_ purchase: CarrierPurchase) async -> PurchaseOutcome
    /// Asks what became of a purchase, by number and by reference; changes nothing.
    ///
    /// - Parameter carrierOrderID: The order that the carrier opened, if it told one.
    func find(
        _ purchase: CarrierPurchase, carrierOrderID: String?
    ) async throws(DomainError) -> PurchaseFinding

    // MARK: The account's numbers

    /// The account's numbers, a page at a time.
    ///
    /// - Parameter cursor: The page before's `next`; `nil` for the first page.
    func ownedNumbers(after cursor: String?) async throws(DomainError) -> CarrierPage
    /// One of the account's numbers, with all its settings; `nil` when the account does not hold it.
    func ownedNumber(_ e164: E164) async throws(DomainError) -> CarrierNumber?
    /// Points the number's voice, SMS and status webhooks here. Idempotent.
    ///
    /// - Returns: the number as it is afterwards.
    func manage(
        _ number: CarrierNumber, webhooks: WebhookTargets
    ) async throws(DomainError) -> CarrierNumber
    /// Whether the number's webhooks already point here.
    func isManaged(_ number: CarrierNumber, webhooks: WebhookTargets) -> Bool
    /// Writes back the settings that ``manage(_:webhooks:)`` replaced. Idempotent.
    func restore(
        _ settings: [String: String], on number: CarrierNumber
    ) async throws(DomainError)
    /// Writes back what ``manage(_:webhooks:)`` changed for many numbers at once, such as an application
    /// that they share: for when the last of the account's managed numbers has been restored.
    /// Idempotent.
    ///
    /// - Parameters:
    ///   - settings: Those of all these numbers, as ``restore(_:on:)`` took them.
    ///   - webhooks: What ``manage(_:webhooks:)`` set; never what was there before.
    func restoreShared(
        _ settings: [[String: String]], replacing webhooks: WebhookTargets?
    ) async throws(DomainError)
    /// Has calls of the number processed in a region; `nil`: the carrier's default. Idempotent.
    ///
    /// - Throws: `regionNotSupported` at carriers without regions or without credentials for it.
    func setRegion(
        _ region: RegionID?, on number: CarrierNumber, webhooks: WebhookTargets?
    ) async throws(DomainError)
    /// Gives the number back for good. A number that the account no longer holds counts as given
    /// back.
    func release(_ number: CarrierNumber) async throws(DomainError)
}

extension CarrierAccount {
    /// Nothing, where every number has its own settings.
    public func restoreShared(
        _ settings: [[String: String]], replacing webhooks: WebhookTargets?
    ) async throws(DomainError) {}
}

/// A country at a carrier.
public struct CarrierCountry: Hashable, Sendable {
    /// ISO 3166-1 alpha-2, in capitals.
    public var countryCode: String
    public var types: Set<NumberType>

    /// A country with what is on offer there.
    public init(countryCode: String, types: Set<NumberType>) {
        self.countryCode = countryCode
        self.types = types
    }
}

/// A number of an account, as the carrier describes it.
public struct CarrierNumber: Hashable, Sendable {
    /// The carrier's id of it: a PN sid, a decimal id.
    public var carrierID: String
    public var e164: E164
    public var type: NumberType
    public var capabilities: Capabilities
    /// ISO 3166-1 alpha-2; empty where the carrier does not say.
    public var countryCode: String
    public var regionLabel: String
    /// What it was tagged with at the purchase; empty: nothing.
    public var reference: String
    /// Why it cannot be used, in the carrier's words; `nil`: it is active.
    public var inactiveReason: String?
    /// What decides where its calls and messages go, under the carrier's own names: what managing it
    /// replaces, and what restoring writes back.
    public var settings: [String: String]
    /// The URLs that these settings lead to, as far as the carrier tells them with the number.
    public var webhooks: WebhookURLs

    /// A number without settings.
    public init(
        carrierID: String, e164: E164, type: NumberType, capabilities: Capabilities,
        countryCode: String = "", regionLabel: String = "", reference: String = "",
        inactiveReason: String? = nil, settings: [String: String] = [:],
        webhooks: WebhookURLs = WebhookURLs()
    ) {
        self.carrierID = carrierID
        self.e164 = e164
        self.type = type
        self.capabilities = capabilities
        self.countryCode = countryCode
        self.regionLabel = regionLabel
        self.reference = reference
        self.inactiveReason = inactiveReason
        self.settings = settings
        self.webhooks = webhooks
    }
}

/// A page of an account's numbers.
public struct CarrierPage: Hashable, Sendable {
    public var numbers: [CarrierNumber]
    /// Entries that could not be read, each with a sentence saying which and why; the rest goes on.
    public var unreadable: [String]
    /// Where the next page starts; `nil` after the last.
    public var next: String?

    /// A page.
    public init(numbers: [CarrierNumber], unreadable: [String] = [], next: String?) {
        self.numbers = numbers
        self.unreadable = unreadable
        self.next = next
    }
}
