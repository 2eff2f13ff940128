/// What comparing a platform account with the store has the store write. Runs on the writer.
public enum SweepChange {
    /// Sees to a number of the platform's account that is tagged with one of our orders.
    ///
    /// An order that is not finished is asked about at once. A number whose order failed, or that was
    /// released here, is held by nobody and goes back; it may have been bought by an answer that
    /// came later than any list could be waited for.
    ///
    /// - Returns: whether anything was written.
    public static func sawTagged(
        _ number: CarrierNumber, order id: OrderID, in writer: any StoreWriter
    ) throws(DomainError) -> Bool {
        guard let order = try writer.orderRecord(id), order.e164 == number.e164 else {
            return false
        }
        guard order.state.isFinal else {
            return try !writer.makeOrdersDue(
                [order.key], in: order.workspace, at: writer.request.at
            ).isEmpty
        }
        // Held by a later order, or being given back already.
        guard writer.routes.number(order.e164) == nil,
            try !writer.isBeingGivenBack(order.e164)
        else { return false }
        try OrderChange.giveBack(order, carrierNumberID: number.carrierID, in: writer)
        return true
    }

    /// Tells of a number that is in service here and that the carrier no longer has. Its status
    /// stays: a person decides.
    ///
    /// - Returns: whether it is still in service here.
    public static func missed(
        _ number: BoughtNumber, in writer: any StoreWriter
    ) throws(DomainError) -> Bool {
        guard let facts = writer.routes.number(number.e164), facts.key == number.key,
            facts.status.isInService
        else { return false }
        try writer.append(
            NewEvent(
                "number.gone_at_carrier", workspace: number.workspace, number: number.id,
                e164: number.e164,
                detailsJSON: JSON.object([("carrier", .string(facts.carrier.label))]).text))
        return true
    }
}
