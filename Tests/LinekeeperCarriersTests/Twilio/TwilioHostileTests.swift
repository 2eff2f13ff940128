import LinekeeperCore
import Testing

@testable import LinekeeperCarriers

/// Whatever Twilio answers, it is a value or an error that says so; never a crash, never a number
/// that nobody asked for.
@Suite struct TwilioHostileTests {
    typealias F = TwilioFixtures

    @Test func `no answer to a purchase makes it anything but the number that was asked for`()
        async throws
    {
        for body in try HostileJSON.variants(of: F.record()) {
            let transport = CannedTransport(["POST \(F.host)\(F.numbers)": [.json(201, body)]])
            let outcome = await (try F.account(transport)).purchase(try F.purchase())
            if let number = outcome.owned {
                #expect(number.e164.description == "+15005550006")
                #expect(number.carrierID == F.numberSID)
            } else {
                #expect(outcome.isUnknown, "\(body.prefix(200))")
            }
            #expect(transport.requests.count == 1)
        }
    }

    @Test func `no refusal's body makes a refused purchase anything else`() async throws {
        for body in try HostileJSON.variants(of: F.error(21422, "taken")) {
            let transport = CannedTransport(["POST \(F.host)\(F.numbers)": [.json(400, body)]])
            let outcome = await (try F.account(transport)).purchase(try F.purchase())
            let refusal = try #require(outcome.refusal)
            #expect(
                refusal.words.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
            #expect(!refusal.words.isEmpty && refusal.words.unicodeScalars.count <= 302)
        }
    }

    @Test func `no list makes a purchase found that is another`() async throws {
        for body in try HostileJSON.variants(of: F.list([F.record()])) {
            let transport = CannedTransport(["GET \(F.host)\(F.numbers)": [.json(200, body)]])
            let account = try F.account(transport)
            let purchase = try F.purchase()
            do throws(DomainError) {
                let finding = try await account.find(purchase, carrierOrderID: nil)
                if let number = finding.owned {
                    #expect(number.e164.description == "+15005550006")
                    #expect(number.reference == "order-1")
                }
            } catch {
                #expect(error.reason == .carrierAnswerUnreadable, "\(error)")
            }
        }
    }

    @Test func `every other method answers or says what it could not read`() async throws {
        let webhooks = try #require(F.webhooks)
        let number = CarrierNumber(
            carrierID: F.numberSID, e164: try e164("+15005550006"), type: .local,
            capabilities: [.voice])
        let region = "routes.twilio.com/v2/PhoneNumbers/%2B15005550006"
        let prices = """
            {"price_unit": "USD", "phone_number_prices": [
              {"number_type": "local", "base_price": "1", "current_price": "1"}]}
            """
        let countries = """
            {"countries": [{"country_code": "DK", "subresource_uris": {"local": "/x"}}]}
            """
        let calls: [HostileCall<TwilioAccount>] = [
            HostileCall("GET \(F.host)\(F.account)/AvailablePhoneNumbers.json", countries) {
                _ = try await $0.countries()
            },
            HostileCall(
                "GET \(F.host)\(F.account)/AvailablePhoneNumbers/US/Local.json", F.available
            ) {
                _ = try await $0.offers(OfferQuery(countryCode: "US", type: .local))
            },
            HostileCall("GET pricing.twilio.com/v1/PhoneNumbers/Countries/US", prices) {
                _ = try await $0.fees(in: "US")
            },
            HostileCall("GET \(F.host)\(F.numbers)", F.list([F.record()])) {
                _ = try await $0.ownedNumbers(after: nil)
            },
            HostileCall("GET \(F.host)\(F.numbers)", F.list([F.record()])) {
                _ = try await $0.ownedNumber(number.e164)
            },
            HostileCall("GET \(region)", F.voiceRegion("us1")) {
                _ = try await $0.manage(number, webhooks: webhooks)
            },
            HostileCall("POST \(F.host)\(F.number)", F.record()) {
                try await $0.restore(["voice_url": "https://a.example"], on: number)
            },
            HostileCall("POST \(region)", F.voiceRegion("us1")) {
                try await $0.setRegion(nil, on: number, webhooks: nil)
            },
            HostileCall("DELETE \(F.host)\(F.number)", "{}") { try await $0.release(number) },
        ]
        for call in calls {
            for body in try HostileJSON.variants(of: call.body) {
                let transport = CannedTransport(
                    [
                        "GET \(region)": [.status(404)],
                        "POST \(F.host)\(F.number)": [.json(200, F.record())],
                        "GET numbers.twilio.com/v2/RegulatoryCompliance/Regulations": [
                            .status(403)
                        ],
                    ].merging([call.place: [.json(200, body)]]) { $1 })
                let account = try F.account(transport)
                do { try await call.run(account) } catch let error as DomainError {
                    #expect(
                        error.reason == .carrierAnswerUnreadable
                            || error.reason == .regionNotSupported, "\(error)")
                    #expect(!error.message.contains("token-0123456789"))
                }
            }
        }
    }
}
