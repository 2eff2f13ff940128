import LinekeeperCore

extension TwilioAccount {
    // MARK: What is on sale

    func countries() async throws(DomainError) -> [CarrierCountry] {
        var countries: [CarrierCountry] = []
        let attempt = "list its countries"
        try await eachPage(of: "/AvailablePhoneNumbers", attempt: attempt) {
            page throws(DomainError) in
            for entry in try page.array("countries") {
                let country = try TwilioDecoding.country(entry)
                if !country.types.isEmpty { countries.append(country) }
            }
        }
        return countries
    }

    func offers(_ query: OfferQuery) async throws(DomainError) -> [CarrierOffer] {
        guard query.limit > 0 else { return [] }
        let list =
            "/AvailablePhoneNumbers/\(percentEncoded(query.countryCode))/"
            + TwilioAccount.listName(query.type)
        let search = try request(.get, TwilioAccount.search(query).query(of: path(list)))
        guard let answer = try await answerIfPresent(to: search, attempt: "search for numbers")
        else { return [] }
        let entries = try answer.array("available_phone_numbers")
        guard !entries.isEmpty else { return [] }
        let isBundleMissing = try await isBundleMissing(for: query)
        var offers: [CarrierOffer] = []
        for entry in entries {
            let offer = try TwilioDecoding.offer(
                entry, query: query,
                requirements: try requirements(entry, query, isBundleMissing: isBundleMissing))
            guard query.matches(offer.e164),
                offer.capabilities.isSuperset(of: query.capabilities)
            else { continue }
            offers.append(offer)
            if offers.count == query.limit { break }
        }
        return offers
    }

    private static func listName(_ type: NumberType) -> String {
        switch type {
        case .local: "Local"
        case .national: "National"
        case .mobile: "Mobile"
        case .tollFree: "TollFree"
        }
    }

    /// The search's own fields. Only +1 has area codes for Twilio; elsewhere they are the beginning
    /// of a pattern.
    private static func search(_ query: OfferQuery) -> FormFields {
        var fields = FormFields()
        var pattern = query.contains
        if !query.areaCode.isEmpty {
            if query.callingCode == "1" {
                fields.add("AreaCode", query.areaCode)
            } else {
                pattern = "+\(query.callingCode ?? "")\(query.areaCode)"
                if !query.contains.isEmpty { pattern += "%\(query.contains)" }
            }
        }
        // Twilio takes patterns of 2 to 16 signs; what a shorter or longer one asks for is picked out
        // of its answer.
        if (2...16).contains(pattern.utf8.count) { fields.add("Contains", pattern) }
        for (capability, name) in [
            (Capabilities.voice, "VoiceEnabled"), (.sms, "SmsEnabled"), (.mms, "MmsEnabled"),
            (.fax, "FaxEnabled"),
        ] where query.capabilities.contains(capability) {
            fields.add(name, "true")
        }
        fields.add("PageSize", "\(min(query.limit, 100))")
        return fields
    }

    // MARK: Papers

    private func requirements(
        _ entry: CarrierJSON, _ query: OfferQuery, isBundleMissing: Bool
    ) throws(DomainError) -> [PurchaseRequirement] {
        var requirements: [PurchaseRequirement] = []
        if let wanted = try TwilioDecoding.wantedAddress(entry),
            credentials.addresses.id(country: query.countryCode, type: query.type) == nil
        {
            requirements.append(
                PurchaseRequirement(
                    kind: .address,
                    description: wanted == "any"
                        ? "An address, anywhere in the world, registered with Twilio."
                        : wanted == "local"
                            ? "An address in \(query.countryCode), registered with Twilio."
                            : "An address outside \(query.countryCode), registered with Twilio."))
        }
        if isBundleMissing {
            requirements.append(
                PurchaseRequirement(
                    kind: .bundle,
                    description: "A regulatory bundle for \(query.countryCode) that Twilio has "
                        + "approved."))
        }
        return requirements
    }

    /// Whether the country has rules for such numbers and no bundle for them is at hand. An account
    /// that may not read the rules is not told of them before it buys.
    private func isBundleMissing(for query: OfferQuery) async throws(DomainError) -> Bool {
        guard credentials.bundles.id(country: query.countryCode, type: query.type) == nil else {
            return false
        }
        let word =
            switch query.type {
            case .local: "local"
            case .national: "national"
            case .mobile: "mobile"
            case .tollFree: "toll-free"
            }
        let fields: FormFields = [
            "IsoCountry": query.countryCode, "NumberType": word, "PageSize": "1",
        ]
        let rules = try request(
            .get, fields.query(of: "/v2/RegulatoryCompliance/Regulations"),
            host: TwilioAccount.regulatoryHost)
        guard case .done(let response) = try await exchange(rules) else { return false }
        return try !CarrierJSON(response.body, from: "Twilio").array("results").isEmpty
    }

    // MARK: Prices

    func fees(in countryCode: String) async throws(DomainError) -> [NumberType: CarrierFee] {
        let price = try request(
            .get, "/v1/PhoneNumbers/Countries/\(percentEncoded(countryCode))",
            host: TwilioAccount.pricingHost)
        guard let answer = try await answerIfPresent(to: price, attempt: "tell its prices")
        else { return [:] }
        return try TwilioDecoding.fees(answer)
    }
}
