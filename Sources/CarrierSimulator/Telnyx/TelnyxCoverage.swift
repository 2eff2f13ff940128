/// Which countries Telnyx sells numbers of, and how many it has.
extension Telnyx {
    static let coverageRoutes: [Route] = [
        Route("GET", "/v2/country_coverage", coverage),
        Route("GET", "/v2/country_coverage/countries/{country_code}", countryCoverage),
        Route("GET", "/v2/inventory_coverage", inventory),
    ]

    @Sendable private static func coverage(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        .json(
            200,
            [
                "data": .object(
                    Country.all.map { .init(name: $0.name, value: describe($0)) })
            ])
    }

    @Sendable private static func countryCoverage(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        guard let country = Country.find(call["country_code"].uppercased()) else {
            throw TelnyxError.notFound.refusal
        }
        return .json(200, ["data": describe(country)])
    }

    private static func describe(_ country: Country) -> JSON {
        let isAmerican = country.dialCode == "1"
        func offer(_ type: NumberType) -> JSON {
            guard let offer = country.offer(type) else { return [:] }
            return [
                "features": .array(offer.features.map { .string($0.rawValue) }),
                "reservable": .bool(isAmerican), "quickship": .bool(isAmerican),
                "international_sms": false, "p2p": false, "full_pstn_replacement": false,
            ]
        }
        let features = Set(country.offers.flatMap(\.features).map(\.rawValue)).sorted()
        return [
            "code": .string(country.code), "region": isAmerican ? "AMER" : "EMEA",
            "numbers": true, "features": .array(features.map { .string($0) }),
            "phone_number_type": .array(country.offers.map { .string($0.type.telnyx) }),
            "inventory_coverage": .bool(isAmerican), "reservable": .bool(isAmerican),
            "quickship": .bool(isAmerican), "international_sms": false, "p2p": false,
            "local": offer(.local), "toll_free": offer(.tollFree), "mobile": offer(.mobile),
            "national": offer(.national), "shared_cost": [:],
        ]
    }

    @Sendable private static func inventory(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let country = call.filter("country_code")?.uppercased() ?? "US"
        let types = call.filters("phone_number_type").compactMap { NumberType(telnyx: $0) }
        let areaCode = call.filter("npa")
        let region = call.filter("administrative_area")
        let features = call.filters("features")
        let stock = (world.inventories[.telnyx]?.numbers ?? []).filter { number in
            number.country == country && (types.isEmpty || types.contains(number.type))
                && (areaCode == nil || areaCode == number.areaCode)
                && (region == nil || region == number.region)
                && features.allSatisfy { feature in
                    number.features.contains { $0.rawValue == feature }
                } && world.isFree(number.e164, to: call.account.id)
        }
        let groupType = call.filter("groupBy") ?? "npa"
        let groups = Dictionary(grouping: stock) { number in
            let group =
                switch groupType {
                case "rate_center", "locality": number.locality
                case "nxx": String(number.nationalNumber.dropFirst(3).prefix(3))
                default: number.areaCode
                }
            return [group, number.type.telnyx, number.region]
        }
        let data = groups.sorted { $0.key.joined(separator: "/") < $1.key.joined(separator: "/") }
            .map { key, numbers -> JSON in
                [
                    "group": .string(key[0]), "group_type": .string(groupType),
                    "number_range": 1,
                    "number_type": key[1] == "toll_free" ? "toll-free" : "did",
                    "phone_number_type": .string(key[1]), "coverage_type": "number",
                    "administrative_area": .string(key[2]), "advance_requirements": false,
                    "count": .int(numbers.count), "record_type": "inventory_coverage_group",
                ]
            }
        return .json(
            200, ["data": .array(data), "meta": ["total_results": .int(data.count)]])
    }
}
