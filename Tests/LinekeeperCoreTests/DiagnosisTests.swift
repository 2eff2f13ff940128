import LinekeeperCore
import Testing

@Suite struct DiagnosisTests {
    /// A number with nothing wrong, all its profiles held by one agent.
    func number(_ edit: (inout NumberFacts) throws -> Void = { _ in }) throws -> NumberFacts {
        try Routing.number {
            let agent = try Routing.binding(outbound: true, sms: true)
            $0.inbound = agent
            $0.outbound = agent
            $0.sms = agent
            $0.carrier = .twilio
            $0.webhookMode = .managed
            $0.region = .europe
            try edit(&$0)
        }
    }

    func checks(
        of number: NumberFacts, for use: Profile, in workspace: WorkspaceFacts? = nil,
        connection: Diagnosis.Connection = .present(name: "Main", .connected),
        credits: (cost: Int64, balance: Int64) = (500, 500),
        carrier: Diagnosis.CarrierAnswer = .notAsked,
        knows: @escaping @Sendable (AgentBinding) -> Bool = { _ in true }
    ) -> [DiagnosisCheck] {
        Diagnosis(
            number: number, workspace: workspace ?? Routing.workspaceFacts(),
            connection: connection,
            credits: Diagnosis.Credits(monthlyCost: credits.cost, balance: credits.balance),
            carrier: carrier, knows: knows
        ).checks(for: use)
    }

    func check(
        _ kind: DiagnosisCheck.Kind, in checks: [DiagnosisCheck]
    ) throws -> DiagnosisCheck {
        let found = checks.filter { $0.kind == kind }
        try #require(found.count == 1, "\(kind) in \(checks.map(\.kind))")
        return found[0]
    }

    func result(
        _ kind: DiagnosisCheck.Kind, in checks: [DiagnosisCheck]
    ) throws -> DiagnosisCheck.Result { try check(kind, in: checks).result }

    @Test(
        arguments: [
            (
                .inbound,
                [
                    .numberActive, .capability, .assigned, .agentExists, .agentPublished, .fallback,
                    .webhooksManaged, .connectionValid, .region,
                ]
            ),
            (
                .outbound,
                [
                    .numberActive, .outboundLock, .outboundEnabled, .assigned, .agentExists,
                    .agentPublished, .agentConfigured, .capability, .destinations, .connectionValid,
                    .region,
                ]
            ),
            (
                .sms,
                [
                    .numberActive, .capability, .assigned, .agentExists, .agentPublished,
                    .agentConfigured, .fallback, .webhooksManaged, .connectionValid,
                ]
            ),
        ] as [(Profile, [DiagnosisCheck.Kind])])
    func `B069 each use has its checklist, and all of it passes where nothing is wrong`(
        _ use: Profile, _ kinds: [DiagnosisCheck.Kind]
    ) throws {
        let imported = checks(of: try number(), for: use)
        #expect(imported.map(\.kind) == kinds)
        #expect(imported.allSatisfy { $0.result == .pass && $0.remedy.isEmpty })
        #expect(imported.isGood)
        // A bought one has no connection of the customer's, and costs.
        let list = checks(of: try number().bought, for: use, connection: .platform)
        #expect(list.map(\.kind) == kinds.filter { $0 != .connectionValid } + [.credits])
        #expect(list.isGood)
    }

    @Test(
        arguments: zip(
            NumberStatus.allCases,
            [.fail, .pass, .pass, .fail, .fail, .fail] as [DiagnosisCheck.Result]))
    func `NUMBER_ACTIVE fails unless the number is active or past due`(
        _ status: NumberStatus, _ expected: DiagnosisCheck.Result
    ) throws {
        for use in Profile.allCases {
            let list = checks(of: try number { $0.status = status }, for: use)
            #expect(try result(.numberActive, in: list) == expected)
        }
        let gone = Diagnosis.checks(ofGone: status)
        #expect(gone.map(\.kind) == [.numberActive])
        #expect(gone.isGood == (expected == .pass))
    }

