import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperStorage
import LinekeeperTestSupport
import Testing

@testable import LinekeeperServices

/// What is set on a number and must be done at its carrier.
@Suite struct CarrierNumberTests {
    private static func scene(
        _ carrier: Proto.Carrier = .twilio,
        _ body: @escaping @Sendable (CarrierStage, Proto.PhoneNumber) async throws -> Void
    ) async throws {
        try await CarrierStage.run { stage in
            stage.twilio.numbers = [.fake(try testNumber(1))]
            stage.telnyx.numbers = [.fake(try testNumber(1))]
            let id = try await stage.connect(carrier).connectionID
            _ = try await stage.importNumbers(through: id)
            try await body(stage, try await stage.number(e164(1)))
        }
    }

    @Test func `B082 a region takes effect at the carrier and is shown, and can be unset`()
        async throws
    {
        try await Self.scene { stage, number in
            #expect(number.regionSupported)
            let after = try await stage.updateNumber(number.numberID) { $0.region = "europe" }
            #expect(after.region == "europe")
            #expect(after.version == number.version + 1)
            #expect(stage.twilio.region(of: try testNumber(1)) == .europe)
            #expect(stage.store.routes.number(try testNumber(1))?.region == .europe)
            let again = try await stage.updateNumber(number.numberID) { $0.region = "europe" }
            #expect(again == after)
            let unset = try await stage.updateNumber(number.numberID) { $0.region = "" }
            #expect(unset.region == "")
            #expect(
                stage.twilio.writes == [
                    .setRegion(try testNumber(1), .europe), .setRegion(try testNumber(1), nil),
                ])
        }
    }

    @Test func `bought numbers go back to the carrier after their workspace is deleted`()
        async throws
    {
        try await CarrierStage.run { stage in
            let e164 = try testNumber(7)
            _ = try await stage.addBought(e164)
            let acme = stage.acme
            try await stage.change { writer throws(DomainError) in
                _ = try WorkspaceChanges.delete(
                    acme.id, confirmName: acme.name, releaseNumbers: true, in: writer)
            }
            #expect(stage.store.routes.number(e164) == nil)
            stage.platform.fail(.carrierUnavailable, times: 1)
            let runner = CarrierTaskRunner(stage.tasks)
            _ = try await runner.runDue()
            #expect(stage.platform.writes.isEmpty)
            stage.clock.advance(seconds: 60)
            _ = try await runner.runDue()
            #expect(stage.platform.writes == [.release(e164)])
            #expect(stage.platform.numbers.isEmpty)
            #expect(try await stage.waitingTasks().isEmpty)
        }
    }

    @Test func `B080 setting a region is refused for what is not at Twilio`() async throws {
        try await Self.scene(.telnyx) { stage, number in
            #expect(!number.regionSupported)
            let refusal = try await Status.refusal {
                try await stage.updateNumber(number.numberID) { $0.region = "europe" }
            }
            #expect(refusal?.code == .failedPrecondition)
            #expect(refusal?.reason == "REGION_NOT_SUPPORTED")
            #expect(stage.telnyx.writes.isEmpty)
        }
    }

    @Test func `B082 what the carrier refuses is not shown, and nothing is tried again`()
        async throws
    {
        try await Self.scene { stage, number in
            stage.twilio.fail(.regionNotSupported, "There is no auth token for ie1.") { $0.isWrite }
            let refusal = try await Status.refusal {
                try await stage.updateNumber(number.numberID) { $0.region = "europe" }
            }
            #expect(refusal?.reason == "REGION_NOT_SUPPORTED")
            #expect(refusal?.message.contains("ie1") == true)
            #expect(try await stage.number(e164(1)).region == "")
            #expect(try await stage.waitingTasks().isEmpty)
            #expect(try await stage.actions().first == "number.carrier_change_failed")
        }
    }

    @Test
    func `B082 a carrier that is down gets the region later, the last one that was asked for`()
        async throws
    {
        try await Self.scene { stage, number in
            stage.twilio.fail(.carrierUnavailable) { $0.isWrite }
            for region in ["europe", "us-west"] {
                let refusal = try await Status.refusal {
                    try await stage.updateNumber(number.numberID) { $0.region = region }
                }
                #expect(refusal?.code == .unavailable)
                #expect(refusal?.message.contains("tried again") == true)
            }
            #expect(try await stage.waitingTasks().map(\.region) == [.usWest])
            stage.twilio.recover()
            stage.clock.advance(seconds: 10)
            #expect(try await CarrierTaskRunner(stage.tasks).runDue() == 1)
            #expect(try await stage.number(e164(1)).region == "us-west")
        }
    }

    @Test func `a crash after the carrier has acted and before that is written down ends alike`()
        async throws
    {
        try await Self.scene { stage, number in
            stage.twilio.pause { $0.isWrite }
            let client = stage.manager
            let call = Task {
                await client.refusal(
                    Proto.UpdateNumberRequest.with {
                        $0.numberID = number.numberID
                        $0.region = "europe"
                    }, Method.number("UpdateNumber"))
            }
            try await eventually("the carrier is asked") { stage.twilio.pausedCount == 1 }
            let runner = try await stage.restarted()
            stage.twilio.resume()
            #expect(try await runner.runDue() <= 1)
            _ = await call.value
            #expect(try await stage.number(e164(1)).region == "europe")
            #expect(try await stage.waitingTasks().isEmpty)
            // Written down once, whoever was first.
            #expect(try await stage.actions().count { $0 == "number.region_set" } == 1)
        }
    }

    @Test(arguments: [Proto.Carrier.twilio, .telnyx])
    func `B146 webhooks can be managed later, and given back`(
        _ carrier: Proto.Carrier
    ) async throws {
        try await Self.scene(carrier) { stage, number in
            let fake = carrier == .twilio ? stage.twilio : stage.telnyx
            let before = fake.numbers
            let managed = try await stage.updateNumber(number.numberID) {
                $0.webhookMode = .managed
                $0.label = "Front desk"
            }
            #expect(managed.webhookMode == .managed)
            #expect(managed.label == "Front desk")
            #expect(fake.numbers[0].webhooks != before[0].webhooks)
            let plain = try await stage.updateNumber(number.numberID) {
                $0.webhookMode = .outboundOnly
            }
            #expect(plain.webhookMode == .outboundOnly)
            #expect(fake.numbers == before)
        }
    }

    @Test func `B146 giving back webhooks that pointed here all along says that they still do`()
        async throws
    {
        try await Self.scene { stage, number in
            // As an earlier connection has left it.
            stage.twilio.edit(try testNumber(1)) {
                $0.webhooks = CarrierStage.targets?.urls(of: .twilio) ?? WebhookURLs()
            }
            _ = try await stage.updateNumber(number.numberID) { $0.webhookMode = .managed }
            let answer = try await stage.manager.call(
                Proto.UpdateNumberRequest.with {
                    $0.numberID = number.numberID
                    $0.webhookMode = .outboundOnly
                }, Method.number("UpdateNumber"), Proto.UpdateNumberResponse.self)
            #expect(answer.number?.webhookMode == .outboundOnly)
            #expect(answer.warnings.map(\.code) == ["WEBHOOKS_STILL_HERE"])
            #expect(answer.warnings.first?.message.contains("Twilio") == true)
            let events = try await stage.manager.call(
                Proto.ListEventsRequest.with {
                    $0.filter = .with { $0.action = "number.webhooks_restored" }
                },
                Method.number("ListEvents"), Proto.ListEventsResponse.self
            ).events
            #expect(events.first?.detailsJson.contains("still sends") == true)
        }
    }

    @Test func `a change that waits for something to be put right does not promise to succeed`()
        async throws
    {
        try await Self.scene { stage, number in
            let id = try #require(ConnectionID(number.connectionID))
            try await stage.change { writer throws(DomainError) in
                guard let record = try writer.connectionRecord(id, in: stage.acme.key) else {
                    throw ConnectionChanges.notFound
                }
                try writer.updateConnection(record, sealedCredentials: [1, 2, 3])
            }
            let refusal = try await Status.refusal {
                try await stage.updateNumber(number.numberID) { $0.region = "europe" }
            }
            #expect(refusal?.reason == "CORRUPT_DATA")
            #expect(refusal?.message.contains("until it succeeds") == false)
            #expect(refusal?.message.contains("cannot succeed before that is put right") == true)
        }
    }

    @Test func `what was asked for last wins over what is still to be done`() async throws {
        try await Self.scene { stage, number in
            let before = stage.twilio.numbers
            stage.twilio.fail(.carrierUnavailable) { $0.isWrite }
            _ = try await Status.refusal {
                try await stage.updateNumber(number.numberID) { $0.webhookMode = .managed }
            }
            stage.twilio.recover()
            let plain = try await stage.updateNumber(number.numberID) {
                $0.webhookMode = .outboundOnly
            }
            #expect(plain.webhookMode == .outboundOnly)
            #expect(stage.twilio.numbers == before)
            #expect(try await stage.waitingTasks().isEmpty)
        }
    }

    // MARK: Release

    @Test func `B163 a bought number goes back to the carrier and is kept apart`() async throws {
        try await CarrierStage.run { stage in
            let number = try testNumber(9)
            let id = try await stage.addBought(number)
            let released = try await stage.releaseNumber(id, e164(9))
            #expect(released.status == .released)
            #expect(stage.platform.writes == [.release(number)])
            #expect(stage.platform.numbers.isEmpty)
            #expect(stage.store.routes.number(number) == nil)
            let apart = try await stage.store.read { reader throws(DomainError) in
                try reader.quarantine(of: number)?.workspace
            }
            #expect(apart == stage.acme.key)
            // Asking again answers what holds.
            #expect(try await stage.releaseNumber(id, e164(9)) == released)
        }
    }

    @Test func `B163 a number that the carrier no longer holds counts as given back`()
        async throws
    {
        try await CarrierStage.run { stage in
            let id = try await stage.addBought(try testNumber(9))
            stage.platform.numbers = []
            #expect(try await stage.releaseNumber(id, e164(9)).status == .released)
        }
    }

    @Test(arguments: [DomainError.Reason.carrierUnavailable, .carrierRefused])
    func `B163 routing stops at once, and the carrier is asked until it takes the number back`(
        _ reason: DomainError.Reason
    ) async throws {
        try await CarrierStage.run { stage in
            let number = try testNumber(9)
            let id = try await stage.addBought(number)
            stage.platform.fail(reason) { $0.isWrite }
            let leaving = try await stage.releaseNumber(id, e164(9))
            #expect(leaving.status == .releasing)
            #expect(stage.store.routes.number(number)?.status == .releasing)
            let refusal = await stage.manager.refusal(
                Proto.CancelReleaseRequest.with { $0.numberID = id },
                Method.number("CancelRelease"))
            #expect(refusal?.reason == "STATE_CHANGED")
            stage.platform.recover()
            stage.clock.advance(seconds: 3_601)
            #expect(try await CarrierTaskRunner(stage.tasks).runDue() == 1)
            #expect(stage.store.routes.number(number) == nil)
            #expect(stage.platform.numbers.isEmpty)
        }
    }

    @Test func `B166 a release that is set for later can be taken back until its time`()
        async throws
    {
        try await CarrierStage.run { stage in
            let number = try testNumber(9)
            let id = try await stage.addBought(number)
            let later = stage.clock.now.adding(seconds: 3_600)
            let leaving = try await stage.releaseNumber(id, e164(9), notBefore: later)
            #expect(leaving.status == .releasing)
            #expect(leaving.releaseAt != nil)
            #expect(try await stage.waitingTasks().isEmpty)
            let back = try await stage.manager.call(
                Proto.CancelReleaseRequest.with { $0.numberID = id },
                Method.number("CancelRelease"), Proto.CancelReleaseResponse.self)
            #expect(back.number?.status == .active)

            _ = try await stage.releaseNumber(id, e164(9), notBefore: later, key: "release 2")
            #expect(try await stage.numbers.releaseDue() == 0)
            stage.clock.advance(seconds: 3_600)
            #expect(try await stage.numbers.releaseDue() == 1)
            #expect(try await stage.numbers.releaseDue() == 0)
            #expect(stage.platform.numbers.count == 1)
            #expect(try await CarrierTaskRunner(stage.tasks).runDue() == 1)
            #expect(stage.store.routes.number(number) == nil)
            #expect(stage.platform.numbers.isEmpty)
        }
    }

    @Test func `a release does not take a number that was bought again meanwhile`() async throws {
        try await CarrierStage.run { stage in
            let number = try testNumber(9)
            let id = try await stage.addBought(number)
            let key = try #require(stage.store.routes.number(number)?.key)
            stage.platform.edit(number) { $0.carrierID = "PN-another" }
            let workspace = stage.acme.key
            let now = stage.clock.now
            try await stage.change { writer throws(DomainError) in
                try writer.insertCarrierTask(
                    number: key, workspace: workspace, kind: .release,
                    detailsJSON: #"{"carrier_number_id":"PN-first"}"#, dueAt: now)
            }
            #expect(try await CarrierTaskRunner(stage.tasks).runDue() == 1)
            #expect(stage.platform.writes.isEmpty)
            #expect(try await stage.waitingTasks().isEmpty)
            #expect(try await stage.number(e164(9)).numberID == id)
        }
    }
}
