import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import Testing

@testable import LinekeeperServices

/// A number's checklist where the carrier itself is asked.
@Suite struct CarrierDiagnosisTests {
    private static func check(
        _ kind: String, of number: String, asking: Bool = true, on stage: CarrierStage
    ) async throws -> Proto.DiagnosisCheck {
        let reply = try await stage.manager.call(
            Proto.DiagnoseNumberRequest.with {
                $0.numberID = number
                $0.use = .inbound
                $0.askCarrier = asking
            }, Method.assignment("DiagnoseNumber"), Proto.DiagnoseNumberResponse.self)
        return try #require(reply.checks.first { $0.check == kind })
    }

    /// The id of a number that was imported from a carrier where it is the only one.
    private static func imported(_ e164: E164, on stage: CarrierStage) async throws -> String {
        stage.twilio.numbers = [.fake(e164)]
        let connection = try await stage.connect().connectionID
        _ = try await stage.importNumbers(through: connection)
        return try await stage.number(e164.description).numberID
    }

    @Test func `B069 the carrier is asked only where told to, and its answer is the check's`()
        async throws
    {
        try await CarrierStage.run { stage in
            let e164 = try testNumber(1)
            let id = try await Self.imported(e164, on: stage)
            func valid(asking: Bool = true) async throws -> Proto.DiagnosisCheck {
                try await Self.check("CONNECTION_VALID", of: id, asking: asking, on: stage)
            }
            let calls = stage.twilio.journal.count
            #expect(try await valid(asking: false).result == .pass)
            #expect(stage.twilio.journal.count == calls)

            #expect(try await valid().result == .pass)
            #expect(stage.twilio.journal.count > calls)
            #expect(stage.twilio.writes.isEmpty)

            stage.twilio.edit(e164) { $0.inactiveReason = "suspended at the carrier" }
            let inactive = try await valid()
            #expect(inactive.result == .fail)
            #expect(inactive.message.contains("suspended at the carrier"))

            stage.twilio.numbers = []
            #expect(try await valid().result == .fail)

            stage.twilio.fail(.carrierUnavailable, "Twilio does not answer.", times: 1)
            let silent = try await valid()
            #expect(silent.result == .unknown)
            #expect(silent.message.contains("Twilio does not answer."))
        }
    }

    @Test func `B154 webhooks that were changed at the carrier are told from those we set`()
        async throws
    {
        try await CarrierStage.run { stage in
            let e164 = try testNumber(1)
            let id = try await Self.imported(e164, on: stage)
            _ = try await stage.updateNumber(id) { $0.webhookMode = .managed }
            #expect(
                try await Self.check("WEBHOOKS_MANAGED", of: id, on: stage).result == .pass)

            stage.twilio.edit(e164) {
                $0.webhooks.voice = "https://other.example/voice"
                $0.settings = ["voice_url": "https://other.example/voice"]
            }
            #expect(
                try await Self.check("WEBHOOKS_MANAGED", of: id, asking: false, on: stage)
                    .result == .pass)
            let drifted = try await Self.check("WEBHOOKS_MANAGED", of: id, on: stage)
            #expect(drifted.result == .fail)
            #expect(drifted.message.contains("https://other.example/voice"))
        }
    }

    @Test func `B069 a bought number is asked for at the platform's own account`() async throws {
        try await CarrierStage.run { stage in
            let e164 = try testNumber(7)
            let id = try await stage.addBought(e164)
            #expect(
                try await Self.check("CONNECTION_VALID", of: id, on: stage).result == .pass)
            stage.platform.numbers = []
            #expect(
                try await Self.check("CONNECTION_VALID", of: id, on: stage).result == .fail)
        }
    }
}
