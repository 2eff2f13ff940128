import Foundation

/// The numbers of an account: list, read, set up and release.
extension Twilio {
    static let numberRoutes: [Route] = {
        let base = "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers"
        return [
            Route("GET", base + ".json", list), Route("POST", base + ".json", buy),
            Route("GET", base + "/{Sid}.json", fetch), Route("POST", base + "/{Sid}.json", update),
            Route("DELETE", base + "/{Sid}.json", release),
        ]
    }()

    @Sendable private static func list(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        var numbers = world.numbers(of: call.account.id)
        if let text = call.request.query("PhoneNumber"), !text.isEmpty {
            guard text.count <= 20, let pattern = DigitPattern(text) else {
                throw TwilioError(400, 21421, "\(text) is not a valid phone number").refusal
            }
            numbers.removeAll { !pattern.matches($0.e164.dropFirst()) }
        }
        if let name = call.request.query("FriendlyName"), !name.isEmpty {
            numbers.removeAll { friendlyName(of: $0, in: call.region) != name }
        }
        if call.request.query("Origin") == "hosted" { numbers = [] }
        numbers = world.lags.visible(numbers, at: world.clock.now) { $0.id }
        return TwilioPage.reply(
            call, "incoming_phone_numbers", numbers, id: { $0.id },
            describe: { describe($0, in: call.region) })
    }

    @Sendable private static func fetch(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        .json(200, describe(try number(of: call, in: world), in: call.region))
    }

    @Sendable private static func update(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        var number = try number(of: call, in: world)
        let settings = try NumberSettings(call.request.form)
        number.settings[call.region] = settings.applied(
            to: number.settings(in: call.region))
        number.updatedAt = world.clock.now
        try settings.check(number.settings(in: call.region))
        try world.record(
            call, "number.update", e164: number.e164,
            reference: friendlyName(of: number, in: call.region), [.number(number)])
        return .json(200, describe(number, in: call.region))
    }

    @Sendable private static func release(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let number = try number(of: call, in: world)
        try world.record(
            call, "number.release", e164: number.e164,
            reference: friendlyName(of: number, in: call.region),
            [
                .numberGone(
                    carrier: .twilio, e164: number.e164,
                    heldUntil: world.clock.now.addingTimeInterval(Self.holdSeconds))
            ])
        return .noContent
    }

    /// How long a released number is kept from everybody else.
    private static let holdSeconds: Double = 10 * 86_400

    private static func number(of call: Call, in world: World) throws(Refusal) -> OwnedNumber {
        guard let e164 = world.numbersByID[call["Sid"]], let number = world.numbers[e164],
            number.account == call.account.id
        else { throw TwilioError.notFound(call.request.path).refusal }
        return number
    }

    /// The name that was set; the number in its country's writing where none was.
    static func friendlyName(of number: OwnedNumber, in region: Region) -> String {
        number.settings(in: region)["friendly_name"]
            ?? (number.reference.isEmpty ? friendlyName(number.e164) : number.reference)
    }

    /// A number as its region's record tells it.
    static func describe(_ number: OwnedNumber, in region: Region) -> JSON {
        let settings = number.settings(in: region)
        func text(_ name: String) -> JSON { .string(settings[name] ?? "") }
        func method(_ name: String) -> JSON { .string(settings[name] ?? "POST") }
        func sid(_ name: String) -> JSON {
            settings[name].map { $0.isEmpty ? .null : .string($0) } ?? .null
        }
        let types: [NumberType: String] = [
            .local: "local", .tollFree: "tollfree", .mobile: "mobile", .national: "national",
        ]
        return [
            "sid": .string(number.id), "account_sid": .string(number.account),
            "friendly_name": .string(friendlyName(of: number, in: region)),
            "phone_number": .string(number.e164), "voice_url": text("voice_url"),
            "voice_method": method("voice_method"),
            "voice_fallback_url": text("voice_fallback_url"),
            "voice_fallback_method": method("voice_fallback_method"),
            "voice_caller_id_lookup": .bool(settings["voice_caller_id_lookup"] == "true"),
            "date_created": .string(HTTPDate.rfc2822(number.purchasedAt)),
            "date_updated": .string(HTTPDate.rfc2822(number.updatedAt)),
            "sms_url": text("sms_url"), "sms_method": method("sms_method"),
            "sms_fallback_url": text("sms_fallback_url"),
            "sms_fallback_method": method("sms_fallback_method"),
            "address_requirements": .string(number.addressRequirements), "beta": false,
            "capabilities": capabilities(number.capabilities),
            "voice_receive_mode": .string(settings["voice_receive_mode"] ?? "voice"),
            "status_callback": text("status_callback"),
            "status_callback_method": method("status_callback_method"),
            "api_version": "2010-04-01", "voice_application_sid": sid("voice_application_sid"),
            "sms_application_sid": sid("sms_application_sid"), "origin": "twilio",
            "trunk_sid": sid("trunk_sid"),
            "emergency_status": .string(settings["emergency_status"] ?? "Active"),
            "emergency_address_sid": sid("emergency_address_sid"),
            "emergency_address_status": "unregistered", "address_sid": sid("address_sid"),
            "identity_sid": sid("identity_sid"), "bundle_sid": sid("bundle_sid"),
            "uri": .string(
                "/2010-04-01/Accounts/\(number.account)/IncomingPhoneNumbers/\(number.id).json"),
            "status": "in-use", "type": .string(types[number.type] ?? "local"),
        ]
    }
}
