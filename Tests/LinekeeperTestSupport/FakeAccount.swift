package import LinekeeperCore
import Synchronization

/// The account of a ``FakeCarrier``, seen through one secret.
struct FakeAccount: CarrierAccount {
    let carrier: FakeCarrier
    let secret: String

    // MARK: Buying

    func countries() async throws(DomainError) -> [CarrierCountry] {
        try await carrier.enter(.search, secret: secret)
        let byCountry = Dictionary(grouping: carrier.offers, by: \.countryCode)
        return byCountry.sorted { $0.key < $1.key }.map {
            CarrierCountry(countryCode: $0.key, types: Set($0.value.map(\.type)))
        }
    }

    func offers(_ query: OfferQuery) async throws(DomainError) -> [CarrierOffer] {
        try await carrier.enter(.search, secret: secret)
        return Array(
            carrier.offers.filter {
                $0.countryCode == query.countryCode && $0.type == query.type
                    && $0.capabilities.isSuperset(of: query.capabilities)
            }.prefix(query.limit))
    }

    func fees(in countryCode: String) async throws(DomainError) -> [NumberType: CarrierFee] {
        try await carrier.enter(.search, secret: secret)
        return [:]
    }

    func purchase(_ purchase: CarrierPurchase) async -> PurchaseOutcome {
        do throws(DomainError) {
            try await carrier.enter(.purchase(purchase.e164), secret: secret)
        } catch { return .notSent(error) }
        return carrier.state.withLock { state in
            guard let index = state.offers.firstIndex(where: { $0.e164 == purchase.e164 }) else {
                return .refused(PurchaseRefusal(.taken, code: "1", words: "It is not on sale."))
            }
            let offer = state.offers.remove(at: index)
            let number = CarrierNumber(
                carrierID: "PN\(purchase.e164)", e164: offer.e164, type: offer.type,
                capabilities: offer.capabilities, countryCode: offer.countryCode,
                regionLabel: offer.regionLabel, reference: purchase.reference)
            state.numbers.append(number)
            return .owned(number)
        }
    }

    func find(
        _ purchase: CarrierPurchase, carrierOrderID: String?
    ) async throws(DomainError) -> PurchaseFinding {
        try await carrier.enter(.find(purchase.e164), secret: secret)
        return number(purchase.e164).map { .owned($0) } ?? .absent
    }

    // MARK: The account's numbers

    func ownedNumbers(after cursor: String?) async throws(DomainError) -> CarrierPage {
        try await carrier.enter(.list(cursor: cursor), secret: secret)
        let start = cursor.flatMap { Int($0) } ?? 0
        return carrier.state.withLock { state in
            let end = min(state.numbers.count, start + carrier.pageSize)
            let isLast = end == state.numbers.count
            return CarrierPage(
                numbers: Array(state.numbers[min(start, end)..<end]),
                unreadable: isLast ? state.unreadable : [], next: isLast ? nil : "\(end)")
        }
    }

    func ownedNumber(_ e164: E164) async throws(DomainError) -> CarrierNumber? {
        try await carrier.enter(.look(e164), secret: secret)
        return number(e164)
    }

    func manage(
        _ number: CarrierNumber, webhooks: WebhookTargets
    ) async throws(DomainError) -> CarrierNumber {
        try await carrier.enter(.manage(number.e164), secret: secret)
        let urls = webhooks.urls(of: carrier.carrier)
        carrier.edit(number.e164) {
            $0.settings = FakeAccount.settings(urls)
            $0.webhooks = urls
        }
        return self.number(number.e164) ?? number
    }

    func isManaged(_ number: CarrierNumber, webhooks: WebhookTargets) -> Bool {
        number.webhooks == webhooks.urls(of: carrier.carrier)
    }

    func restore(
        _ settings: [String: String], on number: CarrierNumber
    ) async throws(DomainError) {
        try await carrier.enter(.restore(number.e164, settings), secret: secret)
        carrier.edit(number.e164) {
            $0.settings = settings
            $0.webhooks = WebhookURLs(
                voice: settings["voice"] ?? "", sms: settings["sms"] ?? "",
                status: settings["status"] ?? "")
        }
    }

    func setRegion(
        _ region: RegionID?, on number: CarrierNumber, webhooks: WebhookTargets?
    ) async throws(DomainError) {
        try await carrier.enter(.setRegion(number.e164, region), secret: secret)
        guard carrier.carrier == .twilio else {
            throw DomainError(.regionNotSupported, "There are no regions here.")
        }
        carrier.state.withLock { $0.regions[number.e164] = region }
    }

    func release(_ number: CarrierNumber) async throws(DomainError) {
        try await carrier.enter(.release(number.e164), secret: secret)
        carrier.state.withLock { state in state.numbers.removeAll { $0.e164 == number.e164 } }
    }

    private func number(_ e164: E164) -> CarrierNumber? {
        carrier.numbers.first { $0.e164 == e164 }
    }

    static func settings(_ urls: WebhookURLs) -> [String: String] {
        ["voice": urls.voice, "sms": urls.sms, "status": urls.status]
    }
}

extension CarrierNumber {
    /// A number that points to its owner's own server.
    package static func fake(
        _ e164: E164, capabilities: Capabilities = [.voice, .sms]
    ) -> CarrierNumber {
        let urls = WebhookURLs(
            voice: "https://own.example.com/voice?a=1&b=%0A", sms: "https://own.example.com/sms",
            status: "")
        return CarrierNumber(
            carrierID: "PN\(e164)", e164: e164, type: .local, capabilities: capabilities,
            countryCode: "US", regionLabel: "Oakland, CA", settings: FakeAccount.settings(urls),
            webhooks: urls)
    }
}
