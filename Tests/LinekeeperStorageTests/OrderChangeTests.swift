import LinekeeperCore
import Testing

@testable import LinekeeperStorage

struct OrderChangeTests {
    private func ordered(
        _ desk: OrderDesk, webhookMode: WebhookMode = .outboundOnly
    ) async throws -> OrderRecord {
        try await desk.offer(["+14155550101"])
        return try #require(
            try await desk.buy(["+14155550101"], for: 500, webhookMode: webhookMode).get().first)
    }

    private func failed() -> PurchaseOutcome {
        .refused(PurchaseRefusal(.taken, code: "21422", words: "not available"))
    }

    @Test(
        "B105 A bought number is active at once, as the carrier describes it, and renews in a month"
    )
    func completed() async throws {
        let desk = try await OrderDesk()
        let order = try await ordered(desk)
        let after = try await desk.settle(.owned(.bought(order)), of: order)
        #expect(after.state == .completed && after.dueAt == nil)
        let number = try await desk.desk.record(order.numberID)
        #expect(number.status == .active && number.orderID.isEmpty)
        #expect(number.capabilities == [.voice, .sms, .mms])
        #expect(number.regionLabel == "Oakland")
        // 2026-02-01T00:00:00Z
        #expect(number.renewsAt == Timestamp(microseconds: 1_769_904_000_000_000))
        let facts = try #require(desk.store.routes.number(order.e164))
        #expect(facts.status == .active && facts.version == number.version)
        #expect(facts.capabilities == number.capabilities)
        #expect(
            try await desk.store.value(
                "SELECT count(*) FROM number WHERE carrier_number_id = 'PN\(order.key.rawValue)'")
                == 1)
        #expect(try await desk.store.value("SELECT count(*) FROM carrier_task") == 0)
        #expect(try await desk.balance() == 1_500)
        #expect(try await desk.discrepancies() == [])
        let events = try await desk.desk.events()
        #expect(events.first { $0.action == "number.activated" }?.routeChange == .number)
        #expect(events.contains { $0.action == "order.completed" })
        desk.desk.close()
    }

    @Test("B125 Webhooks chosen at the purchase are to be managed as soon as the number is active")
    func managed() async throws {
        let desk = try await OrderDesk()
        let order = try await ordered(desk, webhookMode: .managed)
        let count = "SELECT count(*) FROM carrier_task WHERE kind = 1"
        let marked = try await desk.apply(.sending, to: order)
        #expect(try await desk.store.value(count) == 0)
        try await desk.apply(
            .outcome(.owned(.bought(order)), attempt: marked.attempt), to: marked)
        #expect(try await desk.store.value(count) == 1)
        desk.desk.close()
    }

    @Test("B104 B127 A failed order says why, returns its credits once, and frees the number")
    func failedOrder() async throws {
        let desk = try await OrderDesk()
        let order = try await ordered(desk)
        let after = try await desk.settle(failed(), of: order)
        #expect(after.state == .failed && after.reason == "NUMBER_TAKEN")
        #expect(after.message.contains("21422"))
        #expect(try await desk.balance() == 2_000)
        #expect(try await desk.desk.record(order.numberID).status == .failed)
        #expect(desk.store.routes.number(order.e164) == nil)
        for news in [
            OrderNews.outcome(failed(), attempt: 1), .outcome(.owned(.bought(order)), attempt: 1),
            .finding(.absent), .sending,
        ] { #expect(try await desk.apply(news, to: after) == after) }
        #expect(try await desk.balance() == 2_000)
        #expect(try await desk.discrepancies() == [])
        // The offer is gone with the number; found again, it can be ordered again.
        #expect(
            await desk.buy(["+14155550101"], for: 500).refusal?.reason == .offerNotFound)
        try await desk.offer(["+14155550101"])
        #expect(await desk.buy(["+14155550101"], for: 500).refusal == nil)
        desk.desk.close()
    }

    @Test("The mark is durable by itself, and a second one of the same order does not send")
    func mark() async throws {
        let desk = try await OrderDesk()
        let order = try await ordered(desk)
        let marked = try await desk.apply(.sending, to: order)
        #expect(marked.state == .unknown && marked.attempt == 1)
        #expect(try await desk.apply(.sending, to: order).attempt == 1)
        desk.desk.close()
    }

    @Test("An order survives a new start as it was written last")
    func restart() async throws {
        let desk = try await OrderDesk()
        let order = try await ordered(desk)
        let marked = try await desk.apply(.sending, to: order)
        let waiting = try await desk.apply(
            .outcome(.pending(carrierOrderID: "o1"), attempt: 1), to: marked)
        desk.store.close()
        let store = try desk.desk.directory.open()
        let due = try await store.read { reader throws(DomainError) in
            try reader.ordersDue(
                by: Timestamp.start.adding(seconds: 100), from: order.source, limit: 9)
        }
        #expect(due == [waiting])
        #expect(waiting.carrierOrderID == "o1" && waiting.sentAt == .start)
        #expect(store.routes.number(order.e164)?.status == .pending)
        store.close()
    }

    @Test(
        "B165 Whatever carriers answer, credits are conserved and numbers follow their orders",
        arguments: 0..<6)
    func conserved(seed: UInt64) async throws {
        var random = OrderRandom(seed: seed)
        let desk = try await OrderDesk(credits: 10_000)
        let texts = (0..<12).map { "+1415555\(1_000 + $0)" }
        try await desk.offer(texts) { $0.fee = CarrierFee(dollars: "1.15") }
        var orders = try await desk.buy(texts, for: 6_000).get()
        var now = Timestamp.start
        for _ in 0..<150 {
            now = now.adding(seconds: .random(in: 0...60, using: &random))
            let index = Int.random(in: orders.indices, using: &random)
            let news = OrderNews.random(of: orders[index], using: &random)
            orders[index] = try await desk.apply(news, to: orders[index], at: now)
            #expect(try await desk.discrepancies() == [], "after \(news)")
        }
        #expect(orders.contains { $0.state == .completed })
        #expect(orders.contains { $0.state == .failed })
        let spent = orders.filter { $0.state != .failed }.map(\.monthlyCostCredits).reduce(0, +)
        #expect(try await desk.balance() == 10_000 - spent)
        desk.desk.close()
    }

    @Test("A number that arrives when nobody wants it any more goes back to the carrier")
    func unwanted() async throws {
        let desk = try await OrderDesk()
        let order = try await ordered(desk)
        let marked = try await desk.apply(.sending, to: order)
        try await desk.desk.change { writer throws(DomainError) in
            guard var number = try writer.numberRecord(order.number) else { return }
            number.status = .released
            number.version += 1
            try writer.updateNumberStatus(number)
            writer.routes.remove(number: order.e164)
        }
        let after = try await desk.apply(
            .outcome(.owned(.bought(order)), attempt: marked.attempt), to: marked)
        #expect(after.state == .completed)
        #expect(
            try await desk.store.value("SELECT count(*) FROM carrier_task WHERE kind = 4") == 1)
        desk.desk.close()
    }

    @Test("Orders are made due by their workspace only, all or some")
    func makeDue() async throws {
        let desk = try await OrderDesk()
        let order = try await ordered(desk)
        let other = try await NumberDesk.addWorkspace("Other", to: desk.store)
        let marked = try await desk.apply(.sending, to: order)
        let waiting = try await desk.apply(
            .outcome(.unknown("reset"), attempt: 1), to: marked)
        #expect(waiting.dueAt == Timestamp.start.adding(seconds: 2))
        func makeDue(_ ids: [OrderID], in workspace: WorkspaceKey) async -> DomainError? {
            await desk.desk.refusal { writer throws(DomainError) in
                let due = try OrderChange.makeDue(ids, in: workspace, writer: writer)
                if workspace == other, !due.isEmpty {
                    throw DomainError(.corruptData, "another workspace's order was made due")
                }
            }
        }
        #expect(await makeDue([order.id], in: other)?.reason == .orderNotFound)
        #expect(await makeDue([], in: other) == nil)
        #expect(try await desk.apply(.sending, to: order).dueAt == waiting.dueAt)
        #expect(await makeDue([order.id], in: desk.workspace) == nil)
        #expect(try await desk.apply(.sending, to: order).dueAt == .start)
        desk.desk.close()
    }
}

/// Random numbers that are the same in every run (SplitMix64).
struct OrderRandom: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed &+ 0x9E37_79B9 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

extension OrderNews {
    fileprivate static func random(
        of order: OrderRecord, using random: inout OrderRandom
    ) -> OrderNews {
        if order.state == .created { return .sending }
        let unreachable = DomainError(.carrierUnavailable, "unreachable")
        let kind = PurchaseRefusal.Kind.allCases.randomElement(using: &random) ?? .other
        let refusal = PurchaseRefusal(kind, code: "1", words: "no")
        let news: [OrderNews] = [
            .outcome(.notSent(unreachable), attempt: order.attempt),
            .outcome(.unknown("?"), attempt: order.attempt),
            .outcome(.refused(refusal), attempt: order.attempt),
            .outcome(.pending(carrierOrderID: "o"), attempt: order.attempt),
            .outcome(.owned(.bought(order)), attempt: order.attempt),
            .finding(.absent), .finding(.absent), .notAsked(unreachable), .sending,
        ]
        return news.randomElement(using: &random) ?? .sending
    }
}
