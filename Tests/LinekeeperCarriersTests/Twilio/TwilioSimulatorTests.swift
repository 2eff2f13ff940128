import CarrierSimulator
import LinekeeperCore
import Testing

@testable import LinekeeperCarriers

/// Twilio end to end, over HTTP.
@Suite struct TwilioSimulatorTests {
    typealias S = SimulatedCarriers

    @Test func `B141 credentials are checked with the carrier`() async throws {
        let carriers = try await S()
        let owner = try carriers.twilioAccount()
        let good = S.credentials(owner)
        let name = try await carriers.twilio.validate(good)
        #expect(name == "Test")
        let standard = try #require(
            Demo.twilioCustomer.credentials.first { $0.kind == .standardKey })
        let keyName = try await carriers.twilio.validate([
            "account_sid": Demo.twilioCustomer.id, "api_key_sid": standard.id,
            "api_key_secret": standard.secret,
        ])
        #expect(keyName == Demo.twilioCustomer.id)
        for (field, value) in [
            ("auth_token", "wrong"), ("auth_token_ie1", "wrong"),
            ("account_sid", "AC" + String(repeating: "9", count: 32)),
        ] {
            var wrong = good
            wrong[field] = value
            let error = await #expect(throws: DomainError.self) {
                try await carriers.twilio.validate(wrong)
            }
            #expect(error?.reason == .credentialsRejected)
            #expect(error?.message.contains("Authenticate") == true)
        }
        for status in [Account.Status.suspended, .closed] {
            try carriers.simulator.setStatus(status, of: owner.id)
            let error = await #expect(throws: DomainError.self) {
                try await carriers.twilio.validate(good)
            }
            #expect(error?.reason == .credentialsRejected)
        }
        #expect(carriers.deeds(of: owner).isEmpty)
    }

    @Test func `B100 countries, offers and prices are those of the carrier`() async throws {
        let carriers = try await S()
        let owner = try carriers.twilioAccount()
        let account = try #require(try carriers.twilio.account(S.credentials(owner)))
        let countries = try await account.countries()
        #expect(Set(countries.map(\.countryCode)).isSuperset(of: ["US", "GB", "DE", "SE"]))
        #expect(countries.first { $0.countryCode == "CA" }?.types == [.local])
        let fees = try await account.fees(in: "US")
        #expect(fees[.local]?.microdollars == 1_150_000)
        #expect(fees[.tollFree]?.microdollars == 2_150_000)
        #expect(try await account.fees(in: "ZZ").isEmpty)

        for query in [
            OfferQuery(countryCode: "US", type: .local, areaCode: "415", capabilities: .sms),
            OfferQuery(countryCode: "US", type: .tollFree, contains: "55", limit: 7),
            OfferQuery(countryCode: "DE", type: .local, areaCode: "30", contains: "5"),
            OfferQuery(countryCode: "GB", type: .mobile),
            OfferQuery(countryCode: "FR", type: .national, contains: "1"),
        ] {
            let offers = try await account.offers(query)
            #expect(!offers.isEmpty)
            #expect(offers.count <= query.limit)
            for offer in offers {
                #expect(query.matches(offer.e164))
                #expect(offer.capabilities.isSuperset(of: query.capabilities))
                #expect(offer.type == query.type)
            }
        }
        let german = try await account.offers(OfferQuery(countryCode: "DE", type: .local))
        #expect(german.first?.requirements.map(\.kind) == [.address])
        #expect(german.first?.regionLabel.isEmpty == false)
        #expect(try await account.offers(OfferQuery(countryCode: "CA", type: .mobile)).isEmpty)
    }

    @Test func `a number is bought, found, listed and given back`() async throws {
        let carriers = try await S()
        let owner = try carriers.twilioAccount()
        let account = try #require(try carriers.twilio.account(S.credentials(owner)))
        let purchase = try carriers.purchase(at: .twilio)
        #expect(try await account.find(purchase, carrierOrderID: nil) == .absent)
        #expect(try await account.ownedNumber(purchase.e164) == nil)
        let number = try #require(await account.purchase(purchase).owned)
        #expect(number.e164 == purchase.e164)
        #expect(number.reference == purchase.reference)
        #expect(try await account.find(purchase, carrierOrderID: nil) == .owned(number))
        let other = CarrierPurchase(
            reference: purchase.reference + "b", e164: purchase.e164, type: .local,
            countryCode: "US")
        #expect(await account.purchase(other).refusal?.code == "21422")
        #expect(
            try await account.find(other, carrierOrderID: nil).refusal?.kind == .taken)
        #expect(carriers.purchases(of: purchase.e164) == 1)

        let listed = try await account.ownedNumbers(after: nil)
        #expect(listed.numbers.map(\.e164) == [purchase.e164])
        try await account.release(number)
        try await account.release(number)
        #expect(try await account.ownedNumber(purchase.e164) == nil)
    }

    @Test(
        "whatever befalls a purchase, it is executed once and found", arguments: PurchaseFault.all)
    func fault(fault: PurchaseFault) async throws {
        let carriers = try await S()
        let owner = try carriers.twilioAccount()
        let account = try #require(try carriers.twilio.account(S.credentials(owner)))
        let purchase = try carriers.purchase(at: .twilio)
        let post = RequestMatch(method: "POST", account: owner.id)
        carriers.simulator.add(Fault(fault.action, on: post))
        let outcome = try await fault.buying(from: carriers) { buyers in
            await (try #require(try buyers.twilio.account(S.credentials(owner)))).purchase(purchase)
        }
        switch fault.outcome {
        case .done: #expect(outcome.owned?.e164 == purchase.e164, "\(outcome)")
        case .unknown: #expect(outcome.isUnknown, "\(outcome)")
        case .notSent: #expect(outcome.notSent?.reason == .carrierBusy, "\(outcome)")
        }
        let request = try await carriers.simulator.waitForRequest(post, stage: fault.lastStage)
        #expect(request != nil)
        guard fault.outcome != .notSent else { return }
        let finding = try await account.find(purchase, carrierOrderID: nil)
        #expect((finding.owned?.e164 == purchase.e164) == fault.isExecuted, "\(finding)")
        #expect((finding == .absent) == !fault.isExecuted)
        #expect(carriers.purchases(of: purchase.e164) == (fault.isExecuted ? 1 : 0))
    }

    @Test func `a list that lags shows the purchase when it is asked again`() async throws {
        let carriers = try await S()
        let owner = try carriers.twilioAccount()
        let account = try #require(try carriers.twilio.account(S.credentials(owner)))
        let purchase = try carriers.purchase(at: .twilio)
        let post = RequestMatch(method: "POST", account: owner.id)
        carriers.simulator.add(Fault(.drop(when: .after), on: post))
        carriers.simulator.add(Fault(.listLag(reads: 2), on: post))
        #expect(await account.purchase(purchase).isUnknown)
        #expect(try await account.find(purchase, carrierOrderID: nil) == .absent)
        #expect(try await account.find(purchase, carrierOrderID: nil).owned != nil)
    }

    @Test(
        "B103 B104 what the carrier refuses is refused, and costs nothing",
        arguments: [
            ("US", PurchaseRefusal.Kind.funds), ("DE", .requirements), ("GB", .requirements),
        ])
    func refused(country: String, kind: PurchaseRefusal.Kind) async throws {
        let carriers = try await S()
        let owner = try carriers.twilioAccount(dollars: 0)
        let account = try #require(try carriers.twilio.account(S.credentials(owner)))
        let purchase = try carriers.purchase(at: .twilio, country: country)
        let outcome = await account.purchase(purchase)
        #expect(outcome.refusal?.kind == kind, "\(outcome)")
        #expect(outcome.refusal?.code.isEmpty == false)
        #expect(carriers.purchases(of: purchase.e164) == 0)
    }

    @Test func `a number that wants papers is bought with those at hand`() async throws {
        let carriers = try await S()
        var credentials = S.credentials(Demo.twilioMarketplace)
        let bundle = try #require(Demo.twilioMarketplace.bundles.first)
        credentials["bundles"] = "\(bundle.value)=\(bundle.key)"
        let account = try #require(try carriers.twilio.account(credentials))
        let query = OfferQuery(countryCode: bundle.value, type: .mobile, limit: 1)
        let offer = try #require(try await account.offers(query).first)
        let purchase = CarrierPurchase(
            reference: "ord_1", e164: offer.e164, type: .mobile, countryCode: bundle.value)
        #expect(await account.purchase(purchase).owned?.countryCode == bundle.value)
    }

    @Test func `test credentials know magic numbers only`() async throws {
        let carriers = try await S()
        let test = S.credentials(Demo.twilioTest)
        let account = try #require(try carriers.twilio.account(test))
        func buy(_ number: String) async throws -> PurchaseOutcome {
            await account.purchase(
                CarrierPurchase(
                    reference: "ord_1", e164: try e164(number), type: .local,
                    countryCode: "US"))
        }
        #expect(try await buy("+15005550006").owned != nil)
        #expect(try await buy("+15005550000").refusal?.kind == .taken)
        #expect(try await buy("+15005550001").refusal?.code == "21421")
        let error = await #expect(throws: DomainError.self) {
            try await account.ownedNumbers(after: nil)
        }
        #expect(error?.reason == .carrierRefused)
    }

    @Test func `B143 every page of a large account is listed`() async throws {
        let carriers = try await S()
        let owner = try carriers.twilioAccount(numbers: 620)
        let account = try #require(try carriers.twilio.account(S.credentials(owner)))
        var found: Set<E164> = []
        var cursor: String?
        var pages = 0
        repeat {
            let page = try await account.ownedNumbers(after: cursor)
            #expect(page.unreadable.isEmpty)
            found.formUnion(page.numbers.map(\.e164))
            cursor = page.next
            pages += 1
        } while cursor != nil && pages < 20
        #expect(found.count == 620)
        #expect(pages == 3)
    }

    @Test func `B146 B155 a number is managed, found so, and restored as it was`() async throws {
        let carriers = try await S()
        let owner = try carriers.twilioAccount(numbers: 1)
        let account = try #require(try carriers.twilio.account(S.credentials(owner)))
        let webhooks = try #require(WebhookTargets(base: "https://voice.example.com"))
        let seeded = try #require(carriers.simulator.numbers(of: owner.id).first)
        try carriers.simulator.changeSettings(
            [
                "voice_url": "https://old.example/voice", "voice_method": "GET",
                "sms_url": "https://old.example/sms",
                "trunk_sid": "TK" + String(repeating: "1", count: 32),
            ], of: seeded.e164)
        let before = try #require(try await account.ownedNumber(try e164(seeded.e164)))
        #expect(!account.isManaged(before, webhooks: webhooks))

        let managed = try await account.manage(before, webhooks: webhooks)
        #expect(account.isManaged(managed, webhooks: webhooks))
        let again = try #require(try await account.ownedNumber(before.e164))
        #expect(account.isManaged(again, webhooks: webhooks))
        #expect(again.webhooks == webhooks.urls(of: .twilio))

        try await account.restore(before.settings, on: again)
        let after = try #require(try await account.ownedNumber(before.e164))
        #expect(after.settings == before.settings)
        #expect(after.settings["trunk_sid"]?.hasPrefix("TK") == true)
    }

    @Test func `B082 a region is set with its own settings, and taken back`() async throws {
        let carriers = try await S()
        let owner = try carriers.twilioAccount(numbers: 1)
        let account = try #require(try carriers.twilio.account(S.credentials(owner)))
        let webhooks = try #require(WebhookTargets(base: "https://voice.example.com"))
        let seeded = try #require(carriers.simulator.numbers(of: owner.id).first)
        try carriers.simulator.changeSettings(
            ["sms_url": "https://old.example/sms"], of: seeded.e164)
        let number = try #require(try await account.ownedNumber(try e164(seeded.e164)))
        #expect(number.settings["voice_region"] == "us1")

        try await account.setRegion(.europe, on: number, webhooks: webhooks)
        let moved = try #require(try await account.ownedNumber(number.e164))
        #expect(moved.settings["voice_region"] == "ie1")
        #expect(moved.webhooks.voice == webhooks.urls(of: .twilio).voice)
        // Messages still go by the default region's settings.
        #expect(moved.webhooks.sms == "https://old.example/sms")
        #expect(!account.isManaged(moved, webhooks: webhooks))
        let managed = try await account.manage(moved, webhooks: webhooks)
        #expect(account.isManaged(managed, webhooks: webhooks))

        try await account.setRegion(nil, on: managed, webhooks: webhooks)
        let home = try #require(try await account.ownedNumber(number.e164))
        #expect(home.settings["voice_region"] == "us1")
        #expect(account.isManaged(home, webhooks: webhooks))
        let record = try #require(carriers.simulator.number(seeded.e164))
        #expect(record.settings(in: .ie1)["voice_url"] == webhooks.urls(of: .twilio).voice)
        #expect(record.settings(in: .au1).isEmpty)
    }

    @Test func `a carrier that cannot be reached is unavailable, and a purchase was not sent`()
        async throws
    {
        let transport = CurlTransport()
        let carrier = TwilioCarrier(
            endpoints: .simulator("http://127.0.0.1:1"), transport: transport,
            logger: quietLogger, limits: .once)
        let error = await #expect(throws: DomainError.self) {
            try await carrier.validate(TwilioFixtures.credentials)
        }
        #expect(error?.reason == .carrierUnavailable)
        let account = try #require(try carrier.account(TwilioFixtures.credentials))
        let outcome = await account.purchase(try TwilioFixtures.purchase())
        #expect(outcome.notSent?.reason == .carrierUnavailable)
        await transport.shutDown(grace: .zero)
    }
}
