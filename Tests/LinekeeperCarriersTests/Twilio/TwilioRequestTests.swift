import LinekeeperCore
import Testing

@testable import LinekeeperCarriers

/// What is sent to Twilio, to the letter.
@Suite struct TwilioRequestTests {
    typealias F = TwilioFixtures

    @Test func `a purchase names the number and the order, and is sent once`() async throws {
        let transport = CannedTransport(["POST \(F.host)\(F.numbers)": [.json(201, F.record())]])
        let outcome = try await F.account(transport).purchase(F.purchase())
        #expect(outcome.owned?.carrierID == F.numberSID)
        #expect(outcome.owned?.reference == "order-1")
        #expect(outcome.owned?.countryCode == "US")
        #expect(
            transport.transcript == [
                """
                POST https://api.twilio.com\(F.numbers)
                \(F.authorization)
                \(F.formType)

                PhoneNumber=%2B15005550006&FriendlyName=order-1
                """
            ])
    }

    @Test func `a purchase brings the papers that are at hand for its country and type`()
        async throws
    {
        let bundle = "BU" + String(repeating: "1", count: 32)
        let local = "BU" + String(repeating: "2", count: 32)
        let address = "AD" + String(repeating: "3", count: 32)
        var credentials = F.credentials
        credentials["bundles"] = "US=\(bundle), US/local=\(local) GB=\(bundle)"
        credentials["addresses"] = "US=\(address)"
        let transport = CannedTransport(["POST \(F.host)\(F.numbers)": [.json(201, F.record())]])
        _ = try await F.account(transport, credentials).purchase(F.purchase())
        #expect(
            transport.transcript.first?.hasSuffix("&BundleSid=\(local)&AddressSid=\(address)")
                == true)
    }

    @Test func `an API key goes before the Auth Token`() async throws {
        var credentials = F.credentials
        credentials["api_key_sid"] = F.keySID
        credentials["api_key_secret"] = "key-secret"
        let transport = CannedTransport(["GET \(F.host)\(F.numbers)": [.json(200, F.list([]))]])
        _ = try await F.account(transport, credentials).ownedNumbers(after: nil)
        #expect(
            transport.transcript == [
                """
                GET https://api.twilio.com\(F.numbers)?PageSize=250
                Authorization: Basic \
                U0swMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjprZXktc2VjcmV0
                """
            ])
    }

    @Test(
        "a search asks for what is wanted in Twilio's words",
        arguments: [
            (
                OfferQuery(countryCode: "US", type: .local, areaCode: "415", contains: "55"),
                "US/Local.json?AreaCode=415&Contains=55&PageSize=30"
            ),
            (
                OfferQuery(
                    countryCode: "US", type: .tollFree, capabilities: [.voice, .sms], limit: 5),
                "US/TollFree.json?VoiceEnabled=true&SmsEnabled=true&PageSize=5"
            ),
            (
                OfferQuery(countryCode: "DE", type: .local, areaCode: "30", contains: "77"),
                "DE/Local.json?Contains=%2B4930%2577&PageSize=30"
            ),
            (
                OfferQuery(countryCode: "GB", type: .mobile, areaCode: "77", limit: 1_000),
                "GB/Mobile.json?Contains=%2B4477&PageSize=100"
            ),
            // One digit is less than Twilio takes; it is picked out of the answer.
            (
                OfferQuery(countryCode: "FR", type: .national, contains: "7"),
                "FR/National.json?PageSize=30"
            ),
        ])
    func search(query: OfferQuery, request: String) async throws {
        let place = "\(F.account)/AvailablePhoneNumbers/"
        let path = String(request.prefix { $0 != "?" })
        let transport = CannedTransport([
            "GET \(F.host)\(place)\(path)": [.json(200, "{\"available_phone_numbers\": []}")]
        ])
        #expect(try await F.account(transport).offers(query).isEmpty)
        #expect(
            transport.transcript == [
                "GET https://api.twilio.com\(place)\(request)\n\(F.authorization)"
            ])
    }

    @Test func `managing writes every address and takes application and trunk off`() async throws {
        let webhooks = try #require(F.webhooks)
        let transport = CannedTransport([
            "GET routes.twilio.com/v2/PhoneNumbers/%2B15005550006": [
                .json(404, "{\"status\": 404, \"message\": \"not found\"}")
            ],
            "POST \(F.host)\(F.number)": [
                .json(200, F.record(settings: TwilioSettings.managed(by: webhooks)))
            ],
        ])
        let account = try F.account(transport)
        let number = try number()
        #expect(!account.isManaged(number, webhooks: webhooks))
        let managed = try await account.manage(number, webhooks: webhooks)
        #expect(account.isManaged(managed, webhooks: webhooks))
        #expect(managed.webhooks == webhooks.urls(of: .twilio))
        #expect(
            transport.changes == [
                """
                POST https://api.twilio.com\(F.number)
                \(F.authorization)
                \(F.formType)

                VoiceReceiveMode=voice&VoiceApplicationSid=&TrunkSid=\
                &VoiceUrl=https%3A%2F%2Fvoice.example.com%2Fwebhook%2Ftwilio%2Fvoice\
                &VoiceMethod=POST&VoiceFallbackUrl=&SmsApplicationSid=\
                &SmsUrl=https%3A%2F%2Fvoice.example.com%2Fwebhook%2Ftwilio%2Fsms\
                &SmsMethod=POST&SmsFallbackUrl=\
                &StatusCallback=https%3A%2F%2Fvoice.example.com%2Fwebhook%2Ftwilio%2Fstatus\
                &StatusCallbackMethod=POST
                """
            ])
    }

    @Test func `managing a number that Ireland processes writes Ireland's record first`()
        async throws
    {
        let webhooks = try #require(F.webhooks)
        let managed = F.record(settings: TwilioSettings.managed(by: webhooks))
        let transport = CannedTransport([
            "GET routes.twilio.com/v2/PhoneNumbers/%2B15005550006": [
                .json(200, F.voiceRegion("ie1"))
            ],
            "POST \(F.ireland)\(F.number)": [.json(200, managed)],
            "POST \(F.host)\(F.number)": [.json(200, managed)],
        ])
        let account = try F.account(transport, F.allRegions)
        let after = try await account.manage(try number(), webhooks: webhooks)
        #expect(
            transport.places == [
                "GET routes.twilio.com/v2/PhoneNumbers/%2B15005550006",
                "POST \(F.ireland)\(F.number)", "POST \(F.host)\(F.number)",
            ])
        #expect(transport.changes.first?.contains(F.ie1Authorization) == true)
        #expect(transport.changes.last?.contains(F.authorization) == true)
        #expect(after.settings["voice_region"] == "ie1")
        #expect(account.isManaged(after, webhooks: webhooks))
        var forgotten = after
        forgotten.settings["ie1.voice_url"] = "https://old.example/voice"
        #expect(!account.isManaged(forgotten, webhooks: webhooks))
    }

    @Test func `without credentials for the number's region nothing is written`() async throws {
        let webhooks = try #require(F.webhooks)
        let transport = CannedTransport([
            "GET routes.twilio.com/v2/PhoneNumbers/%2B15005550006": [
                .json(200, F.voiceRegion("au1"))
            ]
        ])
        let account = try F.account(transport)
        let error = await #expect(throws: DomainError.self) {
            try await account.manage(try number(), webhooks: webhooks)
        }
        #expect(error?.reason == .regionNotSupported)
        #expect(error?.message.contains("auth_token_au1") == true)
        #expect(transport.changes.isEmpty)
    }

    @Test(
        "restoring writes back what was there, and nothing that Twilio refuses",
        arguments: [
            (
                [
                    "voice_url": "https://old.example/voice", "voice_method": "GET",
                    "voice_fallback_url": "https://old.example/f", "voice_application_sid": "",
                    "trunk_sid": "", "sms_url": "", "sms_fallback_url": "https://old.example/s",
                    "sms_method": "", "stranger": "x",
                ],
                "VoiceApplicationSid=&TrunkSid=&VoiceUrl=https%3A%2F%2Fold.example%2Fvoice"
                    + "&VoiceMethod=GET&VoiceFallbackUrl=https%3A%2F%2Fold.example%2Ff&SmsUrl="
                    + "&SmsFallbackUrl="
            ),
            (
                ["voice_application_sid": "AP1", "trunk_sid": "", "voice_url": ""],
                "VoiceApplicationSid=AP1&VoiceUrl="
            ),
            (
                ["voice_application_sid": "", "trunk_sid": "TK1"], "TrunkSid=TK1"
            ),
        ])
    func restore(settings: [String: String], form: String) async throws {
        let transport = CannedTransport(["POST \(F.host)\(F.number)": [.json(200, F.record())]])
        try await F.account(transport).restore(settings, on: try number())
        #expect(
            transport.changes == [
                "POST https://api.twilio.com\(F.number)\n\(F.authorization)\n\(F.formType)\n\n\(form)"
            ])
    }

    @Test func `restoring writes a region's own settings back to that region`() async throws {
        let transport = CannedTransport([
            "POST \(F.host)\(F.number)": [.json(200, F.record())],
            "POST \(F.ireland)\(F.number)": [.json(200, F.record())],
        ])
        try await F.account(transport, F.allRegions).restore(
            ["voice_url": "https://a.example", "ie1.voice_url": "https://b.example"],
            on: try number())
        #expect(
            transport.changes.map { $0.suffix(34) }
                == [
                    "VoiceUrl=https%3A%2F%2Fa.example".suffix(34),
                    "VoiceUrl=https%3A%2F%2Fb.example".suffix(34),
                ].map { "\n\n\($0)" })
    }

    @Test(
        "B082 a region's own settings are written through its own host before the switch",
        arguments: [
            (RegionID.europe, "ie1", "api.dublin.ie1"), (.asiaPacific, "au1", "api.sydney.au1"),
        ])
    func region(region: RegionID, carrierRegion: String, host: String) async throws {
        let webhooks = try #require(F.webhooks)
        let transport = CannedTransport([
            "POST \(host).twilio.com\(F.number)": [.json(200, F.record())],
            "POST routes.twilio.com/v2/PhoneNumbers/%2B15005550006": [
                .json(200, F.voiceRegion(carrierRegion))
            ],
        ])
        let account = try F.account(transport, F.allRegions)
        try await account.setRegion(region, on: try number(), webhooks: webhooks)
        #expect(
            transport.places == [
                "POST \(host).twilio.com\(F.number)",
                "POST routes.twilio.com/v2/PhoneNumbers/%2B15005550006",
            ])
        #expect(
            transport.changes.last == """
                POST https://routes.twilio.com/v2/PhoneNumbers/%2B15005550006
                \(F.authorization)
                \(F.formType)

                VoiceRegion=\(carrierRegion)
                """)
    }

    @Test(
        "B082 no region, and regions that are only an edge, are the carrier's default",
        arguments: [nil, RegionID.usEast, .usWest, .southAmerica])
    func defaultRegion(region: RegionID?) async throws {
        let transport = CannedTransport([
            "POST routes.twilio.com/v2/PhoneNumbers/%2B15005550006": [
                .json(200, F.voiceRegion("us1"))
            ]
        ])
        try await F.account(transport).setRegion(region, on: try number(), webhooks: nil)
        #expect(transport.changes.map { $0.hasSuffix("VoiceRegion=us1") } == [true])
    }

    @Test func `an owner's URLs go along into another region, but not its applications`()
        async throws
    {
        let transport = CannedTransport([
            "GET \(F.host)\(F.number)": [
                .json(200, F.record(settings: ["voice_application_sid": "AP1"]))
            ],
            "POST \(F.ireland)\(F.number)": [.json(200, F.record())],
            "POST routes.twilio.com/v2/PhoneNumbers/%2B15005550006": [
                .json(200, F.voiceRegion("ie1"))
            ],
        ])
        let account = try F.account(transport, F.allRegions)
        try await account.setRegion(.europe, on: try number(), webhooks: nil)
        #expect(
            transport.changes.first?.hasSuffix(
                "VoiceReceiveMode=voice&VoiceUrl=https%3A%2F%2Fold.example%2Fvoice&VoiceMethod=GET"
                    + "&VoiceFallbackUrl=&VoiceFallbackMethod=POST&StatusCallback="
                    + "&StatusCallbackMethod=POST") == true)
    }

    @Test func `a region without credentials is refused before anything is written`() async throws {
        let transport = CannedTransport([:])
        let account = try F.account(transport)
        let error = await #expect(throws: DomainError.self) {
            try await account.setRegion(.europe, on: try number(), webhooks: F.webhooks)
        }
        #expect(error?.reason == .regionNotSupported)
        #expect(transport.requests.isEmpty)
    }

    @Test(
        "a number that is gone counts as released",
        arguments: [
            HTTPOutcome.status(204), .json(404, TwilioFixtures.error(20404, "gone", status: 404)),
        ])
    func release(answer: HTTPOutcome) async throws {
        let transport = CannedTransport(["DELETE \(F.host)\(F.number)": [answer]])
        try await F.account(transport).release(try number())
        #expect(
            transport.transcript == ["DELETE https://api.twilio.com\(F.number)\n\(F.authorization)"]
        )
    }

    @Test func `a simulator is asked at its own address for the carrier's host`() async throws {
        let transport = CannedTransport([:])
        let carrier = TwilioCarrier(
            endpoints: .simulator("http://127.0.0.1:8089/"), transport: transport,
            logger: quietLogger, limits: .once)
        let account = try #require(try carrier.account(F.credentials))
        _ = await #expect(throws: DomainError.self) { try await account.fees(in: "US") }
        #expect(
            transport.transcript == [
                """
                GET http://127.0.0.1:8089/v1/PhoneNumbers/Countries/US
                Host: pricing.twilio.com
                \(F.authorization)
                """
            ])
    }

    private func number() throws -> CarrierNumber {
        CarrierNumber(
            carrierID: F.numberSID, e164: try e164("+15005550006"), type: .local,
            capabilities: [.voice, .sms])
    }
}
