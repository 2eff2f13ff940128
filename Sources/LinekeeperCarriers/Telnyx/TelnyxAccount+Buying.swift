import LinekeeperCore

extension TelnyxAccount {
    // MARK: What is on sale

    func countries() async throws(DomainError) -> [CarrierCountry] {
        let answer = try await answer(
            to: request(.get, "/country_coverage"), attempt: "list its countries")
        // An object by the countries' names.
        let data = try answer.object("data")
        var countries: [CarrierCountry] = []
        for name in try data.names() {
            if let country = try TelnyxDecoding.country(try data.object(name)) {
                countries.append(country)
            }
        }
        return countries
    }

    func offers(_ query: OfferQuery) async throws(DomainError) -> [CarrierOffer] {
        guard query.limit > 0 else { return [] }
        let search = request(
            .get, "/available_phone_numbers", query: TelnyxAccount.search(query))
        guard let answer = try await answerIfPresent(to: search, attempt: "search for numbers")
        else { return [] }
        let entries = try answer.array("data")
        guard !entries.isEmpty else { return [] }
        let requirements = try await requirements(for: query)
        var offers: [CarrierOffer] = []
        for entry in entries {
            guard
                let offer = try TelnyxDecoding.offer(
                    entry, query: query, requirements: requirements),
                query.matches(offer.e164),
                offer.capabilities.isSuperset(of: query.capabilities)
            else { continue }
            offers.append(offer)
            if offers.count == query.limit { break }
        }
        return offers
    }

    private static func search(_ query: OfferQuery) -> FormFields {
        var fields: FormFields = [
            "filter[country_code]": query.countryCode,
            "filter[phone_number_type]": TelnyxDecoding.word(query.type),
        ]
        if !query.areaCode.isEmpty {
            fields.add("filter[national_destination_code]", query.areaCode)
        }
        if !query.contains.isEmpty {
            fields.add("filter[phone_number][contains]", query.contains)
        }
        for (capability, word) in [
            (Capabilities.voice, "voice"), (.sms, "sms"), (.mms, "mms"), (.fax, "fax"),
        ] where query.capabilities.contains(capability) {
            fields.add("filter[features][]", word)
        }
        fields.add("filter[limit]", "\(min(query.limit, 100))")
        return fields
    }

    /// What the country asks for with such numbers, unless a requirement group that answers it is at
    /// hand. An account that may not read the rules is not told of them before it orders.
    private func requirements(
        for query: OfferQuery
    ) async throws(DomainError) -> [PurchaseRequirement] {
        guard credentials.requirementGroups.id(country: query.countryCode, type: query.type) == nil
        else { return [] }
        let rules = request(
            .get, "/regulatory_requirements",
            query: [
                "filter[country_code]": query.countryCode,
                "filter[phone_number_type]": TelnyxDecoding.word(query.type),
                "filter[action]": "ordering",
            ])
        guard case .done(let response) = try await exchange(rules) else { return [] }
        var requirements: [PurchaseRequirement] = []
        for rule in try CarrierJSON(response.body, from: "Telnyx").array("data") {
            for paper in try rule.optionalArray("regulatory_requirements") ?? [] {
                let requirement = try TelnyxDecoding.requirement(paper)
                if !requirements.contains(requirement) { requirements.append(requirement) }
            }
        }
        return requirements
    }

    // MARK: Prices

    /// None: Telnyx tells each number's price with the number.
    func fees(in countryCode: String) async throws(DomainError) -> [NumberType: CarrierFee] {
        [:]
    }
}
