@testable import LinekeeperCore
import Testing

/// A number and the agents of its workspace, as the rules see them.
private struct Stage {
    static let workspace = WorkspaceKey(rawValue: 1)
    static let then = Timestamp(microseconds: 1_000_000)
    static let now = Timestamp(microseconds: 2_000_000)

    var record: NumberRecord
    var facts: NumberFacts
    var agents: [AgentID: AgentFacts] = [:]

    init(carrier: Carrier = .sip, status: NumberStatus = .active) {
        let e164 = Stage.number("+14155550100")
        let id = NumberID(high: 1, low: 1)
        record = NumberRecord(
            key: NumberKey(rawValue: 1), id: id, workspace: WorkspaceID(high: 1, low: 1),
            e164: e164, type: .local, capabilities: [.voice, .sms], origin: .imported,
            carrier: carrier, status: status, webhookMode: .outboundOnly,
            createdAt: Stage.then, updatedAt: Stage.then, version: 3)
        facts = NumberFacts(
            e164: e164, id: id, key: NumberKey(rawValue: 1), workspace: Stage.workspace,
            connection: nil, version: 3, status: status, capabilities: [.voice, .sms],
            origin: .imported, carrier: carrier, webhookMode: .outboundOnly)
    }

    static func number(_ text: String) -> E164 {
        guard let number = E164(text.utf8) else { preconditionFailure("\(text) is no number") }
        return number
    }

    @discardableResult
    mutating func addAgent(_ text: String, fallbackCount: UInt32 = 0) throws -> AgentID {
        let id = try #require(AgentID(text))
        var agent = AgentFacts(
            key: AgentKey(rawValue: Int64(agents.count + 1)), workspace: Stage.workspace, id: id,
            name: "Agent \(text)", status: .published, outboundConfigured: nil, smsEnabled: nil)
        agent.fallbackCount = fallbackCount
        agents[id] = agent
        return id
    }

    func decide(_ edit: (inout NumberChange) -> Void) throws(DomainError) -> NumberOutcome {
        var change = NumberChange()
        edit(&change)
        return try NumberRules.decide(change, on: record, facts: facts, at: Stage.now) {
            agents[$0]
        }
    }

    func refusal(_ edit: (inout NumberChange) -> Void) -> DomainError? {
        #expect(throws: DomainError.self) { try decide(edit) }
    }

    /// The stage after a decision.
    func after(_ outcome: NumberOutcome) -> Stage {
        var next = self
        next.record = outcome.record
        next.facts = outcome.facts
        for agent in outcome.agents { next.agents[agent.id] = agent }
        return next
    }
}

struct NumberRulesTests {
    @Test("A save sets what it names, moves version and time on, and leaves the rest")
    func setsWhatItNames() throws {
        let stage = Stage()
        let outcome = try stage.decide {
            $0.label = "Front desk"
            $0.tags = ["team": .set("sales")]
            $0.releaseProtected = true
            $0.expectedVersion = 3
        }
        #expect(outcome.record.label == "Front desk")
        #expect(outcome.record.tags == ["team": "sales"])
        #expect(outcome.record.releaseProtected)
        #expect(outcome.record.version == 4)
        #expect(outcome.record.updatedAt == Stage.now)
        #expect(outcome.facts.version == 4)
        var restored = outcome.record
        restored.label = ""
        restored.tags = [:]
        restored.releaseProtected = false
        restored.version = 3
        restored.updatedAt = Stage.then
        #expect(restored == stage.record)
    }

    @Test("A save that changes nothing leaves version and time as they are")
    func changesNothing() throws {
        let stage = Stage()
        let outcome = try stage.decide {
            $0.label = ""
            $0.ringTimeout = .unset
            $0.fallback = .unset
            $0.webhookMode = .outboundOnly
        }
        #expect(outcome.record == stage.record)
        #expect(outcome.facts == stage.facts)
    }

