/// The papers that a country asks for.
extension Telnyx {
    static let requirementRoutes: [Route] = [
        Route("GET", "/v2/phone_numbers_regulatory_requirements", numberRequirements),
        Route("GET", "/v2/regulatory_requirements", requirements),
    ]

    @Sendable private static func numberRequirements(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let data = call.filters("phone_number").compactMap { e164 -> JSON? in
            // A plus that was not percent-encoded arrives as a space.
            let e164 = "+" + e164.drop { $0 == "+" || $0 == " " }
            guard let number = world.inventories[.telnyx]?[e164] else { return nil }
            return [
                "phone_number": .string(e164), "phone_number_type": .string(number.type.telnyx),
                "record_type": "phone_number_regulatory_requirement",
                "region_information": [
                    ["region_type": "country_code", "region_name": .string(number.country)]
                ],
                "regulatory_requirements": needsPapers(number.country, number.type)
                    ? [
                        [
                            "id": .string(paperID(number.country)), "label": "Local address",
                            "field_type": "address", "record_type": "regulatory_requirement",
                            "acceptance_criteria": [:],
                        ]
                    ] : [],
            ]
        }
        return TelnyxPage.reply(call, data) { $0 }
    }

    @Sendable private static func requirements(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let country = call.filter("country_code")?.uppercased() ?? "US"
        let type = call.filter("phone_number_type").flatMap { NumberType(telnyx: $0) } ?? .local
        return .json(
            200,
            [
                "data": [
                    [
                        "country_code": .string(country), "phone_number_type": .string(type.telnyx),
                        "action": .string(call.filter("action") ?? "ordering"),
                        "regulatory_requirements": needsPapers(country, type)
                            ? [
                                [
                                    "id": .string(paperID(country)), "name": "Local address",
                                    "field_type": "address", "acceptance_criteria": [:],
                                ]
                            ] : [],
                    ]
                ]
            ])
    }

    private static func needsPapers(_ country: String, _ type: NumberType) -> Bool {
        Country.requirementGroups.contains(country)
            || Country.paperwork.contains(country) && type == .local
    }

    private static func paperID(_ country: String) -> String {
        Identifier.uuid(of: "requirement \(country)")
    }
}
