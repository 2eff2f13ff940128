/// Buying a number: one request, done when it is answered.
extension Twilio {
    @Sendable static func buy(_ world: inout World, _ call: Call) throws(Refusal) -> Reply {
        let form = call.request.form
        func value(_ name: String) -> String? {
            form.last { $0.name == name }.flatMap { $0.value.isEmpty ? nil : $0.value }
        }
        if call.account.isTest {
            return try buyWithTestCredentials(
                number: value("PhoneNumber"), areaCode: value("AreaCode"), form, world, call)
        }
        let settings = try NumberSettings(form)
        let stock =
            if let text = value("PhoneNumber") {
                try named(text, in: world, call)
            } else if let areaCode = value("AreaCode") {
                try any(in: areaCode, in: world, call)
            } else {
                throw TwilioError(400, 21421, "PhoneNumber or AreaCode is required").refusal
            }
        try checkPapers(stock, settings, call)
        var account = call.account
        guard account.balanceMicros >= stock.monthlyMicros else {
            throw TwilioError.noFunds.refusal
        }
        account.balanceMicros -= stock.monthlyMicros
        var number = world.own(stock, account: account, reference: settings["friendly_name"] ?? "")
        number.settings[call.region] = settings.applied(to: [:])
        try settings.check(number.settings(in: call.region))
        try world.record(
            call, "number.buy", e164: number.e164, reference: number.reference,
            [.number(number), .account(account)])
        return .json(201, describe(number, in: call.region))
    }

    private static func named(
        _ text: String, in world: World, _ call: Call
    ) throws(Refusal) -> StockNumber {
        let digits = text.dropFirst()
        guard text.first == "+", (7...15).contains(digits.count), digits.first != "0",
            digits.allSatisfy(\.isASCIIDigit)
        else { throw TwilioError(400, 21421, "\(text) is not a valid phone number").refusal }
        guard let stock = world.available(text, at: .twilio, to: call.account.id) else {
            throw TwilioError(400, 21422, "\(text) is not available").refusal
        }
        return stock
    }

    private static func any(
        in areaCode: String, in world: World, _ call: Call
    ) throws(Refusal) -> StockNumber {
        guard areaCode.count == 3, areaCode.allSatisfy(\.isASCIIDigit) else {
            throw TwilioError(400, 21451, "AreaCode \(areaCode) is not valid").refusal
        }
        let found = world.forSale(at: .twilio, to: call.account.id, limit: 1) {
            ["US", "CA"].contains($0.country) && $0.areaCode == areaCode
        }
        guard let stock = found.first else {
            throw TwilioError(400, 21452, "No phone numbers found in area code \(areaCode)")
                .refusal
        }
        return stock
    }

    /// Asks for the address and the bundle that the number's country wants.
    private static func checkPapers(
        _ stock: StockNumber, _ settings: NumberSettings, _ call: Call
    ) throws(Refusal) {
        if stock.addressRequirements != "none" {
            guard let sid = settings["address_sid"] else {
                throw TwilioError(
                    400, 21631, "Phone number \(stock.e164) requires an AddressSid"
                ).refusal
            }
            guard let address = call.account.addresses[sid] else {
                throw TwilioError(400, 21613, "AddressSid \(sid) is not one of this account")
                    .refusal
            }
            if stock.addressRequirements == "local", address["iso_country"] != stock.country {
                throw TwilioError(400, 21615, "Phone number \(stock.e164) requires a local address")
                    .refusal
            }
        }
        guard stock.needsBundle else { return }
        let type = stock.type == .tollFree ? "TOLL-FREE" : stock.type.rawValue.uppercased()
        guard let sid = settings["bundle_sid"] else {
            throw TwilioError(
                400, 21649,
                "Bundle required and not provided for country: [\(stock.country)] and "
                    + "numberType: [\(type)]"
            ).refusal
        }
        guard call.account.bundles[sid] == stock.country else {
            throw TwilioError(400, 21651, "Bundle \(sid) does not satisfy [\(stock.country)]")
                .refusal
        }
    }

    /// Magic numbers, of which each has one outcome; nothing is bought.
    private static func buyWithTestCredentials(
        number: String?, areaCode: String?, _ form: [Parameter], _ world: World, _ call: Call
    ) throws(Refusal) -> Reply {
        let bought = "+15005550006"
        switch (number, areaCode) {
        case (bought?, _), (nil, "500"?): break
        case ("+15005550001"?, _):
            throw TwilioError(400, 21421, "+15005550001 is not a valid phone number").refusal
        case (let number?, _): throw TwilioError(400, 21422, "\(number) is not available").refusal
        case (nil, let areaCode?):
            throw TwilioError(400, 21452, "No phone numbers found in area code \(areaCode)")
                .refusal
        case (nil, nil):
            throw TwilioError(400, 21421, "PhoneNumber or AreaCode is required").refusal
        }
        let settings = try NumberSettings(form)
        var owned = OwnedNumber(
            carrier: .twilio, account: call.account.id, e164: bought,
            id: Identifier.sid("PN", of: bought), country: "US", type: .local,
            capabilities: [.voice, .sms, .mms], reference: "", monthlyMicros: 0,
            purchasedAt: world.clock.now, updatedAt: world.clock.now)
        owned.settings[call.region] = settings.applied(to: [:])
        return .json(201, describe(owned, in: call.region).merging(["status": "new"]))
    }
}