    @Test("A stale version is refused with both versions")
    func staleVersion() {
        let error = Stage().refusal { $0.expectedVersion = 2 }
        #expect(error?.reason == .versionMismatch)
        #expect(error?.facts["version"] == "3")
        #expect(error?.facts["expected_version"] == "2")
    }

    @Test("A number that is gone cannot be changed", arguments: [NumberStatus.released, .failed])
    func gone(status: NumberStatus) {
        let error = Stage(status: status).refusal { $0.label = "x" }
        #expect(error?.reason == .numberNotActive)
    }

    @Test("Tags are added, replaced and removed one by one, up to 50")
    func tags() throws {
        var stage = Stage()
        stage = stage.after(
            try stage.decide { $0.tags = ["a": .set("1"), "b": .set("2")] })
        stage = stage.after(
            try stage.decide { $0.tags = ["a": .set("3"), "b": .unset, "c": .set("4")] })
        #expect(stage.record.tags == ["a": "3", "c": "4"])

        let many = (0..<48).map { ("t\($0)", Setting<String>.set("v")) }
        let full = try stage.decide { $0.tags = Dictionary(uniqueKeysWithValues: many) }
        #expect(full.record.tags.count == 50)
        let error = stage.after(full).refusal { $0.tags = ["over": .set("v")] }
        #expect(error?.reason == .invalidArgument)
        #expect(error?.field == "tags")
    }

    @Test("B080 Only Twilio numbers have a region", arguments: [Carrier.telnyx, .sip])
    func regionNotSupported(carrier: Carrier) {
        let error = Stage(carrier: carrier).refusal { $0.region = .set(.europe) }
        #expect(error?.reason == .regionNotSupported)
        #expect(error?.field == "region")
        let unset = Stage(carrier: carrier).refusal { $0.region = .unset }
        #expect(unset?.reason == .regionNotSupported)
    }

    @Test("What must be done at the carrier is not written down before it is done there")
    func atCarrier() throws {
        let stage = Stage(carrier: .twilio)
        let decided = try stage.decide {
            $0.region = .set(.europe)
            $0.webhookMode = .managed
        }
        #expect(decided.record == stage.record)
        #expect(decided.facts == stage.facts)
    }

    @Test("A SIP carrier has no webhook settings to manage")
    func sipWebhooks() {
        let error = Stage().refusal { $0.webhookMode = .managed }
        #expect(error?.reason == .carrierNotSupported)
        #expect(error?.field == "webhook_mode")
    }

    @Test("B063 The fallback is another agent, a number to forward to, or a rejection")
    func fallbacks() throws {
        var stage = Stage()
        let first = try stage.addAgent("first")
        let second = try stage.addAgent("second", fallbackCount: 7)

        stage = stage.after(try stage.decide { $0.fallback = .set(.agent(first)) })
        #expect(stage.record.fallback == .agent(.init(id: "first", name: "Agent first")))
        #expect(stage.facts.fallbackAgent == AgentKey(rawValue: 1))
        #expect(stage.agents[first]?.fallbackCount == 1)

        stage = stage.after(try stage.decide { $0.fallback = .set(.agent(second)) })
        #expect(stage.agents[first]?.fallbackCount == 0)
        #expect(stage.agents[second]?.fallbackCount == 8)

        let target = Stage.number("+4930123456")
        stage = stage.after(try stage.decide { $0.fallback = .set(.forward(target)) })
        #expect(stage.record.fallback == .forward(target))
        #expect(stage.facts.extras?.fallback == .forward(target))
        #expect(stage.agents[second]?.fallbackCount == 7)

        stage = stage.after(try stage.decide { $0.fallback = .set(.reject) })
        #expect(stage.facts.extras?.fallback == .reject)
        stage = stage.after(try stage.decide { $0.fallback = .unset })
        #expect(stage.record.fallback == nil)
        #expect(stage.facts.extras == nil)
    }

    @Test("B063 A fallback agent must exist in the workspace")
    func fallbackAgentMissing() throws {
        let stranger = try #require(AgentID("stranger"))
        let error = Stage().refusal { $0.fallback = .set(.agent(stranger)) }
        #expect(error?.reason == .agentNotFound)
    }

