import LinekeeperCore
import Testing

@testable import LinekeeperCarriers

/// Whatever Telnyx answers, it is a value or an error that says so; never a crash, never a number
/// that nobody asked for.
@Suite struct TelnyxHostileTests {
    typealias F = TelnyxFixtures

    @Test func `no answer to an order makes it anything but the order that was sent`() async throws
    {
        for body in try HostileJSON.variants(of: F.data(F.orderEntry("success", line: "success"))) {
            let transport = CannedTransport([
                F.search: [.json(200, F.available())], F.order: [.json(200, body)],
                F.numbers: [.json(200, F.list([F.entry()]))],
                "GET \(F.number)/messaging": [.status(404)],
            ])
            let outcome = await (try F.account(transport)).purchase(try F.purchase())
            if let number = outcome.owned {
                #expect(number.e164.description == "+13125550006")
            } else if let id = outcome.pendingID {
                #expect(id == F.orderID)
            } else {
                #expect(outcome.isUnknown, "\(body.prefix(200))")
            }
            #expect(transport.changes.count == 1)
        }
    }

    @Test func `no search's answer has anything ordered but the number`() async throws {
        for body in try HostileJSON.variants(of: F.available()) {
            let transport = CannedTransport([
                F.search: [.json(200, body)], F.order: [.json(200, F.data(F.orderEntry()))],
            ])
            _ = await (try F.account(transport)).purchase(try F.purchase())
            #expect(transport.changes.allSatisfy { $0.contains("\"+13125550006\"") })
            #expect(transport.changes.count <= 1)
        }
    }

    @Test func `no refusal's body makes a refused order anything else`() async throws {
        for body in try HostileJSON.variants(of: F.error("85001", "Gone", "No longer there")) {
            let transport = CannedTransport([
                F.search: [.json(200, F.available())], F.order: [.json(422, body)],
            ])
            let outcome = await (try F.account(transport)).purchase(try F.purchase())
            let refusal = try #require(outcome.refusal)
            #expect(
                refusal.words.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
            #expect(!refusal.words.isEmpty && refusal.words.unicodeScalars.count <= 302)
        }
    }

    @Test func `no list of orders or numbers makes a purchase found that is another`() async throws
    {
        let orders = F.listed("success")
        let order = F.data(F.orderEntry("success", line: "success", requirements: "approved"))
        let numbers = F.list([F.entry()])
        for place in [F.orders, "GET \(F.host)/number_orders/\(F.orderID)", F.numbers] {
            let proper = [F.orders: orders, F.numbers: numbers][place] ?? order
            for body in try HostileJSON.variants(of: proper) {
                let transport = CannedTransport(
                    [
                        F.orders: [.json(200, orders)],
                        "GET \(F.host)/number_orders/\(F.orderID)": [.json(200, order)],
                        F.numbers: [.json(200, numbers)],
                        "GET \(F.number)/messaging": [.status(404)],
                    ].merging([place: [.json(200, body)]]) { $1 })
                let account = try F.account(transport)
                let purchase = try F.purchase()
                do throws(DomainError) {
                    let finding = try await account.find(purchase, carrierOrderID: nil)
                    if let number = finding.owned {
                        #expect(number.e164.description == "+13125550006")
                    }
                } catch {
                    #expect(
                        error.reason == .carrierAnswerUnreadable
                            || error.reason == .carrierUnavailable, "\(error)")
                }
            }
        }
    }

    @Test func `every other method answers or says what it could not read`() async throws {
        let webhooks = try #require(F.webhooks)
        let urls = webhooks.urls(of: .telnyx)
        let number = try F.carrierNumber()
        let coverage = F.data("{\"Germany\": {\"code\": \"DE\", \"local\": {\"features\": []}}}")
        let rules = F.data(
            "[{\"regulatory_requirements\": [{\"name\": \"Address\", \"field_type\": \"address\"}]}]"
        )
        let offers = OfferQuery(countryCode: "US", type: .local)
        let proper: [String: String] = [
            "GET \(F.host)/country_coverage": coverage, F.search: F.available(),
            "GET \(F.host)/regulatory_requirements": rules,
            F.numbers: F.list([F.entry(profile: F.profileID)]),
            "GET \(F.host)/phone_numbers/messaging": F.list([F.messaging()]),
            "GET \(F.host)/texml_applications": F.list([F.applicationEntry()]),
            "GET \(F.profiles)": F.list([F.profile(webhook: "https://old.example/")]),
            "GET \(F.profiles)/\(F.profileID)": F.data(F.profile(webhook: urls.sms)),
            "GET \(F.number)/messaging": F.data(F.messaging()),
            "GET \(F.application)": F.data(F.applicationEntry()),
            "PATCH \(F.application)": F.data(F.applicationEntry(voice: urls.voice)),
            "PATCH \(F.number)": F.data(F.entry()),
            "POST \(F.profiles)": F.data(F.profile(webhook: urls.sms)),
            "PATCH \(F.number)/messaging": F.data(F.messaging(profile: F.profileID)),
            "DELETE \(F.number)": F.data("{\"status\": \"deleted\"}"),
            "GET \(F.host)/balance": F.data("{\"balance\": \"1.00\"}"),
        ]
        func call(_ place: String, _ run: @escaping (TelnyxAccount) async throws -> Void)
            -> HostileCall<TelnyxAccount>
        {
            HostileCall(place, proper[place] ?? "", run)
        }
        let manage: (TelnyxAccount) async throws -> Void = {
            _ = try await $0.manage(number, webhooks: webhooks)
        }
        let list: (TelnyxAccount) async throws -> Void = {
            _ = try await $0.ownedNumbers(after: nil)
        }
        let one: (TelnyxAccount) async throws -> Void = {
            _ = try await $0.ownedNumber(number.e164)
        }
        let search: (TelnyxAccount) async throws -> Void = { _ = try await $0.offers(offers) }
        let calls = [
            call("GET \(F.host)/country_coverage") { _ = try await $0.countries() },
            call(F.search, search), call("GET \(F.host)/regulatory_requirements", search),
            call(F.numbers, list), call("GET \(F.host)/phone_numbers/messaging", list),
            call("GET \(F.host)/texml_applications", list), call("GET \(F.profiles)", list),
            call(F.numbers, one), call("GET \(F.number)/messaging", one),
            call("GET \(F.application)", one), call("GET \(F.profiles)/\(F.profileID)", one),
            call("GET \(F.application)", manage), call("PATCH \(F.application)", manage),
            call("PATCH \(F.number)", manage), call("GET \(F.number)/messaging", manage),
            call("GET \(F.profiles)", manage), call("POST \(F.profiles)", manage),
            call("PATCH \(F.number)/messaging", manage),
            call("DELETE \(F.number)") { try await $0.release(number) },
            call("GET \(F.host)/balance") { _ = try await $0.checkedName() },
            call("GET \(F.application)") { _ = try await $0.checkedName() },
        ]
        for call in calls {
            for body in try HostileJSON.variants(of: call.body) {
                let transport = CannedTransport(
                    proper.mapValues { [.json(200, $0)] }.merging(
                        [call.place: [.json(200, body)]]) { $1 })
                let account = try F.account(transport)
                do { try await call.run(account) } catch let error as DomainError {
                    #expect(
                        error.reason == .carrierAnswerUnreadable
                            || error.reason == .carrierUnavailable
                            || error.reason == .invalidArgument, "\(call.place): \(error)")
                    #expect(!error.message.contains("KEY0123456789"))
                }
            }
        }
    }
}
