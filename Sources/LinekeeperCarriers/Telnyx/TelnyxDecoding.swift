import LinekeeperCore

/// Reads Telnyx's answers into values of ours.
enum TelnyxDecoding {
    // MARK: Refusals

    /// What an answer that is no success says: the first of its errors. All of it may be missing, and
    /// its body may be no JSON at all.
    static func refusal(_ response: HTTPResponse, secrets: [String]) -> CarrierRefusal {
        let nothing = CarrierRefusal(
            status: response.status, code: "", words: "status \(response.status)")
        do throws(DomainError) {
            let answer = try CarrierJSON(response.body, from: "Telnyx")
            guard let first = try answer.array("errors").first else { return nothing }
            let code = try first.optionalText("code") ?? ""
            let said = [
                try first.optionalString("title"), try first.optionalString("detail"),
            ].compactMap(\.self).filter { !$0.isEmpty }
            let words = CarrierWords.clean(said.joined(separator: ": "), without: secrets)
            return CarrierRefusal(
                status: response.status, code: isCode(code) ? code : "",
                words: words.isEmpty ? nothing.words : words)
        } catch {
            return nothing
        }
    }

    private static func isCode(_ text: String) -> Bool {
        (1...10).contains(text.utf8.count) && text.utf8.allSatisfy(TelnyxCredentials.isDigit)
    }

    // MARK: The account's numbers

    /// One of the account's numbers. What it can do with messages is told elsewhere: see
    /// ``capabilities(_:)``.
    ///
    /// - Parameter type: Taken where the answer does not tell the type.
    static func number(
        _ entry: CarrierJSON, type expected: NumberType? = nil
    ) throws(DomainError) -> CarrierNumber {
        let id = try entry.text("id")
        guard (1...20).contains(id.utf8.count), id.utf8.allSatisfy(TelnyxCredentials.isDigit) else {
            throw entry.unreadable("has an id that is none of a number")
        }
        let e164 = try e164(entry)
        let profile = try entry.optionalText("messaging_profile_id") ?? ""
        return CarrierNumber(
            carrierID: id, e164: e164, type: try type(entry, of: e164, expected: expected),
            capabilities: profile.isEmpty ? [.voice] : [.voice, .sms],
            countryCode: try country(entry, of: e164),
            reference: try entry.optionalString("customer_reference") ?? "",
            inactiveReason: try inactiveReason(entry),
            settings: [
                TelnyxSettings.connection: try entry.optionalText("connection_id") ?? "",
                TelnyxSettings.messagingProfile: profile,
            ])
    }

    /// The number that an entry is about; the plus sign may be missing.
    static func e164(_ entry: CarrierJSON) throws(DomainError) -> E164 {
        guard let e164 = E164(try entry.string("phone_number").utf8, form: .plusOptional) else {
            throw entry.unreadable("has a phone_number that is not of the form +14155550100")
        }
        return e164
    }

    private static func country(
        _ entry: CarrierJSON, of e164: E164
    ) throws(DomainError) -> String {
        let told = try entry.optionalString("country_iso_alpha2") ?? ""
        let isCode = told.utf8.count == 2 && told.utf8.allSatisfy { (0x41...0x5A).contains($0) }
        return isCode ? told : CallingCode.country(of: e164)?.countryCode ?? ""
    }

    /// The type, also by the words that a number has for a while after it was bought.
    private static func type(
        _ entry: CarrierJSON, of e164: E164, expected: NumberType?
    ) throws(DomainError) -> NumberType {
        guard let word = try entry.optionalString("phone_number_type"), !word.isEmpty else {
            return expected ?? (e164.isNorthAmericanTollFree ? .tollFree : .local)
        }
        switch word {
        case "local", "landline": return .local
        case "national": return .national
        case "mobile": return .mobile
        case "toll_free", "tollfree", "toll-free": return .tollFree
        // Says nothing but that it is long: what was ordered is known better.
        case "longcode", "long-code":
            return expected ?? (e164.isNorthAmericanTollFree ? .tollFree : .local)
        default: throw entry.unreadable("has a phone_number_type that is not served here")
        }
    }

    /// Whether a number with this reason for being of no use is not the account's (any more).
    static func isGone(_ reason: String?) -> Bool {
        ["deleted", "ported-out", "purchase-failed", "port-failed"].contains(reason)
    }

    /// Why a number is of no use now: its status, where that is not active.
    private static func inactiveReason(_ entry: CarrierJSON) throws(DomainError) -> String? {
        guard let status = try entry.optionalString("status"), !status.isEmpty,
            !["active", "emergency-only"].contains(status)
        else { return nil }
        return CarrierWords.clean(status, without: [])
    }

    /// What a number's messaging settings say that it can do, besides calls.
    static func capabilities(_ entry: CarrierJSON) throws(DomainError) -> Capabilities {
        var capabilities: Capabilities = [.voice]
        guard let features = try entry.optionalObject("features") else { return capabilities }
        for (name, capability) in [("sms", Capabilities.sms), ("mms", .mms)] {
            guard let ways = try features.optionalObject(name) else { continue }
            for way in ["domestic_two_way", "international_inbound", "international_outbound"]
            where try ways.optionalBool(way) ?? false {
                capabilities.insert(capability)
            }
        }
        return capabilities
    }

    // MARK: What is on sale

