/// What is for sale: countries, and a sample of their numbers.
extension Twilio {
    /// However much is asked for, a search shows no more.
    static let sampleMax = 30

    private static let base = "/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers"

    static let availableRoutes: [Route] =
        [
            Route("GET", base + ".json", countries),
            Route("GET", base + "/{CountryCode}.json", country),
        ]
        + paths.map { type, path in
            Route("GET", base + "/{CountryCode}/\(path).json") { world, call throws(Refusal) in
                try search(type, &world, call)
            }
        }

    /// The types by the last part of their search's path.
    private static let paths: [(NumberType, String)] = [
        (.local, "Local"), (.tollFree, "TollFree"), (.mobile, "Mobile"), (.national, "National"),
    ]

    private static let subresources: [NumberType: String] = [
        .local: "local", .tollFree: "toll_free", .mobile: "mobile", .national: "national",
    ]

    @Sendable private static func countries(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        .json(
            200,
            [
                "countries": .array(Country.all.map { describe($0, call) }),
                "uri": .string(call.request.path),
            ])
    }

    @Sendable private static func country(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        .json(200, describe(try country(of: call), call))
    }

    private static func country(of call: Call) throws(Refusal) -> Country {
        guard let country = Country.find(call["CountryCode"]) else {
            throw TwilioError.notFound(call.request.path).refusal
        }
        return country
    }

    private static func describe(_ country: Country, _ call: Call) -> JSON {
        let base = "/2010-04-01/Accounts/\(call.account.id)/AvailablePhoneNumbers/\(country.code)"
        let offered = paths.filter { country.offer($0.0) != nil }
        return [
            "country_code": .string(country.code), "country": .string(country.name),
            "uri": .string(base + ".json"), "beta": false,
            "subresource_uris": .object(
                offered.map { type, path in
                    .init(
                        name: subresources[type] ?? "", value: .string("\(base)/\(path).json"))
                }),
        ]
    }

    private static func search(
        _ type: NumberType, _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let country = try country(of: call)
        guard country.offer(type) != nil else {
            throw TwilioError.notFound(call.request.path).refusal
        }
        let filter = try SearchFilter(call.request, type: type, country: country)
        let size = min(max(1, Int(call.request.query("PageSize") ?? "") ?? sampleMax), sampleMax)
        let found = world.forSale(
            at: .twilio, to: call.account.id, limit: size, where: filter.matches)
        return .json(
            200,
            [
                "available_phone_numbers": .array(found.map { describe($0) }),
                "uri": .string(
                    call.request.path
                        + (call.request.rawQuery.isEmpty ? "" : "?" + call.request.rawQuery)),
            ])
    }

    private static func describe(_ number: StockNumber) -> JSON {
        let isAmerican = number.country == "US" || number.country == "CA"
        return [
            "friendly_name": .string(friendlyName(number.e164)),
            "phone_number": .string(number.e164),
            "lata": isAmerican && number.type == .local
                ? .string("7" + number.areaCode.suffix(2))
                : .null,
            "locality": number.locality.isEmpty ? .null : .string(number.locality),
            "rate_center": isAmerican && !number.locality.isEmpty
                ? .string(number.locality.uppercased()) : .null,
            "latitude": nil, "longitude": nil,
            "region": number.region.isEmpty ? .null : .string(number.region),
            "postal_code": number.postalCode.isEmpty ? .null : .string(number.postalCode),
            "iso_country": .string(number.country),
            "address_requirements": .string(number.addressRequirements), "beta": false,
            "capabilities": capabilities(number.features),
        ]
    }

    /// What a number can do, as Twilio tells it.
    static func capabilities(_ features: [Feature]) -> JSON {
        .object(
            [Feature.voice, .sms, .mms, .fax].map {
                .init(name: $0.rawValue, value: .bool(features.contains($0)))
            })
    }

    /// "(415) 555-1234" for a number of North America; the number itself for others.
    static func friendlyName(_ e164: String) -> String {
        guard e164.hasPrefix("+1"), e164.utf8.count == 12 else { return e164 }
        let digits = e164.dropFirst(2)
        return "(\(digits.prefix(3))) \(digits.dropFirst(3).prefix(3))-\(digits.suffix(4))"
    }
}

/// What a search of the available numbers asks for.
private struct SearchFilter {
    private var country: String
    private var type: NumberType
    private var pattern: DigitPattern?
    private var areaCode: String?
    private var region: String?
    private var locality: String?
    private var postalCode: String?
    private var features: [Feature] = []
    private var lacking: [Feature] = []
    private var excluded: Set<String> = []

    init(_ request: Request, type: NumberType, country: Country) throws(Refusal) {
        self.type = type
        self.country = country.code
        if let text = request.query("Contains"), !text.isEmpty {
            guard (2...16).contains(text.count), let pattern = DigitPattern(text) else {
                throw TwilioError(400, 21421, "Contains is not valid: \(text)").refusal
            }
            self.pattern = pattern
        }
        areaCode = request.query("AreaCode")
        if let areaCode, areaCode.count != 3 || !areaCode.allSatisfy(\.isASCIIDigit) {
            throw TwilioError(400, 21451, "Area code \(areaCode) is not valid").refusal
        }
        region = request.query("InRegion")
        locality = request.query("InLocality")
        postalCode = request.query("InPostalCode")
        let flags: [(String, Feature)] = [
            ("VoiceEnabled", .voice), ("SmsEnabled", .sms), ("MmsEnabled", .mms),
            ("FaxEnabled", .fax),
        ]
        for (name, feature) in flags {
            switch request.query(name)?.lowercased() {
            case "true": features.append(feature)
            case "false": lacking.append(feature)
            default: continue
            }
        }
        func asks(_ name: String) -> Bool { request.query(name)?.lowercased() == "true" }
        if asks("ExcludeAllAddressRequired") { excluded = ["any", "local", "foreign"] }
        if asks("ExcludeLocalAddressRequired") { excluded.insert("local") }
        if asks("ExcludeForeignAddressRequired") { excluded.insert("foreign") }
    }

    func matches(_ number: StockNumber) -> Bool {
        number.country == country && number.type == type
            && (areaCode == nil || areaCode == number.areaCode)
            && (region.map { $0.lowercased() == number.region.lowercased() } ?? true)
            && (locality.map { $0.lowercased() == number.locality.lowercased() } ?? true)
            && (postalCode == nil || postalCode == number.postalCode)
            && features.allSatisfy { number.features.contains($0) }
            && !lacking.contains { number.features.contains($0) }
            && !excluded.contains(number.addressRequirements)
            && (pattern?.matches(number.e164.dropFirst()) ?? true)
    }
}

extension Character {
    var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
