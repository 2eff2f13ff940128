/// A number on sale at one of the platform's accounts, as it was last seen there.
public struct OfferRecord: Hashable, Sendable {
    /// How long a search shows it without asking the carrier again: ten minutes.
    public static let shownSeconds: Int64 = 600
    /// How long after it was seen it can be ordered: half an hour. The carrier has the last word.
    public static let validSeconds: Int64 = 1_800

    /// Offers are listed by it: the order in which they were found first.
    public var key: Int64
    public var id: OfferID
    public var source: NumberSource
    public var e164: E164
    public var type: NumberType
    public var capabilities: Capabilities
    /// ISO 3166-1 alpha-2.
    public var countryCode: String
    public var regionLabel: String
    /// The price list's entry for such numbers.
    public var listPrice: Int64?
    /// The carrier's own fee, for the number or for its kind.
    public var fee: CarrierFee?
    public var requirements: [PurchaseRequirement]
    public var foundAt: Timestamp

    /// An offer as it was read.
    public init(
        key: Int64, id: OfferID, source: NumberSource, offer: CarrierOffer, listPrice: Int64?,
        foundAt: Timestamp
    ) {
        self.key = key
        self.id = id
        self.source = source
        self.listPrice = listPrice
        self.foundAt = foundAt
        e164 = offer.e164
        type = offer.type
        capabilities = offer.capabilities
        countryCode = offer.countryCode
        regionLabel = offer.regionLabel
        fee = offer.fee
        requirements = offer.requirements
    }

    /// What it costs: the price list, else the carrier's fee; `nil` while neither is known, and then
    /// it cannot be bought.
    public var monthlyCostCredits: Int64? { listPrice ?? fee?.credits }
    /// Until when it can be ordered.
    public var expiresAt: Timestamp { foundAt.adding(seconds: OfferRecord.validSeconds) }
}

/// Which stored offers a search shows.
public struct OfferFilter: Hashable, Sendable {
    public var source: NumberSource
    /// ISO 3166-1 alpha-2.
    public var countryCode: String
    /// What the number begins with, with the plus sign; empty: anything.
    public var prefix: String
    /// Digits that the number contains; empty: any.
    public var contains: String
    /// Empty: every type.
    public var types: Set<NumberType>
    public var capabilities: Capabilities
    /// Seen at this moment or later.
    public var foundSince: Timestamp
    public var limit: Int

    /// Everything of a country that a source has.
    public init(source: NumberSource, countryCode: String, foundSince: Timestamp, limit: Int) {
        self.source = source
        self.countryCode = countryCode
        self.foundSince = foundSince
        self.limit = limit
        prefix = ""
        contains = ""
        types = []
        capabilities = []
    }
}

/// Writes what is on sale.
public protocol OfferWriter: AnyObject {
    /// Keeps an offer: a new one behind all others, a known one where it stands.
    func putOffer(
        _ offer: CarrierOffer, from source: NumberSource, newID: OfferID, foundAt: Timestamp
    ) throws(DomainError)
    /// Keeps what a kind of number costs at a carrier that prices by country and type.
    func putCarrierFee(
        _ fee: CarrierFee, from source: NumberSource, countryCode: String, type: NumberType,
        foundAt: Timestamp
    ) throws(DomainError)
    /// An offer with what it costs.
    func offer(_ e164: E164, from source: NumberSource) throws(DomainError) -> OfferRecord?
    /// Forgets an offer.
    func deleteOffer(_ e164: E164, from source: NumberSource) throws(DomainError)
    /// Forgets offers that were last seen before a moment, some of them.
    func deleteOffers(foundBefore moment: Timestamp, limit: Int) throws(DomainError)
}

/// Reads what is on sale.
public protocol OfferReader: AnyObject {
    /// Offers by the order in which they were found, without those that are held or kept apart here.
    func offers(matching filter: OfferFilter) throws(DomainError) -> [OfferRecord]
    /// When a country's fees at a source were last asked for; `nil`: never.
    func carrierFeesFoundAt(
        _ source: NumberSource, countryCode: String
    ) throws(DomainError) -> Timestamp?
}
