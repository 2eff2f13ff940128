import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperStorage
import LinekeeperTestSupport
import Testing

@testable import LinekeeperServices

@Suite struct CarrierDisconnectTests {
    /// Three managed numbers and one that is not, of a Twilio account.
    private static func scene(
        _ body: @escaping @Sendable (CarrierStage, String, [CarrierNumber]) async throws -> Void
    ) async throws {
        try await CarrierStage.run { stage in
            let before = try (0..<4).map { CarrierNumber.fake(try testNumber($0)) }
            stage.twilio.numbers = before
            try await stage.addAgent("a-1")
            let id = try await stage.connect().connectionID
            _ = try await stage.importNumbers([e164(3)], through: id, key: "plain")
            _ = try await stage.importNumbers(
                (0..<3).map { e164($0) }, through: id, mode: .managed
            ) {
                if $0.e164 == e164(0) { $0.inboundAgentID = "a-1" }
            }
            try await body(stage, id, before)
        }
    }

    @Test func `B149 the preview names the numbers, the agents and what can be restored`()
        async throws
    {
        try await Self.scene { stage, id, _ in
            let preview = try await stage.preview(id)
            #expect(preview.numberCount == 4)
            #expect(preview.lostProfiles.map(\.agentID) == ["a-1"])
            #expect(preview.managedE164s == (0..<3).map { e164($0) })
        }
    }

    @Test
    func `B150 a disconnect takes numbers, profiles and secrets, and asks the carrier nothing`()
        async throws
    {
        try await Self.scene { stage, id, _ in
            _ = try await stage.update(id) {
                $0.credentials = ["account": "AC1", "secret": CarrierStage.secret]
            }
            let asked = stage.twilio.journal.count
            let managed = stage.twilio.numbers
            let answer = try await stage.disconnect(id)
            #expect(answer.numbersRemoved == 4)
            #expect(answer.profilesCleared == 1)
            #expect(answer.webhooksRestored == 0)
            #expect(stage.twilio.journal.count == asked)
            #expect(stage.twilio.numbers == managed)
            #expect(stage.store.routes.number(try testNumber(0)) == nil)
            let left = try await stage.store.read { reader throws(DomainError) in
                try reader.sealedSecrets(after: nil, limit: 10)
            }
            #expect(left.isEmpty)
        }
    }

    @Test func `B155 a disconnect can write back the settings found at the import`() async throws {
        try await Self.scene { stage, id, before in
            #expect(stage.twilio.numbers != before)
            let answer = try await stage.disconnect(id, restore: true)
            #expect(answer.webhooksRestored == 3)
            #expect(answer.numbersRemoved == 4)
            #expect(stage.twilio.numbers == before)
            #expect(try await stage.waitingTasks().isEmpty)
        }
    }

    @Test func `B155 what pointed here when it came is not told as restored`() async throws {
        try await CarrierStage.run { stage in
            let targets = try #require(CarrierStage.targets)
            var number = CarrierNumber.fake(try testNumber(1))
            number.webhooks = targets.urls(of: .twilio)
            stage.twilio.numbers = [number]
            let id = try await stage.connect().connectionID
            _ = try await stage.importNumbers(through: id, mode: .managed)
            #expect(try await stage.disconnect(id, restore: true).webhooksRestored == 0)
        }
    }

