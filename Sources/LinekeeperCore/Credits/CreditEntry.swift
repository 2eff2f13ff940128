/// Why a balance changed; the raw value is the word of the API and of the store.
public enum CreditKind: String, Hashable, Sendable, CaseIterable {
    /// Given by an administrator.
    case grant = "GRANT"
    /// The month's allowance.
    case allowance = "ALLOWANCE"
    /// A number's first month.
    case purchase = "PURCHASE"
    /// A further month of a number.
    case renewal = "RENEWAL"
    /// Given back, for an order that failed.
    case refund = "REFUND"
}

/// A change of a balance about to be made.
public struct NewCreditEntry: Hashable, Sendable {
    public var id: CreditEntryID
    public var workspace: WorkspaceKey
    /// Positive: credited. Negative: debited. Never 0.
    public var credits: Int64
    public var kind: CreditKind
    /// For a person.
    public var note: String
    public var number: NumberID?
    /// Empty where no order is behind it.
    public var orderID: String

    /// A change of a workspace's balance.
    public init(
        id: CreditEntryID, workspace: WorkspaceKey, credits: Int64, kind: CreditKind,
        note: String = "", number: NumberID? = nil, orderID: String = ""
    ) {
        self.id = id
        self.workspace = workspace
        self.credits = credits
        self.kind = kind
        self.note = note
        self.number = number
        self.orderID = orderID
    }
}

/// An entry of a workspace's ledger; never changed.
public struct CreditEntry: Hashable, Sendable {
    public var key: Int64
    public var id: CreditEntryID
    public var at: Timestamp
    /// Negative: debited.
    public var credits: Int64
    /// The sum of this entry and all before it, never negative.
    public var balanceAfter: Int64
    public var kind: String
    public var note: String
    public var number: NumberID?
    public var orderID: String

    /// An entry as it was read.
    public init(
        key: Int64, id: CreditEntryID, at: Timestamp, credits: Int64, balanceAfter: Int64,
        kind: String, note: String, number: NumberID?, orderID: String
    ) {
        self.key = key
        self.id = id
        self.at = at
        self.credits = credits
        self.balanceAfter = balanceAfter
        self.kind = kind
        self.note = note
        self.number = number
        self.orderID = orderID
    }
}

/// What a kind of number costs in a country.
public struct Price: Hashable, Sendable {
    /// ISO 3166-1 alpha-2, in capitals.
    public var countryCode: String
    public var type: NumberType
    /// Credits a month, not negative.
    public var monthlyCostCredits: Int64
    public var updatedAt: Timestamp

    /// An entry of the price list.
    public init(
        countryCode: String, type: NumberType, monthlyCostCredits: Int64, updatedAt: Timestamp
    ) {
        self.countryCode = countryCode
        self.type = type
        self.monthlyCostCredits = monthlyCostCredits
        self.updatedAt = updatedAt
    }
}
