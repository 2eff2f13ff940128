import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import Testing

@Suite struct DiagnosisServiceTests {
    @Test func `B069 a number in order has no failed check in any use`() async throws {
        try await DiagnosisStage.run { stage in
            let trunk = try await stage.connect()
            let number = try await stage.addNumber { $0.connection = trunk }
            try await stage.assign([.inbound, .outbound, .sms], of: number)
            for use in [Proto.DiagnosisUse.inbound, .outbound, .sms] {
                let answer = try await stage.diagnose(number, use)
                #expect(answer.ok)
                #expect(answer.named(.fail) == [])
                #expect(answer.number?.numberID == number)
                #expect(answer.number?.e164 == "+14155550100")
                #expect(answer.check("NUMBER_ACTIVE").result == .pass)
                #expect(answer.check("ASSIGNED").message.contains("Ann (ann)"))
                #expect(answer.check("CONNECTION_VALID").message.contains("Main trunk"))
                for check in answer.checks {
                    #expect(!check.message.isEmpty)
                    #expect(check.remedy.isEmpty == (check.result == .pass), "\(check.check)")
                }
            }
        }
    }

    @Test func `B069 what is wrong fails, with what to do`() async throws {
        try await DiagnosisStage.run { stage in
            let number = try await stage.addNumber { $0.capabilities = [.voice] }
            try await stage.assign([.outbound], of: number, status: .draft)
            let outbound = try await stage.diagnose(number, .outbound)
            #expect(!outbound.ok)
            // It is imported, and its connection is not there.
            #expect(outbound.named(.fail) == ["AGENT_PUBLISHED", "CONNECTION_VALID"])
            #expect(outbound.named(.unknown) == ["AGENT_CONFIGURED"])
            let sms = try await stage.diagnose(number, .sms)
            #expect(
                sms.named(.fail) == ["CAPABILITY", "ASSIGNED", "FALLBACK", "CONNECTION_VALID"])
            for check in outbound.checks + sms.checks where check.result != .pass {
                #expect(!check.remedy.isEmpty, "\(check.check)")
            }
        }
    }

    @Test func `the hot calls' refusals are told by use, with count and time`() async throws {
        try await DiagnosisStage.run { stage in
            let number = try await stage.addNumber()
            #expect(try await stage.diagnose(number, .inbound).refusals == [])
            let inbound = Proto.RouteInboundRequest.with { $0.calledE164 = "+14155550100" }
            for _ in 0..<2 {
                let status = await stage.runtime.refusal(
                    inbound, DiagnosisStage.service + "RouteInbound")
                #expect(status?.reason == "NOT_ASSIGNED")
                stage.clock.advance(seconds: 5)
            }
            let outbound = Proto.AuthorizeOutboundRequest.with {
                $0.fromE164 = "+14155550100"
                $0.toE164 = "+493012345678"
            }
            let status = await stage.runtime.refusal(
                outbound, DiagnosisStage.service + "AuthorizeOutbound")
            #expect(status?.reason == "NO_OUTBOUND_AGENT")

            let refusals = try await stage.diagnose(number, .inbound).refusals
            #expect(refusals.map(\.reason) == ["NO_OUTBOUND_AGENT", "NOT_ASSIGNED"])
            #expect(refusals.map(\.use) == [.outbound, .inbound])
            #expect(refusals.map(\.count) == [1, 2])
            #expect(refusals.map { $0.lastAt?.seconds } == [1_767_225_610, 1_767_225_605])
        }
    }

    @Test func `what another workspace asked of a number is no refusal of it`() async throws {
        try await DiagnosisStage.run { stage in
            let number = try await stage.addNumber()
            let stranger = try stage.client(.runtime, of: stage.other)
            let inbound = Proto.RouteInboundRequest.with { $0.calledE164 = "+14155550100" }
            let status = await stranger.refusal(inbound, DiagnosisStage.service + "RouteInbound")
            #expect(status?.reason == "NUMBER_NOT_FOUND")
            await stranger.close()
            #expect(try await stage.diagnose(number, .inbound).refusals == [])
        }
    }

    @Test func `B046 a lock shows in the checklist at once`() async throws {
        try await DiagnosisStage.run { stage in
            let trunk = try await stage.connect()
            let number = try await stage.addNumber { $0.connection = trunk }
            try await stage.assign([.outbound], of: number)
            #expect(try await stage.diagnose(number, .outbound).ok)
            try await stage.change { writer, workspace throws(DomainError) in
                _ = try OutboundLock(
                    scope: .workspace, isLocked: true, reason: try ReasonText("incident")
                ).apply(in: workspace, through: writer)
            }
            let answer = try await stage.diagnose(number, .outbound)
            #expect(answer.named(.fail) == ["OUTBOUND_LOCK"])
            #expect(answer.number?.outboundLock == true)
        }
    }

    @Test func `a bought number's credits are checked against the balance`() async throws {
        try await DiagnosisStage.run { stage in
            let number = try await stage.addNumber {
                $0.origin = .marketplace
                $0.carrier = .twilio
                $0.webhookMode = .managed
                $0.monthlyCostCredits = 500
            }
            try await stage.assign([.outbound], of: number)
            let poor = try await stage.diagnose(number, .outbound)
            #expect(poor.check("CREDITS").result == .unknown)
            #expect(poor.check("CREDITS").message.contains("500"))
            try await stage.change { writer, workspace throws(DomainError) in
                _ = try Ledger.append(
                    NewCreditEntry(
                        id: CreditEntryID(high: 1, low: 1), workspace: workspace, credits: 500,
                        kind: .grant), through: writer)
            }
            let rich = try await stage.diagnose(number, .outbound)
            #expect(rich.check("CREDITS").result == .pass)
            #expect(rich.ok)
        }
    }

    @Test func `asked of the carrier, a SIP number says that there is nothing to ask`() async throws
    {
        try await DiagnosisStage.run { stage in
            let trunk = try await stage.connect()
            let number = try await stage.addNumber { $0.connection = trunk }
            let answer = try await stage.diagnose(number, .outbound) { $0.askCarrier = true }
            #expect(answer.check("CONNECTION_VALID").result == .unknown)
            #expect(
                answer.check("CONNECTION_VALID").message.contains("nothing that could be asked"))
        }
    }

    @Test func `a number that was given back has one check, and it fails`() async throws {
        try await DiagnosisStage.run { stage in
            let number = try await stage.addNumber { $0.status = .released }
            let answer = try await stage.diagnose(number, .inbound)
            #expect(!answer.ok)
            #expect(answer.checks.map(\.check) == ["NUMBER_ACTIVE"])
            #expect(answer.number?.status == .released)
        }
    }

    @Test func `B200 another workspace's number is one that does not exist`() async throws {
        try await DiagnosisStage.run { stage in
            let number = try await stage.addNumber()
            let stranger = try stage.client(.viewer, of: stage.other)
            let foreign = await stage.refusal(number, by: stranger)
            let none = await stage.refusal(NumberID(high: 9, low: 9).description, by: stranger)
            let garbage = await stage.refusal("num_1", by: stranger)
            await stranger.close()
            for status in [foreign, none, garbage] {
                #expect(status?.code == .notFound)
                #expect(status?.reason == "NUMBER_NOT_FOUND")
                #expect(status?.message == foreign?.message)
            }
        }
    }

    @Test func `the form names the field at fault`() async throws {
        try await DiagnosisStage.run { stage in
            let number = try await stage.addNumber()
            for use in [Proto.DiagnosisUse.unspecified, .unrecognized(9)] {
                let status = await stage.refusal(number, use)
                #expect(status?.code == .invalidArgument)
                #expect(status?.violations.map(\.field) == ["use"])
            }
            let status = await stage.refusal("")
            #expect(status?.code == .invalidArgument)
            #expect(status?.violations.map(\.field) == ["number_id"])
        }
    }

    @Test func `B201 whoever may read may ask, the runtime may not`() async throws {
        try await DiagnosisStage.run { stage in
            let number = try await stage.addNumber()
            let manager = try stage.client(.manager, of: stage.acme)
            #expect(await stage.refusal(number, by: manager) == nil)
            await manager.close()
            #expect(await stage.refusal(number, by: stage.runtime)?.code == .permissionDenied)
        }
    }
}
