/// Writes what has happened to orders: the order, its number, its credits and the audit log in one
/// transaction. Runs on the writer.
public enum OrderChange {
    /// Applies some news to an order.
    ///
    /// - Returns: the order afterwards, and whether it has changed state.
    /// - Throws: `orderNotFound`; what the store throws.
    public static func apply(
        _ news: OrderNews, to key: OrderKey, by machine: OrderMachine, newEntryID: CreditEntryID,
        in writer: any StoreWriter
    ) throws(DomainError) -> (order: OrderRecord, hasMoved: Bool) {
        guard let before = try writer.orderRecord(key) else { throw OrderRecord.notFound }
        let (after, effect) = machine.step(before, news, at: writer.request.at)
        guard after != before else { return (before, false) }
        try writer.updateOrder(after)
        switch effect {
        case .none: break
        case .activate(let number): try activate(after, as: number, in: writer)
        case .refund: try refund(after, newEntryID: newEntryID, in: writer)
        }
        if after.state == .submitted, before.state != .submitted {
            try tell("order.submitted", of: after, from: before, in: writer)
        }
        if after.state.isFinal {
            try tell(
                after.state == .completed ? "order.completed" : "order.failed", of: after,
                from: before, in: writer)
            Failpoint.beforeOutcomeCommit.hit()
            Failpoint.beforePublish.hitAfterCommit()
        }
        return (after, after.state != before.state)
    }

    /// Makes unfinished orders of a workspace due now: those named, or all.
    ///
    /// - Throws: `orderNotFound` for one that is not the workspace's.
    /// - Returns: the orders that are due now; finished ones are left out.
    public static func makeDue(
        _ ids: [OrderID], in workspace: WorkspaceKey, writer: any StoreWriter
    ) throws(DomainError) -> [OrderKey] {
        var keys: [OrderKey] = []
        for id in ids {
            guard let order = try writer.orderRecord(id), order.workspace == workspace else {
                throw OrderRecord.notFound
            }
            keys.append(order.key)
        }
        return try writer.makeOrdersDue(
            ids.isEmpty ? nil : keys, in: workspace, at: writer.request.at)
    }

    // MARK: - Endings

    private static func activate(
        _ order: OrderRecord, as arrived: CarrierNumber, in writer: any StoreWriter
    ) throws(DomainError) {
        guard let before = try writer.numberRecord(order.number) else { throw numberMissing }
        guard before.status == .pending, var facts = writer.routes.number(order.e164),
            facts.key == order.number
        else {
            // Whoever wanted it is gone: it must not be paid for by nobody.
            try giveBack(order, carrierNumberID: arrived.carrierID, in: writer)
            return
        }
        var after = before
        after.status = .active
        after.type = arrived.type
        // Right after a purchase a carrier may not list them yet; the offer did.
        if !arrived.capabilities.isEmpty { after.capabilities = arrived.capabilities }
        if !arrived.countryCode.isEmpty { after.countryCode = arrived.countryCode }
        if !arrived.regionLabel.isEmpty { after.regionLabel = arrived.regionLabel }
        after.renewsAt = MonthlySchedule(anchor: before.createdAt).next(after: writer.request.at)
        after.orderID = ""
        after.version = facts.version &+ 1
        after.updatedAt = writer.request.at
        try writer.updateArrivedNumber(after, carrierNumberID: arrived.carrierID)
        facts.status = .active
        facts.capabilities = after.capabilities
        facts.version = after.version
        writer.routes.put(facts)
        try tellNumber("number.activated", from: before, to: after, of: order, in: writer)
        guard after.webhookMode == .managed else { return }
        try writer.insertCarrierTask(
            number: order.number, workspace: order.workspace, kind: .manageWebhooks,
            detailsJSON: "{}",
            dueAt: writer.request.at)
    }

    private static func refund(
        _ order: OrderRecord, newEntryID: CreditEntryID, in writer: any StoreWriter
    ) throws(DomainError) {
        if order.monthlyCostCredits > 0 {
            _ = try Ledger.append(
                NewCreditEntry(
                    id: newEntryID, workspace: order.workspace,
                    credits: order.monthlyCostCredits, kind: .refund,
                    note: "\(order.e164) was not bought", number: order.numberID,
                    orderID: order.id.description),
                through: writer)
        }
        if order.reason == PurchaseRefusal.Kind.taken.rawValue {
            try writer.deleteOffer(order.e164, from: order.source)
        }
        guard let before = try writer.numberRecord(order.number) else { throw numberMissing }
        guard before.status == .pending else { return }
        var after = before
        after.status = .failed
        after.version = before.version &+ 1
        after.updatedAt = writer.request.at
        try writer.updateNumberStatus(after)
        if writer.routes.number(order.e164)?.key == order.number {
            writer.routes.remove(number: order.e164)
        }
        try tellNumber("number.failed", from: before, to: after, of: order, in: writer)
    }

    /// Has a number that nobody here holds given back to its carrier.
    static func giveBack(
        _ order: OrderRecord, carrierNumberID: String, in writer: any StoreWriter
    ) throws(DomainError) {
        try writer.insertCarrierTask(
            number: order.number, workspace: order.workspace, kind: .release,
            detailsJSON: JSON.object([("carrier_number_id", .string(carrierNumberID))]).text,
            dueAt: writer.request.at)
        try writer.append(
            NewEvent(
                "number.orphan_given_back", workspace: order.workspace, number: order.numberID,
                e164: order.e164,
                detailsJSON: JSON.object([
                    ("order_id", .string(order.id.description)),
                    ("order_state", .string(order.state.apiName)),
                ]).text))
    }

    // MARK: - Audit

    private static func tellNumber(
        _ action: String, from before: NumberRecord, to after: NumberRecord, of order: OrderRecord,
        in writer: any StoreWriter
    ) throws(DomainError) {
        try writer.append(
            NewEvent(
                action, workspace: order.workspace, number: order.numberID, e164: order.e164,
                detailsJSON: NumberDifference.json(
                    from: before, to: after,
                    more: [("order_id", .string(order.id.description))]),
                routeChange: .number))
    }

    private static func tell(
        _ action: String, of order: OrderRecord, from before: OrderRecord,
        in writer: any StoreWriter
    ) throws(DomainError) {
        try writer.append(
            NewEvent(
                action, workspace: order.workspace, number: order.numberID, e164: order.e164,
                detailsJSON: JSON.object([
                    ("order_id", .string(order.id.description)),
                    ("before", .object([("state", .string(before.state.apiName))])),
                    (
                        "after",
                        .object([
                            ("state", .string(order.state.apiName)),
                            ("attempt", .integer(order.attempt)),
                            ("reason", .string(order.reason)),
                            ("message", .string(order.message)),
                        ])
                    ),
                ]).text))
    }

    private static var numberMissing: DomainError {
        DomainError(.corruptData, "An order's number is not in the store.")
    }
}

extension OrderState {
    /// The word the API uses.
    public var apiName: String {
        switch self {
        case .created: "CREATED"
        case .submitted: "SUBMITTED"
        case .completed: "COMPLETED"
        case .failed: "FAILED"
        case .unknown: "UNKNOWN"
        }
    }
}
