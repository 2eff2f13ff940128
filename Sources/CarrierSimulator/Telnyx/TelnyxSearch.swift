/// Money, and numbers for sale.
extension Telnyx {
    static let searchRoutes: [Route] = [
        Route("GET", "/v2/balance", balance),
        Route("GET", "/v2/available_phone_numbers", search),
    ]

    /// How long a search lets an account order what it has seen.
    static let searchSeconds: Double = 30 * 60

    @Sendable private static func balance(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let balance = JSON.string(Money.text(call.account.balanceMicros))
        let pending = world.orders(of: call.account.id).filter { $0.status == .pending }
            .reduce(0) { $0 + $1.costMicros }
        return .json(
            200,
            [
                "data": [
                    "record_type": "balance", "balance": balance, "available_credit": balance,
                    "credit_limit": "0.00", "currency": "USD",
                    "pending": .string(Money.text(pending)),
                ]
            ])
    }

    @Sendable private static func search(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let filter = try TelnyxSearchFilter(call)
        let numbers = world.forSale(
            at: .telnyx, to: call.account.id, limit: filter.limit, where: filter.matches)
        for number in numbers {
            world.searches[call.account.id, default: [:]][number.e164] = world.clock.now
        }
        let meta: JSON = ["total_results": .int(numbers.count), "best_effort_results": 0]
        return .json(
            200,
            ["data": .array(numbers.map(describe)), "meta": meta, "metadata": meta])
    }

    private static func describe(_ number: StockNumber) -> JSON {
        var regions: [JSON] = [
            ["region_type": "country_code", "region_name": .string(number.country)]
        ]
        if !number.region.isEmpty {
            regions.append(["region_type": "state", "region_name": .string(number.region)])
        }
        if !number.locality.isEmpty {
            let name = JSON.string(number.locality.uppercased())
            regions.append(["region_type": "location", "region_name": name])
            regions.append(["region_type": "rate_center", "region_name": name])
        }
        return [
            "record_type": "available_phone_number", "phone_number": .string(number.e164),
            "vanity_format": "", "best_effort": false, "quickship": .bool(number.reservable),
            "reservable": .bool(number.reservable), "region_information": .array(regions),
            "cost_information": [
                "upfront_cost": .string(Money.text(number.upfrontMicros)),
                "monthly_cost": .string(Money.text(number.monthlyMicros)), "currency": "USD",
            ],
            "features": .array(number.features.map { ["name": .string($0.rawValue)] }),
        ]
    }
}

/// What a search asks for.
private struct TelnyxSearchFilter {
    private var country: String
    private var type: NumberType?
    private var features: [String]
    private var areaCode: String?
    private var region: String?
    private var locality: String?
    private var start: String
    private var end: String
    private var middle: String
    private var reservable: Bool
    /// The most results.
    var limit: Int

    init(_ call: Call) throws(Refusal) {
        guard let country = call.filter("country_code"), !country.isEmpty else {
            throw TelnyxError(
                400, "10015", "Bad Request", "filter[country_code] is required.",
                at: "/filter[country_code]"
            ).refusal
        }
        self.country = country.uppercased()
        if let text = call.filter("phone_number_type") {
            guard NumberType(telnyx: text) != nil || ["shared_cost", "landline"].contains(text)
            else {
                throw TelnyxError(
                    400, "10032", "Invalid enumerated value",
                    "'\(text)' is not a phone number type."
                ).refusal
            }
            type = NumberType(telnyx: text)
            // Nobody sells these here: nothing is found.
            if type == nil { self.country = "" }
        }
        features = call.filters("features")
        areaCode = call.filter("national_destination_code")
        region = call.filter("administrative_area")
        locality = call.filter("locality") ?? call.filter("rate_center")
        func digits(_ name: String) -> String {
            call.request.query("filter[phone_number][\(name)]") ?? ""
        }
        start = digits("starts_with")
        end = digits("ends_with")
        middle = digits("contains")
        reservable = call.filter("reservable") == "true"
        limit = min(max(1, Int(call.filter("limit") ?? "") ?? 100), 250)
    }

    func matches(_ number: StockNumber) -> Bool {
        let digits = number.nationalNumber
        return number.country == country && (type == nil || type == number.type)
            && features.allSatisfy { feature in
                number.features.contains { $0.rawValue == feature }
            }
            && (areaCode.map { digits.hasPrefix($0) } ?? true)
            && (region.map { $0.lowercased() == number.region.lowercased() } ?? true)
            && (locality.map { $0.lowercased() == number.locality.lowercased() } ?? true)
            && digits.hasPrefix(start) && digits.hasSuffix(end)
            && (middle.isEmpty || digits.contains(middle)) && (!reservable || number.reservable)
    }
}
