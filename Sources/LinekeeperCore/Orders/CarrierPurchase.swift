/// What is looked for among a carrier's numbers on sale.
public struct OfferQuery: Hashable, Sendable {
    /// ISO 3166-1 alpha-2, in capitals.
    public var countryCode: String
    public var type: NumberType
    /// Digits after the country's calling code; empty: anywhere.
    public var areaCode: String
    /// Digits that the number contains; empty: any.
    public var contains: String
    /// What the number must be able to do.
    public var capabilities: Capabilities
    /// Numbers wanted; a carrier may answer fewer.
    public var limit: Int

    /// A search for numbers of one type in one country.
    public init(
        countryCode: String, type: NumberType, areaCode: String = "", contains: String = "",
        capabilities: Capabilities = [], limit: Int = 30
    ) {
        self.countryCode = countryCode
        self.type = type
        self.areaCode = areaCode
        self.contains = contains
        self.capabilities = capabilities
        self.limit = limit
    }
}

/// A number on sale at a carrier.
public struct CarrierOffer: Hashable, Sendable {
    public var e164: E164
    public var type: NumberType
    public var capabilities: Capabilities
    /// ISO 3166-1 alpha-2.
    public var countryCode: String
    public var regionLabel: String
    /// The number's own monthly fee; `nil` where the carrier prices by country and type.
    public var fee: CarrierFee?
    /// Papers without which the carrier refuses to sell it.
    public var requirements: [PurchaseRequirement]

    /// A number on sale.
    public init(
        e164: E164, type: NumberType, capabilities: Capabilities, countryCode: String,
        regionLabel: String, fee: CarrierFee? = nil, requirements: [PurchaseRequirement] = []
    ) {
        self.e164 = e164
        self.type = type
        self.capabilities = capabilities
        self.countryCode = countryCode
        self.regionLabel = regionLabel
        self.fee = fee
        self.requirements = requirements
    }
}

/// A paper that a carrier wants before it sells a number.
public struct PurchaseRequirement: Hashable, Sendable {
    /// The kinds of paper; the raw value is the word of the API and of the store.
    public enum Kind: String, Hashable, Sendable { case bundle = "BUNDLE", address = "ADDRESS" }
    public var kind: Kind
    /// For a person.
    public var description: String

    /// A paper.
    public init(kind: Kind, description: String) {
        self.kind = kind
        self.description = description
    }
}

/// A carrier's monthly fee in US dollars.
public struct CarrierFee: Hashable, Sendable {
    /// Millionths of a dollar, not negative.
    public var microdollars: Int64

    /// A fee from millionths of a dollar; `nil` when negative.
    public init?(microdollars: Int64) {
        guard microdollars >= 0 else { return nil }
        self.microdollars = microdollars
    }

    /// A fee from a decimal text, as carriers write it: `1`, `1.00`, `0.85000`; digits after the
    /// sixth are rounded up. `nil` for anything else, or above a million dollars.
    public init?(dollars: String) {
        let parts = dollars.utf8.split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = parts.first, (1...7).contains(whole.count)
        else { return nil }
        let fraction = parts.count == 2 ? Array(parts[1]) : []
        guard parts.count == 1 || !fraction.isEmpty, fraction.count <= 18,
            (whole + fraction).allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        var micro: Int64 = 0
        for digit in whole + (fraction + Array(repeating: 0x30, count: 6)).prefix(6) {
            micro = micro * 10 + Int64(digit &- 0x30)
        }
        if fraction.dropFirst(6).contains(where: { $0 != 0x30 }) { micro += 1 }
        microdollars = micro
    }

    /// Credits a month: 200 a dollar, rounded up.
    public var credits: Int64 {
        let (whole, rest) = microdollars.quotientAndRemainder(dividingBy: 5_000)
        return whole + (rest == 0 ? 0 : 1)
    }
}

/// One number to buy at a carrier for one order.
public struct CarrierPurchase: Hashable, Sendable {
    /// The order's id: the carrier keeps it with the purchase, so that the purchase can be found.
    public var reference: String
    public var e164: E164
    public var type: NumberType
    /// ISO 3166-1 alpha-2.
    public var countryCode: String

    /// A purchase of a number.
    public init(reference: String, e164: E164, type: NumberType, countryCode: String) {
        self.reference = reference
        self.e164 = e164
        self.type = type
        self.countryCode = countryCode
    }
}

/// What a purchase request led to.
public enum PurchaseOutcome: Hashable, Sendable {
    /// The number is the account's.
    case owned(CarrierNumber)
    /// The carrier has opened an order and will finish it by itself.
    case pending(carrierOrderID: String)
    /// Surely not bought.
    case refused(PurchaseRefusal)
    /// Surely not received by the carrier, or surely not processed: safe to send again later.
    case notSent(DomainError)
    /// Possibly bought: only asking the carrier can tell.
    case unknown(String)
}

/// What asking about a purchase has shown.
public enum PurchaseFinding: Hashable, Sendable {
    case owned(CarrierNumber)
    /// - Parameter cause: Why it is not done yet, in the carrier's words, if it says.
    case pending(carrierOrderID: String, cause: String?)
    case refused(PurchaseRefusal)
    /// Neither the number nor an order for it is there now. Lists lag: once is no proof.
    case absent
}

/// A carrier's definite no to a purchase.
public struct PurchaseRefusal: Hashable, Sendable {
    /// What is behind it, for deciding what to do; the raw value is the failure reason of an order.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Sold meanwhile, or never on sale.
        case taken = "NUMBER_TAKEN"
        /// The platform's own account has no money left.
        case funds = "CARRIER_FUNDS"
        /// Papers are missing.
        case requirements = "REQUIREMENTS_MISSING"
        /// The credentials are not taken, or the account is suspended.
        case credentials = "CREDENTIALS_REJECTED"
        /// The account may not buy such numbers.
        case notPermitted = "NOT_PERMITTED"
        /// Everything else.
        case other = "CARRIER_REFUSED"
    }

    public var kind: Kind
    /// The carrier's own code; empty where it gave none.
    public var code: String
    /// The carrier's own words.
    public var words: String

    /// A refusal.
    public init(_ kind: Kind, code: String, words: String) {
        self.kind = kind
        self.code = code
        self.words = words
    }
}