    @Test(arguments: Profile.allCases)
    func `ASSIGNED fails without an agent, and what follows from it is unknown`(
        _ use: Profile
    ) throws {
        let list = checks(of: try number { $0[use] = nil }, for: use)
        #expect(try result(.assigned, in: list) == .fail)
        #expect(try result(.agentExists, in: list) == .unknown)
        #expect(try result(.agentPublished, in: list) == .unknown)
        if use != .inbound { #expect(try result(.agentConfigured, in: list) == .unknown) }
        // The other profiles are not asked about.
        for other in Profile.allCases where other != use {
            #expect(
                try result(.assigned, in: checks(of: number { $0[use] = nil }, for: other)) == .pass
            )
        }
    }

    @Test(arguments: Profile.allCases)
    func `AGENT_EXISTS fails for an agent that is not known any more`(_ use: Profile) throws {
        let list = checks(of: try number(), for: use, knows: { _ in false })
        #expect(try result(.assigned, in: list) == .pass)
        #expect(try result(.agentExists, in: list) == .fail)
        #expect(try result(.agentPublished, in: list) == .unknown)
        #expect(!list.isGood)
    }

    @Test(arguments: Profile.allCases)
    func `AGENT_PUBLISHED fails for a draft and an inactive agent`(_ use: Profile) throws {
        for status in [AgentStatus.draft, .inactive] {
            let list = checks(
                of: try number { $0[use] = try Routing.binding("ann", status) }, for: use)
            let found = try check(.agentPublished, in: list)
            #expect(found.result == .fail)
            #expect(found.finding.contains(status == .draft ? "draft" : "inactive"))
            #expect(!found.remedy.isEmpty)
        }
    }

    @Test(
        arguments: [
            (.outbound, true, nil, .pass), (.outbound, false, true, .fail),
            (.outbound, nil, false, .unknown), (.sms, nil, true, .pass), (.sms, true, false, .fail),
            (.sms, false, nil, .unknown),
        ] as [(Profile, Bool?, Bool?, DiagnosisCheck.Result)])
    func `B071 AGENT_CONFIGURED says what the agent builder said of this use`(
        _ use: Profile, _ outbound: Bool?, _ sms: Bool?, _ expected: DiagnosisCheck.Result
    ) throws {
        let facts = try number {
            $0[use] = try Routing.binding("ann", outbound: outbound, sms: sms)
        }
        #expect(try result(.agentConfigured, in: checks(of: facts, for: use)) == expected)
    }

    @Test(
        arguments: [
            (.inbound, [.sms, .mms], .fail), (.inbound, [.voice], .pass),
            (.outbound, [.sms], .fail),
            (.sms, [.voice], .fail), (.sms, [.mms], .pass),
        ] as [(Profile, Capabilities, DiagnosisCheck.Result)])
    func `B067 CAPABILITY fails where the number lacks what the use needs`(
        _ use: Profile, _ capabilities: Capabilities, _ expected: DiagnosisCheck.Result
    ) throws {
        let list = checks(of: try number { $0.capabilities = capabilities }, for: use)
        #expect(try result(.capability, in: list) == expected)
    }

    @Test func `B041 OUTBOUND_ENABLED fails with the published sentence`() throws {
        let off = try number { $0.outboundEnabled = false }
        let found = try check(.outboundEnabled, in: checks(of: off, for: .outbound))
        #expect(found.result == .fail)
        #expect(found.finding == "Outbound calling is disabled for this phone number.")
        #expect(found.remedy.contains("SetOutboundEnabled"))
        // B042: for the other uses it is no matter.
        #expect(checks(of: off, for: .inbound).isGood)
        #expect(checks(of: off, for: .sms).isGood)
    }

