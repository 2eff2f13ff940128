import LinekeeperCore

/// Reads Twilio's answers into values of ours.
enum TwilioDecoding {
    // MARK: Refusals

    /// What an answer that is no success says; its code and its words may both be missing, and its
    /// body may be no JSON at all.
    static func refusal(_ response: HTTPResponse, secrets: [String]) -> CarrierRefusal {
        let nothing = CarrierRefusal(
            status: response.status, code: "", words: "status \(response.status)")
        do throws(DomainError) {
            let answer = try CarrierJSON(response.body, from: "Twilio")
            let code = try answer.optionalText("code") ?? ""
            let words = CarrierWords.clean(
                try answer.optionalString("message") ?? "", without: secrets)
            return CarrierRefusal(
                status: response.status, code: isCode(code) ? code : "",
                words: words.isEmpty ? nothing.words : words)
        } catch {
            return nothing
        }
    }

    private static func isCode(_ text: String) -> Bool {
        (1...10).contains(text.utf8.count)
            && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    // MARK: The account's numbers

    /// One of the account's numbers.
    ///
    /// - Parameter type: Taken where the answer does not tell the type.
    static func number(
        _ entry: CarrierJSON, type expected: NumberType? = nil
    ) throws(DomainError) -> CarrierNumber {
        let sid = try entry.string("sid")
        guard TwilioCredentials.isSID(sid[...], "PN") else {
            throw entry.unreadable("has a sid that is none of a number")
        }
        let e164 = try e164(entry)
        var settings: [String: String] = [:]
        for setting in TwilioSettings.names {
            settings[setting] = try entry.optionalString(setting) ?? ""
        }
        return CarrierNumber(
            carrierID: sid, e164: e164, type: try type(entry, of: e164, expected: expected),
            capabilities: try capabilities(entry),
            countryCode: CallingCode.country(of: e164)?.countryCode ?? "",
            reference: try entry.optionalString("friendly_name") ?? "", settings: settings,
            webhooks: TwilioSettings.webhooks(settings))
    }

    /// The number that an entry is about.
    static func e164(_ entry: CarrierJSON) throws(DomainError) -> E164 {
        guard let e164 = E164(try entry.string("phone_number").utf8) else {
            throw entry.unreadable("has a phone_number that is not of the form +14155550100")
        }
        return e164
    }

    private static func type(
        _ entry: CarrierJSON, of e164: E164, expected: NumberType?
    ) throws(DomainError) -> NumberType {
        guard let word = try entry.optionalString("type"), !word.isEmpty else {
            return expected ?? (e164.isNorthAmericanTollFree ? .tollFree : .local)
        }
        guard let type = types[word.lowercased().filter(\.isLetter)] else {
            throw entry.unreadable("has a type that is not served here")
        }
        return type
    }

    private static let types: [String: NumberType] = [
        "local": .local, "landline": .local, "national": .national, "mobile": .mobile,
        "tollfree": .tollFree,
    ]

    static func capabilities(_ entry: CarrierJSON) throws(DomainError) -> Capabilities {
        var capabilities: Capabilities = []
        guard let listed = try entry.optionalObject("capabilities") else { return capabilities }
        for name in try listed.names() {
            let isPresent: Bool =
                switch name.lowercased() {
                case "voice", "sms", "mms", "fax": try listed.optionalBool(name) ?? false
                default: false
                }
            guard isPresent else { continue }
            switch name.lowercased() {
            case "voice": capabilities.insert(.voice)
            case "sms": capabilities.insert(.sms)
            case "mms": capabilities.insert(.mms)
            default: capabilities.insert(.fax)
            }
        }
        return capabilities
    }

    // MARK: What is on sale

    /// The types that a country offers: those whose lists it has addresses for.
    static func country(_ entry: CarrierJSON) throws(DomainError) -> CarrierCountry {
        let code = try entry.string("country_code")
        guard code.utf8.count == 2, code.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            throw entry.unreadable("has a country_code that is not two capitals")
        }
        var types: Set<NumberType> = []
        for name in try entry.object("subresource_uris").names() {
            if let type = TwilioDecoding.types[name.filter(\.isLetter)] { types.insert(type) }
        }
        return CarrierCountry(countryCode: code, types: types)
    }

    /// A number on sale; its type is that of the list it stands in.
    static func offer(
        _ entry: CarrierJSON, query: OfferQuery, requirements: [PurchaseRequirement]
    ) throws(DomainError) -> CarrierOffer {
        let places = [
            try entry.optionalString("locality"), try entry.optionalString("region"),
        ].compactMap(\.self).filter { !$0.isEmpty }
        return CarrierOffer(
            e164: try e164(entry), type: query.type, capabilities: try capabilities(entry),
            countryCode: query.countryCode,
            regionLabel: CarrierWords.clean(places.joined(separator: ", "), without: []),
            requirements: requirements)
    }

    /// The word in an offer that says whose address the carrier wants; `nil`: none.
    static func wantedAddress(_ entry: CarrierJSON) throws(DomainError) -> String? {
        let word = try entry.optionalString("address_requirements") ?? "none"
        return word == "none" || word.isEmpty ? nil : word
    }

    /// A country's monthly fees.
    static func fees(_ answer: CarrierJSON) throws(DomainError) -> [NumberType: CarrierFee] {
        guard try answer.string("price_unit").uppercased() == "USD" else {
            throw answer.unreadable("has a price_unit other than USD")
        }
        var fees: [NumberType: CarrierFee] = [:]
        for entry in try answer.array("phone_number_prices") {
            let word = try entry.string("number_type").lowercased().filter(\.isLetter)
            guard let type = types[word] else { continue }
            let dollars =
                if let current = try entry.optionalText("current_price") { current } else {
                    try entry.text("base_price")
                }
            guard let fee = CarrierFee(dollars: dollars) else {
                throw entry.unreadable("has a current_price that is not an amount of dollars")
            }
            fees[type] = fee
        }
        return fees
    }
}
