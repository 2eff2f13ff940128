import LinekeeperCore
import Testing

@Suite struct InboundRoutingTests {
    /// Who holds the channel's profile.
    enum Holder: CaseIterable {
        case nobody, draft, published, inactive

        func binding() throws -> AgentBinding? {
            switch self {
            case .nobody: nil
            case .draft: try Routing.binding("ann", .draft)
            case .published: try Routing.binding("ann", .published)
            case .inactive: try Routing.binding("ann", .inactive)
            }
        }
    }

    /// What answers when the holder cannot.
    enum Standby: CaseIterable {
        case none, draftAgent, publishedAgent, inactiveAgent, forward, reject

        func fallback() throws -> Fallback? {
            switch self {
            case .none: nil
            case .draftAgent: .agent(try Routing.binding("bob", .draft))
            case .publishedAgent: .agent(try Routing.binding("bob", .published))
            case .inactiveAgent: .agent(try Routing.binding("bob", .inactive))
            case .forward: .forward(try Routing.e164("+493012345678"))
            case .reject: .reject
            }
        }
    }

    /// A number whose channel's profile is held so; the other profiles are held by a published agent
    /// that must never answer.
    private func number(
        _ holder: Holder, _ standby: Standby, _ channel: Channel, status: NumberStatus = .active,
        _ capabilities: Capabilities = [.voice, .sms]
    ) throws -> NumberFacts {
        try Routing.number {
            let other = try Routing.binding("eve")
            $0.status = status
            $0.capabilities = capabilities
            $0.outbound = other
            $0.inbound = channel == .voice ? try holder.binding() : other
            $0.sms = channel == .sms ? try holder.binding() : other
            $0.extras = NumberExtras(fallback: try standby.fallback(), allowedDestinations: [])
        }
    }

    @Test(arguments: Channel.allCases)
    func `B060 B061 B062 B063 the published agent answers, else the fallback, else the reason`(
        _ channel: Channel
    ) throws {
        let table: [(Holder, [InboundDecision])] = [
            // none, draft agent, published agent, inactive agent, forward, reject
            (.published, [.agent, .agent, .agent, .agent, .agent, .agent]),
            (
                .nobody,
                [
                    .refused(.notAssigned), .refused(.notAssigned), .fallback,
                    .refused(.notAssigned), .fallback, .fallback,
                ]
            ),
            (
                .draft,
                [
                    .refused(.agentNotPublished), .refused(.agentNotPublished), .fallback,
                    .refused(.agentNotPublished), .fallback, .fallback,
                ]
            ),
            (
                .inactive,
                [
                    .refused(.agentInactive), .refused(.agentInactive), .fallback,
                    .refused(.agentInactive), .fallback, .fallback,
                ]
            ),
        ]
        for (holder, decisions) in table {
            for (standby, decision) in zip(Standby.allCases, decisions) {
                #expect(
                    try number(holder, standby, channel).inboundDecision(for: channel) == decision,
                    "\(holder), fallback \(standby)")
            }
        }
    }

    @Test(arguments: NumberStatus.allCases)
    func `a number answers while it is active or past due, and otherwise is not found`(
        _ status: NumberStatus
    ) throws {
        for channel in Channel.allCases {
            for holder in Holder.allCases {
                for standby in Standby.allCases {
                    let decision = try number(holder, standby, channel, status: status)
                        .inboundDecision(for: channel)
                    let isFound = decision != .refused(.numberNotFound)
                    #expect(isFound == [.active, .pastDue].contains(status), "\(holder)")
                }
            }
        }
    }

    @Test(
        arguments: [
            (Channel.voice, [.voice], true), (.voice, [.voice, .fax], true), (.voice, [], false),
            (.voice, [.sms, .mms, .fax, .voicemail], false),
            (.sms, [.sms], true), (.sms, [.mms], true), (.sms, [.sms, .mms], true),
            (.sms, [], false),
            (.sms, [.voice, .fax, .voicemail], false),
        ] as [(Channel, Capabilities, Bool)])
    func `B067 a number that cannot carry the channel is refused, whatever its fallback`(
        _ channel: Channel, _ capabilities: Capabilities, _ isAble: Bool
    ) throws {
        for holder in Holder.allCases {
            for standby in Standby.allCases {
                let decision = try number(holder, standby, channel, capabilities)
                    .inboundDecision(for: channel)
                #expect((decision != .refused(.capabilityMissing)) == isAble, "\(holder)")
            }
        }
    }

    @Test func `a number out of service hides what it could do`() throws {
        let gone = try number(.published, .none, .voice, status: .releasing, [])
        #expect(gone.inboundDecision(for: .voice) == .refused(.numberNotFound))
    }

    @Test func `B060 B061 each channel has a profile of its own`() throws {
        let facts = try Routing.number {
            $0.inbound = try Routing.binding("ann")
            $0.outbound = try Routing.binding("bob")
            $0.sms = try Routing.binding("cat")
        }
        #expect(facts.binding(for: .voice)?.idText == "ann")
        #expect(facts.binding(for: .sms)?.idText == "cat")
    }

    @Test func `B042 the outbound switch changes nothing for calls and messages that come in`()
        throws
    {
        for channel in Channel.allCases {
            for holder in Holder.allCases {
                for standby in Standby.allCases {
                    let on = try number(holder, standby, channel)
                    var off = on
                    off.outboundEnabled = false
                    #expect(
                        off.inboundDecision(for: channel) == on.inboundDecision(for: channel))
                }
            }
        }
    }
}
