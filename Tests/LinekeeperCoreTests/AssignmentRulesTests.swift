import LinekeeperCore
import Testing

/// Which profiles a number with these capabilities can serve.
private let capabilityTable: [(Capabilities, [Profile])] = [
    (.voice, [.inbound, .outbound]), (.sms, [.sms]), (.mms, [.sms]),
    ([.fax, .voicemail], []), ([.voice, .mms], Profile.allCases),
]

@Suite struct AssignmentRulesTests {
    static func giving(_ profile: Profile, to agent: String, replace: Bool = false)
        -> AssignmentChange
    {
        var change = save(replace: replace)
        if let id = AgentID(agent) { change[profile] = .assign(id) }
        return change
    }

    @Test func `B020 B022 one number serves up to three profiles of one agent`() throws {
        let fixture = try AssignmentFixture()
        let outcome = try fixture.decide(
            save(inbound: "ann", outbound: "ann", sms: "ann"))
        #expect(outcome.number.holders == ["ann", "ann", "ann"])
        #expect(outcome.number.version == 8)
        let ann = try #require(outcome.agents.first)
        #expect(outcome.agents.count == 1)
        #expect(profiles(of: ann, on: fixture.number) == Profile.allCases)
    }

    @Test(arguments: Profile.allCases)
    func `B020 an agent that has a number for the profile gets no second one`(
        _ profile: Profile
    ) throws {
        var fixture = try AssignmentFixture()
        let other = try E164("+14155550199", field: "e164")
        fixture.set("ann") { $0[profile] = other }
        for replace in [false, true] {
            let refusal = try #require(
                fixture.refusal(Self.giving(profile, to: "ann", replace: replace)))
            #expect(refusal.reason == .agentHasNumber)
            #expect(refusal.facts["number"] == "+14155550199")
            #expect(refusal.facts["agent_id"] == "ann")
        }
        // The other profiles are free for it.
        for free in Profile.allCases where free != profile {
            #expect(fixture.refusal(Self.giving(free, to: "ann")) == nil)
        }
    }

    @Test(arguments: Profile.allCases, NumberExclusivity.allCases)
    func `B021 B026 a profile that another agent holds is refused, naming the holder`(
        _ profile: Profile, _ exclusivity: NumberExclusivity
    ) throws {
        var fixture = try AssignmentFixture(exclusivity: exclusivity)
        fixture.hold(profile, by: "ann")
        let refusal = try #require(fixture.refusal(Self.giving(profile, to: "bob")))
        #expect(refusal.reason == .profileTaken)
        #expect(refusal.facts["agent_id"] == "ann")
        #expect(refusal.facts["agent_name"] == "Ann")
        #expect(refusal.facts["profile"] == profile.apiName)
        #expect(refusal.facts["number"] == "+14155550100")

        let outcome = try fixture.decide(Self.giving(profile, to: "bob", replace: true))
        #expect(outcome.number[profile]?.idText == "bob")
        let ann = try #require(outcome.agents.first { $0.id.text == "ann" })
        let bob = try #require(outcome.agents.first { $0.id.text == "bob" })
        #expect(ann[profile] == nil)
        #expect(bob[profile] == fixture.number.e164)
    }

    @Test func `B022 under AGENT another agent on any profile is in the way`() throws {
        for held in Profile.allCases {
            for wanted in Profile.allCases where wanted != held {
                var fixture = try AssignmentFixture()
                fixture.hold(held, by: "ann")
                let refusal = try #require(fixture.refusal(Self.giving(wanted, to: "bob")))
                #expect(refusal.reason == .profileTaken)
                #expect(refusal.facts["profile"] == held.apiName)
                #expect(fixture.refusal(Self.giving(wanted, to: "ann")) == nil)
            }
        }
    }

    @Test func `B022 B026 under AGENT replace takes the whole number over`() throws {
        var fixture = try AssignmentFixture()
        fixture.hold(.inbound, by: "ann")
        fixture.hold(.sms, by: "ann")
        let outcome = try fixture.decide(save(outbound: "bob", replace: true))
        #expect(outcome.number.holders == ["-", "bob", "-"])
        let ann = try #require(outcome.agents.first { $0.id.text == "ann" })
        #expect(profiles(of: ann, on: fixture.number).isEmpty)
    }

    @Test func `B022 B024 under AGENT a save that clears the other agent needs no replace`() throws
    {
        var fixture = try AssignmentFixture()
        fixture.hold(.inbound, by: "ann")
        let outcome = try fixture.decide(save(inbound: "-", outbound: "bob"))
        #expect(outcome.number.holders == ["-", "bob", "-"])
        // Clearing one of two is not enough.
        fixture.hold(.sms, by: "ann")
        #expect(
            fixture.refusal(save(inbound: "-", outbound: "bob"))?.reason
                == .profileTaken)
    }

    @Test(arguments: [false, true])
    func `B022 under AGENT a save that names two agents contradicts itself`(
        _ replace: Bool
    ) throws {
        let fixture = try AssignmentFixture()
        let refusal = try #require(
            fixture.refusal(save(inbound: "ann", sms: "bob", replace: replace)))
        #expect(refusal.reason == .invalidArgument)
        #expect(refusal.field == "sms")
    }

    @Test func `B023 under PROFILE agents share a number, profile by profile`() throws {
        var fixture = try AssignmentFixture(exclusivity: .profile)
        fixture.hold(.inbound, by: "ann")
        let outcome = try fixture.decide(save(outbound: "bob", sms: "cat"))
        #expect(outcome.number.holders == ["ann", "bob", "cat"])
        #expect(outcome.agents.map(\.id.text) == ["bob", "cat"])
        // Replacing one leaves the others.
        fixture.hold(.sms, by: "cat")
        let replaced = try fixture.decide(save(inbound: "bob", replace: true))
        #expect(replaced.number.holders == ["bob", "-", "cat"])
    }

    @Test func `B024 one refused profile refuses the whole save`() throws {
        var fixture = try AssignmentFixture(exclusivity: .profile)
        fixture.hold(.sms, by: "ann")
        #expect(
            fixture.refusal(save(inbound: "bob", outbound: "bob", sms: "bob"))?.reason
                == .profileTaken)
    }

    @Test func `B025 clearing leaves a number that nobody holds`() throws {
        var fixture = try AssignmentFixture()
        for profile in Profile.allCases { fixture.hold(profile, by: "ann") }
        let outcome = try fixture.decide(save(inbound: "-", outbound: "-", sms: "-"))
        #expect(outcome.number.holders == ["-", "-", "-"])
        let ann = try #require(outcome.agents.first)
        #expect(profiles(of: ann, on: fixture.number).isEmpty)
        #expect(outcome.agents.count == 1)
    }

    @Test func `a save that changes nothing keeps the version`() throws {
        var fixture = try AssignmentFixture()
        fixture.hold(.inbound, by: "ann")
        for change in [save(), save(inbound: "ann", outbound: "-")] {
            let outcome = try fixture.decide(change)
            #expect(outcome.number == fixture.number)
            #expect(outcome.agents.isEmpty)
        }
    }

    @Test
    func `naming a holder again takes nothing from the others, even where they should not be`()
        throws
    {
        // Left from a time of another policy.
        var fixture = try AssignmentFixture()
        fixture.hold(.inbound, by: "ann")
        fixture.hold(.sms, by: "bob")
        #expect(try fixture.decide(save(inbound: "ann")).number.holders == ["ann", "-", "bob"])
        #expect(
            try fixture.decide(save(inbound: "ann", replace: true)).number.holders
                == ["ann", "-", "-"])
    }

    @Test func `B027 an unknown agent is refused by its id`() throws {
        let refusal = try #require(try AssignmentFixture().refusal(save(sms: "nobody")))
        #expect(refusal.reason == .agentNotFound)
        #expect(refusal.facts["agent_id"] == "nobody")
    }

    @Test(arguments: Profile.allCases)
    func `B027 an inactive agent is refused, a draft accepted with a warning`(
        _ profile: Profile
    ) throws {
        var fixture = try AssignmentFixture()
        fixture.set("ann") { $0.status = .inactive }
        #expect(fixture.refusal(Self.giving(profile, to: "ann"))?.reason == .agentInactive)
        fixture.set("ann") { $0.status = .draft }
        let outcome = try fixture.decide(Self.giving(profile, to: "ann"))
        #expect(outcome.warnings.map(\.code) == [.agentNotPublished])
        #expect(outcome.warnings.map(\.profile) == [profile])
    }

    @Test func `B027 an agent that became inactive can be named where it is already`() throws {
        var fixture = try AssignmentFixture()
        fixture.set("ann") { $0.status = .inactive }
        fixture.hold(.inbound, by: "ann")
        #expect(fixture.refusal(save(inbound: "ann", sms: "-")) == nil)
        #expect(
            fixture.refusal(save(inbound: "ann", sms: "ann"))?.reason == .agentInactive)
    }

    @Test(arguments: capabilityTable)
    func `B028 inbound and outbound need voice, SMS needs SMS or MMS`(
        _ capabilities: Capabilities, _ allowed: [Profile]
    ) throws {
        let fixture = try AssignmentFixture(capabilities: capabilities)
        for profile in Profile.allCases {
            let refusal = fixture.refusal(Self.giving(profile, to: "ann"))
            #expect(refusal?.reason == (allowed.contains(profile) ? nil : .capabilityMissing))
        }
    }

    @Test(arguments: NumberStatus.allCases)
    func `only a number in service is assigned`(_ status: NumberStatus) throws {
        let fixture = try AssignmentFixture(status: status)
        let isAllowed = status == .active || status == .pastDue
        let refusal = fixture.refusal(save(inbound: "ann"))
        #expect(refusal?.reason == (isAllowed ? nil : .numberNotActive))
        #expect(fixture.refusal(save(inbound: "-")) == nil)
    }

    @Test func `a number whose webhooks are not managed warns of inbound and SMS only`() throws {
        let fixture = try AssignmentFixture(webhookMode: .outboundOnly)
        let outcome = try fixture.decide(
            save(inbound: "ann", outbound: "ann", sms: "ann"))
        #expect(outcome.warnings.map(\.code) == [.webhooksNotManaged, .webhooksNotManaged])
        #expect(outcome.warnings.map(\.profile) == [.inbound, .sms])
    }

    @Test(arguments: [(Bool?.none, 0), (true, 0), (false, 1)])
    func `an agent that is known not to be set up is warned of`(
        _ isReady: Bool?, _ expected: Int
    ) throws {
        var fixture = try AssignmentFixture()
        fixture.set("ann") { $0.outboundConfigured = isReady }
        var outcome = try fixture.decide(
            save(inbound: "ann", outbound: "ann", sms: "ann"))
        #expect(
            outcome.warnings.filter { $0.code == .agentNotConfigured && $0.profile == .outbound }
                .count == expected)
        #expect(outcome.warnings.count == expected)
        fixture.set("ann") {
            $0.outboundConfigured = nil
            $0.smsEnabled = isReady
        }
        outcome = try fixture.decide(
            save(inbound: "ann", outbound: "ann", sms: "ann"))
        #expect(
            outcome.warnings.filter { $0.code == .agentNotConfigured && $0.profile == .sms }.count
                == expected)
        #expect(outcome.warnings.count == expected)
    }

    @Test func `B033 a stale version is refused before anything else`() throws {
        let fixture = try AssignmentFixture()
        let refusal = try #require(
            fixture.refusal(save(inbound: "nobody", version: 6)))
        #expect(refusal.reason == .versionMismatch)
        #expect(refusal.facts["version"] == "7")
        #expect(fixture.refusal(save(inbound: "ann", version: 7)) == nil)
    }

    @Test func `facts that contradict each other are corrupt data and no crash`() throws {
        var fixture = try AssignmentFixture()
        fixture.hold(.inbound, by: "ann")
        fixture.agents.removeAll { $0.id.text == "ann" }
        #expect(fixture.refusal(save(inbound: "-"))?.reason == .corruptData)
    }

    private func profiles(of agent: AgentFacts, on number: NumberFacts) -> [Profile] {
        Profile.allCases.filter { agent[$0] == number.e164 }
    }
}
