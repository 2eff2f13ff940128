import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperStorage
import LinekeeperTestSupport
import Testing

@testable import LinekeeperServices

struct OrderRunnerTests {
    /// Orders a number while nobody drives orders; answers the order's id.
    private func ordered(
        _ stage: PurchaseStage, _ text: String = "+14155550101"
    ) async throws -> String {
        let reply = try await stage.buy([text], source: .pool, key: text)
        return try #require(reply.orders.first).orderID
    }

    /// Drives what is due until an order is as wanted, or a number of rounds is over.
    private func drive(
        _ stage: PurchaseStage, _ id: String, until state: Proto.OrderState, rounds: Int = 60
    ) async throws -> Proto.Order {
        for _ in 0..<rounds {
            await stage.runner.driveDue()
            let order = try await stage.order(id)
            if order.state == state { return order }
            stage.clock.advance(seconds: 5)
        }
        return try await stage.order(id)
    }

    /// What each fault must come to; the request is carried out at most once in all of them.
    private static let faults: [(PurchaseFakeCarrier.Behaviour, Proto.OrderState, String)] = [
        (.sell, .completed, ""), (.sellAndDrop, .completed, ""), (.drop, .failed, "NOT_BOUGHT"),
        (.refuse(.taken), .failed, "NUMBER_TAKEN"), (.refuse(.funds), .failed, "CARRIER_FUNDS"),
        (.order(looks: 2), .completed, ""),
        (.order(looks: 2, refused: .other), .failed, "CARRIER_REFUSED"),
        (.notSent(.carrierUnavailable), .completed, ""), (.notSent(.carrierBusy), .completed, ""),
        (.wrongNumber, .failed, "NOT_BOUGHT"),
    ]

    @Test(
        "Every carrier fault ends in a definite state with one request at most", arguments: 0..<10)
    func fault(index: Int) async throws {
        let (behaviour, state, reason) = Self.faults[index]
        try await PurchaseStage.run(isRunning: false) { stage in
            stage.pool.change { $0.behaviours = [behaviour] }
            let id = try await ordered(stage)
            let order = try await drive(stage, id, until: state)
            #expect(order.state == state && order.failureReason == reason)
            #expect(stage.pool.requests.count <= 1)
            #expect(stage.pool.owned.count == (state == .completed ? 1 : 0))
            #expect(try await stage.balance() == (state == .completed ? 4_500 : 5_000))
        }
    }

    @Test("CAR-13 A list that lags behind is looked at until the number shows up")
    func lag() async throws {
        try await PurchaseStage.run(isRunning: false) { stage in
            stage.pool.change {
                $0.behaviours = [.sellAndDrop]
                $0.lag = 6
            }
            let id = try await ordered(stage)
            #expect(try await drive(stage, id, until: .completed).state == .completed)
            #expect(stage.pool.finds == 7 && stage.pool.requests.count == 1)
        }
    }

    @Test("Taken, when an attempt before may have been more than it seemed: asked, and found")
    func takenAfterRetry() async throws {
        try await PurchaseStage.run(isRunning: false) { stage in
            stage.pool.change { $0.behaviours = [.notSent(.carrierBusy), .refuse(.taken)] }
            let id = try await ordered(stage)
            await stage.runner.driveDue()
            // The first request was carried out after all.
            stage.pool.change { state in
                guard let e164 = E164("+14155550101".utf8) else { return }
                state.owned = [
                    CarrierNumber(
                        carrierID: "PN1", e164: e164, type: .local, capabilities: [.voice],
                        reference: id)
                ]
            }
            #expect(try await drive(stage, id, until: .completed).state == .completed)
            #expect(try await stage.balance() == 4_500)
        }
    }

