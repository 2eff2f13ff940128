import CarrierSimulator
import LinekeeperCore
import Testing

@testable import LinekeeperCarriers

/// Telnyx end to end, over HTTP.
@Suite struct TelnyxSimulatorTests {
    typealias S = SimulatedCarriers

    @Test func `B141 B142 credentials are checked with the carrier`() async throws {
        let carriers = try await S()
        let owner = try carriers.telnyxAccount()
        let good = try await carriers.credentials(owner)
        let name = try await carriers.telnyx.validate(good)
        #expect(name == "app")
        var wrong = good
        wrong["api_key"] = "KEYwrong"
        let rejected = await #expect(throws: DomainError.self) {
            try await carriers.telnyx.validate(wrong)
        }
        #expect(rejected?.reason == .credentialsRejected)
        #expect(rejected?.message.contains("Authentication failed") == true)
        for id in [Demo.telnyxPoolConnection, "42"] {
            var foreign = good
            foreign["connection_id"] = id
            let error = await #expect(throws: DomainError.self) {
                try await carriers.telnyx.validate(foreign)
            }
            #expect(error?.reason == .connectionIDInvalid)
        }
        try carriers.simulator.setStatus(.suspended, of: owner.id)
        let suspended = await #expect(throws: DomainError.self) {
            try await carriers.telnyx.validate(good)
        }
        #expect(suspended?.reason == .credentialsRejected)
        #expect(carriers.deeds(of: owner) == ["application.create"])
    }

    @Test func `B122 B123 countries and offers are those of the carrier, each with its price`()
        async throws
    {
        let carriers = try await S()
        let owner = try carriers.telnyxAccount()
        let credentials = try await carriers.credentials(owner)
        let account = try #require(try carriers.telnyx.account(credentials))
        let countries = try await account.countries()
        #expect(Set(countries.map(\.countryCode)).isSuperset(of: ["US", "GB", "DE", "SE"]))
        #expect(try await account.fees(in: "US").isEmpty)
        for query in [
            OfferQuery(countryCode: "US", type: .local, areaCode: "312", capabilities: .sms),
            OfferQuery(countryCode: "US", type: .tollFree, contains: "55", limit: 7),
            OfferQuery(countryCode: "DE", type: .local, areaCode: "30"),
            OfferQuery(countryCode: "GB", type: .mobile),
        ] {
            let offers = try await account.offers(query)
            #expect(!offers.isEmpty)
            #expect(offers.count <= query.limit)
            for offer in offers {
                #expect(query.matches(offer.e164))
                #expect(offer.fee != nil)
                #expect(offer.capabilities.isSuperset(of: query.capabilities))
            }
        }
    }

    @Test func `B126 a number is ordered, pending, owned, and given back`() async throws {
        let carriers = try await S()
        let owner = try carriers.telnyxAccount()
        let credentials = try await carriers.credentials(owner)
        let account = try #require(try carriers.telnyx.account(credentials))
        let purchase = try carriers.purchase(at: .telnyx)
        carriers.simulator.planOrders(.stuck, for: purchase.reference)
        #expect(try await account.find(purchase, carrierOrderID: nil) == .absent)
        let id = try #require(await account.purchase(purchase).pendingID)
        #expect(
            try await account.find(purchase, carrierOrderID: id)
                == .pending(carrierOrderID: id, cause: nil))
        #expect(
            try await account.find(purchase, carrierOrderID: nil)
                == .pending(carrierOrderID: id, cause: nil))
        try carriers.simulator.endOrder(purchase.reference, as: .success)
        let number = try #require(
            try await account.find(purchase, carrierOrderID: id).owned)
        #expect(number.e164 == purchase.e164)
        #expect(number.reference == purchase.reference)
        #expect(number.type == .local)
        #expect(number.capabilities.isSuperset(of: [.voice, .sms]))
        #expect(number.settings["connection_id"] == credentials["connection_id"])

        let other = CarrierPurchase(
            reference: purchase.reference + "b", e164: purchase.e164, type: .local,
            countryCode: "US")
        #expect(await account.purchase(other).refusal?.kind == .taken)
        #expect(try await account.find(other, carrierOrderID: nil).refusal?.kind == .taken)
        #expect(carriers.purchases(of: purchase.e164) == 1)

        try await account.release(number)
        try await account.release(number)
        #expect(try await account.ownedNumber(purchase.e164) == nil)
    }

    @Test(
        "B127 an order that fails says so and leaves nothing",
        arguments: [OrderOutcome.failure, .cancelled])
    func failed(ending: OrderOutcome) async throws {
        let carriers = try await S()
        let owner = try carriers.telnyxAccount()
        let credentials = try await carriers.credentials(owner)
        let account = try #require(try carriers.telnyx.account(credentials))
        let purchase = try carriers.purchase(at: .telnyx)
        carriers.simulator.planOrders(ending, for: purchase.reference)
        let id = try #require(await account.purchase(purchase).pendingID)
        let refusal = try await account.find(purchase, carrierOrderID: id).refusal
        #expect(refusal?.words.hasPrefix("The order failed") == true)
        #expect(try await account.ownedNumber(purchase.e164) == nil)
    }

    @Test func `B128 an order that waits for papers says for what`() async throws {
        let carriers = try await S()
        let owner = try carriers.telnyxAccount()
        let credentials = try await carriers.credentials(owner)
        let account = try #require(try carriers.telnyx.account(credentials))
        let purchase = try carriers.purchase(at: .telnyx, country: "DE")
        let id = try #require(await account.purchase(purchase).pendingID)
        #expect(
            try await account.find(purchase, carrierOrderID: id)
                == .pending(carrierOrderID: id, cause: "requirement-info-pending"))
    }

    @Test("whatever befalls an order, it is executed once and found", arguments: PurchaseFault.all)
    func fault(fault: PurchaseFault) async throws {
        let carriers = try await S()
        let owner = try carriers.telnyxAccount()
        let credentials = try await carriers.credentials(owner)
        let account = try #require(try carriers.telnyx.account(credentials))
        let purchase = try carriers.purchase(at: .telnyx)
        let post = RequestMatch(method: "POST", path: "/v2/number_orders", account: owner.id)
        carriers.simulator.add(Fault(fault.action, on: post))
        let outcome = try await fault.buying(from: carriers) { buyers in
            await (try #require(try buyers.telnyx.account(credentials))).purchase(purchase)
        }
        switch fault.outcome {
        case .done: #expect(outcome.pendingID != nil, "\(outcome)")
        case .unknown: #expect(outcome.isUnknown, "\(outcome)")
        case .notSent: #expect(outcome.notSent?.reason == .carrierBusy, "\(outcome)")
        }
        let request = try await carriers.simulator.waitForRequest(post, stage: fault.lastStage)
        #expect(request != nil)
        guard fault.outcome != .notSent else { return }
        let finding = try await account.find(purchase, carrierOrderID: outcome.pendingID)
        #expect((finding.owned?.e164 == purchase.e164) == fault.isExecuted, "\(finding)")
        #expect((finding == .absent) == !fault.isExecuted)
        #expect(carriers.purchases(of: purchase.e164) == (fault.isExecuted ? 1 : 0))
    }

    @Test func `lists that lag show the order when they are asked again`() async throws {
        let carriers = try await S()
        let owner = try carriers.telnyxAccount()
        let credentials = try await carriers.credentials(owner)
        let account = try #require(try carriers.telnyx.account(credentials))
        let purchase = try carriers.purchase(at: .telnyx)
        let post = RequestMatch(method: "POST", path: "/v2/number_orders", account: owner.id)
        carriers.simulator.add(Fault(.drop(when: .after), on: post))
        carriers.simulator.add(Fault(.listLag(reads: 1), on: post))
        #expect(await account.purchase(purchase).isUnknown)
        #expect(try await account.find(purchase, carrierOrderID: nil) == .absent)
        #expect(try await account.find(purchase, carrierOrderID: nil).owned != nil)
    }

    @Test(
        "B104 what the carrier refuses is refused, and costs nothing",
        arguments: [
            ("US", 0, PurchaseRefusal.Kind.funds, "20100"), ("SE", 100, .other, "10027"),
        ])
    func refused(
        country: String, dollars: Int64, kind: PurchaseRefusal.Kind, code: String
    ) async throws {
        let carriers = try await S()
        let owner = try carriers.telnyxAccount(dollars: dollars)
        let credentials = try await carriers.credentials(owner)
        let account = try #require(try carriers.telnyx.account(credentials))
        let purchase = try carriers.purchase(at: .telnyx, country: country)
        let outcome = await account.purchase(purchase)
        #expect(outcome.refusal?.kind == kind, "\(outcome)")
        #expect(outcome.refusal?.code == code)
        #expect(carriers.purchases(of: purchase.e164) == 0)
    }

    @Test func `a number that wants papers is ordered with those at hand`() async throws {
        let carriers = try await S()
        var credentials = [
            "api_key": Demo.telnyxPool.credentials.first?.secret ?? "",
            "connection_id": Demo.telnyxPoolConnection,
        ]
        let group = try #require(Demo.telnyxPool.requirementGroups.first)
        credentials["requirement_groups"] = "\(group.value)/local=\(group.key)"
        let account = try #require(try carriers.telnyx.account(credentials))
        let purchase = try carriers.purchase(at: .telnyx, country: group.value)
        #expect(await account.purchase(purchase).pendingID != nil)
        #expect(try await account.find(purchase, carrierOrderID: nil).owned != nil)
    }

    @Test func `B143 B153 every page is listed, with what each number can do`() async throws {
        let carriers = try await S()
        let owner = try carriers.telnyxAccount(numbers: 620)
        let account = try #require(try carriers.telnyx.account(try await old(owner, carriers)))
        var found: Set<E164> = []
        var cursor: String?
        var pages = 0
        repeat {
            let page = try await account.ownedNumbers(after: cursor)
            #expect(page.unreadable.isEmpty)
            for number in page.numbers {
                #expect(number.capabilities == [.voice, .sms, .mms])
            }
            #expect(
                pages > 0
                    || page.numbers.first?.webhooks
                        == WebhookURLs(
                            voice: "https://old.example/voice", sms: "https://old.example/texts")
            )
            found.formUnion(page.numbers.map(\.e164))
            cursor = page.next
            pages += 1
        } while cursor != nil && pages < 20
        #expect(found.count == 620)
        #expect(pages == 3)
    }

    @Test func `B146 B147 B155 a number is managed, found so, and restored as it was`() async throws
    {
        let carriers = try await S()
        let owner = try carriers.telnyxAccount(numbers: 2)
        _ = try await old(owner, carriers)
        let credentials = try await carriers.credentials(owner)
        let account = try #require(try carriers.telnyx.account(credentials))
        let webhooks = try #require(WebhookTargets(base: "https://voice.example.com"))
        var saved: [CarrierNumber] = []
        for seeded in carriers.simulator.numbers(of: owner.id) {
            let before = try #require(try await account.ownedNumber(try e164(seeded.e164)))
            #expect(!account.isManaged(before, webhooks: webhooks))
            let managed = try await account.manage(before, webhooks: webhooks)
            #expect(account.isManaged(managed, webhooks: webhooks))
            let again = try #require(try await account.ownedNumber(before.e164))
            #expect(account.isManaged(again, webhooks: webhooks))
            #expect(again.webhooks == webhooks.urls(of: .telnyx))
            saved.append(before)
        }
        #expect(saved.count == 2)
        // One application and one profile serve both.
        let deeds = carriers.deeds(of: owner)
        #expect(deeds.filter { $0 == "application.update" }.count == 1)
        #expect(deeds.filter { $0 == "profile.create" }.count == 2)
        for before in saved {
            try await account.restore(before.settings, on: before)
            let after = try #require(try await account.ownedNumber(before.e164))
            for name in ["connection_id", "messaging_profile_id"] {
                #expect(after.settings[name] == before.settings[name])
            }
            #expect(after.webhooks == before.webhooks)
        }
        try await account.restoreShared(saved.map(\.settings), replacing: webhooks)
        let last = try #require(try await account.ownedNumber(saved[0].e164))
        #expect(last.settings == saved[0].settings)
        #expect(
            saved.contains {
                $0.settings["connection_id"] == "" && $0.settings["messaging_profile_id"] == ""
            })
        #expect(saved.contains { $0.webhooks.sms == "https://old.example/texts" })
    }

    @Test func `many numbers that are managed at once share one profile`() async throws {
        let carriers = try await S()
        let owner = try carriers.telnyxAccount(numbers: 12)
        let credentials = try await carriers.credentials(owner)
        let webhooks = try #require(WebhookTargets(base: "https://voice.example.com"))
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for seeded in carriers.simulator.numbers(of: owner.id) {
                let account = try #require(try carriers.telnyx.account(credentials))
                group.addTask {
                    let number = CarrierNumber(
                        carrierID: seeded.id, e164: try e164(seeded.e164), type: .local,
                        capabilities: [.voice, .sms])
                    let managed = try await account.manage(number, webhooks: webhooks)
                    return account.isManaged(managed, webhooks: webhooks)
                }
            }
            for try await isManaged in group { #expect(isManaged) }
        }
        #expect(carriers.deeds(of: owner).filter { $0 == "profile.create" }.count == 1)
    }

    @Test func `B155 what numbers shared is restored with the last of them, to what it was first`()
        async throws
    {
        let carriers = try await S()
        let owner = try carriers.telnyxAccount(numbers: 3)
        var credentials = try await old(owner, carriers)
        let newest = try #require(carriers.simulator.numbers(of: owner.id).first)
        let settings = newest.settings(in: .us1)
        credentials["messaging_profile_id"] = settings["messaging_profile_id"]
        for seeded in carriers.simulator.numbers(of: owner.id).dropLast() {
            try carriers.simulator.changeSettings(settings, of: seeded.e164)
        }
        let account = try #require(try carriers.telnyx.account(credentials))
        let webhooks = try #require(WebhookTargets(base: "https://voice.example.com"))
        var saved: [CarrierNumber] = []
        for seeded in carriers.simulator.numbers(of: owner.id).reversed() {
            // The second finds the application pointed here already.
            let before = try #require(try await account.ownedNumber(try e164(seeded.e164)))
            saved.append(before)
            _ = try await account.manage(before, webhooks: webhooks)
        }
        for before in saved { try await account.restore(before.settings, on: before) }
        let left = try #require(try await account.ownedNumber(try e164(newest.e164)))
        #expect(left.webhooks == webhooks.urls(of: .telnyx))
        try await account.restoreShared(saved.map(\.settings), replacing: webhooks)
        try await account.restoreShared(saved.reversed().map(\.settings), replacing: webhooks)
        let after = try #require(try await account.ownedNumber(try e164(newest.e164)))
        #expect(after.webhooks.voice == "https://old.example/voice")
        #expect(after.webhooks.sms == "https://old.example/texts")
        #expect(after.webhooks.status.isEmpty)
    }

    @Test func `what was not replaced is not restored`() async throws {
        let carriers = try await S()
        let owner = try carriers.telnyxAccount()
        let account = try #require(
            try carriers.telnyx.account(try await carriers.credentials(owner)))
        let before = carriers.deeds(of: owner)
        try await account.restoreShared(
            [[:], ["connection_id": "42", "messaging_profile.webhook_url": "https://x.example"]],
            replacing: nil)
        #expect(carriers.deeds(of: owner) == before)
    }

    @Test func `a locked number stays, and the carrier says why`() async throws {
        let carriers = try await S()
        let owner = try carriers.telnyxAccount(numbers: 1)
        let credentials = try await carriers.credentials(owner)
        let account = try #require(try carriers.telnyx.account(credentials))
        let seeded = try #require(carriers.simulator.numbers(of: owner.id).first)
        try carriers.simulator.setDeletionLock(true, of: seeded.e164)
        let number = try #require(try await account.ownedNumber(try e164(seeded.e164)))
        let error = await #expect(throws: DomainError.self) {
            try await account.release(number)
        }
        #expect(error?.reason == .carrierRefused)
        #expect(error?.message.contains("deletion lock") == true)
        #expect(try await account.ownedNumber(number.e164) != nil)
    }

    /// Connects an account's newest number to an application and a profile as they were before it came
    /// here; its other numbers are connected to nothing.
    private func old(_ owner: Account, _ carriers: S) async throws -> [String: String] {
        let credentials = try await carriers.credentials(owner)
        let profile = try await carriers.make(
            "/messaging_profiles",
            [
                ("name", .string("texts")), ("webhook_url", .string("https://old.example/texts")),
                ("whitelisted_destinations", .array([.string("US")])),
            ], by: owner)
        let newest = try #require(carriers.simulator.numbers(of: owner.id).first)
        try carriers.simulator.changeSettings(
            [
                "connection_id": credentials["connection_id"] ?? "",
                "messaging_profile_id": profile,
            ], of: newest.e164)
        return credentials
    }
}