    /// A country with the types that it offers; `nil` where there are none to be bought.
    static func country(_ entry: CarrierJSON) throws(DomainError) -> CarrierCountry? {
        let code = try entry.string("code")
        guard code.utf8.count == 2, code.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            throw entry.unreadable("has a code that is not two capitals")
        }
        var types: Set<NumberType> = []
        for type in NumberType.allCases {
            let word = TelnyxDecoding.word(type)
            if let offered = try entry.optionalObject(word), try !offered.names().isEmpty {
                types.insert(type)
            }
        }
        // Where the parts are not told, the list of types is.
        if types.isEmpty {
            for word in try entry.optionalStrings("phone_number_type") ?? [] {
                if let type = NumberType.allCases.first(where: { TelnyxDecoding.word($0) == word })
                {
                    types.insert(type)
                }
            }
        }
        return types.isEmpty ? nil : CarrierCountry(countryCode: code, types: types)
    }

    /// Telnyx's word for a type.
    static func word(_ type: NumberType) -> String {
        switch type {
        case .local: "local"
        case .national: "national"
        case .mobile: "mobile"
        case .tollFree: "toll_free"
        }
    }

    /// A number on sale; `nil` for one whose digits the account is not shown, as trial accounts are
    /// not. Its type is the one that was searched for.
    static func offer(
        _ entry: CarrierJSON, query: OfferQuery, requirements: [PurchaseRequirement]
    ) throws(DomainError) -> CarrierOffer? {
        if try entry.string("phone_number").contains("x") { return nil }
        return CarrierOffer(
            e164: try e164(entry), type: query.type, capabilities: try features(entry),
            countryCode: query.countryCode, regionLabel: try region(entry),
            fee: try fee(entry), requirements: requirements)
    }

    /// Features come as objects with a name, or as the bare names.
    private static func features(_ entry: CarrierJSON) throws(DomainError) -> Capabilities {
        var capabilities: Capabilities = []
        for feature in try entry.optionalArray("features") ?? [] {
            let name: String =
                if case .string(let name) = feature.value { name } else {
                    try feature.string("name")
                }
            switch name {
            case "voice": capabilities.insert(.voice)
            case "sms": capabilities.insert(.sms)
            case "mms": capabilities.insert(.mms)
            case "fax": capabilities.insert(.fax)
            default: break
            }
        }
        return capabilities
    }

    /// The places of a number, the smaller one first: `San Francisco, CA`.
    private static func region(_ entry: CarrierJSON) throws(DomainError) -> String {
        var places: [String: String] = [:]
        for place in try entry.optionalArray("region_information") ?? [] {
            guard let kind = try place.optionalString("region_type"),
                let name = try place.optionalString("region_name")
            else { continue }
            places[kind] = name
        }
        let small = places["location"] ?? places["rate_center"]
        let label = [small, places["state"]].compactMap(\.self).filter { !$0.isEmpty }
        return CarrierWords.clean(label.joined(separator: ", "), without: [])
    }

    /// A paper that Telnyx asks for.
    static func requirement(_ entry: CarrierJSON) throws(DomainError) -> PurchaseRequirement {
        let names = [try entry.optionalString("name"), try entry.optionalString("label")]
        let isAddress = try entry.optionalString("field_type")?.hasPrefix("address") ?? false
        let shown = CarrierWords.clean(names.compactMap(\.self).first ?? "", without: [])
        return PurchaseRequirement(
            kind: isAddress ? .address : .bundle,
            description: shown.isEmpty ? "A paper that Telnyx's portal names." : shown)
    }

    private static func fee(_ entry: CarrierJSON) throws(DomainError) -> CarrierFee? {
        guard let cost = try entry.optionalObject("cost_information"),
            let monthly = try cost.optionalText("monthly_cost")
        else { return nil }
        guard try cost.optionalString("currency") ?? "USD" == "USD" else {
            throw cost.unreadable("has a currency other than USD")
        }
        guard let fee = CarrierFee(dollars: monthly) else {
            throw cost.unreadable("has a monthly_cost that is not an amount of dollars")
        }
        return fee
    }

    // MARK: Where calls and messages go

    static func application(_ entry: CarrierJSON) throws(DomainError) -> TelnyxAccount.Application {
        // Left out, a method is POST.
        TelnyxAccount.Application(
            id: try entry.text("id"), name: try entry.string("friendly_name"),
            voiceURL: try entry.optionalString("voice_url") ?? "",
            statusCallback: try entry.optionalString("status_callback") ?? "",
            voiceMethod: try method(entry, "voice_method"),
            statusMethod: try method(entry, "status_callback_method"))
    }

    private static func method(
        _ entry: CarrierJSON, _ name: String
    ) throws(DomainError) -> String {
        let method = try entry.optionalString(name)?.lowercased() ?? "post"
        guard ["get", "post"].contains(method) else {
            throw entry.unreadable("has a \(name) that is neither get nor post")
        }
        return method
    }

    static func messagingProfile(
        _ entry: CarrierJSON
    ) throws(DomainError) -> TelnyxAccount.MessagingProfile {
        let id = try entry.string("id")
        guard TelnyxCredentials.isUUID(id[...]) else {
            throw entry.unreadable("has an id that is no UUID")
        }
        return TelnyxAccount.MessagingProfile(
            id: id, webhookURL: try entry.optionalString("webhook_url") ?? "")
    }
}