    @Test("B063 A fallback does not send a call round in a circle")
    func fallbackCircle() throws {
        let stage = Stage()
        let itself = stage.refusal { $0.fallback = .set(.forward(stage.record.e164)) }
        #expect(itself?.field == "fallback.forward_to_e164")

        let line = Stage.number("+14155550199")
        let together = stage.refusal {
            $0.forwardedFrom = [line]
            $0.fallback = .set(.forward(line))
        }
        #expect(together?.reason == .invalidArgument)
        let noted = stage.after(try stage.decide { $0.forwardedFrom = [line] })
        #expect(
            noted.refusal { $0.fallback = .set(.forward(line)) }?.reason == .invalidArgument)
    }

    @Test(
        "B066 A ring timeout of its own is 5 to 120 seconds",
        arguments: [
            (UInt8(0), false), (4, false), (5, true), (120, true), (121, false), (255, false),
        ])
    func ringTimeout(seconds: UInt8, allowed: Bool) throws {
        let stage = Stage()
        if allowed {
            let outcome = try stage.decide { $0.ringTimeout = .set(seconds) }
            #expect(outcome.record.ringTimeoutOverride == seconds)
            #expect(outcome.facts.ringTimeoutOverride == seconds)
            let back = try stage.after(outcome).decide { $0.ringTimeout = .unset }
            #expect(back.facts.ringTimeoutOverride == nil)
        } else {
            let error = stage.refusal { $0.ringTimeout = .set(seconds) }
            #expect(error?.field == "ring_timeout_seconds")
        }
    }

    @Test("B181 The lines forwarded to a number are noted on it, up to 20, each once")
    func forwardedFrom() throws {
        let lines = (0..<20).map { Stage.number("+1415555\(1000 + $0)") }
        let stage = Stage()
        let noted = try stage.decide { $0.forwardedFrom = lines + [lines[0]] }
        #expect(noted.record.forwardedFrom == lines)
        let over = stage.refusal { $0.forwardedFrom = lines + [Stage.number("+14155552000")] }
        #expect(over?.field == "forwarded_from")
        #expect(over?.facts["limit"] == "20")
        let itself = stage.refusal { $0.forwardedFrom = [stage.record.e164] }
        #expect(itself?.field == "forwarded_from")
        let cleared = try stage.after(noted).decide { $0.forwardedFrom = [] }
        #expect(cleared.record.forwardedFrom.isEmpty)
    }

    @Test("Up to 200 destination prefixes reach the route table")
    func destinations() throws {
        let prefixes = try (1...200).map { try #require(E164Prefix("+4\($0)".utf8)) }
        let stage = Stage()
        let outcome = try stage.decide { $0.allowedDestinations = prefixes }
        #expect(outcome.facts.extras?.allowedDestinations == prefixes)
        let over = stage.refusal { change in
            change.allowedDestinations = prefixes + [E164Prefix("+1".utf8)].compactMap { $0 }
        }
        #expect(over?.field == "allowed_destination_prefixes")
    }

    @Test("A version that cannot grow further wraps instead of stopping the process")
    func versionWraps() throws {
        var stage = Stage()
        stage.facts.version = .max
        let outcome = try stage.decide { $0.label = "x" }
        #expect(outcome.record.version == 0)
    }
}

struct NumberDifferenceTests {
    @Test("B203 The log names what differs, before and after, and nothing else")
    func namesWhatDiffers() {
        let stage = Stage()
        var after = stage.record
        after.label = "new \"desk\""
        after.fallback = .forward(Stage.number("+4930123456"))
        after.version = 9
        #expect(
            NumberDifference.json(from: stage.record, to: after)
                == #"{"before":{"label":"","fallback":null},"#
                + #""after":{"label":"new \"desk\"","fallback":{"forward_to_e164":"+4930123456"}}}"#
        )
    }
}
