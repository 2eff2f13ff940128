import LinekeeperCore
import Testing

@testable import LinekeeperCarriers

/// What asking about an order shows.
@Suite struct TelnyxFindTests {
    typealias F = TelnyxFixtures

    @Test func `an order is found by its reference and read by its id`() async throws {
        let transport = CannedTransport([
            F.orders: [.json(200, F.listed())],
            "GET \(F.host)/number_orders/\(F.orderID)": [.json(200, F.data(F.orderEntry()))],
        ])
        let finding = try await F.account(transport).find(try F.purchase(), carrierOrderID: nil)
        #expect(finding == .pending(carrierOrderID: F.orderID, cause: nil))
        #expect(
            transport.transcript == [
                """
                GET https://api.telnyx.com/v2/number_orders?\
                filter%5Bcustomer_reference%5D=order-1&page%5Bnumber%5D=1&page%5Bsize%5D=250
                \(F.authorization)
                """,
                "GET https://api.telnyx.com/v2/number_orders/\(F.orderID)\n\(F.authorization)",
            ])
    }

    @Test(
        "B128 what an order that is known by its id says",
        arguments: [
            (
                TelnyxFixtures.orderEntry(requirements: "requirement-info-pending"),
                PurchaseFinding.pending(
                    carrierOrderID: TelnyxFixtures.orderID, cause: "requirement-info-pending")
            ),
            (
                TelnyxFixtures.orderEntry("failure"),
                .refused(PurchaseRefusal(.other, code: "", words: "The order failed."))
            ),
            (
                TelnyxFixtures.orderEntry("cancelled"),
                .refused(PurchaseRefusal(.other, code: "", words: "The order failed: cancelled."))
            ),
            (
                TelnyxFixtures.orderEntry("deleted"),
                .refused(PurchaseRefusal(.other, code: "", words: "The order failed: deleted."))
            ),
            (
                // The order is as far as its number.
                TelnyxFixtures.orderEntry("success", line: "failure"),
                .refused(PurchaseRefusal(.other, code: "", words: "The order failed."))
            ),
            (
                TelnyxFixtures.orderEntry(
                    "failure", line: "failure", requirements: "requirement-info-exception"),
                .refused(
                    PurchaseRefusal(
                        .requirements, code: "",
                        words: "The order failed: requirement-info-exception."))
            ),
        ])
    func byID(order: String, finding: PurchaseFinding) async throws {
        let transport = CannedTransport([
            "GET \(F.host)/number_orders/\(F.orderID)": [.json(200, F.data(order))]
        ])
        let account = try F.account(transport)
        #expect(
            try await account.find(try F.purchase(), carrierOrderID: F.orderID) == finding)
        #expect(transport.requests.count == 1)
    }

    @Test(
        "a done order is owned when its number is in the list and active",
        arguments: [
            ([TelnyxFixtures.entry()], "owned"),
            ([TelnyxFixtures.entry(reference: "")], "owned"),
            ([TelnyxFixtures.entry(type: "longcode")], "owned"),
            ([], "pending"), ([TelnyxFixtures.entry("+13125550060")], "pending"),
            ([TelnyxFixtures.entry(status: "purchase-pending")], "pending"),
            ([TelnyxFixtures.entry(status: "purchase-failed")], "refused"),
        ])
    func done(listed: [String], expected: String) async throws {
        let transport = CannedTransport([
            F.orders: [.json(200, F.listed("success"))],
            "GET \(F.host)/number_orders/\(F.orderID)": [
                .json(
                    200, F.data(F.orderEntry("success", line: "success", requirements: "approved")))
            ],
            F.numbers: [.json(200, F.list(listed))],
            "GET \(F.number)/messaging": [.json(404, F.error("10005", "Not found"))],
        ])
        let finding = try await F.account(transport).find(try F.purchase(), carrierOrderID: nil)
        switch finding {
        case .owned(let number):
            #expect(expected == "owned")
            #expect(number.carrierID == F.numberID)
            #expect(number.type == .local)
        case .pending(let id, let cause):
            #expect(expected == "pending")
            #expect(id == F.orderID)
            #expect(cause != nil)
        case .refused: #expect(expected == "refused")
        case .absent: Issue.record("absent")
        }
    }

    @Test(
        "without an order the account's numbers decide, by their reference",
        arguments: [
            ([], PurchaseFinding?.some(.absent)),
            ([TelnyxFixtures.entry(reference: "")], .absent),
            ([TelnyxFixtures.entry(status: "deleted")], .absent),
            ([TelnyxFixtures.entry("+13125550060")], .absent),
            (
                [TelnyxFixtures.entry(reference: "order-2")],
                .refused(
                    PurchaseRefusal(
                        .taken, code: "",
                        words: "The account holds +13125550006 already, not through this order."))
            ),
        ])
    func withoutOrder(listed: [String], finding: PurchaseFinding?) async throws {
        #expect(try await findWithoutOrder(listed) == finding)
    }

    @Test func `a number with the reference is owned although its order is not listed yet`()
        async throws
    {
        #expect(try await findWithoutOrder([F.entry()]).owned?.carrierID == F.numberID)
        let error = await #expect(throws: DomainError.self) {
            try await findWithoutOrder([F.entry(status: "purchase-pending")])
        }
        #expect(error?.reason == .carrierUnavailable)
    }

    private func findWithoutOrder(_ listed: [String]) async throws -> PurchaseFinding {
        let transport = CannedTransport([
            F.orders: [.json(200, F.list([]))], F.numbers: [.json(200, F.list(listed))],
            "GET \(F.number)/messaging": [.json(200, F.data(F.messaging()))],
        ])
        return try await F.account(transport).find(try F.purchase(), carrierOrderID: nil)
    }

    @Test func `an order that the filter brings for another reference is not the one`() async throws
    {
        let transport = CannedTransport([
            F.orders: [.json(200, F.listed("success", reference: "order-11"))],
            F.numbers: [.json(200, F.list([]))],
        ])
        #expect(
            try await F.account(transport).find(try F.purchase(), carrierOrderID: nil) == .absent)
    }

    @Test func `an order that does not tell its reference is not the one`() async throws {
        let anonymous = F.listed("success").replacing("\"order-1\"", with: "null")
        let transport = CannedTransport([
            F.orders: [.json(200, anonymous)], F.numbers: [.json(200, F.list([]))],
        ])
        #expect(
            try await F.account(transport).find(try F.purchase(), carrierOrderID: nil) == .absent)
        #expect(transport.requests.count == 2)
    }

    @Test func `an order id that leads to another order is an error`() async throws {
        let transport = CannedTransport([
            "GET \(F.host)/number_orders/\(F.orderID)": [
                .json(200, F.data(F.orderEntry("success", e164: "+13125550007")))
            ]
        ])
        let account = try F.account(transport)
        let error = await #expect(throws: DomainError.self) {
            try await account.find(try F.purchase(), carrierOrderID: F.orderID)
        }
        #expect(error?.reason == .carrierAnswerUnreadable)
    }

    @Test func `an order id that Telnyx has forgotten is looked for by reference`() async throws {
        let transport = CannedTransport([
            "GET \(F.host)/number_orders/\(F.orderID)": [
                .json(404, F.error("10005", "Not found")),
                .json(200, F.data(F.orderEntry())),
            ],
            F.orders: [.json(200, F.listed())],
        ])
        #expect(
            try await F.account(transport).find(try F.purchase(), carrierOrderID: F.orderID)
                == .pending(carrierOrderID: F.orderID, cause: nil))
    }

    @Test(
        "what cannot be asked is an error, never absent",
        arguments: [
            (HTTPOutcome.status(503), DomainError.Reason.carrierUnavailable),
            (.status(429), .carrierBusy),
            (
                .json(401, TelnyxFixtures.error("10009", "Authentication failed")),
                .credentialsRejected
            ),
            (.json(200, "{}"), .carrierAnswerUnreadable),
            (
                .json(200, "{\"data\": [{\"customer_reference\": \"order-1\"}]}"),
                .carrierAnswerUnreadable
            ),
        ])
    func failure(answer: HTTPOutcome, reason: DomainError.Reason) async throws {
        let transport = CannedTransport([F.orders: [answer]])
        let error = await #expect(throws: DomainError.self) {
            try await F.account(transport).find(try F.purchase(), carrierOrderID: nil)
        }
        #expect(error?.reason == reason)
    }
}
