import LinekeeperCore

/// Buying, and finding out what became of it.
///
/// Telnyx takes an order and finishes it by itself. It carries the reference of the order here, which
/// the list of orders can be asked for; it cannot be asked for a number.
extension TelnyxAccount {
    /// Together the half minute after which whoever asked for a purchase takes it that none is under
    /// way any more.
    private static let searchBudget: Duration = .seconds(10)
    private static let orderBudget: Duration = .seconds(20)

    func purchase(_ purchase: CarrierPurchase) async -> PurchaseOutcome {
        // Telnyx sells only what its search has answered a short while ago.
        if let obstacle = await searchGate(purchase) { return obstacle }

        let money = request(.post, "/number_orders", body: order(purchase))
        switch await client.send(money, within: TelnyxAccount.orderBudget) {
        case .notDone(let error): return .notSent(error)
        case .unknown(let error): return .unknown(error.message)
        case .response(let response) where (200..<300).contains(response.status):
            do throws(DomainError) {
                return try await ordered(purchase, response)
            } catch { return .unknown(error.message) }
        case .response(let response):
            let refusal = refusal(response)
            return TelnyxErrors.purchaseOutcome(refusal)
                ?? .unknown("Telnyx answered with status \(refusal.status): \(refusal.words)")
        }
    }

    private func order(_ purchase: CarrierPurchase) -> JSON {
        var number: [(String, JSON)] = [("phone_number", .string(purchase.e164.description))]
        if let group = credentials.requirementGroups.id(
            country: purchase.countryCode, type: purchase.type)
        {
            number.append(("requirement_group_id", .string(group)))
        }
        var order: [(String, JSON)] = [
            ("phone_numbers", .array([.object(number)])),
            ("connection_id", .string(credentials.connectionID)),
            ("customer_reference", .string(purchase.reference)),
        ]
        if let profile = credentials.messagingProfileID {
            order.append(("messaging_profile_id", .string(profile)))
        }
        return .object(order)
    }

    /// What the answer to an order means; an answer about another number is none to be trusted.
    private func ordered(
        _ purchase: CarrierPurchase, _ response: HTTPResponse
    ) async throws(DomainError) -> PurchaseOutcome {
        let order = try TelnyxOrder(
            try CarrierJSON(response.body, from: "Telnyx").object("data"))
        guard order.isOf(purchase) else {
            return .unknown("Telnyx's answer to the order is about another one.")
        }
        switch order.status {
        case .failure: return .refused(order.refusal)
        case .pending: return .pending(carrierOrderID: order.id)
        case .success:
            // The order is done whatever the list of numbers says yet: asking again finds the number.
            do throws(DomainError) {
                guard let number = try await bought(purchase), number.inactiveReason == nil else {
                    return .pending(carrierOrderID: order.id)
                }
                return .owned(number)
            } catch { return .pending(carrierOrderID: order.id) }
        }
    }

    // MARK: The search before the order

    /// Searches for exactly the number; answers what keeps it from being ordered.
    private func searchGate(_ purchase: CarrierPurchase) async -> PurchaseOutcome? {
        let digits = purchase.e164.description.dropFirst()
        let callingCode = CallingCode.country(purchase.countryCode)?.callingCode ?? ""
        let national = digits.hasPrefix(callingCode) ? digits.dropFirst(callingCode.count) : digits
        let search = request(
            .get, "/available_phone_numbers",
            query: [
                "filter[country_code]": purchase.countryCode,
                "filter[phone_number_type]": TelnyxDecoding.word(purchase.type),
                "filter[phone_number][contains]": String(national),
                "filter[limit]": "10",
            ])
        do throws(DomainError) {
            switch try await exchange(search, within: TelnyxAccount.searchBudget) {
            case .refused(let refusal):
                // A search buys nothing, so whatever it says, nothing has happened.
                return TelnyxErrors.purchaseOutcome(refusal)
                    ?? .notSent(TelnyxErrors.error(refusal, attempt: "search for the number"))
            case .done(let response):
                for entry in try CarrierJSON(response.body, from: "Telnyx").array("data")
                where try TelnyxDecoding.e164(entry) == purchase.e164 {
                    return nil
                }
                return .refused(
                    PurchaseRefusal(
                        .taken, code: "",
                        words: "Telnyx does not offer \(purchase.e164) any more."))
            }
        } catch { return .notSent(error) }
    }

