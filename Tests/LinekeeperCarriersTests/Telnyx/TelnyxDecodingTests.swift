import LinekeeperCore
import Testing

@testable import LinekeeperCarriers

/// What Telnyx's answers are read as.
@Suite struct TelnyxDecodingTests {
    typealias F = TelnyxFixtures

    @Test func `countries stand by name, and an empty part is a type not on offer`() async throws {
        let body = """
            {"data": {
              "Germany": {"code": "DE", "region": "EMEA", "numbers": true,
                "phone_number_type": ["local", "local", "mobile"],
                "local": {"features": ["voice"]}, "mobile": {"features": ["sms"]},
                "toll_free": {}, "national": {"reservable": false}, "shared_cost": {}},
              "Nowhere": {"code": "XX", "local": {}, "toll_free": {}, "phone_number_type": []},
              "Norway": {"code": "NO", "phone_number_type": ["toll_free", "shared_cost"]}}}
            """
        let transport = CannedTransport(["GET \(F.host)/country_coverage": [.json(200, body)]])
        #expect(
            try await F.account(transport).countries() == [
                CarrierCountry(countryCode: "DE", types: [.local, .mobile, .national]),
                CarrierCountry(countryCode: "NO", types: [.tollFree]),
            ])
    }

    @Test(
        "B123 an offer has number, place, features and its own price",
        arguments: [
            "[{\"name\": \"sms\"}, {\"name\": \"voice\"}]", "[\"sms\", \"voice\", \"hd_voice\"]",
        ])
    func offer(features: String) async throws {
        let body = F.available().replacing(
            "[{\"name\": \"sms\"}, {\"name\": \"voice\"}, {\"name\": \"hd_voice\"}]", with: features
        )
        #expect(
            try await offers(body) == [
                CarrierOffer(
                    e164: try e164("+13125550006"), type: .local, capabilities: [.voice, .sms],
                    countryCode: "US", regionLabel: "Chicago, IL",
                    fee: CarrierFee(microdollars: 1_100_000))
            ])
    }

    @Test func `a number whose digits are hidden is no offer`() async throws {
        #expect(try await offers(F.available("+131255xxxxx")).isEmpty)
    }

    @Test(
        "a price that cannot be read is an error that names it",
        arguments: [
            ("\"monthly_cost\": \"1.10\"", "\"monthly_cost\": \"free\"", "monthly_cost"),
            ("\"currency\": \"USD\"", "\"currency\": \"EUR\"", "currency"),
            ("\"monthly_cost\": \"1.10\"", "\"monthly_cost\": []", "monthly_cost"),
        ])
    func price(from: String, to: String, field: String) async throws {
        let error = await #expect(throws: DomainError.self) {
            try await offers(F.available().replacing(from, with: to))
        }
        #expect(error?.reason == .carrierAnswerUnreadable)
        #expect(error?.message.contains(field) == true)
    }

    @Test func `papers that the country asks for stand with the offer, unless they are at hand`()
        async throws
    {
        let rules = """
            {"data": [{"action": "ordering", "regulatory_requirements": [
              {"id": "1", "name": "Address in the area", "field_type": "address_id"},
              {"id": "2", "name": "Proof of identity", "field_type": "document"},
              {"id": "3", "name": "Proof of identity", "field_type": "document"}]}]}
            """
        let offers = try await offers(F.available(), rules: rules)
        #expect(
            offers.first?.requirements == [
                PurchaseRequirement(kind: .address, description: "Address in the area"),
                PurchaseRequirement(kind: .bundle, description: "Proof of identity"),
            ])
        var credentials = F.credentials
        credentials["requirement_groups"] = "US=\(F.orderID)"
        let met = try await self.offers(F.available(), rules: rules, credentials)
        #expect(met.first?.requirements == [])
    }

    private func offers(
        _ body: String, rules: String = "{\"data\": []}",
        _ credentials: [String: String] = F.credentials
    ) async throws -> [CarrierOffer] {
        let transport = CannedTransport([
            F.search: [.json(200, body)],
            "GET \(F.host)/regulatory_requirements": [.json(200, rules)],
        ])
        return try await F.account(transport, credentials).offers(
            OfferQuery(countryCode: "US", type: .local, areaCode: "312"))
    }

    // MARK: The account's numbers

    @Test func `B154 a page has each number's abilities and where its webhooks go now`()
        async throws
    {
        let transport = CannedTransport([
            F.numbers: [
                .json(
                    200,
                    F.list(
                        [
                            F.entry(profile: F.profileID), "{\"id\": \"1\", \"phone_number\": 7}",
                            F.entry("+13125550099", status: "deleted"),
                        ], of: 2)),
                .json(
                    200,
                    F.list(
                        [F.entry("+13125550008", type: "tollfree", connection: "")], page: 2, of: 2)
                ),
            ],
            "GET \(F.host)/phone_numbers/messaging": [
                .json(200, F.list([F.messaging(profile: F.profileID)]))
            ],
            "GET \(F.host)/texml_applications": [.json(200, F.list([F.applicationEntry()]))],
            "GET \(F.profiles)": [
                .json(200, F.list([F.profile(webhook: "https://old.example/sms")]))
            ],
        ])
        let account = try F.account(transport)
        let page = try await account.ownedNumbers(after: nil)
        #expect(page.numbers.map(\.e164.description) == ["+13125550006"])
        #expect(page.numbers.first?.capabilities == [.voice, .sms])
        #expect(
            page.numbers.first?.webhooks
                == WebhookURLs(
                    voice: "https://old.example/voice", sms: "https://old.example/sms"))
        #expect(
            page.numbers.first?.settings == [
                "connection_id": F.connectionID, "messaging_profile_id": F.profileID,
            ])
        #expect(page.unreadable.count == 1)
        #expect(page.unreadable.first?.contains("data[1].phone_number") == true)
        #expect(page.next == "2")
        let last = try await account.ownedNumbers(after: page.next)
        #expect(last.numbers.map(\.type) == [.tollFree])
        #expect(last.numbers.first?.webhooks == WebhookURLs())
        #expect(last.next == nil)
        #expect(
            transport.requests.first?.url
                == "https://api.telnyx.com/v2/phone_numbers?page%5Bnumber%5D=1&page%5Bsize%5D=250"
                + "&handle_messaging_profile_error=true")
    }

    @Test func `a key without other rights still lists the numbers`() async throws {
        let denied = HTTPOutcome.json(403, F.error("10010", "Authorization failed"))
        let transport = CannedTransport([
            F.numbers: [.json(200, F.list([F.entry(profile: F.profileID)]))],
            "GET \(F.host)/phone_numbers/messaging": [denied],
            "GET \(F.host)/texml_applications": [denied], "GET \(F.profiles)": [denied],
        ])
        let page = try await F.account(transport).ownedNumbers(after: nil)
        #expect(page.numbers.first?.capabilities == [.voice, .sms])
    }

    @Test(
        "a cursor that is no page is refused",
        arguments: ["0", "-1", "x", "", "4001", "99999999999999999999", "1&x=y"])
    func cursor(cursor: String) async throws {
        let transport = CannedTransport([:])
        let error = await #expect(throws: DomainError.self) {
            try await F.account(transport).ownedNumbers(after: cursor)
        }
        #expect(error?.reason == .invalidArgument)
        #expect(transport.requests.isEmpty)
    }

    @Test(
        "types are read by new and old words",
        arguments: [
            ("local", "+13125550006", nil, NumberType.local),
            ("landline", "+4930123456", nil, .local), ("mobile", "+447700900123", nil, .mobile),
            ("national", "+4932123456", nil, .national),
            ("toll_free", "+18005550006", nil, .tollFree),
            ("tollfree", "+18005550006", nil, .tollFree),
            ("toll-free", "+4980012345", nil, .tollFree),
            ("longcode", "+13125550006", nil, .local),
            ("long-code", "+18005550006", nil, .tollFree),
            ("longcode", "+447700900123", NumberType.mobile, .mobile),
            ("", "+18005550006", nil, .tollFree),
        ] as [(String, String, NumberType?, NumberType)])
    func type(word: String, number: String, expected: NumberType?, type: NumberType) throws {
        let json = try CarrierJSON(Array(F.entry(number, type: word).utf8), from: "Telnyx")
        #expect(try TelnyxDecoding.number(json, type: expected).type == type)
    }

    @Test(arguments: ["shortcode", "short-code", "shared_cost", "satellite"])
    func `a type that is not served is named`(word: String) throws {
        let json = try CarrierJSON(Array(F.entry(type: word).utf8), from: "Telnyx")
        let error = #expect(throws: DomainError.self) { try TelnyxDecoding.number(json) }
        #expect(error?.message.contains("phone_number_type") == true)
    }

    @Test func `a number without its plus sign is the same number`() throws {
        let json = try CarrierJSON(Array(F.entry("13125550006").utf8), from: "Telnyx")
        #expect(try TelnyxDecoding.number(json).e164.description == "+13125550006")
    }

    @Test func `one number is looked for by its digits and read with all that belongs to it`()
        async throws
    {
        let transport = CannedTransport([
            F.numbers: [
                .json(
                    200,
                    F.list([
                        F.entry("+131255500061"), F.entry(status: "deleted"), F.entry(),
                    ]))
            ],
            "GET \(F.number)/messaging": [.json(200, F.data(F.messaging(profile: F.profileID)))],
            "GET \(F.application)": [
                .json(200, F.data(F.applicationEntry(status: "https://old.example/status")))
            ],
            "GET \(F.profiles)/\(F.profileID)": [
                .json(200, F.data(F.profile(webhook: "https://old.example/sms")))
            ],
        ])
        let number = try #require(
            try await F.account(transport).ownedNumber(try e164("+13125550006")))
        #expect(number.inactiveReason == nil)
        #expect(
            number.webhooks
                == WebhookURLs(
                    voice: "https://old.example/voice", sms: "https://old.example/sms",
                    status: "https://old.example/status"))
        #expect(
            number.settings == [
                "connection_id": F.connectionID, "messaging_profile_id": F.profileID,
                "application.voice_url": "https://old.example/voice",
                "application.voice_method": "get",
                "application.status_callback": "https://old.example/status",
                "application.status_callback_method": "get",
            ])
        #expect(
            transport.requests.first?.url.contains("filter%5Bphone_number%5D=13125550006&")
                == true)
    }

    @Test func `what points here already is not told as something to go back to`() async throws {
        let urls = try #require(F.webhooks).urls(of: .telnyx)
        var credentials = F.credentials
        credentials["messaging_profile_id"] = F.profileID
        let transport = CannedTransport([
            F.numbers: [.json(200, F.list([F.entry()]))],
            "GET \(F.number)/messaging": [.json(200, F.data(F.messaging()))],
            "GET \(F.application)": [.json(200, F.data(F.applicationEntry(voice: urls.voice)))],
            "GET \(F.profiles)/\(F.profileID)": [.json(200, F.data(F.profile(webhook: urls.sms)))],
        ])
        let number = try await F.account(transport, credentials).ownedNumber(
            try e164("+13125550006"))
        #expect(number?.settings.keys.sorted() == ["connection_id", "messaging_profile_id"])
        #expect(number?.webhooks.voice == urls.voice)
    }

    @Test func `a connection that is no TeXML application has no URLs to tell`() async throws {
        let transport = CannedTransport([
            F.numbers: [.json(200, F.list([F.entry()]))],
            "GET \(F.number)/messaging": [.json(404, F.error("10005", "Not found"))],
            "GET \(F.application)": [.json(404, F.error("10005", "Not found"))],
        ])
        let number = try await F.account(transport).ownedNumber(try e164("+13125550006"))
        #expect(number?.webhooks == WebhookURLs())
        #expect(number?.settings.keys.sorted() == ["connection_id", "messaging_profile_id"])
    }

    @Test func `a number with papers pending is there, with the reason why it is of no use`() throws
    {
        let json = try CarrierJSON(
            Array(F.entry(status: "requirement-info-pending").utf8), from: "Telnyx")
        #expect(try TelnyxDecoding.number(json).inactiveReason == "requirement-info-pending")
    }
}
