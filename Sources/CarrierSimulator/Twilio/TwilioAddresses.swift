/// Addresses, which some countries want to know before they give out a number.
extension Twilio {
    static let addressRoutes: [Route] = [
        Route("GET", "/2010-04-01/Accounts/{AccountSid}/Addresses.json", addresses),
        Route("POST", "/2010-04-01/Accounts/{AccountSid}/Addresses.json", createAddress),
        Route("GET", "/2010-04-01/Accounts/{AccountSid}/Addresses/{Sid}.json", address),
    ]

    private static let addressFields = [
        "CustomerName": "customer_name", "Street": "street", "City": "city", "Region": "region",
        "PostalCode": "postal_code", "IsoCountry": "iso_country",
    ]

    @Sendable private static func addresses(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let addresses = call.account.addresses.sorted { $0.key < $1.key }
        return TwilioPage.reply(
            call, "addresses", addresses, id: { $0.key },
            describe: { describe($0.key, $0.value, call) })
    }

    @Sendable private static func address(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        guard let address = call.account.addresses[call["Sid"]] else {
            throw TwilioError.notFound(call.request.path).refusal
        }
        return .json(200, describe(call["Sid"], address, call))
    }

    @Sendable private static func createAddress(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        var address = ["date": HTTPDate.rfc2822(world.clock.now)]
        let form = call.request.form
        for (field, name) in addressFields.sorted(by: { $0.key < $1.key }) {
            guard let value = form.first(where: { $0.name == field })?.value, !value.isEmpty else {
                throw TwilioError(400, 21601, "\(field) is required").refusal
            }
            address[name] = value
        }
        address["friendly_name"] = form.first { $0.name == "FriendlyName" }?.value ?? ""
        let sid = Identifier.sid("AD", of: "\(call.account.id) address \(world.ledger.count)")
        var account = call.account
        account.addresses[sid] = address
        try world.record(call, "address.create", [.account(account)])
        return .json(201, describe(sid, address, call))
    }

    private static func describe(_ sid: String, _ address: [String: String], _ call: Call) -> JSON {
        var members: [JSON.Member] = ["friendly_name"].map {
            .init(name: $0, value: .text(address[$0]))
        }
        members += addressFields.values.sorted().map {
            .init(name: $0, value: .text(address[$0]))
        }
        return JSON.object(members).merging([
            "sid": .string(sid), "account_sid": .string(call.account.id),
            "emergency_enabled": false, "validated": false, "verified": false,
            "date_created": .text(address["date"]), "date_updated": .text(address["date"]),
            "uri": .string("/2010-04-01/Accounts/\(call.account.id)/Addresses/\(sid).json"),
        ])
    }
}
