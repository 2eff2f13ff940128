/// Numbers that a workspace wants to buy, all in one go.
public struct PurchaseRequest: Hashable, Sendable {
    /// Numbers in one request.
    public static let numbersMax = 100

    public var source: NumberSource
    public var e164s: [E164]
    /// What all of them cost a month together, as the buyer was shown it.
    public var expectedMonthlyCostCredits: Int64
    public var webhookMode: WebhookMode

    /// A wish to buy.
    public init(
        source: NumberSource, e164s: [E164], expectedMonthlyCostCredits: Int64,
        webhookMode: WebhookMode
    ) {
        self.source = source
        self.e164s = e164s
        self.expectedMonthlyCostCredits = expectedMonthlyCostCredits
        self.webhookMode = webhookMode
    }
}

/// Orders numbers: all of them or none, before any carrier is asked. Runs on the writer.
public enum PurchaseChange {
    /// Makes an order for each number, with the number pending and its first month debited.
    ///
    /// - Parameter isConnected: Whether the platform has an account to buy from.
    /// - Throws: `invalidArgument` for no numbers, too many or one twice; `planRequired` or
    ///   `sourceNotOpen`; `numberHeldElsewhere`, `numberQuarantined`; `offerNotFound` for a number
    ///   that was not found on sale within half an hour; `priceChanged` with the price that holds;
    ///   `insufficientCredits`.
    public static func run(
        _ request: PurchaseRequest, workspace: WorkspaceKey, isConnected: Bool,
        identifiers: any IdentifierSource, in writer: any StoreWriter
    ) throws(DomainError) -> [OrderRecord] {
        guard let facts = writer.routes.workspace(workspace) else {
            throw WorkspaceChanges.notFound
        }
        try checkForm(request)
        if let obstacle = request.source.obstacle(for: facts, isConnected: isConnected) {
            throw obstacle
        }
        var offers: [(OfferRecord, credits: Int64)] = []
        var total: Int64 = 0
        for e164 in request.e164s {
            try checkIsFree(e164, for: workspace, in: writer)
            let offer = try freshOffer(e164, from: request.source, in: writer)
            let (sum, overflow) = total.addingReportingOverflow(offer.credits)
            total = overflow ? .max : sum
            offers.append(offer)
        }
        try checkPrice(total, expected: request.expectedMonthlyCostCredits)
        try checkCredits(total, of: workspace, in: writer)
        var orders: [OrderRecord] = []
        for (offer, credits) in offers {
            orders.append(
                try order(
                    offer, for: credits, by: facts, webhookMode: request.webhookMode,
                    identifiers: identifiers, in: writer))
        }
        Failpoint.beforeOrderCommit.hit()
        return orders
    }

    // MARK: - Checks

    private static func checkForm(_ request: PurchaseRequest) throws(DomainError) {
        guard (1...PurchaseRequest.numbersMax).contains(request.e164s.count) else {
            throw DomainError(
                .invalidArgument,
                "e164s takes 1 to \(PurchaseRequest.numbersMax) numbers; "
                    + "\(request.e164s.count) were sent.",
                facts: ["limit": "\(PurchaseRequest.numbersMax)"], field: "e164s")
        }
        var seen: Set<E164> = []
        for e164 in request.e164s where !seen.insert(e164).inserted {
            throw DomainError(
                .invalidArgument, "e164s names \(e164) twice: name every number once.",
                facts: ["number": e164.description], field: "e164s")
        }
    }

    private static func checkIsFree(
        _ e164: E164, for workspace: WorkspaceKey, in writer: any StoreWriter
    ) throws(DomainError) {
        let facts = ["number": e164.description]
        if let holder = writer.routes.number(e164) {
            throw DomainError(
                .numberHeldElsewhere,
                holder.workspace == workspace
                    ? "\(e164) is in this workspace already, or being bought for it."
                    : "\(e164) is in use in another workspace: choose another number.",
                facts: facts, field: "e164s")
        }
        if let apart = try writer.quarantine(of: e164), apart.workspace != workspace,
            apart.until > writer.request.at
        {
            throw DomainError(
                .numberQuarantined,
                "\(e164) was released a short while ago and is kept apart until late callers have "
                    + "learned of it: choose another number, or try again tomorrow.",
                facts: facts, field: "e164s")
        }
        guard try !writer.isBeingGivenBack(e164) else {
            throw DomainError(
                .numberQuarantined,
                "\(e164) is still being given back to its carrier: try again in a few minutes.",
                facts: facts, field: "e164s")
        }
    }

