import LinekeeperCore
import Testing

@Suite struct OutboundAuthorizationTests {
    private static let destination = "+493012345678"

    /// A number that may call anywhere.
    private func number(_ edit: (inout NumberFacts) throws -> Void = { _ in }) throws -> NumberFacts
    {
        try Routing.number {
            $0.outbound = try Routing.binding(outbound: true)
            try edit(&$0)
        }
    }

    private func refusal(
        of number: NumberFacts, to destination: String = destination,
        workspace edit: (inout WorkspaceFacts) throws -> Void = { _ in }
    ) throws -> DomainError.Reason? {
        let destination = try Routing.e164(destination)
        let limits = try Routing.workspaceFacts(1, edit)
            .outboundLimits(from: number.e164, to: destination)
        return number.outboundRefusal(to: destination, limits: limits)
    }

    @Test(arguments: NumberStatus.allCases)
    func `B064 a number calls while it is active or past due`(_ status: NumberStatus) throws {
        let expected: DomainError.Reason? =
            status == .active || status == .pastDue ? nil : .numberNotActive
        #expect(try refusal(of: number { $0.status = status }) == expected)
    }

    @Test(
        arguments: [
            (.published, true, nil), (.published, nil, nil),
            (.published, false, .agentNotConfigured),
            (.draft, true, .agentNotPublished), (.draft, false, .agentNotPublished),
            (.inactive, true, .agentInactive), (.inactive, nil, .agentInactive),
        ] as [(AgentStatus, Bool?, DomainError.Reason?)])
    func `B062 B071 only a published agent that is not said to be unfinished may call`(
        _ status: AgentStatus, _ configured: Bool?, _ expected: DomainError.Reason?
    ) throws {
        let facts = try number {
            $0.outbound = try Routing.binding("ann", status, outbound: configured, sms: false)
        }
        #expect(try refusal(of: facts) == expected)
    }

    @Test func `a number that nobody calls from is refused`() throws {
        let facts = try number {
            $0.inbound = $0.outbound
            $0.sms = $0.outbound
            $0.outbound = nil
        }
        #expect(try refusal(of: facts) == .noOutboundAgent)
    }

    @Test(
        arguments: [([.voice], nil), ([.sms, .mms, .fax], .capabilityMissing)]
            as [(Capabilities, DomainError.Reason?)])
    func `B067 calling needs VOICE`(
        _ capabilities: Capabilities, _ expected: DomainError.Reason?
    ) throws {
        #expect(try refusal(of: number { $0.capabilities = capabilities }) == expected)
    }

    @Test(arguments: [
        ([], [], "+493012345678", true),
        (["+49"], [], "+493012345678", true),
        (["+49"], [], "+14155550100", false),
        ([], ["+1"], "+14155550100", true),
        ([], ["+1"], "+493012345678", false),
        (["+49", "+1415"], ["+1", "+4930"], "+493012345678", true),
        (["+49", "+1415"], ["+1", "+4930"], "+14155550100", true),
        (["+49", "+1415"], ["+1", "+4930"], "+498912345678", false),  // only the number's
        (["+49", "+1415"], ["+1", "+4930"], "+12125550100", false),  // only the workspace's
        (["+493012345678"], ["+493012345678"], "+493012345678", true),
        (["+4930123456789"], [], "+493012345678", false),  // longer than the destination
    ])
    func `B070 a destination must fit the number's prefixes and the workspace's`(
        _ own: [String], _ shared: [String], _ destination: String, _ isAllowed: Bool
    ) throws {
        let facts = try number {
            $0.extras = NumberExtras(
                fallback: nil, allowedDestinations: try own.flatMap { try Routing.prefixes($0) })
        }
        let reason = try refusal(of: facts, to: destination) {
            $0.allowedDestinations = try shared.flatMap { try Routing.prefixes($0) }
        }
        #expect(reason == (isAllowed ? nil : .destinationNotAllowed))
    }

    @Test func `a fallback alone limits no destination`() throws {
        let facts = try number {
            $0.extras = NumberExtras(fallback: .reject, allowedDestinations: [])
        }
        #expect(try refusal(of: facts) == nil)
    }

    @Test func `B041 a number that is switched off starts no call`() throws {
        #expect(try refusal(of: number { $0.outboundEnabled = false }) == .outboundDisabled)
    }

    @Test func `B046 B047 a locked workspace or number starts no call, others do`() throws {
        let own = try number().e164
        let other = try Routing.e164("+14155550199")
        #expect(try refusal(of: number()) { $0.outboundLocked = true } == .outboundDisabled)
        #expect(try refusal(of: number()) { $0.lockedNumbers = [own] } == .outboundDisabled)
        #expect(try refusal(of: number()) { $0.lockedNumbers = [other] } == nil)
    }

