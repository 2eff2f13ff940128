/// What may be set on a number. Pure: decides on facts, reads and writes nothing.
///
/// Of several reasons to refuse, the caller gets the first of: the number is gone, the version is
/// stale, then the settings in the order of the request, each with its limits first.
public enum NumberRules {
    /// Tags of one number.
    public static let tagsMax = 50
    /// Lines noted as forwarded to one number.
    public static let forwardedFromMax = 20
    /// Destination prefixes of one number.
    public static let prefixesMax = 200
    /// Seconds that a number may ring.
    public static let ringTimeout: ClosedRange<UInt8> = 5...120

    /// Decides a save; the outcome equals what was there when nothing changes.
    ///
    /// - Throws: `numberNotActive` for a number that was given back or never came;
    ///   `versionMismatch`; `invalidArgument` naming the field; `regionNotSupported`;
    ///   `carrierNotSupported`; `agentNotFound`. What must be done at the carrier is only checked:
    ///   the record has it once the carrier has done it.
    public static func decide(
        _ change: NumberChange, on record: NumberRecord, facts: NumberFacts, at now: Timestamp,
        agent lookup: (AgentID) -> AgentFacts?
    ) throws(DomainError) -> NumberOutcome {
        guard facts.status.isLive else { throw gone(record) }
        if let expected = change.expectedVersion, expected != facts.version {
            throw versionMismatch(record, expected: expected)
        }
        var after = record
        if let label = change.label { after.label = label }
        try setTags(of: &after, change)
        try checkRegion(change, record)
        try checkWebhookMode(change, record)
        if let timeout = change.ringTimeout {
            after.ringTimeoutOverride = try checked(timeout)
        }
        if let lines = change.forwardedFrom { after.forwardedFrom = unique(lines) }
        if let protected = change.releaseProtected { after.releaseProtected = protected }
        if let prefixes = change.allowedDestinations { after.allowedDestinations = prefixes }
        var routed = facts.extras?.fallback
        if let choice = change.fallback {
            (after.fallback, routed) = try fallback(choice, agent: lookup)
        }
        try checkLines(of: after)
        guard after.allowedDestinations.count <= prefixesMax else {
            throw tooMany("allowed_destination_prefixes", prefixesMax)
        }
        return outcome(from: record, to: after, facts: facts, fallback: routed, at: now, lookup)
    }

    // MARK: - Steps of a decision

    private static func outcome(
        from before: NumberRecord, to after: NumberRecord, facts: NumberFacts,
        fallback: Fallback?, at now: Timestamp, _ lookup: (AgentID) -> AgentFacts?
    ) -> NumberOutcome {
        guard after != before else {
            return NumberOutcome(record: before, facts: facts, agents: [])
        }
        var changed = facts
        changed.version = facts.version &+ 1
        changed.ringTimeoutOverride = after.ringTimeoutOverride
        changed.extras = NumberExtras(
            fallback: fallback, allowedDestinations: after.allowedDestinations)
        var record = after
        record.version = changed.version
        record.updatedAt = now
        return NumberOutcome(
            record: record, facts: changed,
            agents: recounted(from: facts.extras?.fallback, to: fallback, lookup))
    }

    /// The agents whose count of fallbacks differs.
    static func recounted(
        from before: Fallback?, to after: Fallback?, _ lookup: (AgentID) -> AgentFacts?
    ) -> [AgentFacts] {
        let old = before?.agentID
        let new = after?.agentID
        guard old != new else { return [] }
        var agents: [AgentFacts] = []
        if let old, var agent = lookup(old) {
            agent.fallbackCount -= agent.fallbackCount > 0 ? 1 : 0
            agents.append(agent)
        }
        if let new, var agent = lookup(new) {
            agent.fallbackCount &+= 1
            agents.append(agent)
        }
        return agents
    }

    private static func setTags(
        of number: inout NumberRecord, _ change: NumberChange
    ) throws(DomainError) {
        for (key, setting) in change.tags { number.tags[key] = setting.value }
        guard number.tags.count <= tagsMax else { throw tooMany("tags", tagsMax) }
    }