    @Test func `B047 OUTBOUND_LOCK fails under a lock of the workspace or of the number`() throws {
        let facts = try number()
        let lock = { (workspace: WorkspaceFacts) in
            try result(.outboundLock, in: checks(of: facts, for: .outbound, in: workspace))
        }
        #expect(try lock(Routing.workspaceFacts()) == .pass)
        #expect(try lock(Routing.workspaceFacts { $0.outboundLocked = true }) == .fail)
        #expect(try lock(Routing.workspaceFacts { $0.lockedNumbers = [facts.e164] }) == .fail)
    }

    @Test(
        arguments: [
            ([], [], .pass), (["+49"], [], .pass), ([], ["+49"], .pass),
            (["+49"], ["+4930"], .pass),
            (["+49", "+1"], ["+33", "+1415"], .pass), (["+49"], ["+1"], .fail),
            (["+4930"], ["+4989", "+3"], .fail),
        ] as [([String], [String], DiagnosisCheck.Result)])
    func `B070 DESTINATIONS fails only where the lists leave no destination`(
        _ own: [String], _ shared: [String], _ expected: DiagnosisCheck.Result
    ) throws {
        let facts = try number {
            $0.extras = NumberExtras(
                fallback: nil, allowedDestinations: try own.flatMap { try Routing.prefixes($0) })
        }
        let workspace = try Routing.workspaceFacts {
            $0.allowedDestinations = try shared.flatMap { try Routing.prefixes($0) }
        }
        let found = try check(
            .destinations, in: checks(of: facts, for: .outbound, in: workspace))
        #expect(found.result == expected)
        for prefix in own + shared { #expect(found.finding.contains(prefix)) }
    }

    @Test func `DESTINATIONS names eight prefixes at most`() throws {
        let facts = try number {
            $0.extras = NumberExtras(
                fallback: nil,
                allowedDestinations: try (10..<40).flatMap { try Routing.prefixes("+\($0)") })
        }
        let found = try check(.destinations, in: checks(of: facts, for: .outbound))
        #expect(found.finding.contains("+17 and 22 more"))
        #expect(!found.finding.contains("+18"))
    }

    @Test(
        arguments: [
            (.twilio, .managed, .pass), (.twilio, .outboundOnly, .fail),
            (.telnyx, .outboundOnly, .fail), (.sip, .outboundOnly, .unknown),
            (.sip, .managed, .unknown),
        ] as [(Carrier, WebhookMode, DiagnosisCheck.Result)])
    func `B145 WEBHOOKS_MANAGED tells for what comes in, and cannot know of a SIP trunk`(
        _ carrier: Carrier, _ mode: WebhookMode, _ expected: DiagnosisCheck.Result
    ) throws {
        let facts = try number { $0.webhookMode = mode }.on(carrier)
        for use in [Profile.inbound, .sms] {
            let found = try check(.webhooksManaged, in: checks(of: facts, for: use))
            #expect(found.result == expected)
            #expect(found.remedy.isEmpty == (expected == .pass))
        }
        #expect(!checks(of: facts, for: .outbound).map(\.kind).contains(.webhooksManaged))
    }

    @Test(
        arguments: [
            (.present(name: "Main", .connected), .pass),
            (.present(name: "Main", .credentialsRejected), .fail), (.missing, .fail),
        ] as [(Diagnosis.Connection, DiagnosisCheck.Result)])
    func `CONNECTION_VALID fails where the carrier refuses the credentials or none are there`(
        _ connection: Diagnosis.Connection, _ expected: DiagnosisCheck.Result
    ) throws {
        for use in Profile.allCases {
            let list = checks(of: try number(), for: use, connection: connection)
            #expect(try result(.connectionValid, in: list) == expected)
            // A carrier that cannot be asked turns a good one into a doubtful one, never a bad one.
            let asked = checks(
                of: try number(), for: use, connection: connection, carrier: .cannotBeAsked)
            #expect(
                try result(.connectionValid, in: asked) == (expected == .pass ? .unknown : .fail))
        }
    }