    @Test func `B043 B047 removing the agent lifts the switch and leaves the lock`() throws {
        let off = try number { $0.outboundEnabled = false }
        var ann = try Routing.agent("ann")
        ann.outbound = off.e164
        let cleared = try AssignmentRules.decide(
            save(outbound: "-"), on: off, exclusivity: .agent
        ) { [ann] _ in ann }
        ann = try #require(cleared.agents.first)
        let again = try AssignmentRules.decide(
            save(outbound: "ann"), on: cleared.number, exclusivity: .agent
        ) { [ann] _ in ann
        }.number
        #expect(again.outboundEnabled)
        #expect(try refusal(of: again) == nil)
        #expect(try refusal(of: again) { $0.lockedNumbers = [again.e164] } == .outboundDisabled)
        #expect(try refusal(of: again) { $0.outboundLocked = true } == .outboundDisabled)
    }

    @Test func `B047 a lock on digits outlives the row: a number got again is locked`() throws {
        let first = try number()
        let second = try Routing.number(first.e164.description, id: 99) {
            $0.outbound = try Routing.binding("bob")
        }
        #expect(try refusal(of: second) { $0.lockedNumbers = [first.e164] } == .outboundDisabled)
    }

    @Test func `B041 the refusal says the published sentence, and whether a lock or the switch`()
        throws
    {
        let facts = try number()
        for isLocked in [true, false] {
            let error = RoutingRefusals.error(
                .outboundDisabled, number: facts.e164, workspace: nil, agentID: "ann",
                isLocked: isLocked)
            #expect(error.reason == .outboundDisabled)
            #expect(error.message == "Outbound calling is disabled for this phone number.")
            #expect(error.facts["detail"] == (isLocked ? "lock" : "toggle"))
            #expect(error.facts["number"] == "+14155550100")
            #expect(error.facts["agent_id"] == "ann")
        }
    }

    @Test func `a refusal names the workspace, and leaves out what there is none of`() {
        let id = WorkspaceID(high: 1, low: 2)
        let error = RoutingRefusals.error(
            .noOutboundNumber, number: nil, workspace: id, agentID: "")
        #expect(error.facts == ["workspace_id": id.description])
    }

    /// Every reason that a hot call gives, in its own words.
    @Test(
        arguments: [
            .outboundDisabled, .numberNotFound, .agentNotFound, .notAssigned, .agentNotPublished,
            .agentInactive, .agentNotConfigured, .capabilityMissing, .numberNotActive,
            .noOutboundNumber, .noOutboundAgent, .noSmsNumber, .destinationNotAllowed,
        ] as [DomainError.Reason])
    func `every routing refusal has a sentence of its own`(_ reason: DomainError.Reason) {
        let error = RoutingRefusals.error(reason, number: nil, workspace: nil, agentID: "")
        #expect(!error.message.contains(reason.rawValue))
        #expect(error.message.hasSuffix("."))
    }

    /// Faults of an attempt, in the order in which they are told.
    private enum Fault: CaseIterable {
        case outOfService, switchedOff, unassigned, unpublished, unconfigured, incapable, afar

        var reason: DomainError.Reason {
            switch self {
            case .outOfService: .numberNotActive
            case .switchedOff: .outboundDisabled
            case .unassigned: .noOutboundAgent
            case .unpublished: .agentNotPublished
            case .unconfigured: .agentNotConfigured
            case .incapable: .capabilityMissing
            case .afar: .destinationNotAllowed
            }
        }

        func happen(to number: inout NumberFacts) throws {
            switch self {
            case .outOfService: number.status = .releasing
            case .switchedOff: number.outboundEnabled = false
            case .unassigned: number.outbound = nil
            case .unpublished:
                number.outbound = try number.outbound.map { _ in
                    try Routing.binding(
                        "ann", .draft, outbound: number.outbound?.outboundConfigured)
                }
            case .unconfigured:
                number.outbound = try number.outbound.map {
                    try Routing.binding("ann", $0.status, outbound: false)
                }
            case .incapable: number.capabilities = [.sms]
            case .afar:
                number.extras = NumberExtras(
                    fallback: nil, allowedDestinations: try Routing.prefixes("+1"))
            }
        }
    }

    @Test(arguments: 0..<128)
    func `of several faults the first in the published order is told`(_ bits: Int) throws {
        var facts = try number()
        let faults = Fault.allCases.enumerated().filter { bits >> $0.offset & 1 == 1 }
        for fault in faults { try fault.element.happen(to: &facts) }
        #expect(try refusal(of: facts) == faults.first?.element.reason)
        // A lock counts as the switch does.
        let locked = try refusal(of: facts) { $0.outboundLocked = true }
        #expect(locked == (bits & 1 == 1 ? .numberNotActive : .outboundDisabled))
    }
}
