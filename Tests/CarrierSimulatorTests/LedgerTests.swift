import CarrierSimulator
import Foundation
import Testing

@Suite struct LedgerTests {
    private func withFile(_ body: (String) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.appending(
            path: "ledger-\(UUID().uuidString).jsonl"
        ).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(path)
    }

    @Test func `what was executed is there again after a restart`() async throws {
        try await withFile { path in
            var numbers: [OwnedNumber] = []
            var orders: [NumberOrder] = []
            var seeded: [OwnedNumber] = []
            var bought = ""
            try await Scene.with(ledger: path, orderDelay: .zero) { scene in
                bought = try scene.free(.twilio)
                scene.simulator.add(Fault(.drop(when: .after), on: RequestMatch(e164: bought)))
                _ = try await scene.buy(bought)
                let second = try await scene.buy(try scene.free(.twilio))
                _ = try await scene.send(
                    "DELETE",
                    Scene.path(
                        Demo.twilioCustomer, "/IncomingPhoneNumbers/\(second["sid"]).json"),
                    as: .twilio(Demo.twilioCustomer))
                _ = try await scene.order(try scene.free(.telnyx))
                seeded = try scene.simulator.seed(10, account: Demo.twilioEmpty.id)
                orders = scene.simulator.orders(of: Demo.telnyxPool.id)
                numbers = scene.simulator.numbers(of: Demo.twilioCustomer.id)
                #expect(orders.first?.status == .success)
            }
            try await Scene.with(ledger: path) { scene in
                #expect(scene.simulator.number(bought)?.account == Demo.twilioCustomer.id)
                let again = scene.simulator.numbers(of: Demo.twilioCustomer.id)
                #expect(again.map(\.id) == numbers.map(\.id))
                #expect(
                    scene.simulator.orders(of: Demo.telnyxPool.id).map(\.id) == orders.map(\.id))
                #expect(
                    scene.simulator.numbers(of: Demo.twilioEmpty.id) == seeded.reversed())
                #expect(
                    scene.simulator.ledger.map(\.operation) == [
                        "number.buy", "number.buy", "number.release", "order.create",
                        "account.seed", "order.success",
                    ])
                // Seeded numbers go on where they stopped.
                let more = try scene.simulator.seed(5, account: Demo.twilioEmpty.id)
                #expect(Set(more.map(\.e164)).count == 5)
                #expect(scene.simulator.numbers(of: Demo.twilioEmpty.id).count == 15)
            }
        }
    }

    @Test func `a line that was not finished is forgotten`() async throws {
        try await withFile { path in
            try await Scene.with(ledger: path) { scene in
                _ = try await scene.buy(try scene.free(.twilio))
            }
            var content = try Data(contentsOf: URL(filePath: path))
            content.append(Data("{\"entry\":{\"sequ".utf8))
            try content.write(to: URL(filePath: path))
            for count in [2, 3] {
                try await Scene.with(ledger: path) { scene in
                    _ = try await scene.buy(try scene.free(.twilio))
                    #expect(scene.simulator.ledger.count == count)
                }
            }
        }
    }

    @Test func `a line that is no entry stops the start and is named`() async throws {
        try await withFile { path in
            try Data("{}\n".utf8).write(to: URL(filePath: path))
            let failure = await #expect(throws: LedgerFailure.self) {
                try await CarrierSimulator.start(ledger: path)
            }
            #expect(failure?.description.contains("Line 1") == true)
        }
    }
}
