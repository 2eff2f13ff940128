import LinekeeperCore
import Testing

@Suite struct SmsSenderTests {
    private func number(_ edit: (inout NumberFacts) throws -> Void = { _ in }) throws -> NumberFacts
    {
        try Routing.number {
            $0.sms = try Routing.binding(sms: true)
            try edit(&$0)
        }
    }

    @Test(arguments: NumberStatus.allCases)
    func `B065 a number texts while it is active or past due`(_ status: NumberStatus) throws {
        let expected: DomainError.Reason? =
            status == .active || status == .pastDue ? nil : .numberNotActive
        #expect(try number { $0.status = status }.smsRefusal() == expected)
    }

    @Test(
        arguments: [
            (.published, true, nil), (.published, nil, nil),
            (.published, false, .agentNotConfigured),
            (.draft, true, .agentNotPublished), (.draft, false, .agentNotPublished),
            (.inactive, nil, .agentInactive),
        ] as [(AgentStatus, Bool?, DomainError.Reason?)])
    func `B062 B071 only a published agent whose messaging is not said to be off may text`(
        _ status: AgentStatus, _ enabled: Bool?, _ expected: DomainError.Reason?
    ) throws {
        let facts = try number {
            $0.sms = try Routing.binding("ann", status, outbound: false, sms: enabled)
        }
        #expect(facts.smsRefusal() == expected)
    }

    @Test(
        arguments: [
            ([.sms], nil), ([.mms], nil), ([.sms, .mms], nil),
            ([.voice, .fax], .capabilityMissing),
            ([], .capabilityMissing),
        ] as [(Capabilities, DomainError.Reason?)])
    func `B067 texting needs SMS or MMS`(
        _ capabilities: Capabilities, _ expected: DomainError.Reason?
    ) throws {
        #expect(try number { $0.capabilities = capabilities }.smsRefusal() == expected)
    }

    @Test func `a number that nobody texts from is refused`() throws {
        let facts = try number {
            $0.inbound = $0.sms
            $0.outbound = $0.sms
            $0.sms = nil
        }
        #expect(facts.smsRefusal() == .noSmsNumber)
    }

    @Test func `B042 the outbound switch and the number's allowed destinations play no part`()
        throws
    {
        let facts = try number {
            $0.outboundEnabled = false
            $0.extras = NumberExtras(
                fallback: .reject, allowedDestinations: try Routing.prefixes("+1"))
        }
        #expect(facts.smsRefusal() == nil)
    }
}
