import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperStorage
import LinekeeperTestSupport
import Testing

@testable import LinekeeperServices

@Suite struct CarrierImportTests {
    @Test func `B154 what cannot be imported is listed with the reason, and where calls go now`()
        async throws
    {
        try await CarrierStage.run(pageSize: 3) { stage in
            let theirs = try await stage.connect(through: try stage.stranger())
            stage.twilio.numbers = try (0..<7).map { .fake(try testNumber($0)) }
            stage.twilio.unreadable = ["Number PN7 has no phone_number."]
            stage.twilio.edit(try testNumber(3)) { $0.inactiveReason = "purchase-pending" }
            let mine = try await stage.connect()
            _ = try await stage.importNumbers(
                [e164(1)], through: theirs.connectionID, client: try stage.stranger())
            _ = try await stage.importNumbers([e164(2)], through: mine.connectionID)

            // Pages of two over a carrier's pages of three.
            let listed = try await stage.importable(mine.connectionID, pageSize: 2)
            #expect(listed.map(\.e164) == (0..<7).map { e164($0) } + [""])
            #expect(
                listed.map(\.reason) == [
                    "", "HELD_ELSEWHERE", "ALREADY_IMPORTED", "NOT_ACTIVE", "", "", "",
                    "UNREADABLE",
                ])
            #expect(listed.map(\.importable) == listed.map { $0.reason.isEmpty })
            #expect(listed[3].message.contains("purchase-pending"))
            #expect(!listed[1].message.contains("Other"))
            #expect(listed[0].webhooks?.voiceURL == "https://own.example.com/voice?a=1&b=%0A")
            #expect(listed[0].regionLabel == "Oakland, CA")
        }
    }

    @Test func `a page token of one connection is not taken at another`() async throws {
        try await CarrierStage.run(pageSize: 2) { stage in
            stage.twilio.numbers = try (0..<4).map { .fake(try testNumber($0)) }
            let one = try await stage.connect()
            let two = try await stage.connect(name: "Two")
            let request = Proto.ListImportableNumbersRequest.with {
                $0.connectionID = one.connectionID
            }
            let token = try await stage.manager.call(
                request, Method.carrier("ListImportableNumbers"),
                Proto.ListImportableNumbersResponse.self
            ).nextPageToken
            #expect(!token.isEmpty)
            let refusal = await stage.manager.refusal(
                Proto.ListImportableNumbersRequest.with {
                    $0.connectionID = two.connectionID
                    $0.page = .with { $0.pageToken = token }
                }, Method.carrier("ListImportableNumbers"))
            #expect(refusal?.reason == "INVALID_PAGE_TOKEN")
        }
    }

    @Test
    func `B144 B145 B153 B164 an outbound-only import takes the carrier's word and writes nothing`()
        async throws
    {
        try await CarrierStage.run(pageSize: 4) { stage in
            stage.twilio.numbers = try (0..<11).map {
                .fake(try testNumber($0), capabilities: [.voice, .mms])
            }
            let id = try await stage.connect().connectionID
            let results = try await stage.importNumbers(through: id)
            #expect(results.map(\.outcome) == Array(repeating: .imported, count: 11))
            #expect(results.map(\.done) == (1...11).map { UInt32($0) })
            #expect(results.allSatisfy { $0.total == 11 })
            #expect(stage.twilio.writes.isEmpty)
            // The pages of the account, and not a question for each number.
            #expect(
                stage.twilio.journal == [
                    .validate, .list(cursor: nil), .list(cursor: "4"), .list(cursor: "8"),
                ])
            let number = try await stage.number(e164(4))
            #expect(number.carrierLabel == "Imported")
            #expect(number.carrier == .twilio)
            #expect(number.capabilities == [.voice, .mms])
            #expect(number.regionLabel == "Oakland, CA")
            #expect(number.webhookMode == .outboundOnly)
            #expect(number.monthlyCostCredits == 0)
            #expect(try await stage.waitingTasks().isEmpty)
        }
    }

    @Test func `B143 some numbers are imported, and one that fails does not stop the rest`()
        async throws
    {
        try await CarrierStage.run { stage in
            try await stage.addAgent("a-1")
            stage.telnyx.numbers = try (0..<30).map { .fake(try testNumber($0)) }
            stage.telnyx.edit(try testNumber(2)) { $0.inactiveReason = "port-pending" }
            let id = try await stage.connect(.telnyx).connectionID
            let wanted = (0..<20).map { e164($0) } + [e164(77), "+12", e164(0)]
            let results = try await stage.importNumbers(wanted, through: id) {
                if $0.e164 == e164(5) { $0.outboundAgentID = "a-1" }
                if $0.e164 == e164(6) { $0.outboundAgentID = "nobody" }
            }
            #expect(results.map(\.e164) == wanted)
            var reasons = Array(repeating: "", count: 20)
            reasons[2] = "NUMBER_NOT_ACTIVE"
            reasons[6] = "AGENT_NOT_FOUND"
            #expect(
                results.map(\.reason) == reasons + ["NUMBER_NOT_FOUND", "INVALID_E164", ""])
            #expect(results[2].message.contains("port-pending"))
            #expect(results[22].outcome == .alreadyImported || results[22].outcome == .imported)
            #expect(try await stage.number(e164(5)).assignments?.outbound?.agentID == "a-1")
            #expect(try await stage.connection(id).numberCount == 18)
        }
    }

    @Test func `numbers imported together are listed in the order of the import`() async throws {
        try await CarrierStage.run { stage in
            let order = Array((0..<300).map { ($0 * 7) % 300 })
            stage.twilio.numbers = try order.map { .fake(try testNumber($0)) }
            let id = try await stage.connect().connectionID
            _ = try await stage.importNumbers(through: id)
            let listed = try await stage.manager.call(
                Proto.ListNumbersRequest.with { $0.page = .with { $0.pageSize = 1_000 } },
                Method.number("ListNumbers"), Proto.ListNumbersResponse.self)
            #expect(listed.numbers.map(\.e164) == order.map { e164($0) })
        }
    }

    @Test func `B143 repeating an import answers the same, and another key finds them imported`()
        async throws
    {
        try await CarrierStage.run { stage in
            stage.twilio.numbers = try (0..<5).map { .fake(try testNumber($0)) }
            let id = try await stage.connect().connectionID
            let first = try await stage.importNumbers(through: id, key: "one")
            #expect(try await stage.importNumbers(through: id, key: "one") == first)
            let again = try await stage.importNumbers(through: id, key: "two")
            #expect(again.map(\.outcome) == Array(repeating: .alreadyImported, count: 5))
            #expect(again.map(\.numberID) == first.map(\.numberID))
            let reused = try await Status.refusal {
                try await stage.importNumbers([e164(1)], through: id, key: "one")
            }
            #expect(reused?.reason == "IDEMPOTENCY_KEY_REUSED")
        }
    }

    @Test func `B146 a managed import tells of a number that was here and stays as it is`()
        async throws
    {
        try await CarrierStage.run { stage in
            stage.twilio.numbers = [.fake(try testNumber(1)), .fake(try testNumber(2))]
            let id = try await stage.connect().connectionID
            _ = try await stage.importNumbers([e164(1)], through: id, key: "plain")
            let managed = try await stage.importNumbers(through: id, key: "managed", mode: .managed)
            #expect(managed.map(\.outcome) == [.alreadyImported, .imported])
            #expect(managed[0].warnings.map(\.code) == ["WEBHOOKS_NOT_SET"])
            #expect(managed[1].warnings.isEmpty)
            let again = try await stage.importNumbers(through: id, key: "again", mode: .managed)
            #expect(again[1].warnings.isEmpty)
        }
    }

    @Test func `TEN-02 a number that another workspace holds is refused without naming it`()
        async throws
    {
        try await CarrierStage.run { stage in
            stage.twilio.numbers = [.fake(try testNumber(1))]
            let stranger = try stage.stranger()
            let theirs = try await stage.connect(through: stranger)
            _ = try await stage.importNumbers(through: theirs.connectionID, client: stranger)
            let mine = try await stage.connect()
            let results = try await stage.importNumbers(through: mine.connectionID)
            #expect(results.map(\.reason) == ["NUMBER_HELD_ELSEWHERE"])
            #expect(results.first?.numberID == "")
            #expect(results.first?.message.contains("Other") == false)
        }
    }

    @Test func `B146 a managed import records what was there and points the webhooks here`()
        async throws
    {
        try await CarrierStage.run { stage in
            stage.telnyx.numbers = try (0..<40).map { .fake(try testNumber($0)) }
            let before = stage.telnyx.numbers[3].settings
            let id = try await stage.connect(.telnyx).connectionID
            let results = try await stage.importNumbers(through: id, mode: .managed)
            #expect(results.allSatisfy { $0.outcome == .imported && $0.warnings.isEmpty })
            #expect(Set(stage.telnyx.writes).count == 40)
            #expect(try await stage.number(e164(3)).webhookMode == .managed)
            // B147
            #expect(
                stage.telnyx.numbers[3].webhooks.voice
                    == "https://voice.example.com/lk/webhook/telnyx/texml")
            let key = try #require(stage.store.routes.number(try testNumber(3))?.key)
            let side = try await stage.store.read { reader throws(DomainError) in
                try reader.carrierSide(of: key)
            }
            #expect(side.replacedSettings == before)
            #expect(try await stage.waitingTasks().isEmpty)
        }
    }

    @Test func `B146 a crash in the middle of a managed import leaves tasks that finish it`()
        async throws
    {
        try await CarrierStage.run { stage in
            stage.twilio.numbers = try (0..<3).map { .fake(try testNumber($0)) }
            let before = stage.twilio.numbers[0].settings
            let id = try await stage.connect().connectionID
            // The carrier has not answered when the server dies.
            stage.twilio.pause { $0.isWrite }
            async let unfinished = stage.importNumbers(through: id, mode: .managed)
            try await eventually("all are on their way") { stage.twilio.pausedCount == 3 }
            #expect(try await stage.number(e164(0)).webhookMode == .outboundOnly)
            #expect(try await stage.waitingTasks().count == 3)

            let runner = try await stage.restarted()
            async let due = runner.runDue()
            // Not before the next server has its list does the carrier answer: what was on its way
            // goes on in this test, other than after a crash, and ends the tasks too.
            try await eventually("the next server is at work") { stage.twilio.pausedCount == 4 }
            stage.twilio.resume()
            #expect(try await due == 3)
            _ = try await unfinished
            for index in 0..<3 {
                #expect(try await stage.number(e164(index)).webhookMode == .managed)
            }
            #expect(try await stage.waitingTasks().isEmpty)
            let key = try #require(stage.store.routes.number(try testNumber(0))?.key)
            let side = try await stage.store.read { reader throws(DomainError) in
                try reader.carrierSide(of: key)
            }
            #expect(side.replacedSettings == before)
        }
    }

    @Test func `B146 a refused change of webhooks leaves the number imported and says so`()
        async throws
    {
        try await CarrierStage.run { stage in
            stage.twilio.numbers = try (0..<3).map { .fake(try testNumber($0)) }
            let bad = try testNumber(1)
            stage.twilio.fail(.carrierRefused, "The number is locked.") { $0 == .manage(bad) }
            let id = try await stage.connect().connectionID
            let results = try await stage.importNumbers(through: id, mode: .managed)
            #expect(results.map(\.outcome) == Array(repeating: .imported, count: 3))
            #expect(results.map { $0.warnings.map(\.code) } == [[], ["WEBHOOKS_NOT_SET"], []])
            #expect(results[1].warnings.first?.message.contains("locked") == true)
            #expect(try await stage.number(e164(1)).webhookMode == .outboundOnly)
            #expect(try await stage.waitingTasks().isEmpty)
            #expect(try await stage.actions().contains("number.carrier_change_failed"))
        }
    }

    @Test func `B146 a carrier that is down is asked again until the webhooks point here`()
        async throws
    {
        try await CarrierStage.run { stage in
            stage.twilio.numbers = [.fake(try testNumber(1))]
            let id = try await stage.connect().connectionID
            stage.twilio.fail(.carrierUnavailable) { $0.isWrite }
            let results = try await stage.importNumbers(through: id, mode: .managed)
            #expect(results.first?.outcome == .imported)
            #expect(results.first?.warnings.map(\.code) == ["WEBHOOKS_NOT_SET"])
            let runner = CarrierTaskRunner(stage.tasks)
            #expect(try await runner.runDue() == 0)
            stage.clock.advance(seconds: 5)
            #expect(try await runner.runDue() == 1)
            let waiting = try await stage.waitingTasks()
            #expect(waiting.map(\.attempt) == [2])
            stage.twilio.recover()
            stage.clock.advance(seconds: 10)
            #expect(try await runner.runDue() == 1)
            #expect(try await stage.number(e164(1)).webhookMode == .managed)
        }
    }

    @Test func `managed webhooks need the address under which carriers reach the server`()
        async throws
    {
        try await CarrierStage.run(webhooks: nil) { stage in
            stage.twilio.numbers = [.fake(try testNumber(1))]
            let id = try await stage.connect().connectionID
            let refusal = try await Status.refusal {
                try await stage.importNumbers(through: id, mode: .managed)
            }
            #expect(refusal?.code == .failedPrecondition)
            #expect(refusal?.reason == "WEBHOOKS_NOT_CONFIGURED")
            #expect(refusal?.message.contains("--webhook-base-url") == true)
            let result = try await stage.importNumbers(through: id)
            let update = try await Status.refusal {
                try await stage.updateNumber(result[0].numberID) { $0.webhookMode = .managed }
            }
            #expect(update?.reason == "WEBHOOKS_NOT_CONFIGURED")
            let purchase = try await Status.refusal {
                try await stage.manager.call(
                    Proto.PurchaseNumbersRequest.with {
                        $0.source = .marketplace
                        $0.e164s = ["+14155550199"]
                        $0.webhookMode = .managed
                    }, "/linekeeper.v1.NumberService/PurchaseNumbers",
                    Proto.PurchaseNumbersResponse.self, CallOptions(idempotencyKey: "buy"))
            }
            #expect(purchase?.reason == "WEBHOOKS_NOT_CONFIGURED")
        }
    }

    @Test func `an import with a webhook mode that is not known is refused`() async throws {
        try await CarrierStage.run { stage in
            stage.twilio.numbers = [.fake(try testNumber(1))]
            let id = try await stage.connect().connectionID
            let refusal = try await Status.refusal {
                try await stage.importNumbers(
                    through: id, mode: Proto.WebhookMode(rawValue: 7))
            }
            #expect(refusal?.code == .invalidArgument)
            #expect(refusal?.message.contains("webhook_mode") == true)
        }
    }

    @Test func `an import whose caller leaves stops, and what was imported stays`() async throws {
        try await CarrierStage.run { stage in
            stage.twilio.numbers = try (0..<200).map { .fake(try testNumber($0)) }
            let id = try await stage.connect().connectionID
            let stuck = try testNumber(100)
            stage.twilio.pause { $0 == .manage(stuck) }
            let client = stage.manager
            let reading = Task {
                var count = 0
                for try await _ in client.stream(
                    Proto.ImportNumbersRequest.with {
                        $0.connectionID = id
                        $0.all = true
                        $0.webhookMode = .managed
                    }, Method.carrier("ImportNumbers"), Proto.ImportResult.self,
                    CallOptions(idempotencyKey: "k"))
                {
                    count += 1
                }
                return count
            }
            try await eventually("the import is under way") { stage.twilio.pausedCount == 1 }
            reading.cancel()
            stage.twilio.resume()
            _ = try? await reading.value
            try await eventually("nothing is under way") {
                let imported = try await stage.connection(id).numberCount
                let waiting = try await stage.waitingTasks().count
                return imported > 90 && imported <= 160 && waiting == 0
            }
            #expect(try await stage.connection(id).numberCount < 200)
        }
    }
}
