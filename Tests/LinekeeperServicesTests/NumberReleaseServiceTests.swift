import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperServices
import LinekeeperStorage
import LinekeeperTestSupport
import Testing

struct NumberReleaseServiceTests {
    private static let text = "+14155550100"
    private static let path = NumberStage.service + "ReleaseNumber"

    private static func request(
        _ number: String, confirm: String = text, notBefore: Timestamp? = nil
    ) -> Proto.ReleaseNumberRequest {
        .with {
            $0.numberID = number
            $0.confirmE164 = confirm
            $0.notBefore = notBefore.map { Proto.Timestamp($0) }
        }
    }

    private static func key(_ text: String) -> CallOptions { CallOptions(idempotencyKey: text) }

    @Test("A release needs an idempotency key, and the same key releases once")
    func idempotent() async throws {
        try await NumberStage.run { stage in
            let number = try await stage.addNumber(Self.text)
            let request = Self.request(number)
            let keyless = await stage.manager.refusal(request, Self.path)
            #expect(keyless?.reason == "IDEMPOTENCY_KEY_REQUIRED")
            let first = try await stage.manager.call(
                Self.path, payload: request.encoded(), Self.key("a"))
            let again = try await stage.manager.call(
                Self.path, payload: request.encoded(), Self.key("a"))
            #expect(first == again)
            let reply = try Proto.ReleaseNumberResponse(decoding: first)
            #expect(reply.number?.status == .released)
        }
    }

    @Test("B163 A number that is released already is released, however late it is asked again")
    func twice() async throws {
        try await NumberStage.run { stage in
            let number = try await stage.addNumber(Self.text)
            func release(_ key: String) async throws -> Proto.PhoneNumber? {
                try await stage.manager.call(
                    Self.request(number), Self.path, Proto.ReleaseNumberResponse.self,
                    Self.key(key)
                ).number
            }
            let released = try await release("a")
            #expect(released?.status == .released)
            stage.clock.advance(seconds: 90_000)
            #expect(try await release("b") == released)
            let mismatch = await stage.manager.refusal(
                Self.request(number, confirm: "+14155550101"), Self.path, Self.key("c"))
            #expect(mismatch?.reason == "CONFIRMATION_MISMATCH")
        }
    }

    @Test("B166 Protection and confirmation stand before a release")
    func refusals() async throws {
        try await NumberStage.run { stage in
            let number = try await stage.addNumber(Self.text)
            let mismatch = await stage.manager.refusal(
                Self.request(number, confirm: "+14155550101"), Self.path, Self.key("a"))
            #expect(mismatch?.reason == "CONFIRMATION_MISMATCH")
            _ = try await stage.update(number) { $0.releaseProtected = true }
            let protected = await stage.manager.refusal(
                Self.request(number), Self.path, Self.key("b"))
            #expect(protected?.code == .failedPrecondition)
            #expect(protected?.reason == "RELEASE_PROTECTED")
            #expect(try await stage.get(number).status == .active)
        }
    }

    @Test("B166 A delayed release can be taken back until its time, then the housekeeping ends it")
    func delayed() async throws {
        try await NumberStage.run { stage in
            let number = try await stage.addNumber(Self.text)
            let later = stage.clock.now.adding(seconds: 600)
            let request = Self.request(number, notBefore: later)
            let scheduled = try await stage.manager.call(
                request, Self.path, Proto.ReleaseNumberResponse.self, Self.key("a"))
            #expect(scheduled.number?.status == .releasing)
            #expect(scheduled.number?.releaseAt == Proto.Timestamp(later))

            let cancel = Proto.CancelReleaseRequest.with { $0.numberID = number }
            let cancelled = try await stage.manager.call(
                cancel, NumberStage.service + "CancelRelease", Proto.CancelReleaseResponse.self)
            #expect(cancelled.number?.status == .active)
            #expect(cancelled.number?.releaseAt == nil)

            _ = try await stage.manager.call(
                Self.path, payload: request.encoded(), Self.key("b"))
            #expect(try await stage.service.releaseDue() == 0)
            stage.clock.advance(seconds: 600)
            #expect(try await stage.service.releaseDue() == 1)
            #expect(try await stage.get(number).status == .released)
            let tooLate = await stage.manager.refusal(cancel, NumberStage.service + "CancelRelease")
            #expect(tooLate?.reason == "NUMBER_NOT_ACTIVE")
        }
    }

    @Test("B163 A release is in the audit log with who did it and what the number served")
    func logged() async throws {
        try await NumberStage.run { stage in
            let number = try await stage.addNumber(Self.text)
            _ = try await stage.manager.call(
                Self.path, payload: Self.request(number).encoded(), Self.key("a"))
            func events(_ edit: (inout Proto.EventFilter) -> Void) async throws -> [Proto.Event] {
                var filter = Proto.EventFilter()
                edit(&filter)
                let request = Proto.ListEventsRequest.with { $0.filter = filter }
                let reply = try await stage.manager.call(
                    request, NumberStage.service + "ListEvents", Proto.ListEventsResponse.self)
                return reply.events
            }
            let all = try await events { $0.numberID = number }
            let event = try #require(all.first)
            #expect(event.action == "number.released")
            #expect(event.e164 == Self.text)
            #expect(event.actor.hasPrefix("tok_"))
            #expect(event.workspaceID == stage.acme.id.description)
            #expect(event.at == Proto.Timestamp(stage.clock.now))
            #expect(event.detailsJson.contains(#""status":"RELEASED""#))
            #expect(try await events { $0.action = "number.*" }.contains(event))
            #expect(try await events { $0.action = "number.updated" } == [])
            #expect(try await events { $0.actor = event.actor } == [event])
        }
    }
}
