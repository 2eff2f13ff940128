/// What a number costs a month, by country and type: pricing.twilio.com.
extension Twilio {
    static let pricingRoutes: [Route] = [
        Route("GET", "/v1/PhoneNumbers/Countries", pricedCountries),
        Route("GET", "/v1/PhoneNumbers/Countries/{IsoCountry}", prices),
    ]

    private static let host = "pricing.twilio.com"

    @Sendable private static func pricedCountries(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        TwilioPage.metaReply(call, host: host, "countries", Country.all.map { describe($0) })
    }

    @Sendable private static func prices(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        guard let country = Country.find(call["IsoCountry"].uppercased()) else {
            throw TwilioError.notFound(call.request.path).refusal
        }
        let types: [NumberType: String] = [
            .local: "local", .tollFree: "toll free", .mobile: "mobile", .national: "national",
        ]
        let prices = country.offers.map { offer -> JSON in
            let price = JSON.string(Money.text(offer.monthlyMicros))
            return [
                "number_type": .string(types[offer.type] ?? ""), "base_price": price,
                "current_price": price,
            ]
        }
        return .json(
            200,
            describe(country).merging([
                "phone_number_prices": .array(prices), "price_unit": "USD",
            ]))
    }

    private static func describe(_ country: Country) -> JSON {
        [
            "country": .string(country.name), "iso_country": .string(country.code),
            "url": .string("https://\(host)/v1/PhoneNumbers/Countries/\(country.code)"),
        ]
    }
}