    @Test(arguments: [DomainError.Reason.carrierUnavailable, .carrierRefused, .credentialsRejected])
    func `B151 a restore that fails leaves the carrier connected, unchanged`(
        _ reason: DomainError.Reason
    ) async throws {
        try await Self.scene { stage, id, _ in
            let connection = try await stage.connection(id)
            let managed = stage.twilio.numbers
            let bad = try testNumber(1)
            stage.twilio.fail(reason, times: 1) {
                if case .restore(bad, _) = $0 { true } else { false }
            }
            let request = try await stage.disconnectRequest(id, restore: true)
            let refusal = try await Status.refusal {
                try await stage.manager.call(
                    request, Method.carrier("DisconnectCarrier"),
                    Proto.DisconnectCarrierResponse.self)
            }
            #expect(refusal?.reason == reason.rawValue)
            #expect(refusal?.message.contains("stays connected") == true)
            #expect(try await stage.connection(id).numberCount == connection.numberCount)
            #expect(try await stage.number(e164(0)).assignments?.inbound?.agentID == "a-1")
            // What was restored before the failure points here again.
            let runner = CarrierTaskRunner(stage.tasks)
            _ = try await runner.runDue()
            #expect(stage.twilio.numbers == managed)
            #expect(try await stage.waitingTasks().isEmpty)
            #expect(try await stage.number(e164(1)).webhookMode == .managed)
            // Confirmed as before, it succeeds at the next try.
            let answer = try await stage.manager.call(
                request, Method.carrier("DisconnectCarrier"),
                Proto.DisconnectCarrierResponse.self)
            #expect(answer.webhooksRestored == 3)
        }
    }

    @Test func `B151 a crash while settings are restored leaves the numbers managed in the end`()
        async throws
    {
        try await Self.scene { stage, id, _ in
            let managed = stage.twilio.numbers
            let last = try testNumber(2)
            stage.twilio.pause { if case .restore(last, _) = $0 { true } else { false } }
            let request = try await stage.disconnectRequest(id, restore: true)
            let client = stage.manager
            let call = Task {
                await client.refusal(request, Method.carrier("DisconnectCarrier"))
            }
            try await eventually("two are restored") { stage.twilio.pausedCount == 1 }
            #expect(stage.twilio.numbers != managed)
            // The server dies here; the one that comes after finds what is to be undone.
            let runner = try await stage.restarted()
            #expect(try await runner.runDue() == 3)
            #expect(stage.twilio.numbers == managed)
            #expect(try await stage.connection(id).numberCount == 4)
            stage.twilio.resume()
            _ = await call.value
        }
    }

    @Test func `a disconnect that was confirmed for another state asks the carrier nothing`()
        async throws
    {
        try await Self.scene { stage, id, _ in
            let request = try await stage.disconnectRequest(id, restore: true)
            let number = try await stage.number(e164(0))
            _ = try await stage.updateNumber(number.numberID) { $0.label = "Front desk" }
            let writes = stage.twilio.writes.count
            let refusal = await stage.manager.refusal(
                request, Method.carrier("DisconnectCarrier"))
            #expect(refusal?.code == .aborted)
            #expect(refusal?.reason == "STATE_CHANGED")
            #expect(stage.twilio.writes.count == writes)
        }
    }

    @Test func `what was under way at the carrier no longer counts after a disconnect`()
        async throws
    {
        try await CarrierStage.run { stage in
            stage.twilio.numbers = [.fake(try testNumber(1))]
            let id = try await stage.connect().connectionID
            let imported = try await stage.importNumbers(through: id)
            stage.twilio.pause { $0.isWrite }
            let client = stage.manager
            let call = Task {
                await client.refusal(
                    Proto.UpdateNumberRequest.with {
                        $0.numberID = imported[0].numberID
                        $0.webhookMode = .managed
                    }, Method.number("UpdateNumber"))
            }
            try await eventually("the carrier is asked") { stage.twilio.pausedCount == 1 }
            _ = try await stage.disconnect(id)
            #expect(try await stage.waitingTasks().isEmpty)
            stage.twilio.resume()
            _ = await call.value
            let actions = try await stage.actions()
            #expect(actions.contains("connection.removed"))
            #expect(!actions.contains("number.webhooks_managed"))
            // B152: coming back is the ordinary import.
            let again = try await stage.connect().connectionID
            let results = try await stage.importNumbers(through: again, key: "again")
            #expect(results.map(\.outcome) == [.imported])
            #expect(try await stage.number(e164(1)).webhookMode == .outboundOnly)
        }
    }
}
