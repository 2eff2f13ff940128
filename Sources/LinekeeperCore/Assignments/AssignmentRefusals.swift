// The refusals of the assignment rules, in one place so that a list's reason and a save's error are
// the same sentence. Their facts name what a person needs to undo the obstacle.

extension AssignmentRules {
    static func versionMismatch(expected: UInt64, number: NumberFacts) -> DomainError {
        DomainError(
            .versionMismatch,
            "\(number.e164) has changed since you read it: read it again and repeat the change.",
            facts: facts(
                number,
                [
                    "expected_version": "\(expected)", "version": "\(number.version)",
                ]),
            field: "expected_version")
    }

    static func inactive(_ agent: AgentFacts) -> DomainError {
        DomainError(
            .agentInactive,
            "\(agent.name) is inactive: activate it in the agent builder, or choose another agent.",
            facts: ["agent_id": agent.id.text, "agent_name": agent.name])
    }

    static func notActive(_ number: NumberFacts) -> DomainError {
        DomainError(
            .numberNotActive,
            "\(number.e164) is not active: it can be assigned once its status is ACTIVE.",
            facts: facts(number, ["status": number.status.apiName]))
    }

    static func incapable(_ number: NumberFacts, of profile: Profile) -> DomainError {
        let needed = profile == .sms ? "SMS or MMS" : "VOICE"
        return DomainError(
            .capabilityMissing,
            "\(number.e164) cannot serve \(profile.word): that needs a number with \(needed).",
            facts: facts(number, ["profile": profile.apiName, "needs": needed]),
            field: profile.fieldName)
    }

    static func taken(
        _ profile: Profile, of number: NumberFacts, by holder: AgentBinding
    ) -> DomainError {
        DomainError(
            .profileTaken,
            "\(holder.name) holds \(profile.word) of \(number.e164): set replace to take the number "
                + "over, or choose another.",
            facts: facts(
                number,
                [
                    "agent_id": holder.idText, "agent_name": holder.name,
                    "profile": profile.apiName,
                ]),
            field: profile.fieldName)
    }

    static func hasNumber(
        _ agent: AgentFacts, _ other: E164, for profile: Profile
    ) -> DomainError {
        DomainError(
            .agentHasNumber,
            "\(agent.name) already has \(other) for \(profile.word): clear that first.",
            facts: [
                "agent_id": agent.id.text, "agent_name": agent.name,
                "number": other.description, "profile": profile.apiName,
            ],
            field: profile.fieldName)
    }

    static func noOutboundAgent(_ number: NumberFacts) -> DomainError {
        DomainError(
            .noOutboundAgent,
            "Nobody holds outbound of \(number.e164): assign an outbound agent before switching "
                + "outbound calling on or off.",
            facts: facts(number, [:]), field: "outbound_enabled")
    }

    private static func facts(
        _ number: NumberFacts, _ more: [String: String]
    ) -> [String: String] {
        var facts = more
        facts["number"] = number.e164.description
        facts["number_id"] = number.id.description
        return facts
    }
}

extension Profile {
    /// The value's name in the published API, without its prefix.
    public var apiName: String {
        switch self {
        case .inbound: "INBOUND"
        case .outbound: "OUTBOUND"
        case .sms: "SMS"
        }
    }
}

extension NumberStatus {
    /// The value's name in the published API, without its prefix.
    public var apiName: String {
        switch self {
        case .pending: "PENDING"
        case .active: "ACTIVE"
        case .pastDue: "PAST_DUE"
        case .releasing: "RELEASING"
        case .released: "RELEASED"
        case .failed: "FAILED"
        }
    }
}
