/// Names an order of one number: `ord_…`. The carrier keeps it with the purchase.
public enum OrderKind: IdentifierKind { public static let prefix = "ord" }
/// Names a number on sale, as it was found: `off_…`.
public enum OfferKind: IdentifierKind { public static let prefix = "off" }

public typealias OrderID = Identifier<OrderKind>
public typealias OfferID = Identifier<OfferKind>

/// An order's key in the store.
public struct OrderKey: Hashable, Sendable {
    /// The row's key, positive.
    public let rawValue: Int64
    /// Wraps a row's key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Where an order is; counts as in the published protos.
///
///     created ──mark──▶ unknown ──carrier opened an order──▶ submitted
///        ▲                 │                                    │
///        └─surely not sent─┤                                    │
///                          ├──the number is ours──▶ completed ◀─┤
///                          └──surely not bought───▶ failed    ◀─┘
public enum OrderState: UInt8, Hashable, Sendable, CaseIterable {
    /// Nothing that was sent can have bought the number.
    case created = 1
    /// The carrier has opened an order and finishes it by itself.
    case submitted
    /// Terminal: the number is here.
    case completed
    /// Terminal: the number was not bought, the credits are back.
    case failed
    /// The last attempt may have been sent: only asking the carrier tells what became of it.
    case unknown

    /// Whether nothing changes any more.
    public var isFinal: Bool { self == .completed || self == .failed }
}

/// One number being bought, or that was.
public struct OrderRecord: Hashable, Sendable {
    /// An unfinished order is overdue when it is older than this: ten minutes.
    public static let overdueSeconds: Int64 = 600

    public var key: OrderKey
    public var id: OrderID
    public var workspace: WorkspaceKey
    public var workspaceID: WorkspaceID
    public var number: NumberKey
    public var numberID: NumberID
    public var e164: E164
    public var source: NumberSource
    public var type: NumberType
    /// ISO 3166-1 alpha-2.
    public var countryCode: String
    /// Credits a month, debited when the order was made; not negative.
    public var monthlyCostCredits: Int64
    public var state: OrderState
    /// Purchase requests that were marked as about to be sent.
    public var attempt: Int64
    /// The order that the carrier opened; empty while none is known.
    public var carrierOrderID: String
    /// When the last attempt was marked.
    public var sentAt: Timestamp?
    /// The first of the latest looks that all showed nothing; only looks that count as proof.
    public var absentSince: Timestamp?
    /// How many such looks there were.
    public var absentCount: Int64
    /// Why it failed, or what it waits for; empty where there is nothing to tell.
    public var reason: String
    /// The same for a person, with the carrier's words where it gave some.
    public var message: String
    /// When it is seen to next; `nil` once it is final.
    public var dueAt: Timestamp?
    public var createdAt: Timestamp
    public var updatedAt: Timestamp

    /// An order that nothing was sent for yet, due at once.
    public init(
        key: OrderKey, id: OrderID, workspace: WorkspaceKey, workspaceID: WorkspaceID,
        number: NumberKey, numberID: NumberID, e164: E164, source: NumberSource,
        type: NumberType, countryCode: String, monthlyCostCredits: Int64, createdAt: Timestamp
    ) {
        self.key = key
        self.id = id
        self.workspace = workspace
        self.workspaceID = workspaceID
        self.number = number
        self.numberID = numberID
        self.e164 = e164
        self.source = source
        self.type = type
        self.countryCode = countryCode
        self.monthlyCostCredits = monthlyCostCredits
        self.createdAt = createdAt
        state = .created
        attempt = 0
        carrierOrderID = ""
        absentCount = 0
        reason = ""
        message = ""
        dueAt = createdAt
        updatedAt = createdAt
    }

    /// Whether it has been unfinished for more than ten minutes.
    public func isOverdue(at now: Timestamp) -> Bool {
        !state.isFinal && now > createdAt.adding(seconds: OrderRecord.overdueSeconds)
    }

    /// What the carrier is asked to sell.
    public var purchase: CarrierPurchase {
        CarrierPurchase(
            reference: id.description, e164: e164, type: type, countryCode: countryCode)
    }

    /// No such order in this workspace: the same words for one that is somebody else's.
    public static var notFound: DomainError {
        DomainError(
            .orderNotFound,
            "There is no such order in this workspace: list the orders to see their ids.",
            field: "order_id")
    }
}