    @Test func `asked of the carrier, a SIP trunk says that there is nothing to ask`() throws {
        let sip = try number().on(.sip)
        let found = try check(
            .connectionValid, in: checks(of: sip, for: .outbound, carrier: .cannotBeAsked))
        #expect(found.result == .unknown)
        #expect(found.finding.contains("SIP trunk has nothing that could be asked"))
        let bought = checks(
            of: try number().bought, for: .outbound, connection: .platform,
            carrier: .cannotBeAsked)
        #expect(try result(.connectionValid, in: bought) == .unknown)
        #expect(bought.isGood)
    }

    @Test(
        arguments: [
            (.active, 500, 500, .pass), (.active, 500, 499, .unknown), (.active, 0, 0, .pass),
            (.pastDue, 500, 499, .fail), (.pastDue, 500, 900, .fail),
        ] as [(NumberStatus, Int64, Int64, DiagnosisCheck.Result)])
    func `B160 B164 CREDITS is of bought numbers only, and fails when the renewal is not paid`(
        _ status: NumberStatus, _ cost: Int64, _ balance: Int64, _ expected: DiagnosisCheck.Result
    ) throws {
        var bought = try number().bought
        bought.status = status
        let list = checks(
            of: bought, for: .outbound, connection: .platform, credits: (cost, balance))
        #expect(try result(.credits, in: list) == expected)
        let imported = checks(
            of: try number { $0.status = status }, for: .outbound, credits: (cost, balance))
        #expect(!imported.map(\.kind).contains(.credits))
    }

    @Test func `B080 REGION is of Twilio numbers only, and a hint where none is set`() throws {
        let unset = checks(of: try number { $0.region = nil }, for: .outbound)
        #expect(try result(.region, in: unset) == .unknown)
        #expect(unset.isGood)
        let telnyx = checks(of: try number().on(.telnyx), for: .outbound)
        #expect(!telnyx.map(\.kind).contains(.region))
    }

    @Test(
        arguments: [
            (.published, nil, .pass), (.draft, nil, .fail), (nil, nil, .fail),
            (.draft, .reject, .pass), (.published, .reject, .pass),
        ] as [(AgentStatus?, Fallback?, DiagnosisCheck.Result)])
    func `B063 FALLBACK fails where it is needed and there is none`(
        _ status: AgentStatus?, _ fallback: Fallback?, _ expected: DiagnosisCheck.Result
    ) throws {
        for use in [Profile.inbound, .sms] {
            let facts = try number {
                $0[use] = try status.map { try Routing.binding("ann", $0) }
                $0.extras = NumberExtras(fallback: fallback, allowedDestinations: [])
            }
            #expect(try result(.fallback, in: checks(of: facts, for: use)) == expected)
        }
    }

    @Test(arguments: zip(AgentStatus.allCases, [.fail, .pass, .fail] as [DiagnosisCheck.Result]))
    func `B063 FALLBACK fails where its agent could not answer`(
        _ status: AgentStatus, _ expected: DiagnosisCheck.Result
    ) throws {
        let facts = try number {
            $0.extras = NumberExtras(
                fallback: .agent(try Routing.binding("bob", status)), allowedDestinations: [])
        }
        #expect(try result(.fallback, in: checks(of: facts, for: .inbound)) == expected)
        let unknown = checks(of: facts, for: .inbound, knows: { $0.idText != "bob" })
        #expect(try result(.fallback, in: unknown) == .fail)
    }
}

@Suite struct DiagnosisAgreementTests {
    private static let destinations = ["+493012345678", "+14155550199", "+33123456789"]

