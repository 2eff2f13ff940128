/// Who may hold which profile of a number. Pure: decides on facts, reads and writes nothing.
///
/// Of several reasons to refuse, the caller gets the first of: the request contradicts itself, the
/// version is stale, then for each profile in turn what ``obstacle(to:taking:of:by:)`` finds, and
/// last the toggle.
public enum AssignmentRules {
    /// Finds an agent of the number's workspace.
    public typealias AgentLookup = (AgentID) -> AgentFacts?

    /// Decides a save.
    ///
    /// Naming the agent that holds a profile already keeps it and is never refused for that
    /// profile: a form that is sent back whole must not fail on what was not touched.
    ///
    /// - Throws: `versionMismatch`; `invalidArgument` when two agents are named and the workspace
    ///   gives a number to one agent at a time; `agentNotFound`; what
    ///   ``obstacle(to:taking:of:by:)`` finds; `noOutboundAgent` when the toggle is set and nobody
    ///   holds the outbound profile afterwards; `corruptData` when the facts contradict each other.
    public static func decide(
        _ change: AssignmentChange, on number: NumberFacts, exclusivity: NumberExclusivity,
        agent lookup: AgentLookup
    ) throws(DomainError) -> AssignmentOutcome {
        if let expected = change.expectedVersion, expected != number.version {
            throw versionMismatch(expected: expected, number: number)
        }
        let takers = try takers(of: change, number: number, lookup: lookup)
        if exclusivity == .agent { try refuseTwoAgents(takers, number: number) }

        let terms = Terms(change: change, exclusivity: exclusivity)
        var after = number
        var warnings: [AssignmentWarning] = []
        for profile in Profile.allCases {
            switch change[profile] {
            case .keep: continue
            case .clear: after[profile] = nil
            case .assign:
                guard let agent = takers[profile] else { continue }
                if let obstacle = obstacle(to: agent, taking: profile, of: number, by: terms) {
                    throw obstacle
                }
                after[profile] = agent.binding
                warnings += self.warnings(giving: profile, of: number, to: agent)
            }
        }
        if exclusivity == .agent, let taker = takers.first {
            clearOthers(than: taker, in: &after, change: change)
        }
        try setToggle(of: &after, from: number, asked: change.outboundEnabled)
        let agents = try movedAgents(from: number, to: after, takers: takers, lookup: lookup)
        if after != number { after.version = number.version &+ 1 }
        return AssignmentOutcome(number: after, agents: agents, warnings: warnings)
    }

    /// The circumstances that decide whether a profile can be taken.
    public struct Terms: Sendable {
        /// What the same save does with the other profiles, and whether it replaces.
        public var change: AssignmentChange
        public var exclusivity: NumberExclusivity

        /// By default a save that gives one profile and does nothing else.
        public init(change: AssignmentChange = AssignmentChange(), exclusivity: NumberExclusivity) {
            self.change = change
            self.exclusivity = exclusivity
        }
    }

    /// Why an agent cannot take a profile of a number; `nil` when it can, or holds it already.
    ///
    /// In this order: `agentInactive`, `numberNotActive`, `capabilityMissing`, `profileTaken`
    /// (naming the holder), `agentHasNumber` (naming the number).
    ///
    /// Where a number belongs to one agent at a time, another agent on any profile is in the way,
    /// unless the same save clears that profile. `replace` clears it too, but never makes an agent
    /// give up another number.
    public static func obstacle(
        to agent: AgentFacts, taking profile: Profile, of number: NumberFacts, by terms: Terms
    ) -> DomainError? {
        guard number[profile]?.key != agent.key else { return nil }
        if agent.status == .inactive { return inactive(agent) }
        guard number.status.isInService else { return notActive(number) }
        guard number.capabilities.allow(profile) else { return incapable(number, of: profile) }
        if !terms.change.replace {
            if let holder = number[profile] { return taken(profile, of: number, by: holder) }
            for held in Profile.allCases where terms.exclusivity == .agent {
                guard let holder = number[held], holder.key != agent.key else { continue }
                if terms.change[held] != .clear { return taken(held, of: number, by: holder) }
            }
        }
        if let other = agent[profile], other != number.e164 {
            return hasNumber(agent, other, for: profile)
        }
        return nil
    }

