import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperStorage
import LinekeeperTestSupport
import Testing

@testable import LinekeeperServices

@Suite struct CarrierSyncTests {
    private static func scene(
        _ body: @escaping @Sendable (CarrierStage, String) async throws -> Void
    ) async throws {
        try await CarrierStage.run(pageSize: 3) { stage in
            stage.twilio.numbers = try (0..<5).map { .fake(try testNumber($0)) }
            let id = try await stage.connect().connectionID
            _ = try await stage.importNumbers(through: id, mode: .managed)
            // 0 stays, 1 goes, 2 loses SMS, 3 points elsewhere, 4 stays, 5 comes.
            let gone = try testNumber(1)
            stage.twilio.numbers.removeAll { $0.e164 == gone }
            stage.twilio.edit(try testNumber(2)) { $0.capabilities = [.voice] }
            stage.twilio.edit(try testNumber(3)) { $0.webhooks.voice = "https://elsewhere.example" }
            stage.twilio.numbers.append(.fake(try testNumber(5)))
            try await body(stage, id)
        }
    }

    private func finding(
        _ results: [String: Proto.SyncResult]
    ) -> [Proto.SyncFinding?] {
        (0..<6).map { results[e164($0)]?.finding }
    }

    private let expected: [Proto.SyncFinding?] = [
        .unchanged, .gone, .changed, .webhooksDrifted, .unchanged, .importable,
    ]

    @Test func `a sync tells what is gone, changed, drifted, importable and unchanged`()
        async throws
    {
        let finding = finding
        let expected = expected
        try await Self.scene { stage, id in
            let writes = stage.twilio.writes.count
            let results = try await stage.sync(id)
            #expect(finding(results) == expected)
            #expect(results.values.map(\.done).sorted() == (1...6).map { UInt32($0) })
            // B153: what a number can do is what the carrier says.
            #expect(results[e164(2)]?.repaired == true)
            #expect(results[e164(2)]?.message == "capabilities are now VOICE.")
            #expect(try await stage.number(e164(2)).capabilities == [.voice])
            // Nothing else is touched without being told to.
            #expect(stage.twilio.writes.count == writes)
            #expect(try await stage.number(e164(1)).status == .active)
            #expect(results.values.filter(\.repaired).count == 1)
        }
    }

    @Test func `a sync repairs what it is told to`() async throws {
        let finding = finding
        let expected = expected
        try await Self.scene { stage, id in
            let results = try await stage.sync(id) {
                $0.repairWebhooks = true
                $0.removeGone = true
            }
            #expect(finding(results) == expected)
            #expect(results[e164(1)]?.repaired == true)
            #expect(results[e164(3)]?.repaired == true)
            #expect(stage.store.routes.number(try testNumber(1)) == nil)
            let again = try await stage.sync(id)
            #expect(
                again.mapValues(\.finding) == [
                    e164(0): .unchanged, e164(2): .unchanged, e164(3): .unchanged,
                    e164(4): .unchanged, e164(5): .importable,
                ])
            // What a restore writes back is still what was there before the import.
            _ = try await stage.disconnect(id, restore: true)
            let three = try testNumber(3)
            #expect(
                stage.twilio.numbers.first { $0.e164 == three }?.settings
                    == CarrierNumber.fake(three).settings)
        }
    }

    @Test func `nothing is taken for gone when part of the account's list cannot be read`()
        async throws
    {
        try await Self.scene { stage, id in
            stage.twilio.unreadable = ["Number 7 has no phone_number."]
            let refusal = try await Status.refusal {
                try await stage.sync(id) { $0.removeGone = true }
            }
            #expect(refusal?.reason == "CARRIER_ANSWER_UNREADABLE")
            #expect(try await stage.number(e164(1)).status == .active)
        }
    }

    @Test func `a protected number that is gone is told of and stays`() async throws {
        try await Self.scene { stage, id in
            let number = try await stage.number(e164(1))
            _ = try await stage.updateNumber(number.numberID) { $0.releaseProtected = true }
            let result = try await stage.sync(id) { $0.removeGone = true }[e164(1)]
            #expect(result?.finding == .gone)
            #expect(result?.repaired == false)
            #expect(result?.message.contains("protected") == true)
        }
    }

    // MARK: Discovery

    private static func listed(_ stage: CarrierStage) async throws -> Proto.Discovery? {
        try await stage.manager.call(
            Proto.ListNumbersRequest(), Method.number("ListNumbers"),
            Proto.ListNumbersResponse.self
        ).discovery
    }

    @Test func `B004 listing an empty workspace has its carriers looked through once`()
        async throws
    {
        try await CarrierStage.run(pageSize: 2) { stage in
            let runner = DiscoveryRunner(stage.connections)
            #expect(try await Self.listed(stage)?.state == .done)
            stage.twilio.numbers = try (0..<3).map { .fake(try testNumber($0)) }
            stage.telnyx.numbers = try (3..<5).map { .fake(try testNumber($0)) }
            stage.telnyx.edit(try testNumber(3)) { $0.inactiveReason = "port-pending" }
            _ = try await stage.connect(.twilio)
            _ = try await stage.connect(.telnyx, name: "Telnyx")
            #expect(try await Self.listed(stage)?.state == .checking)
            try await runner.runDue()
            #expect(
                try await Self.listed(stage)
                    == .with {
                        $0.state = .done
                        $0.importableCount = 4
                    })
            let asked = stage.twilio.journal.count
            try await runner.runDue()
            _ = try await Self.listed(stage)
            #expect(stage.twilio.journal.count == asked)
        }
    }

    @Test func `B004 a carrier that is down is looked through later`() async throws {
        try await CarrierStage.run { stage in
            let runner = DiscoveryRunner(stage.connections)
            stage.twilio.numbers = [.fake(try testNumber(1))]
            _ = try await stage.connect()
            #expect(try await Self.listed(stage)?.state == .checking)
            stage.twilio.fail(.carrierUnavailable)
            try await runner.runDue()
            #expect(try await Self.listed(stage)?.state == .checking)
            stage.twilio.recover()
            stage.clock.advance(seconds: 60)
            try await runner.runDue()
            #expect(try await Self.listed(stage)?.importableCount == 1)
        }
    }
}
