/// What differs between two states of a number, for the audit log.
enum NumberDifference {
    /// `{"before": {...}, "after": {...}}` with the settings that differ, and `more` behind them.
    static func json(
        from before: NumberRecord, to after: NumberRecord, more: [(String, JSON)] = []
    ) -> String {
        let pairs = zip(members(of: before), members(of: after)).filter { $0.0.1 != $0.1.1 }
        return JSON.object(
            [
                ("before", .object(pairs.map(\.0))),
                ("after", .object(pairs.map(\.1))),
            ] + more
        ).text
    }

    private static func members(of number: NumberRecord) -> [(String, JSON)] {
        [
            ("status", .string(number.status.apiName)),
            ("label", .string(number.label)),
            (
                "tags",
                .object(
                    number.tags.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
            ),
            ("region", .optional(number.region?.rawValue)),
            ("webhook_mode", .string(number.webhookMode.apiName)),
            ("capabilities", .array(number.capabilities.words.map { .string($0) })),
            ("region_label", .string(number.regionLabel)),
            ("inbound", agent(number.inbound)),
            ("outbound", agent(number.outbound)),
            ("sms", agent(number.sms)),
            ("outbound_enabled", .bool(number.outboundEnabled)),
            ("fallback", fallback(number.fallback)),
            (
                "ring_timeout_seconds",
                number.ringTimeoutOverride.map { .integer(Int64($0)) } ?? .null
            ),
            ("forwarded_from", .array(number.forwardedFrom.map { .string($0.description) })),
            ("release_protected", .bool(number.releaseProtected)),
            (
                "allowed_destination_prefixes",
                .array(number.allowedDestinations.map { .string($0.description) })
            ),
            ("release_at", number.releaseAt.map { .integer($0.microseconds) } ?? .null),
        ]
    }

    private static func agent(_ agent: NumberRecord.AgentName?) -> JSON {
        .optional(agent?.id)
    }

    private static func fallback(_ fallback: NumberRecord.FallbackRecord?) -> JSON {
        switch fallback {
        case nil: .null
        case .agent(let agent): .object([("agent_id", .string(agent.id))])
        case .forward(let target): .object([("forward_to_e164", .string(target.description))])
        case .reject: .object([("reject", .bool(true))])
        }
    }
}
