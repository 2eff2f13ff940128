import LinekeeperCore
import Testing

@testable import LinekeeperStorage

struct OrderPurchaseTests {
    private static let numbers = ["+14155550101", "+14155550102", "+14155550103"]

    private func nothingWritten(_ desk: OrderDesk) async throws -> Bool {
        let orders = try await desk.store.value("SELECT count(*) FROM number_order")
        let numbers = try await desk.store.value("SELECT count(*) FROM number")
        return orders == 0 && numbers == 0
    }

    @Test("B102 B124 B162 Several numbers are ordered in one go, each debited a full month at once")
    func severalNumbers() async throws {
        let desk = try await OrderDesk(credits: 2_000)
        try await desk.offer(Self.numbers)
        let orders = try await desk.buy(Self.numbers, for: 1_500, webhookMode: .managed).get()
        #expect(orders.map(\.e164.description) == Self.numbers)
        #expect(orders.allSatisfy { $0.state == .created && $0.dueAt == .start })
        #expect(try await desk.balance() == 500)
        #expect(
            try await desk.store.value("SELECT count(*) FROM credit_entry WHERE credits = -500")
                == 3)
        for order in orders {
            let number = try await desk.desk.record(order.numberID)
            #expect(number.status == .pending && number.orderID == order.id.description)
            #expect(number.origin == .marketplace && number.carrier == .twilio)
            #expect(number.monthlyCostCredits == 500 && number.webhookMode == .managed)
            #expect(number.regionLabel == "San Francisco" && number.countryCode == "US")
            #expect(desk.store.routes.number(order.e164)?.status == .pending)
        }
        let actions = try await desk.desk.events().map(\.action)
        #expect(actions.filter { $0 == "number.ordered" }.count == 3)
        #expect(try await desk.discrepancies() == [])
        desk.desk.close()
    }

    @Test("B103 Too few credits for all: nothing is bought and nothing debited")
    func tooFewCredits() async throws {
        let desk = try await OrderDesk(credits: 1_499)
        try await desk.offer(Self.numbers)
        let refusal = await desk.buy(Self.numbers, for: 1_500).refusal
        #expect(refusal?.reason == .insufficientCredits)
        #expect(refusal?.facts == ["balance": "1499", "needed": "1500"])
        #expect(try await desk.balance() == 1_499)
        #expect(try await nothingWritten(desk))
        desk.desk.close()
    }

    @Test(
        "B160 B161 The price list decides, else the carrier's fee at 200 credits a dollar, rounded up"
    )
    func prices() async throws {
        let desk = try await OrderDesk(credits: 2_000)
        try await desk.offer(["+14155550101"]) { $0.fee = CarrierFee(dollars: "9.00") }
        try await desk.offer(["+18005550102"]) {
            $0.type = .tollFree
            $0.fee = CarrierFee(dollars: "2.001")
        }
        try await desk.offer(["+442071838750"]) { $0.countryCode = "GB" }
        try await desk.desk.change { writer throws(DomainError) in
            guard let fee = CarrierFee(dollars: "1.15") else { return }
            try writer.putCarrierFee(
                fee, from: .marketplace, countryCode: "GB", type: .local, foundAt: .start)
        }
        let all = ["+14155550101", "+18005550102", "+442071838750"]
        let orders = try await desk.buy(all, for: 500 + 401 + 230).get()
        #expect(orders.map(\.monthlyCostCredits) == [500, 401, 230])
        desk.desk.close()
    }

    @Test("A price that is not the expected one is told, and nothing is bought")
    func priceChanged() async throws {
        let desk = try await OrderDesk()
        try await desk.offer(Self.numbers)
        for expected in [Int64(0), 499, 501, -500, .max] {
            let refusal = await desk.buy([Self.numbers[0]], for: expected).refusal
            #expect(refusal?.reason == .priceChanged)
            #expect(refusal?.facts["monthly_cost_credits"] == "500")
        }
        #expect(try await nothingWritten(desk))
        desk.desk.close()
    }

    @Test("A number without a known price cannot be bought")
    func noPrice() async throws {
        let desk = try await OrderDesk()
        try await desk.offer(["+442071838750"]) { $0.countryCode = "GB" }
        #expect(await desk.buy(["+442071838750"], for: 0).refusal?.reason == .offerNotFound)
        desk.desk.close()
    }

    @Test(
        "Only what was found on sale within half an hour can be ordered, at the source it was found"
    )
    func staleOffers() async throws {
        let desk = try await OrderDesk()
        try await desk.offer([Self.numbers[0]])
        let late = Timestamp.start.adding(seconds: 1_800)
        #expect(
            await desk.buy([Self.numbers[0]], for: 500, at: late).refusal?.reason
                == .offerNotFound)
        #expect(await desk.buy([Self.numbers[1]], for: 500).refusal?.reason == .offerNotFound)
        #expect(
            await desk.buy([Self.numbers[0]], for: 500, at: late.adding(seconds: -1)).refusal
                == nil)
        desk.desk.close()
    }

    @Test("A request names 1 to 100 numbers, each once")
    func form() async throws {
        let desk = try await OrderDesk()
        try await desk.offer(Self.numbers)
        #expect(await desk.buy([], for: 0).refusal?.field == "e164s")
        let twice = await desk.buy([Self.numbers[0], Self.numbers[0]], for: 1_000).refusal
        #expect(twice?.reason == .invalidArgument && twice?.facts["number"] == Self.numbers[0])
        let many = (0..<101).map { "+1415555\(1_000 + $0)" }
        #expect(await desk.buy(many, for: 500).refusal?.facts["limit"] == "100")
        desk.desk.close()
    }

    @Test("B120 The pool sells to plan unlimited with the flag only; the marketplace to everybody")
    func sources() async throws {
        let desk = try await OrderDesk()
        try await desk.offer(Self.numbers)
        try await desk.offer(Self.numbers, source: .pool)
        func refusal(_ source: NumberSource, _ isConnected: Bool = true) async -> DomainError? {
            await desk.buy(
                [Self.numbers[0]], for: 500, source: source, isConnected: isConnected
            ).refusal
        }
        #expect(await refusal(.marketplace, false)?.reason == .sourceNotOpen)
        #expect(await refusal(.pool)?.reason == .planRequired)
        let id = try #require(desk.store.routes.workspace(desk.workspace)).id
        try await desk.desk.change { writer throws(DomainError) in
            _ = try WorkspaceChanges.update(id, expectedVersion: nil, in: writer) {
                $0.plan = .unlimited
                $0.featureFlags = [NumberSource.poolFlag]
            }
        }
        #expect(await refusal(.pool, false)?.reason == .sourceNotOpen)
        #expect(await refusal(.pool) == nil)
        desk.desk.close()
    }

    @Test("A number that is held, kept apart or being given back is not bought", arguments: 0..<5)
    func notFree(which: Int) async throws {
        let desk = try await OrderDesk()
        let text = Self.numbers[0]
        try await desk.offer([text])
        let other = try await NumberDesk.addWorkspace("Other", to: desk.store)
        let expected: DomainError.Reason
        switch which {
        case 0:
            try await desk.desk.addNumber(text, id: 1)
            expected = .numberHeldElsewhere
        case 1:
            try await desk.desk.addNumber(text, id: 1, in: other)
            expected = .numberHeldElsewhere
        case 2:
            _ = try await desk.buy([text], for: 500).get()
            expected = .numberHeldElsewhere
        case 3:
            try await desk.desk.change { writer throws(DomainError) in
                guard let e164 = E164(text.utf8) else { return }
                try writer.quarantine(
                    e164, releasedBy: other, until: Timestamp.start.adding(seconds: 60))
            }
            expected = .numberQuarantined
        default:
            let order = try #require(try await desk.buy([text], for: 500).get().first)
            _ = try await desk.settle(
                .refused(PurchaseRefusal(.other, code: "", words: "")), of: order)
            try await desk.desk.change { writer throws(DomainError) in
                try writer.insertCarrierTask(
                    number: order.number, workspace: order.workspace, kind: .release,
                    detailsJSON: "{}", dueAt: .start)
            }
            expected = .numberQuarantined
        }
        #expect(await desk.buy([text], for: 500).refusal?.reason == expected)
        desk.desk.close()
    }

    @Test("On a full disk the order is not made, so nothing can be sent")
    func fullDisk() async throws {
        let desk = try await OrderDesk()
        let many = (0..<100).map { "+1415555\(1_000 + $0)" }
        try await desk.offer(many)
        try await desk.grant(50_000)
        let balance = try await desk.balance()
        try await desk.desk.change { writer throws(DomainError) in
            let pages = try writer.connection.first(SQL("PRAGMA page_count")) ?? 0
            try writer.connection.execute("PRAGMA max_page_count = \(pages + 1)")
        }
        #expect(await desk.buy(many, for: 50_000).refusal?.reason == .storageFull)
        #expect(try await nothingWritten(desk))
        #expect(try await desk.balance() == balance)
        #expect(desk.store.routes.number(try #require(E164(many[0].utf8))) == nil)
        desk.desk.close()
    }
}