    /// What a person should know when an agent is given a profile.
    static func warnings(
        giving profile: Profile, of number: NumberFacts, to agent: AgentFacts
    ) -> [AssignmentWarning] {
        var warnings: [AssignmentWarning] = []
        if agent.status == .draft {
            warnings.append(
                AssignmentWarning(
                    .agentNotPublished, profile,
                    "\(agent.name) is a draft: publish it before it can serve this number."))
        }
        if profile != .outbound, number.webhookMode == .outboundOnly {
            let what = profile == .sms ? "Messages" : "Calls"
            warnings.append(
                AssignmentWarning(
                    .webhooksNotManaged, profile,
                    "\(what) to this number arrive only if the carrier is set up to send them "
                        + "here: allow webhook updates, or set the webhook at the carrier."))
        }
        let isReady = profile == .outbound ? agent.outboundConfigured : agent.smsEnabled
        if profile != .inbound, isReady == false {
            let what = profile == .sms ? "SMS is" : "outbound calling is"
            warnings.append(
                AssignmentWarning(
                    .agentNotConfigured, profile,
                    "For \(agent.name) \(what) not set up: finish it in the agent builder."))
        }
        return warnings
    }

    // MARK: - Steps of a decision

    /// The agents that a save names, by profile.
    private struct Takers {
        var inbound: AgentFacts?
        var outbound: AgentFacts?
        var sms: AgentFacts?

        subscript(profile: Profile) -> AgentFacts? {
            get {
                switch profile {
                case .inbound: inbound
                case .outbound: outbound
                case .sms: sms
                }
            }
            set {
                switch profile {
                case .inbound: inbound = newValue
                case .outbound: outbound = newValue
                case .sms: sms = newValue
                }
            }
        }

        var first: AgentFacts? { inbound ?? outbound ?? sms }
    }

    private static func takers(
        of change: AssignmentChange, number: NumberFacts, lookup: AgentLookup
    ) throws(DomainError) -> Takers {
        var takers = Takers()
        for profile in Profile.allCases {
            guard case .assign(let id) = change[profile] else { continue }
            guard let agent = lookup(id) else { throw AgentRules.notFound(id) }
            takers[profile] = agent
        }
        return takers
    }

    /// Two agents in one save contradict each other where one agent has the whole number: no
    /// `replace` could make that true, so the request is at fault and not what is there.
    private static func refuseTwoAgents(
        _ takers: Takers, number: NumberFacts
    ) throws(DomainError) {
        guard let first = takers.first else { return }
        for profile in Profile.allCases {
            guard let other = takers[profile], other.key != first.key else { continue }
            throw DomainError(
                .invalidArgument,
                "In this workspace a number serves one agent at a time: name the same agent for "
                    + "every profile, or set the workspace's number_exclusivity to PROFILE.",
                facts: [
                    "number": number.e164.description, "number_id": number.id.description,
                    "agent_id": first.id.text, "other_agent_id": other.id.text,
                ],
                field: profile.fieldName)
        }
    }

    /// Takes every other agent off the number. Reached only where `replace` or the save itself
    /// allowed it.
    private static func clearOthers(
        than taker: AgentFacts, in number: inout NumberFacts, change: AssignmentChange
    ) {
        // Naming only holders of profiles they hold already takes nothing from anybody.
        guard change.replace else { return }
        for profile in Profile.allCases where change[profile] == .keep {
            if let holder = number[profile], holder.key != taker.key { number[profile] = nil }
        }
    }

    private static func setToggle(
        of after: inout NumberFacts, from before: NumberFacts, asked: Bool?
    ) throws(DomainError) {
        if asked != nil, after.outbound == nil { throw noOutboundAgent(before) }
        let wasRemoved = before.outbound?.key != after.outbound?.key
        after.outboundEnabled = asked ?? (wasRemoved ? true : before.outboundEnabled)
    }

    /// The agents whose set of numbers differs, as they are afterwards.
    private static func movedAgents(
        from before: NumberFacts, to after: NumberFacts, takers: Takers, lookup: AgentLookup
    ) throws(DomainError) -> [AgentFacts] {
        var moved: [AgentFacts] = []
        func update(_ agent: AgentFacts, _ profile: Profile, to number: E164?) {
            let index = moved.firstIndex { $0.key == agent.key } ?? moved.count
            if index == moved.count { moved.append(agent) }
            moved[index][profile] = number
        }
        for profile in Profile.allCases where before[profile]?.key != after[profile]?.key {
            if let holder = before[profile] {
                guard let id = AgentID(holder.idText), let agent = lookup(id) else {
                    throw DomainError(
                        .corruptData, "The agent that holds \(profile.word) is not known.",
                        facts: ["number": before.e164.description])
                }
                update(agent, profile, to: nil)
            }
            if let taker = takers[profile] { update(taker, profile, to: after.e164) }
        }
        return moved
    }
}

extension Capabilities {
    /// Whether a number with these can serve a profile: calls need voice, texts SMS or MMS.
    public func allow(_ profile: Profile) -> Bool {
        profile == .sms ? canText : contains(.voice)
    }
}

extension Profile {
    /// The request field that changes this profile.
    public var fieldName: String {
        switch self {
        case .inbound: "inbound"
        case .outbound: "outbound"
        case .sms: "sms"
        }
    }
}
