import LinekeeperCore

/// Buying, and finding out what became of it.
///
/// A number is bought by its digits alone, never by area code, so that the same request sent twice
/// cannot buy two. Its friendly name is the order's reference: that is how Twilio tells which order a
/// number was bought for.
extension TwilioAccount {
    /// What Twilio keeps of a friendly name.
    private static let referenceBytesMax = 64

    /// Buys the number in one request.
    ///
    /// That it is not available (code 21422) is a definite no to this request. Where an earlier one of
    /// the same order may have bought it, that too is how Twilio answers: then only
    /// ``find(_:carrierOrderID:)`` tells.
    func purchase(_ purchase: CarrierPurchase) async -> PurchaseOutcome {
        guard (1...TwilioAccount.referenceBytesMax).contains(purchase.reference.utf8.count) else {
            return .refused(
                PurchaseRefusal(
                    .other, code: "",
                    words: "The order's reference does not fit into a friendly name."))
        }
        let money: HTTPRequest
        let client: CarrierClient
        do throws(DomainError) {
            money = try request(.post, path("/IncomingPhoneNumbers"), form: form(purchase))
            client = try self.client(for: .us1)
        } catch { return .notSent(error) }

        switch await client.send(money) {
        case .notDone(let error): return .notSent(error)
        case .unknown(let error): return .unknown(error.message)
        case .response(let response) where (200..<300).contains(response.status):
            do throws(DomainError) {
                return try bought(purchase, response)
            } catch { return .unknown(error.message) }
        case .response(let response):
            let refusal = refusal(response)
            return TwilioErrors.purchaseOutcome(refusal)
                ?? .unknown("Twilio answered with status \(refusal.status): \(refusal.words)")
        }
    }

    private func form(_ purchase: CarrierPurchase) -> FormFields {
        var form: FormFields = [
            "PhoneNumber": purchase.e164.description, "FriendlyName": purchase.reference,
        ]
        let (country, type) = (purchase.countryCode, purchase.type)
        if let bundle = credentials.bundles.id(country: country, type: type) {
            form.add("BundleSid", bundle)
        }
        if let address = credentials.addresses.id(country: country, type: type) {
            form.add("AddressSid", address)
        }
        return form
    }

    /// The number in the answer to a purchase; an answer about another is none to be trusted.
    private func bought(
        _ purchase: CarrierPurchase, _ response: HTTPResponse
    ) throws(DomainError) -> PurchaseOutcome {
        let answer = try CarrierJSON(response.body, from: "Twilio")
        var number = try TwilioDecoding.number(answer, type: purchase.type)
        guard number.e164 == purchase.e164 else {
            return .unknown("Twilio's answer to the purchase is about another number.")
        }
        number.countryCode = purchase.countryCode
        return .owned(number)
    }

    func find(
        _ purchase: CarrierPurchase, carrierOrderID: String?
    ) async throws(DomainError) -> PurchaseFinding {
        // Each list alone would do; that one lags behind does not mean that the other does.
        let attempt = "look for the number"
        let queries: [FormFields] = [
            ["PhoneNumber": purchase.e164.description, "PageSize": "50"],
            ["FriendlyName": purchase.reference, "PageSize": "50"],
        ]
        for query in queries {
            guard var number = try await number(purchase.e164, among: query, attempt: attempt)
            else { continue }
            guard number.reference == purchase.reference else {
                return .refused(
                    PurchaseRefusal(
                        .taken, code: "",
                        words: "The account holds \(purchase.e164) already, not through this order."
                    ))
            }
            number.countryCode = purchase.countryCode
            return .owned(number)
        }
        return .absent
    }
}
