/// In which region a number's calls are processed: routes.twilio.com.
extension Twilio {
    static let regionRoutes: [Route] = [
        Route("GET", "/v2/PhoneNumbers/{PhoneNumber}", voiceRoute),
        Route("POST", "/v2/PhoneNumbers/{PhoneNumber}", setVoiceRoute),
    ]

    /// Nothing is found until a region was set for the first time, also when the number is there.
    @Sendable private static func voiceRoute(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let number = try number(named: call, in: world)
        guard let route = world.routes[number.e164] else {
            throw TwilioError.notFound(call.request.path).refusal
        }
        return .json(200, describe(route, of: number))
    }

    @Sendable private static func setVoiceRoute(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let number = try number(named: call, in: world)
        let form = call.request.form
        let text = form.last { $0.name == "VoiceRegion" }?.value ?? ""
        guard let region = Region(rawValue: text) else {
            throw TwilioError(400, 20001, "VoiceRegion must be us1, ie1 or au1, not '\(text)'")
                .refusal
        }
        let name =
            form.last { $0.name == "FriendlyName" }?.value
            ?? world.routes[number.e164]?.name ?? ""
        try world.record(
            call, "number.region", e164: number.e164, reference: region.rawValue,
            [.route(e164: number.e164, region: region, name: name, at: world.clock.now)])
        guard let route = world.routes[number.e164] else {
            throw TwilioError.serverTrouble(500).refusal
        }
        return .json(200, describe(route, of: number))
    }

    private static func number(named call: Call, in world: World) throws(Refusal) -> OwnedNumber {
        guard let number = world.numbers[call["PhoneNumber"]], number.account == call.account.id
        else { throw TwilioError.notFound(call.request.path).refusal }
        return number
    }

    private static func describe(_ route: World.VoiceRoute, of number: OwnedNumber) -> JSON {
        [
            "phone_number": .string(number.e164),
            "url": .string("https://routes.twilio.com/v2/PhoneNumbers/\(number.e164)"),
            "sid": .string(Identifier.sid("QQ", of: number.e164)),
            "account_sid": .string(number.account), "friendly_name": .string(route.name),
            "voice_region": .string(route.region.rawValue),
            "date_created": .string(HTTPDate.iso8601(route.createdAt)),
            "date_updated": .string(HTTPDate.iso8601(route.updatedAt)),
        ]
    }
}