    /// A random number, most of it in order, so that the last checks are reached too.
    func number(_ random: inout SeededGenerator) throws -> NumberFacts {
        let roll = { (random: inout SeededGenerator, odds: UInt64) in random.next() % odds == 0 }
        return try Routing.number {
            if roll(&random, 6) {
                $0.status = NumberStatus.allCases.randomElement(using: &random) ?? .active
            }
            if roll(&random, 5) {
                $0.capabilities = Capabilities(rawValue: UInt8(random.next() % 8))
            }
            for profile in Profile.allCases where !roll(&random, 6) {
                $0[profile] = try binding("ann", &random)
            }
            $0.outboundEnabled = !roll(&random, 6)
            let fallback: Fallback? =
                switch random.next() % 6 {
                case 0: .reject
                case 1: .forward(try Routing.e164("+493012345678"))
                case 2: .agent(try binding("bob", &random))
                default: nil
                }
            $0.extras = NumberExtras(
                fallback: fallback, allowedDestinations: try prefixes(&random))
        }
    }

    func binding(
        _ name: String, _ random: inout SeededGenerator
    ) throws -> AgentBinding {
        let status =
            random.next() % 4 == 0
            ? AgentStatus.allCases.randomElement(using: &random) ?? .draft : .published
        return try Routing.binding(
            name, status, outbound: [true, nil, false][Int(random.next() % 3)],
            sms: [true, nil, false][Int(random.next() % 3)])
    }

    func prefixes(_ random: inout SeededGenerator) throws -> [E164Prefix] {
        switch random.next() % 6 {
        case 0: try Routing.prefixes("+49")
        case 1: try Routing.prefixes("+1", "+33")
        default: []
        }
    }

    func workspace(_ random: inout SeededGenerator, _ number: E164) throws -> WorkspaceFacts {
        try Routing.workspaceFacts {
            $0.outboundLocked = random.next() % 10 == 0
            if random.next() % 10 == 0 { $0.lockedNumbers = [number] }
            $0.allowedDestinations = try prefixes(&random)
        }
    }

    /// Whether the hot calls refuse this use, whatever the destination.
    func refuses(
        _ number: NumberFacts, _ use: Profile, in workspace: WorkspaceFacts
    ) throws -> Bool {
        func isRefused(_ decision: InboundDecision) -> Bool {
            if case .refused = decision { true } else { false }
        }
        switch use {
        case .inbound: return isRefused(number.inboundDecision(for: .voice))
        case .sms:
            return isRefused(number.inboundDecision(for: .sms)) || number.smsRefusal() != nil
        case .outbound:
            return try DiagnosisAgreementTests.destinations.allSatisfy {
                let destination = try Routing.e164($0)
                return number.outboundRefusal(
                    to: destination,
                    limits: workspace.outboundLimits(from: number.e164, to: destination)) != nil
            }
        }
    }

    @Test(arguments: Profile.allCases)
    func `B069 whatever the hot calls refuse, a check fails, and where none fails they grant`(
        _ use: Profile
    ) throws {
        var random = SeededGenerator(seed: 42)
        var granted = 0
        var refused = 0
        for _ in 0..<4_000 {
            let number = try number(&random)
            let workspace = try workspace(&random, number.e164)
            let isGood = Diagnosis(
                number: number, workspace: workspace,
                connection: .present(name: "Main", .connected),
                credits: Diagnosis.Credits(monthlyCost: 0, balance: 0), carrier: .notAsked,
                knows: { _ in true }
            ).checks(for: use).isGood
            let isRefused = try refuses(number, use, in: workspace)
            if isRefused { refused += 1 } else { granted += 1 }
            if isGood, isRefused { Issue.record("Nothing fails, yet it is refused: \(number)") }
            // What the list finds wrong with an outbound call stops it; for what comes in a
            // fallback may stand in, and a broken one need not be used.
            if use == .outbound, !isGood, !isRefused {
                Issue.record("A check fails, yet it is granted: \(number)")
            }
        }
        // The table is no table of one answer.
        #expect(granted > 200)
        #expect(refused > 200)
    }
}

extension NumberFacts {
    /// The same number on another carrier's network.
    func on(_ carrier: Carrier) -> NumberFacts {
        var copy = self
        copy.carrier = carrier
        return copy
    }

    /// The same number, bought here.
    var bought: NumberFacts {
        var copy = self
        copy.origin = .marketplace
        return copy
    }
}
