import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import NIOCore
import Testing

@testable import LinekeeperServices

struct PurchaseServiceTests {
    private static let path = PurchaseStage.service + "PurchaseNumbers"

    @Test("B102 B105 The marketplace answers when the number is here and paid for")
    func marketplace() async throws {
        try await PurchaseStage.run { stage in
            let reply = try await stage.buy(["+14155550101"])
            #expect(reply.orders.map(\.state) == [.completed])
            #expect(reply.numbers.map(\.status) == [.active])
            #expect(
                reply.numbers.first?.orderID == "" && reply.numbers.first?.origin == .marketplace)
            #expect(reply.numbers.first?.carrierLabel == "Twilio")
            #expect(reply.numbers.first?.renewsAt != nil)
            #expect(try await stage.balance() == 4_500)
            #expect(try stage.number("+14155550101")?.status == .active)
            #expect(stage.marketplace.requests.count == 1)
        }
    }

    @Test("B126 The pool answers at once with PENDING, and its orders complete by themselves")
    func pool() async throws {
        try await PurchaseStage.run { stage in
            stage.pool.change { $0.behaviours = [.order(looks: 1), .order(looks: 1)] }
            let reply = try await stage.buy(["+14155550101", "+14155550102"], source: .pool)
            #expect(reply.numbers.allSatisfy { $0.status == .pending && !$0.orderID.isEmpty })
            #expect(reply.numbers.allSatisfy { $0.carrierLabel == "Telnyx" })
            let client = stage.manager
            let ids = reply.orders.map(\.orderID)
            // As long as nobody looks, the carrier's clock is ours.
            stage.clock.advance(seconds: 3)
            var last: [String: Proto.OrderState] = [:]
            for try await order in client.stream(
                Proto.WatchOrdersRequest.with { $0.orderIDs = ids },
                PurchaseStage.service + "WatchOrders", Proto.Order.self)
            {
                last[order.orderID] = order.state
                stage.clock.advance(seconds: 3)
            }
            #expect(last == Dictionary(uniqueKeysWithValues: ids.map { ($0, .completed) }))
            #expect(try stage.number("+14155550102")?.status == .active)
        }
    }

    @Test("B204 A repeated key buys nothing more and answers what has become of the first")
    func repeatedKey() async throws {
        try await PurchaseStage.run { stage in
            let first = try await stage.buy(["+14155550101"])
            let again = try await stage.manager.call(
                stage.purchase(["+14155550101"], for: 500), Self.path,
                Proto.PurchaseNumbersResponse.self, CallOptions(idempotencyKey: "k1"))
            #expect(again == first)
            #expect(stage.marketplace.requests.count == 1)
            #expect(try await stage.balance() == 4_500)
            let other = await stage.manager.refusal(
                stage.purchase(["+14155550101"], for: 501), Self.path,
                CallOptions(idempotencyKey: "k1"))
            #expect(other?.reason == "IDEMPOTENCY_KEY_REUSED")
            let none = await stage.manager.refusal(
                stage.purchase(["+14155550101"], for: 500), Self.path)
            #expect(none?.reason == "IDEMPOTENCY_KEY_REQUIRED")
        }
    }

    @Test("B104 A number that somebody took: a clear refusal, credits intact, others named")
    func taken() async throws {
        try await PurchaseStage.run { stage in
            stage.marketplace.stock(["+14155550107", "+14155550108"])
            stage.marketplace.change { $0.behaviours = [.refuse(.taken)] }
            let refusal = try await Status.refusal { try await stage.buy(["+14155550101"]) }
            #expect(refusal?.code == .failedPrecondition && refusal?.reason == "NUMBER_TAKEN")
            #expect(refusal?.facts["alternatives"] == "+14155550107, +14155550108")
            #expect(refusal?.message.contains("+14155550107") == true)
            #expect(try await stage.balance() == 5_000)
            #expect(try stage.number("+14155550101") == nil)
            let again = await stage.manager.refusal(
                stage.purchase(["+14155550101"], for: 500), Self.path,
                CallOptions(idempotencyKey: "k1"))
            #expect(again?.reason == "NUMBER_TAKEN")
            #expect(stage.marketplace.requests.count == 1)
        }
    }

    @Test(
        "B124 B127 Of several numbers each tells its own outcome; failed ones return their credits")
    func partial() async throws {
        try await PurchaseStage.run { stage in
            stage.marketplace.change { $0.behaviours = [.refuse(.requirements)] }
            let reply = try await stage.buy(["+14155550101", "+14155550102", "+14155550103"])
            let failed = reply.orders.filter { $0.state == .failed }
            #expect(failed.map(\.failureReason) == ["REQUIREMENTS_MISSING"])
            #expect(failed.first?.failureMessage.isEmpty == false)
            #expect(reply.orders.filter { $0.state == .completed }.count == 2)
            #expect(reply.numbers.count == 2)
            #expect(try await stage.balance() == 4_000)
        }
    }

    @Test("What a definite refusal is told as", arguments: PurchaseRefusal.Kind.allCases)
    func refusals(kind: PurchaseRefusal.Kind) async throws {
        guard kind != .credentials else { return }
        try await PurchaseStage.run { stage in
            stage.marketplace.change { $0.behaviours = [.refuse(kind)] }
            let refusal = try await Status.refusal { try await stage.buy(["+14155550101"]) }
            #expect(refusal?.code == .failedPrecondition)
            #expect(refusal?.facts["order_reason"] == kind.rawValue)
            #expect(try await stage.balance() == 5_000)
        }
    }

    @Test(
        "B103 Too few credits, another price, an unknown number: refused, and no carrier is asked")
    func refusedBefore() async throws {
        try await PurchaseStage.run(credits: 499) { stage in
            let poor = try await Status.refusal { try await stage.buy(["+14155550101"]) }
            #expect(poor?.reason == "INSUFFICIENT_CREDITS" && poor?.code == .failedPrecondition)
            func refusal(_ request: Proto.PurchaseNumbersRequest, _ key: String) async -> String? {
                await stage.manager.refusal(
                    request, Self.path, CallOptions(idempotencyKey: key))?.reason
            }
            #expect(
                await refusal(stage.purchase(["+14155550101"], for: 1), "k2") == "PRICE_CHANGED")
            #expect(
                await refusal(stage.purchase(["+14155550199"], for: 500), "k3")
                    == "OFFER_NOT_FOUND")
            #expect(
                await refusal(stage.purchase(["4155550199"], for: 500), "k4") == "INVALID_E164")
            #expect(
                await refusal(
                    stage.purchase(["+14155550101"], for: 500, source: .import), "k5")
                    == "INVALID_ARGUMENT")
            #expect(stage.marketplace.requests == [])
            #expect(try await stage.balance() == 499)
        }
    }

    @Test("CAR-01 An executed request whose answer is lost is found by asking, and sent once")
    func executedThenDropped() async throws {
        try await PurchaseStage.run { stage in
            stage.marketplace.change { $0.behaviours = [.sellAndDrop] }
            let order = try await withThrowingTaskGroup(of: Void.self) { group in
                // Time goes on for the order while its caller waits.
                group.addTask {
                    while stage.marketplace.requests.isEmpty {
                        try await Task.sleep(for: .milliseconds(5))
                    }
                    while stage.marketplace.finds == 0 {
                        stage.clock.advance(seconds: 1)
                        try await Task.sleep(for: .milliseconds(100))
                    }
                }
                let reply = try await stage.buy(["+14155550101"])
                try await group.waitForAll()
                return try #require(reply.orders.first)
            }
            #expect(order.state == .completed)
            #expect(stage.marketplace.requests.count == 1)
            #expect(try await stage.balance() == 4_500)
        }
    }

    @Test("A purchase waits as long as its caller does, but for the answer, and 25 s at most")
    func patience() {
        #expect(NumberService.patience(until: .distantFuture) == .seconds(25))
        #expect(NumberService.patience(until: .now()) == .zero)
        let patience = NumberService.patience(until: NIODeadline.now() + .seconds(10))
        #expect(patience <= .seconds(9) && patience > .seconds(1))
    }

    @Test("Another workspace's orders do not exist")
    func tenants() async throws {
        try await PurchaseStage.run { stage in
            let id = try #require(try await stage.buy(["+14155550101"]).orders.first).orderID
            let stranger = stage.stranger
            for (request, method) in [
                (Proto.GetOrderRequest.with { $0.orderID = id }.encoded(), "GetOrder"),
                (Proto.ProcessOrdersRequest.with { $0.orderIDs = [id] }.encoded(), "ProcessOrders"),
            ] {
                let refusal = try await Status.refusal {
                    try await stranger.call(PurchaseStage.service + method, payload: request)
                }
                #expect(refusal?.reason == "ORDER_NOT_FOUND" && refusal?.code == .notFound)
            }
            let list = try await stranger.call(
                Proto.ListOrdersRequest(), PurchaseStage.service + "ListOrders",
                Proto.ListOrdersResponse.self)
            #expect(list.orders == [])
            let own = try await stage.manager.call(
                Proto.ListOrdersRequest.with { $0.state = .completed },
                PurchaseStage.service + "ListOrders", Proto.ListOrdersResponse.self)
            #expect(own.orders.map(\.orderID) == [id])
        }
    }

    @Test(
        "B128 An order that is pending for more than ten minutes says so, with the carrier's cause")
    func overdue() async throws {
        try await PurchaseStage.run { stage in
            stage.pool.change { $0.behaviours = [.order(looks: 1_000)] }
            let id = try #require(
                try await stage.buy(["+14155550101"], source: .pool).orders.first
            ).orderID
            // The first may meet the order while it is being sent.
            for _ in 0..<2 { _ = try await stage.process([id]) }
            #expect(try await stage.order(id).overdue == false)
            stage.clock.advance(seconds: 601)
            let order = try #require(try await stage.process().first)
            #expect(order.state == .submitted && order.overdue)
            #expect(order.failureMessage == "papers wanted")
            stage.pool.change { $0.orders[id]?.looksLeft = 1 }
            for _ in 0..<2 { _ = try await stage.process([id]) }
            #expect(try await stage.order(id).state == .completed)
            #expect(try await stage.order(id).overdue == false)
        }
    }
}
