import LinekeeperCore
import Testing

@testable import LinekeeperCarriers

/// What Twilio's answers are read as.
@Suite struct TwilioDecodingTests {
    typealias F = TwilioFixtures

    @Test func `countries are those with types to buy`() async throws {
        let first = """
            {"countries": [
              {"country_code": "DK", "country": "Denmark", "beta": false, "subresource_uris":
               {"local": "/x", "toll_free": "/x", "machine_to_machine": "/x"}},
              {"country_code": "XX", "country": "Nowhere", "subresource_uris": {"voip": "/x"}}],
             "next_page_uri": "\(F.account)/AvailablePhoneNumbers.json?Page=1"}
            """
        let second = """
            {"countries": [{"country_code": "AU", "subresource_uris":
              {"local": "/x", "mobile": "/x", "national": "/x"}}]}
            """
        let transport = CannedTransport([
            "GET \(F.host)\(F.account)/AvailablePhoneNumbers.json": [
                .json(200, first), .json(200, second),
            ]
        ])
        let countries = try await F.account(transport).countries()
        #expect(
            countries == [
                CarrierCountry(countryCode: "DK", types: [.local, .tollFree]),
                CarrierCountry(countryCode: "AU", types: [.local, .mobile, .national]),
            ])
    }

    @Test func `B100 an offer has its number, place, features and papers`() async throws {
        let offers = try await offers(
            OfferQuery(countryCode: "US", type: .local, areaCode: "415"), rules: "[]")
        #expect(
            offers == [
                CarrierOffer(
                    e164: try e164("+14155550111"), type: .local, capabilities: [.voice, .sms],
                    countryCode: "US", regionLabel: "San Francisco, CA"),
                CarrierOffer(
                    e164: try e164("+14155550112"), type: .local, capabilities: [.voice, .sms],
                    countryCode: "US", regionLabel: "CA",
                    requirements: [
                        PurchaseRequirement(
                            kind: .address,
                            description:
                                "An address, anywhere in the world, registered with Twilio.")
                    ]),
            ])
    }

    @Test func `a country with rules wants a bundle, unless one is at hand`() async throws {
        let query = OfferQuery(countryCode: "US", type: .local)
        let wanted = try await offers(query, rules: "[{\"sid\": \"RN1\"}]")
        #expect(wanted.first?.requirements.map(\.kind) == [.bundle])
        var credentials = F.credentials
        credentials["bundles"] = "US=BU" + String(repeating: "1", count: 32)
        let met = try await offers(query, rules: "[{\"sid\": \"RN1\"}]", credentials)
        #expect(met.first?.requirements == [])
    }

    @Test func `offers that are not what was asked for are left out`() async throws {
        #expect(
            try await offers(
                OfferQuery(countryCode: "US", type: .local, areaCode: "212"), rules: "[]"
            ).isEmpty)
        #expect(
            try await offers(
                OfferQuery(countryCode: "US", type: .local, contains: "112"), rules: "[]"
            ).map(\.e164.description) == ["+14155550112"])
        #expect(
            try await offers(
                OfferQuery(countryCode: "US", type: .local, capabilities: .mms), rules: "[]"
            ).isEmpty)
        #expect(
            try await offers(
                OfferQuery(countryCode: "US", type: .local, limit: 1), rules: "[]"
            ).count == 1)
    }

    @Test func `a type that a country does not have is no error`() async throws {
        let transport = CannedTransport([
            "GET \(F.host)\(F.account)/AvailablePhoneNumbers/US/National.json": [
                .json(404, F.error(20404, "not found", status: 404))
            ]
        ])
        let query = OfferQuery(countryCode: "US", type: .national)
        #expect(try await F.account(transport).offers(query).isEmpty)
    }

    private func offers(
        _ query: OfferQuery, rules: String, _ credentials: [String: String] = F.credentials
    ) async throws -> [CarrierOffer] {
        let transport = CannedTransport([
            "GET \(F.host)\(F.account)/AvailablePhoneNumbers/US/Local.json": [
                .json(200, F.available)
            ],
            "GET numbers.twilio.com/v2/RegulatoryCompliance/Regulations": [
                .json(200, "{\"results\": \(rules), \"meta\": {}}")
            ],
        ])
        return try await F.account(transport, credentials).offers(query)
    }

    // MARK: Prices

    @Test(
        "prices come as texts or numbers, and the current one counts",
        arguments: [
            ("\"1.15\"", "\"1.00\"", 1_150_000), ("1.15", "1", 1_150_000),
            ("null", "\"2.00\"", 2_000_000), ("\"0\"", "\"2.00\"", 0),
        ])
    func fees(current: String, base: String, microdollars: Int64) async throws {
        let fees = try await fees(
            """
            {"country": "United States", "iso_country": "US", "price_unit": "USD",
             "phone_number_prices": [
              {"number_type": "local", "base_price": \(base), "current_price": \(current)},
              {"number_type": "toll free", "base_price": "2.15", "current_price": "2.15"},
              {"number_type": "shared cost", "base_price": "9", "current_price": "9"}]}
            """)
        #expect(
            fees == [
                .local: try #require(CarrierFee(microdollars: microdollars)),
                .tollFree: try #require(CarrierFee(microdollars: 2_150_000)),
            ])
    }

    @Test(
        "a price that cannot be read is no price",
        arguments: [
            ("USD", "\"-1\""), ("USD", "\"1e3\""), ("USD", "\"\""), ("USD", "true"),
            ("EUR", "\"1.00\""),
        ])
    func unreadableFees(unit: String, price: String) async throws {
        let error = await #expect(throws: DomainError.self) {
            try await fees(
                """
                {"price_unit": "\(unit)", "phone_number_prices": [
                  {"number_type": "local", "base_price": "1", "current_price": \(price)}]}
                """)
        }
        #expect(error?.reason == .carrierAnswerUnreadable)
        #expect(error?.message.contains(unit == "EUR" ? "price_unit" : "current_price") == true)
    }

    @Test func `a country without prices has none`() async throws {
        #expect(try await fees(F.error(20404, "none", status: 404), status: 404).isEmpty)
    }

    private func fees(_ body: String, status: Int = 200) async throws -> [NumberType: CarrierFee] {
        let transport = CannedTransport([
            "GET pricing.twilio.com/v1/PhoneNumbers/Countries/US": [.json(status, body)]
        ])
        return try await F.account(transport).fees(in: "US")
    }

    // MARK: The account's numbers

    @Test func `B143 a page's numbers are listed, and one that cannot be read is told apart`()
        async throws
    {
        let next = "\(F.numbers)?PageSize=250&Page=1&PageToken=PAPN12"
        let transport = CannedTransport([
            "GET \(F.host)\(F.numbers)": [
                .json(200, F.list([F.record(), "{\"sid\": 7}"], next: next)),
                .json(200, F.list([F.record("+492212345678")])),
            ]
        ])
        let account = try F.account(transport)
        let page = try await account.ownedNumbers(after: nil)
        #expect(page.numbers.map(\.e164.description) == ["+15005550006"])
        #expect(page.numbers.first?.capabilities == [.voice, .sms])
        #expect(page.unreadable.count == 1)
        #expect(page.unreadable.first?.contains("incoming_phone_numbers[1]") == true)
        #expect(page.next == next)
        let last = try await account.ownedNumbers(after: page.next)
        #expect(last.next == nil)
        #expect(
            transport.requests.map(\.url) == [
                "https://api.twilio.com\(F.numbers)?PageSize=250", "https://api.twilio.com\(next)",
            ])
    }

    @Test(
        "a list that goes on elsewhere is not followed",
        arguments: [
            "https://evil.example/2010-04-01/Accounts", "//evil.example/x", "@evil.example/",
            "/2010-04-01/Accounts/AC00000000000000000000000000000000/IncomingPhoneNumbers.json",
            "\(TwilioFixtures.account)/Keys.json", "\(TwilioFixtures.numbers)/../Keys.json",
            "\(TwilioFixtures.numbers)?Page=1#x", "\(TwilioFixtures.numbers)?Page=1 HTTP/1.1",
        ])
    func strangePage(next: String) async throws {
        let transport = CannedTransport([
            "GET \(F.host)\(F.numbers)": [.json(200, F.list([], next: next))]
        ])
        let account = try F.account(transport)
        let page = try await account.ownedNumbers(after: nil)
        let error = await #expect(throws: DomainError.self) {
            try await account.ownedNumbers(after: page.next)
        }
        #expect(error?.reason == .carrierAnswerUnreadable)
        #expect(transport.requests.count == 1)
    }

    @Test func `a list without an end is given up`() async throws {
        let transport = CannedTransport([
            "GET \(F.host)\(F.numbers)": [.json(200, F.list([], next: "\(F.numbers)?Page=1"))]
        ])
        let error = await #expect(throws: DomainError.self) {
            try await F.account(transport).ownedNumber(try e164("+15005550006"))
        }
        #expect(error?.reason == .carrierAnswerUnreadable)
        #expect(transport.requests.count == 50)
    }

    @Test(
        "a type is read from its word, or else from the number",
        arguments: [
            ("\"type\": \"local\"", "+15005550006", NumberType.local),
            ("\"type\": \"toll-free\"", "+18005550006", .tollFree),
            ("\"type\": \"toll free\"", "+18005550006", .tollFree),
            ("\"type\": \"Mobile\"", "+447700900123", .mobile),
            ("\"type\": null", "+18885550006", .tollFree),
            ("\"type\": null", "+4980012345678", .local),
        ])
    func type(member: String, number: String, type: NumberType) throws {
        let record = F.record(number).replacing("\"type\": \"local\"", with: member)
        let json = try CarrierJSON(Array(record.utf8), from: "Twilio")
        #expect(try TwilioDecoding.number(json).type == type)
    }

    @Test func `a number that is processed in Ireland has Ireland's settings too`() async throws {
        let transport = CannedTransport([
            "GET \(F.host)\(F.numbers)": [.json(200, F.list([F.record()]))],
            "GET routes.twilio.com/v2/PhoneNumbers/%2B15005550006": [
                .json(200, F.voiceRegion("ie1"))
            ],
            "GET \(F.ireland)\(F.number)": [
                .json(200, F.record(settings: ["voice_url": "https://ie.example/voice"]))
            ],
        ])
        let number = try await F.account(transport, F.allRegions).ownedNumber(
            try e164("+15005550006"))
        #expect(number?.settings["voice_region"] == "ie1")
        #expect(number?.settings["voice_url"] == "https://old.example/voice")
        #expect(number?.settings["ie1.voice_url"] == "https://ie.example/voice")
        #expect(number?.webhooks.voice == "https://ie.example/voice")
        #expect(number?.webhooks.sms == "https://old.example/sms")
    }

    @Test func `a number that is not the account's is none`() async throws {
        let transport = CannedTransport([
            "GET \(F.host)\(F.numbers)": [.json(200, F.list([F.record("+15005550060")]))]
        ])
        #expect(try await F.account(transport).ownedNumber(try e164("+15005550006")) == nil)
    }
}
