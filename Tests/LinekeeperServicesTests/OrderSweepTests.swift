import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperStorage
import LinekeeperTestSupport
import Testing

@testable import LinekeeperServices

struct OrderSweepTests {
    private func sweep(_ stage: PurchaseStage) async throws -> InventorySweep.Findings {
        try await InventorySweep(orders: stage.runner, logger: .quiet).run()
    }

    @Test("Nothing is found where the accounts and the store agree")
    func agreement() async throws {
        try await PurchaseStage.run { stage in
            _ = try await stage.buy(["+14155550101", "+14155550102", "+14155550103"])
            stage.clock.advance(seconds: 10)
            #expect(try await sweep(stage) == InventorySweep.Findings())
        }
    }

    @Test("A number whose order failed is given back, once, however often the accounts are swept")
    func orphan() async throws {
        try await PurchaseStage.run { stage in
            stage.marketplace.change { $0.behaviours = [.refuse(.other)] }
            _ = try await Status.refusal { try await stage.buy(["+14155550101"]) }
            let orders = try await stage.manager.call(
                Proto.ListOrdersRequest(), PurchaseStage.service + "ListOrders",
                Proto.ListOrdersResponse.self
            ).orders
            let id = try #require(orders.first).orderID
            stage.marketplace.change { state in
                guard let e164 = E164("+14155550101".utf8) else { return }
                state.owned = [
                    CarrierNumber(
                        carrierID: "PN7", e164: e164, type: .local, capabilities: [.voice],
                        reference: id)
                ]
            }
            #expect(try await sweep(stage).givenBack == 1)
            #expect(try await sweep(stage).givenBack == 0)
            #expect(try await stage.actions().contains("number.orphan_given_back"))
            let waits = try await stage.store.read { reader throws(DomainError) in
                try reader.carrierTasksDue(by: Timestamp(microseconds: .max), limit: 9)
            }
            #expect(waits.map(\.kind) == [.release])
        }
    }

    @Test("A number of an unfinished order has the order asked about at once")
    func late() async throws {
        try await PurchaseStage.run(isRunning: false) { stage in
            stage.pool.change {
                $0.behaviours = [.sellAndDrop]
                $0.lag = 1
            }
            let reply = try await stage.buy(["+14155550101"], source: .pool)
            let id = try #require(reply.orders.first).orderID
            await stage.runner.driveDue()
            stage.clock.advance(seconds: 2)
            await stage.runner.driveDue()
            #expect(try await stage.order(id).state == .unknown)
            #expect(try await sweep(stage).hurried == 1)
            await stage.runner.driveDue()
            #expect(try await stage.order(id).state == .completed)
        }
    }

    @Test("CAR-14 A number that the carrier lost is told of, and stays as it is")
    func gone() async throws {
        try await PurchaseStage.run { stage in
            _ = try await stage.buy(["+14155550101", "+14155550102"])
            stage.marketplace.change { $0.owned.removeFirst() }
            // What was bought in this very moment may not be in the list yet.
            #expect(try await sweep(stage).missing == 0)
            stage.clock.advance(seconds: 10)
            #expect(try await sweep(stage).missing == 1)
            #expect(try await stage.actions().filter { $0 == "number.gone_at_carrier" }.count == 1)
            #expect(try stage.number("+14155550101")?.status == .active)
            #expect(try stage.number("+14155550102")?.status == .active)
        }
    }
}
