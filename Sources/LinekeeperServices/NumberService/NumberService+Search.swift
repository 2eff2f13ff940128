import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension NumberService {
    func registerSearch(in methods: inout MethodTable) {
        let service = self
        methods.inquiry(Self.path + "SearchAvailable", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.SearchAvailableRequest, workspace)
                async throws(DomainError) -> Proto.SearchAvailableResponse in
            let wish = try OfferWish(request)
            let facts = try Self.facts(of: workspace, in: service.context.store.routes)
            let accounts = service.orders.accounts
            let account = try accounts.open(wish.source, for: facts)
            let offers = try await service.inventory.search(
                wish, at: account, refresh: request.refresh)
            guard offers.isEmpty else {
                return .with { $0.offers = offers.map(Proto.Offer.init) }
            }
            let offered = try await service.inventory.countries(of: wish.source, at: account)
                .first { $0.countryCode == wish.country.countryCode }?.types
            return .with {
                $0.suggestions = SearchSuggestions.suggestions(
                    for: wish, offered: offered ?? [],
                    otherSources: NumberSource.allCases.filter {
                        $0 != wish.source && accounts.obstacle(to: $0, for: facts) == nil
                    })
            }
        }
    }
}

/// What to try when nothing is found.
enum SearchSuggestions {
    private static let neighboursMax = 5

    /// Neighbouring area codes, then other types, then other ways to acquire.
    ///
    /// - Parameter offered: The types that the source has in the country.
    static func suggestions(
        for wish: OfferWish, offered: Set<NumberType>, otherSources: [NumberSource]
    ) -> [Proto.Suggestion] {
        guard !offered.isEmpty else {
            return [
                .with { $0.text = "Nothing is on sale in \(wish.country.name) here." }
            ] + others(otherSources)
        }
        var suggestions: [Proto.Suggestion] = []
        if !wish.areaCode.isEmpty {
            let country = wish.country.countryCode
            suggestions += AreaCodes.neighbours(of: wish.areaCode, in: country)
                .prefix(neighboursMax).map { area in
                    .with {
                        $0.text = "Area code \(area.code) is in \(area.region) too."
                        $0.areaCode = area.code
                        $0.source = Proto.Source(wish.source)
                    }
                }
            if suggestions.isEmpty {
                suggestions.append(
                    .with {
                        $0.text = "Search all of \(wish.country.name), without an area code."
                        $0.source = Proto.Source(wish.source)
                    })
            }
        }
        if !wish.contains.isEmpty {
            suggestions.append(
                .with {
                    $0.text = "Search for fewer digits than \(wish.contains)."
                    $0.source = Proto.Source(wish.source)
                })
        }
        let others = offered.subtracting(wish.types).sorted { $0.rawValue < $1.rawValue }
        for type in wish.types.isEmpty ? [] : others {
            suggestions.append(
                .with {
                    $0.text = "\(wish.country.name) has \(word(type)) numbers."
                    $0.type = Proto.NumberType(type)
                    $0.source = Proto.Source(wish.source)
                })
        }
        return suggestions + self.others(otherSources)
    }

    private static func others(_ sources: [NumberSource]) -> [Proto.Suggestion] {
        sources.map { source in
            .with {
                $0.source = Proto.Source(source)
                $0.text =
                    switch source {
                    case .pool: "Search the pool."
                    case .marketplace: "Search the marketplace."
                    case .import: "Import a number from a carrier of your own."
                    }
            }
        }
    }

    private static func word(_ type: NumberType) -> String {
        switch type {
        case .local: "local"
        case .national: "national"
        case .mobile: "mobile"
        case .tollFree: "toll-free"
        }
    }
}

extension OfferWish {
    private static let limitDefault: UInt32 = 30
    private static let limitMax: UInt32 = 100

    /// Reads a search.
    ///
    /// - Throws: `invalidArgument` naming the field.
    init(_ wire: Proto.SearchAvailableRequest) throws(DomainError) {
        source = try NumberService.source(wire.source, or: "POOL or MARKETPLACE")
        country = try Country.named(wire.countryCode, field: "country_code")
        areaCode = try OfferWish.digits(wire.areaCode, field: "area_code", max: 6)
        contains = try OfferWish.digits(wire.contains, field: "contains", max: 10)
        var types: Set<NumberType> = []
        for type in wire.types {
            guard let type: NumberType = try FieldChecks.value(type, field: "types") else {
                throw DomainError(
                    .invalidArgument, "types takes LOCAL, NATIONAL, MOBILE and TOLL_FREE.",
                    field: "types")
            }
            types.insert(type)
        }
        self.types = types
        capabilities = try Proto.Capability.set(wire.capabilities, field: "capabilities")
        limit = Int(
            min(wire.limit == 0 ? OfferWish.limitDefault : wire.limit, OfferWish.limitMax))
    }

    private static func digits(
        _ text: String, field: String, max: Int
    ) throws(DomainError) -> String {
        guard text.utf8.count <= max, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw DomainError(
                .invalidArgument, "\(field) takes up to \(max) digits, nothing else.",
                field: field)
        }
        return text
    }
}

extension Proto.Offer {
    /// An offer as it is shown; one without a price is not.
    init(_ offer: OfferRecord) {
        self.init()
        offerID = offer.id.description
        e164 = offer.e164.description
        type = Proto.NumberType(offer.type)
        capabilities = Proto.Capability.list(offer.capabilities)
        regionLabel = offer.regionLabel
        monthlyCostCredits = offer.monthlyCostCredits ?? 0
        expiresAt = Proto.Timestamp(offer.expiresAt)
        requirements = offer.requirements.map { requirement in
            .with {
                $0.kind = requirement.kind.rawValue
                $0.description = requirement.description
            }
        }
    }
}
