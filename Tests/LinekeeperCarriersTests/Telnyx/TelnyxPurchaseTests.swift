import LinekeeperCore
import Testing

@testable import LinekeeperCarriers

/// What an order came to.
@Suite struct TelnyxPurchaseTests {
    typealias F = TelnyxFixtures

    @Test func `an order follows a search for exactly the number, and is sent once`() async throws {
        let transport = transport(.json(200, F.data(F.orderEntry())))
        let outcome = await (try F.account(transport)).purchase(try F.purchase())
        #expect(outcome == .pending(carrierOrderID: F.orderID))
        #expect(
            transport.transcript == [
                """
                GET https://api.telnyx.com/v2/available_phone_numbers?\
                filter%5Bcountry_code%5D=US&filter%5Bphone_number_type%5D=local\
                &filter%5Bphone_number%5D%5Bcontains%5D=3125550006&filter%5Blimit%5D=10
                \(F.authorization)
                """,
                """
                POST https://api.telnyx.com/v2/number_orders
                \(F.authorization)
                \(F.jsonType)

                {"phone_numbers":[{"phone_number":"+13125550006"}],\
                "connection_id":"1293384261075731499","customer_reference":"order-1"}
                """,
            ])
    }

    @Test func `an order names the profile and the requirement group that are at hand`()
        async throws
    {
        var credentials = F.credentials
        credentials["messaging_profile_id"] = F.profileID
        credentials["requirement_groups"] = "US/local=\(F.orderID)"
        let transport = transport(.json(200, F.data(F.orderEntry())))
        _ = await (try F.account(transport, credentials)).purchase(try F.purchase())
        #expect(
            transport.changes.first?.hasSuffix(
                """
                {"phone_numbers":[{"phone_number":"+13125550006",\
                "requirement_group_id":"\(F.orderID)"}],"connection_id":"1293384261075731499",\
                "customer_reference":"order-1","messaging_profile_id":"\(F.profileID)"}
                """) == true)
    }

    @Test func `B104 a number that the search does not bring is not ordered`() async throws {
        for answer in [F.available("+13125550007"), "{\"data\": []}"] {
            let transport = CannedTransport([F.search: [.json(200, answer)]])
            let outcome = await (try F.account(transport)).purchase(try F.purchase())
            #expect(outcome.refusal?.kind == .taken)
            #expect(transport.changes.isEmpty)
        }
    }

    @Test(
        "a search that fails orders nothing",
        arguments: [
            HTTPOutcome.status(503), .status(429), .unknown(HTTPFailure(.unreachable, "reset")),
            .notSent(HTTPFailure(.unreachable, "refused")), .json(200, "{"), .json(200, "{}"),
            .json(409, TelnyxFixtures.error("10036", "Busy")),
        ])
    func searchFails(answer: HTTPOutcome) async throws {
        let transport = CannedTransport([F.search: [answer]])
        let outcome = await (try F.account(transport)).purchase(try F.purchase())
        #expect(outcome.notSent != nil)
        #expect(transport.changes.isEmpty)
    }

    @Test func `a search that refuses the key refuses the purchase`() async throws {
        let transport = CannedTransport([
            F.search: [.json(401, F.error("10009", "Authentication failed"))]
        ])
        let outcome = await (try F.account(transport)).purchase(try F.purchase())
        #expect(outcome.refusal?.kind == .credentials)
    }

    @Test(
        "every code of Telnyx's has its meaning",
        arguments: [
            (401, "10009", PurchaseRefusal.Kind.credentials), (403, "10010", .notPermitted),
            (404, "10005", .other), (400, "10004", .other), (422, "10015", .other),
            (422, "10016", .other), (422, "10027", .other), (400, "10032", .other),
            (403, "10038", .notPermitted), (403, "10039", .notPermitted),
            (401, "20001", .credentials), (401, "20002", .credentials),
            (401, "20006", .credentials), (401, "20008", .credentials), (403, "20012", .funds),
            (403, "20013", .credentials), (403, "20014", .notPermitted),
            (403, "20016", .notPermitted), (403, "20017", .notPermitted), (402, "20100", .funds),
            (422, "85001", .taken), (422, "85002", .other), (422, "85003", .other),
            (422, "85004", .other), (422, "85005", .other), (422, "85006", .taken),
            (422, "85007", .other), (402, "99999", .funds), (403, "99999", .notPermitted),
            (422, "99999", .other),
        ])
    func refused(status: Int, code: String, kind: PurchaseRefusal.Kind) async throws {
        let outcome = try await outcome(.json(status, F.error(code, "No", "Not this one.")))
        #expect(
            outcome
                == .refused(PurchaseRefusal(kind, code: code, words: "No: Not this one.")))
    }

    @Test func `codes that are numbers are read as well`() async throws {
        let outcome = try await outcome(
            .json(422, "{\"errors\": [{\"code\": 85001, \"title\": \"Gone\"}]}"))
        #expect(outcome == .refused(PurchaseRefusal(.taken, code: "85001", words: "Gone")))
    }

    @Test(
        "whatever proves nothing is not known",
        arguments: [
            HTTPOutcome.status(500), .status(502), .status(503), .status(504), .status(408),
            .json(409, TelnyxFixtures.error("10036", "Busy")), .status(302),
            .json(422, TelnyxFixtures.error("10007", "Unexpected error")),
            .unknown(HTTPFailure(.unreachable, "reset")),
            .unknown(HTTPFailure(.answerTooLarge, "large")),
            .json(200, "{"), .json(200, "{\"data\": {}}"),
            .json(200, TelnyxFixtures.data(TelnyxFixtures.orderEntry(e164: "+13125550007"))),
            .json(200, TelnyxFixtures.data(TelnyxFixtures.orderEntry(reference: "order-2"))),
            .json(200, TelnyxFixtures.data(TelnyxFixtures.orderEntry("strange"))),
            .json(200, TelnyxFixtures.data(TelnyxFixtures.orderEntry(id: "../balance"))),
        ])
    func unknown(answer: HTTPOutcome) async throws {
        #expect(try await outcome(answer).isUnknown)
    }

    @Test(
        "what surely did not reach Telnyx, or was surely not processed, can be sent again",
        arguments: [
            (
                HTTPOutcome.notSent(HTTPFailure(.unreachable, "refused")),
                DomainError.Reason.carrierUnavailable
            ),
            (.json(429, TelnyxFixtures.error("10011", "Too many requests")), .carrierBusy),
            (.json(422, TelnyxFixtures.error("85000", "Search first")), .carrierRefused),
        ])
    func notSent(answer: HTTPOutcome, reason: DomainError.Reason) async throws {
        #expect(try await outcome(answer).notSent?.reason == reason)
    }

    @Test(
        "an order that is done at once is owned as soon as the number is listed",
        arguments: [
            ([TelnyxFixtures.entry()], true), ([], false),
            ([TelnyxFixtures.entry(status: "purchase-pending")], false),
            ([TelnyxFixtures.entry("+13125550060")], false),
        ])
    func doneAtOnce(listed: [String], isOwned: Bool) async throws {
        let transport = CannedTransport([
            F.search: [.json(200, F.available())],
            F.order: [.json(200, F.data(F.orderEntry("success", line: "success")))],
            F.numbers: [.json(200, F.list(listed))],
            "GET \(F.number)/messaging": [.json(200, F.data(F.messaging()))],
        ])
        let outcome = await (try F.account(transport)).purchase(try F.purchase())
        if isOwned {
            #expect(outcome.owned?.carrierID == F.numberID)
            #expect(outcome.owned?.capabilities == [.voice, .sms])
        } else {
            #expect(outcome == .pending(carrierOrderID: F.orderID))
        }
    }

    @Test func `B127 an order that fails at once is refused`() async throws {
        let outcome = try await outcome(.json(200, F.data(F.orderEntry("failure"))))
        #expect(outcome.refusal?.words == "The order failed.")
    }

    @Test func `an order is sent once, whatever comes back`() async throws {
        for answer in [
            HTTPOutcome.status(503), .unknown(HTTPFailure(.unreachable, "reset")),
            .json(422, F.error("85001", "gone")),
        ] {
            let transport = transport(answer)
            let carrier = TelnyxCarrier(
                endpoints: .live, transport: transport, logger: quietLogger)
            let account = try #require(try carrier.account(F.credentials))
            _ = await account.purchase(try F.purchase())
            #expect(transport.changes.count == 1)
        }
    }

    @Test func `no secret and no control character gets into a refusal's words`() async throws {
        let outcome = try await outcome(
            .json(
                422,
                F.error(
                    "99999", "KEY0123456789\\r\\n\\u202E bad", String(repeating: "a", count: 900))))
        let words = try #require(outcome.refusal?.words)
        #expect(words.hasPrefix("(secret) bad: aaa"))
        #expect(words.unicodeScalars.count <= 302)
    }

    private func transport(_ answer: HTTPOutcome) -> CannedTransport {
        CannedTransport([F.search: [.json(200, F.available())], F.order: [answer]])
    }

    private func outcome(_ answer: HTTPOutcome) async throws -> PurchaseOutcome {
        await (try F.account(transport(answer))).purchase(try F.purchase())
    }
}
