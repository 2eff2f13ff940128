import LinekeeperCore
import Testing

@Suite struct AssignmentToggleTests {
    /// A number that `ann` calls from, switched off.
    private func switchedOff(_ exclusivity: NumberExclusivity = .agent) throws -> AssignmentFixture
    {
        var fixture = try AssignmentFixture(exclusivity: exclusivity)
        fixture.hold(.outbound, by: "ann")
        fixture.number.outboundEnabled = false
        return fixture
    }

    @Test func `B040 the toggle starts on`() throws {
        let outcome = try AssignmentFixture().decide(save(outbound: "ann"))
        #expect(outcome.number.outboundEnabled)
    }

    @Test(arguments: [true, false])
    func `B040 without an outbound agent the toggle cannot be set`(_ enabled: Bool) throws {
        var fixture = try AssignmentFixture()
        #expect(fixture.refusal(save(enabled: enabled))?.reason == .noOutboundAgent)
        fixture.hold(.inbound, by: "ann")
        #expect(fixture.refusal(save(enabled: enabled))?.reason == .noOutboundAgent)
        fixture.hold(.outbound, by: "ann")
        #expect(
            fixture.refusal(save(outbound: "-", enabled: enabled))?.reason
                == .noOutboundAgent)
    }

    @Test func `B024 B040 a save can assign and switch off at once`() throws {
        let outcome = try AssignmentFixture().decide(
            save(outbound: "ann", enabled: false))
        #expect(!outcome.number.outboundEnabled)
        #expect(outcome.number.outbound?.idText == "ann")
    }

    @Test(arguments: [true, false])
    func `B042 the toggle changes nothing else`(_ enabled: Bool) throws {
        var fixture = try switchedOff()
        fixture.hold(.inbound, by: "ann")
        fixture.hold(.sms, by: "ann")
        let outcome = try fixture.decide(save(enabled: enabled))
        #expect(outcome.number.holders == ["ann", "ann", "ann"])
        #expect(outcome.number.outboundEnabled == enabled)
        #expect(outcome.agents.isEmpty)
    }

    @Test func `B043 clearing the outbound agent switches on again`() throws {
        let outcome = try switchedOff().decide(save(outbound: "-"))
        #expect(outcome.number.outboundEnabled)
    }

    @Test func `B043 replacing the outbound agent switches on, unless the save says otherwise`()
        throws
    {
        let fixture = try switchedOff()
        let replaced = try fixture.decide(save(outbound: "bob", replace: true))
        #expect(replaced.number.outboundEnabled)
        let off = try fixture.decide(
            save(outbound: "bob", enabled: false, replace: true))
        #expect(!off.number.outboundEnabled)
    }

    @Test func `B043 taking the number over by another profile switches on too`() throws {
        let outcome = try switchedOff().decide(save(inbound: "bob", replace: true))
        #expect(outcome.number.holders == ["bob", "-", "-"])
        #expect(outcome.number.outboundEnabled)
    }

    @Test func `B040 B043 what leaves the outbound agent in place leaves the toggle`() throws {
        let fixture = try switchedOff(.profile)
        for change in [
            save(inbound: "bob"), save(outbound: "ann"),
            save(sms: "bob", replace: true),
        ] {
            #expect(try !fixture.decide(change).number.outboundEnabled)
        }
    }
}

@Suite struct AssignmentOutboundChoiceTests {
    private typealias Line = OutboundChoice.Line

    private func choice(
        status: AgentStatus = .published, configured: Bool? = nil, hasNumber: Bool = true,
        numberStatus: NumberStatus = .active, enabled: Bool = true, locked: Bool = false
    ) throws -> OutboundChoice {
        let fixture = try AssignmentFixture()
        let line = Line(
            e164: fixture.number.e164, status: numberStatus, isEnabled: enabled, isLocked: locked)
        return OutboundChoice(
            agent: AgentKey(rawValue: 1), id: try fixture.agentID("ann"), name: "Ann",
            status: status, outboundConfigured: configured, number: hasNumber ? line : nil)
    }

    @Test func `B044 a switched-off or locked number carries the sentence to the letter`() throws {
        let sentence = "Outbound calling is disabled for this phone number."
        for choice in [
            try choice(enabled: false), try choice(locked: true),
            try choice(status: .draft, configured: false, enabled: false),
            try choice(numberStatus: .releasing, enabled: false, locked: true),
        ] {
            #expect(choice.warning == sentence)
            #expect(!choice.isOutboundEnabled)
        }
        #expect(try choice(enabled: false).reason == .disabled)
        #expect(try choice(enabled: false, locked: true).reason == .locked)
    }

    @Test func `B049 an agent without a number is not one whose number is switched off`() throws {
        let choice = try choice(hasNumber: false)
        #expect(choice.reason == .noOutboundNumber)
        #expect(choice.isOutboundEnabled)
        #expect(!choice.warning.isEmpty)
        #expect(choice.warning != OutboundSwitch.disabledMessage)
    }

    @Test func `B044 every other obstacle has its reason and stays enabled`() throws {
        let table: [(OutboundChoice, OutboundChoice.Reason)] = [
            (try choice(), .none), (try choice(numberStatus: .pastDue), .none),
            (try choice(configured: true), .none),
            (try choice(status: .draft, numberStatus: .releasing), .numberNotActive),
            (try choice(status: .draft, configured: false), .agentNotPublished),
            (try choice(status: .inactive), .agentNotPublished),
            (try choice(configured: false), .agentNotConfigured),
        ]
        for (choice, reason) in table {
            #expect(choice.reason == reason)
            #expect(choice.isOutboundEnabled)
            #expect(choice.warning.isEmpty == (reason == .none))
        }
    }
}

@Suite struct AssignmentFormTests {
    @Test(arguments: [
        "", String(repeating: "a", count: 201), "a\u{0}b", "a\nb", "\u{85}", "\u{7F}",
        "a\u{2028}b",
    ])
    func `an agent's name of the wrong form is refused`(_ name: String) throws {
        let id = try AssignmentFixture().agentID("ann")
        #expect {
            try AgentDescription(id: id, name: name, status: .published)
        } throws: {
            ($0 as? DomainError)?.reason == .invalidArgument
        }
    }

    @Test(arguments: ["a", String(repeating: "é", count: 200), "Zoë 🎧 \"Support\""])
    func `an agent's name of up to 200 characters is taken`(_ name: String) throws {
        let id = try AssignmentFixture().agentID("ann")
        #expect(try AgentDescription(id: id, name: name, status: .draft).name == name)
    }

    @Test(arguments: [String(repeating: "x", count: 501), "two\nlines", "\u{2029}"])
    func `a reason of the wrong form is refused`(_ text: String) {
        #expect(throws: DomainError.self) { try ReasonText(text) }
    }

    @Test func `B046 B047 a switch and a lock must name something, and not too much`() throws {
        let reason = try ReasonText("")
        let id = NumberID(high: 1, low: 1)
        for ids in [[], Array(repeating: id, count: 1_001)] {
            #expect(throws: DomainError.self) {
                try OutboundSwitch(scope: .numbers(ids), isEnabled: false, reason: reason)
            }
            #expect(throws: DomainError.self) {
                try OutboundLock(
                    scope: .numbers(ids: ids, e164s: []), isLocked: true, reason: reason)
            }
        }
    }
}