    // MARK: Afterwards

    func find(
        _ purchase: CarrierPurchase, carrierOrderID: String?
    ) async throws(DomainError) -> PurchaseFinding {
        guard let order = try await order(of: purchase, id: carrierOrderID) else {
            return try await findWithoutOrder(purchase)
        }
        switch order.status {
        case .failure: return .refused(order.refusal)
        case .pending:
            return .pending(
                carrierOrderID: order.id, cause: order.detail.isEmpty ? nil : order.detail)
        case .success:
            guard let number = try await bought(purchase) else {
                return .pending(
                    carrierOrderID: order.id,
                    cause: "The order is done; the number is not in the account's list yet.")
            }
            if TelnyxDecoding.isGone(number.inactiveReason) {
                return .refused(
                    PurchaseRefusal(
                        .other, code: "",
                        words: "The number is \(number.inactiveReason ?? "gone") at Telnyx."))
            }
            return number.inactiveReason.map {
                .pending(carrierOrderID: order.id, cause: $0)
            } ?? .owned(number)
        }
    }

    /// The order that a purchase opened: by its id where that is known, or else by its reference.
    private func order(
        of purchase: CarrierPurchase, id: String?
    ) async throws(DomainError) -> TelnyxOrder? {
        if let id, let order = try await order(id) {
            guard order.isOf(purchase) else {
                throw DomainError(
                    .carrierAnswerUnreadable,
                    "Telnyx's order \(order.id) is not the one for \(purchase.e164).",
                    facts: ["carrier": "TELNYX"])
            }
            return order
        }
        let list = request(
            .get, "/number_orders",
            query: [
                "filter[customer_reference]": purchase.reference, "page[number]": "1",
                "page[size]": "250",
            ])
        let answer = try await answer(to: list, attempt: "look for the order")
        var orders: [TelnyxOrder] = []
        for entry in try answer.array("data")
        where try entry.optionalString("customer_reference") == purchase.reference {
            let order = try TelnyxOrder(entry)
            if order.isOf(purchase) { orders.append(order) }
        }
        guard let first = orders.max(by: { $0.status < $1.status }) else { return nil }
        return try await order(first.id) ?? first
    }

    private func order(_ id: String) async throws(DomainError) -> TelnyxOrder? {
        let reading = request(.get, "/number_orders/\(percentEncoded(id))")
        guard let answer = try await answerIfPresent(to: reading, attempt: "show the order") else {
            return nil
        }
        return try TelnyxOrder(try answer.object("data"))
    }

    /// What the account's numbers say where no order is to be seen.
    private func findWithoutOrder(
        _ purchase: CarrierPurchase
    ) async throws(DomainError) -> PurchaseFinding {
        guard let number = try await bought(purchase), !TelnyxDecoding.isGone(number.inactiveReason)
        else { return .absent }
        switch number.reference {
        case purchase.reference:
            guard let reason = number.inactiveReason else { return .owned(number) }
            throw DomainError(
                .carrierUnavailable,
                "Telnyx shows \(purchase.e164) as \(reason), but not its order yet. Ask again in a "
                    + "moment.")
        // Not tagged: the order that would tell whose it is may still appear.
        case "": return .absent
        default:
            return .refused(
                PurchaseRefusal(
                    .taken, code: "",
                    words: "The account holds \(purchase.e164) already, not through this order."))
        }
    }

    /// The number of a purchase among the account's, with what it can do.
    private func bought(_ purchase: CarrierPurchase) async throws(DomainError) -> CarrierNumber? {
        guard var number = try await listed(purchase.e164, type: purchase.type) else { return nil }
        guard !TelnyxDecoding.isGone(number.inactiveReason) else { return number }
        if let messaging = try await messaging(of: number) {
            number.capabilities = messaging.capabilities
        }
        number.countryCode = purchase.countryCode
        return number
    }
}