    private static func freshOffer(
        _ e164: E164, from source: NumberSource, in writer: any StoreWriter
    ) throws(DomainError) -> (OfferRecord, credits: Int64) {
        guard let offer = try writer.offer(e164, from: source),
            offer.expiresAt > writer.request.at, let credits = offer.monthlyCostCredits
        else {
            throw DomainError(
                .offerNotFound,
                "\(e164) was not found on sale lately: search for it, and buy within "
                    + "\(OfferRecord.validSeconds / 60) minutes.",
                facts: ["number": e164.description], field: "e164s")
        }
        return (offer, credits)
    }

    private static func checkPrice(_ total: Int64, expected: Int64) throws(DomainError) {
        guard total != expected else { return }
        throw DomainError(
            .priceChanged,
            "The numbers cost \(total) credits a month together, not \(expected): look at the "
                + "prices again and confirm them.",
            facts: ["monthly_cost_credits": "\(total)"], field: "expected_monthly_cost_credits")
    }

    private static func checkCredits(
        _ total: Int64, of workspace: WorkspaceKey, in writer: any StoreWriter
    ) throws(DomainError) {
        let balance = try writer.creditBalance(of: workspace)
        guard balance < total else { return }
        throw DomainError(
            .insufficientCredits,
            "The workspace has \(balance) credits and needs \(total) for the first month: add "
                + "credits, or choose fewer numbers. Nothing was bought.",
            facts: ["balance": "\(balance)", "needed": "\(total)"])
    }

    // MARK: - One order

    private static func order(
        _ offer: OfferRecord, for credits: Int64, by buyer: WorkspaceFacts,
        webhookMode: WebhookMode, identifiers: any IdentifierSource, in writer: any StoreWriter
    ) throws(DomainError) -> OrderRecord {
        guard let carrier = offer.source.carrier else {
            throw DomainError(.corruptData, "An offer is of a source that sells nothing.")
        }
        let now = writer.request.at
        let id = identifiers.make(OrderKind.self, at: now)
        var number = NewNumber(
            id: identifiers.make(NumberKind.self, at: now), workspace: buyer.key,
            e164: offer.e164, type: offer.type, capabilities: offer.capabilities,
            origin: offer.source.origin, carrier: carrier, connection: nil, status: .pending,
            webhookMode: webhookMode, createdAt: now)
        number.countryCode = offer.countryCode
        number.regionLabel = offer.regionLabel
        number.monthlyCostCredits = credits
        number.orderID = id.description
        let key = try writer.insertNumber(number)
        writer.routes.put(number.facts(key))

        var order = OrderRecord(
            key: OrderKey(rawValue: 0), id: id, workspace: buyer.key, workspaceID: buyer.id,
            number: key, numberID: number.id, e164: offer.e164, source: offer.source,
            type: offer.type, countryCode: offer.countryCode, monthlyCostCredits: credits,
            createdAt: now)
        order.key = try writer.insertOrder(order)
        if credits > 0 {
            _ = try Ledger.append(
                NewCreditEntry(
                    id: identifiers.make(CreditEntryKind.self, at: now), workspace: buyer.key,
                    credits: -credits, kind: .purchase, note: "\(offer.e164), first month",
                    number: number.id, orderID: id.description),
                through: writer)
        }
        try writer.append(
            NewEvent(
                "number.ordered", workspace: buyer.key, number: number.id, e164: offer.e164,
                detailsJSON: JSON.object([
                    ("before", .null),
                    (
                        "after",
                        .object([
                            ("status", .string(NumberStatus.pending.apiName)),
                            ("order_id", .string(id.description)),
                            ("monthly_cost_credits", .integer(credits)),
                        ])
                    ),
                ]).text))
        return order
    }
}