    private static func checkRegion(
        _ change: NumberChange, _ number: NumberRecord
    ) throws(DomainError) {
        guard change.region != nil else { return }
        guard number.carrier == .twilio else {
            throw DomainError(
                .regionNotSupported,
                "\(number.e164) is on \(number.carrier.label), which has no regions: only Twilio "
                    + "numbers have one.",
                facts: facts(number), field: "region")
        }
        try checkInService(number, field: "region")
    }

    private static func checkWebhookMode(
        _ change: NumberChange, _ number: NumberRecord
    ) throws(DomainError) {
        guard let mode = change.webhookMode, mode != number.webhookMode else { return }
        guard number.carrier != .sip else {
            throw DomainError(
                .carrierNotSupported,
                "A SIP carrier has no settings that can be written from here: point the trunk at "
                    + "this platform in the carrier's own console and leave webhook_mode as it is.",
                facts: facts(number), field: "webhook_mode")
        }
        try checkInService(number, field: "webhook_mode")
    }

    /// What is not here yet, or on its way back, is not changed at the carrier.
    private static func checkInService(
        _ number: NumberRecord, field: String
    ) throws(DomainError) {
        guard number.status.isInService else {
            throw DomainError(
                .numberNotActive,
                "\(number.e164) is \(number.status.apiName): \(field) can be set while it is active.",
                facts: facts(number).merging(["status": number.status.apiName]) { $1 },
                field: field)
        }
    }

    private static func checked(_ timeout: Setting<UInt8>) throws(DomainError) -> UInt8? {
        guard let seconds = timeout.value else { return nil }
        guard ringTimeout.contains(seconds) else {
            throw DomainError(
                .invalidArgument,
                "ring_timeout_seconds must be \(ringTimeout.lowerBound) to "
                    + "\(ringTimeout.upperBound), or 0 for the timeout by destination.",
                field: "ring_timeout_seconds")
        }
        return seconds
    }

    private static func fallback(
        _ choice: Setting<NumberChange.FallbackChoice>, agent lookup: (AgentID) -> AgentFacts?
    ) throws(DomainError) -> (NumberRecord.FallbackRecord?, Fallback?) {
        switch choice {
        case .unset: return (nil, nil)
        case .set(.reject): return (.reject, .reject)
        case .set(.forward(let target)): return (.forward(target), .forward(target))
        case .set(.agent(let id)):
            guard let agent = lookup(id) else { throw AgentRules.notFound(id) }
            return (
                .agent(NumberRecord.AgentName(id: id.text, name: agent.name)),
                .agent(agent.binding)
            )
        }
    }

    /// A call must not go round: neither to the number itself nor back to a line that forwards here.
    private static func checkLines(of number: NumberRecord) throws(DomainError) {
        guard number.forwardedFrom.count <= forwardedFromMax else {
            throw tooMany("forwarded_from", forwardedFromMax)
        }
        guard !number.forwardedFrom.contains(number.e164) else {
            throw DomainError(
                .invalidArgument, "\(number.e164) cannot be forwarded to itself.",
                facts: facts(number), field: "forwarded_from")
        }
        guard case .forward(let target) = number.fallback else { return }
        guard target != number.e164, !number.forwardedFrom.contains(target) else {
            throw DomainError(
                .invalidArgument,
                "Calls to \(number.e164) would go round in a circle: forward to a number that is "
                    + "neither this one nor one of its forwarded_from lines.",
                facts: facts(number), field: "fallback.forward_to_e164")
        }
    }

    private static func unique(_ numbers: [E164]) -> [E164] {
        var seen: Set<E164> = []
        return numbers.filter { seen.insert($0).inserted }
    }
}

extension Fallback {
    /// The agent that stands in, if one does.
    var agentID: AgentID? {
        guard case .agent(let binding) = self else { return nil }
        return AgentID(binding.idText)
    }
}