    @Test("An order that a crash left marked is asked about by the next runner, never sent again")
    func crashAfterMark() async throws {
        for wasExecuted in [true, false] {
            try await PurchaseStage.run(isRunning: false) { stage in
                let id = try await ordered(stage)
                let order = try #require(OrderID(id))
                let key = try #require(
                    try await stage.store.read { reader throws(DomainError) in
                        try reader.orderRecord(order)
                    }
                ).key
                let now = stage.clock.now
                // As the process leaves it that dies between the mark and the answer.
                _ = try await stage.store.perform(
                    MutationRequest(workspace: nil, actor: "test", requestID: "crash", at: now)
                ) { writer throws(DomainError) in
                    _ = try OrderChange.apply(
                        .sending, to: key, by: OrderMachine(),
                        newEntryID: CreditEntryID(high: 1, low: 1), in: writer)
                    return []
                }
                if wasExecuted {
                    _ = await stage.pool.purchase(
                        CarrierPurchase(
                            reference: id, e164: try #require(E164("+14155550101".utf8)),
                            type: .local, countryCode: "US"))
                }
                let before = stage.pool.requests.count
                let end: Proto.OrderState = wasExecuted ? .completed : .failed
                let after = try await drive(stage, id, until: end)
                #expect(after.state == end)
                #expect(stage.pool.requests.count == before)
                #expect(try await stage.balance() == (wasExecuted ? 4_500 : 5_000))
            }
        }
    }

    @Test("CAR-16 Refused credentials park an order; when they are good again it goes on")
    func credentials() async throws {
        try await PurchaseStage.run(isRunning: false) { stage in
            stage.pool.change { $0.behaviours = [.refuse(.credentials)] }
            let id = try await ordered(stage)
            await stage.runner.driveDue()
            let parked = try await stage.order(id)
            #expect(parked.state == .created && parked.failureReason == "CREDENTIALS_REJECTED")
            #expect(try await stage.balance() == 4_500)
            stage.clock.advance(seconds: 59)
            await stage.runner.driveDue()
            #expect(stage.pool.requests.count == 1)
            stage.clock.advance(seconds: 1)
            await stage.runner.driveDue()
            #expect(try await stage.order(id).state == .completed)
        }
    }

    @Test("Without an account to buy with, an order waits and says for what")
    func noAccount() async throws {
        try await PurchaseStage.run(isRunning: false) { stage in
            let id = try await ordered(stage)
            let bare = OrderRunner(
                context: stage.context, accounts: PlatformAccounts(), logger: .quiet)
            await bare.driveDue()
            let order = try await stage.order(id)
            #expect(order.state == .created && order.failureReason == "NEEDS_CREDENTIALS")
            #expect(order.failureMessage.contains("--pool-credentials"))
        }
    }

    @Test("An order is in one hand at a time: two runs over the same orders send each once")
    func oneHand() async throws {
        try await PurchaseStage.run(isRunning: false) { stage in
            let texts = (0..<8).map { "+1415555010\($0)" }
            stage.pool.change { $0.behaviours = texts.map { _ in .hang } }
            _ = try await stage.buy(texts, source: .pool)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<3 { group.addTask { await stage.runner.driveDue() } }
                group.addTask {
                    while stage.pool.requests.count < texts.count { await Task.yield() }
                    stage.pool.change { $0.isReleased = true }
                }
            }
            #expect(stage.pool.requests.map(\.description).sorted() == texts)
            #expect(try await stage.balance() == 1_000)
        }
    }

    @Test("A carrier that hangs with many orders does not hold up the other's")
    func bulkhead() async throws {
        try await PurchaseStage.run(credits: 50_000) { stage in
            let texts = (100..<130).map { "+14155550\($0)" }
            stage.pool.change { $0.behaviours = texts.map { _ in .hang } }
            _ = try await stage.buy(texts, source: .pool)
            try await eventually("the pool's hands are full") {
                stage.pool.requests.count == 16
            }
            let reply = try await stage.buy(["+14155550177"], key: "k2")
            #expect(reply.orders.map(\.state) == [.completed])
            #expect(stage.pool.requests.count == 16)
            stage.pool.change { $0.isReleased = true }
            try await eventually("the pool's orders go on") {
                stage.pool.requests.count == texts.count
            }
        }
    }

    @Test("A stopped runner finishes what is at work and begins nothing new")
    func stop() async throws {
        try await PurchaseStage.run(isRunning: false) { stage in
            stage.pool.change { $0.behaviours = [.hang] }
            let id = try await ordered(stage)
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await stage.runner.run() }
                group.addTask {
                    while stage.pool.requests.isEmpty { await Task.yield() }
                    stage.runner.stop()
                    stage.pool.change { $0.isReleased = true }
                }
            }
            #expect(try await stage.order(id).state == .completed)
            let late = try await ordered(stage, "+14155550102")
            await stage.runner.driveDue()
            #expect(try await stage.order(late).state == .created)
        }
    }
}
