import LinekeeperCore
import Synchronization

/// What somebody looks for among the numbers on sale.
struct OfferWish: Sendable {
    var source: NumberSource
    var country: Country
    /// Digits after the calling code; empty: anywhere.
    var areaCode: String
    /// Digits that the number contains; empty: any.
    var contains: String
    /// Empty: every type that the country has.
    var types: Set<NumberType>
    var capabilities: Capabilities
    var limit: Int
}

/// The numbers on sale at the platform's accounts: kept for a while, so that most searches ask no
/// carrier, and the same for every workspace.
final class Inventory: Sendable {
    /// What a carrier says of its countries is asked for again after a day, as are its fees.
    private static let daySeconds: Int64 = 86_400
    /// Old offers forgotten along with each find.
    private static let forgottenMax = 1_000

    private let context: ServiceContext
    private let countriesBySource = Mutex<[NumberSource: (at: Timestamp, [CarrierCountry])]>([:])

    init(context: ServiceContext) { self.context = context }

    /// The countries of a source, by their codes.
    ///
    /// - Throws: what the carrier throws.
    func countries(
        of source: NumberSource, at account: any CarrierAccount
    ) async throws(DomainError) -> [CarrierCountry] {
        let now = context.clock.now
        let known = countriesBySource.withLock { $0[source] }
        if let known, known.at.adding(seconds: Self.daySeconds) > now { return known.1 }
        do throws(DomainError) {
            let found = try await account.countries().sorted { $0.countryCode < $1.countryCode }
            countriesBySource.withLock { $0[source] = (now, found) }
            return found
        } catch {
            // What was true yesterday serves better than nothing.
            if let known { return known.1 }
            throw error
        }
    }

    /// Offers that fit, at most ten minutes old. The carrier is asked where there are none, or with
    /// `refresh`: then what it names now joins what is kept.
    ///
    /// - Throws: what the carrier throws when it has to be asked.
    func search(
        _ wish: OfferWish, at account: any CarrierAccount, refresh: Bool
    ) async throws(DomainError) -> [OfferRecord] {
        if !refresh {
            let kept = try await stored(wish)
            if !kept.isEmpty { return kept }
        }
        try await find(wish, at: account)
        return try await stored(wish)
    }

    /// Other offers of the same kind as one that is gone, from what is kept.
    func alternatives(
        to order: OrderRecord, limit: Int
    ) async throws(DomainError) -> [OfferRecord] {
        guard let country = CallingCode.country(order.countryCode) else { return [] }
        return try await stored(
            OfferWish(
                source: order.source, country: country, areaCode: "", contains: "",
                types: [order.type], capabilities: [], limit: limit))
    }

    private func stored(_ wish: OfferWish) async throws(DomainError) -> [OfferRecord] {
        var filter = OfferFilter(
            source: wish.source, countryCode: wish.country.countryCode,
            foundSince: context.clock.now.adding(seconds: -OfferRecord.shownSeconds),
            limit: wish.limit)
        if !wish.areaCode.isEmpty {
            filter.prefix = "+" + wish.country.callingCode + wish.areaCode
        }
        filter.contains = wish.contains
        filter.types = wish.types
        filter.capabilities = wish.capabilities
        let wanted = filter
        return try await context.store.read { reader throws(DomainError) in
            try reader.offers(matching: wanted)
        }.filter { $0.monthlyCostCredits != nil }
    }

    // MARK: - Asking the carrier

    private func find(
        _ wish: OfferWish, at account: any CarrierAccount
    ) async throws(DomainError) {
        var types = wish.types
        if types.isEmpty {
            types =
                try await countries(of: wish.source, at: account)
                .first { $0.countryCode == wish.country.countryCode }?.types ?? []
        }
        let offers = try await offers(wish, types: types, at: account)
        guard !offers.isEmpty else { return }
        let fees = try await fees(for: offers, wish, at: account)
        let now = context.clock.now
        let context = context
        let country = wish.country.countryCode
        _ = try await context.store.perform(
            MutationRequest(
                workspace: nil, actor: "linekeeperd", requestID: "inventory", at: now)
        ) { writer throws(DomainError) in
            for offer in offers {
                try writer.putOffer(
                    offer, from: wish.source,
                    newID: context.identifiers.make(OfferKind.self, at: now), foundAt: now)
            }
            for (type, fee) in fees {
                try writer.putCarrierFee(
                    fee, from: wish.source, countryCode: country, type: type, foundAt: now)
            }
            try writer.deleteOffers(
                foundBefore: now.adding(seconds: -Self.daySeconds), limit: Self.forgottenMax)
            return []
        }
    }

    /// Asks for all types at once; answers what came back, if anything did.
    private func offers(
        _ wish: OfferWish, types: Set<NumberType>, at account: any CarrierAccount
    ) async throws(DomainError) -> [CarrierOffer] {
        let ordered = types.sorted { $0.rawValue < $1.rawValue }
        let results = await withTaskGroup(
            of: (Int, Result<[CarrierOffer], DomainError>).self
        ) { group in
            for (index, type) in ordered.enumerated() {
                let query = OfferQuery(
                    countryCode: wish.country.countryCode, type: type, areaCode: wish.areaCode,
                    contains: wish.contains, capabilities: wish.capabilities, limit: wish.limit)
                group.addTask {
                    do throws(DomainError) {
                        return (index, .success(try await account.offers(query)))
                    } catch { return (index, .failure(error)) }
                }
            }
            var results: [(Int, Result<[CarrierOffer], DomainError>)] = []
            for await result in group { results.append(result) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
        var found: [CarrierOffer] = []
        var failure: DomainError?
        for result in results {
            switch result {
            case .success(let offers): found += offers
            case .failure(let error): failure = failure ?? error
            }
        }
        if found.isEmpty, let failure { throw failure }
        return found
    }

    /// What kinds of numbers cost where the carrier does not say it with each number.
    private func fees(
        for offers: [CarrierOffer], _ wish: OfferWish, at account: any CarrierAccount
    ) async throws(DomainError) -> [NumberType: CarrierFee] {
        guard offers.contains(where: { $0.fee == nil }) else { return [:] }
        let country = wish.country.countryCode
        let known = try await context.store.read { reader throws(DomainError) in
            try reader.carrierFeesFoundAt(wish.source, countryCode: country)
        }
        if let known, known.adding(seconds: Self.daySeconds) > context.clock.now { return [:] }
        do throws(DomainError) {
            return try await account.fees(in: country)
        } catch {
            // Yesterday's fees, or the price list, will do; with neither the numbers have no price.
            if known != nil { return [:] }
            let listed = try await hasListPrices(offers)
            if listed { return [:] }
            throw error
        }
    }

    private func hasListPrices(_ offers: [CarrierOffer]) async throws(DomainError) -> Bool {
        let page = Page(size: 1_000, after: nil)
        let prices = try await context.store.read { reader throws(DomainError) in
            try reader.prices(page: page).rows
        }
        return offers.contains { offer in
            prices.contains { $0.countryCode == offer.countryCode && $0.type == offer.type }
        }
    }
}
