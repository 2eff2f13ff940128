import LinekeeperCore

/// What a person sees of a number and routing does not know.
struct NumberParticulars: Query {
    let number: NumberKey
    let sql = """
        SELECT label, country_code, region_label, type, monthly_cost_credits, renews_at, order_id,
            release_protected, release_at, forwarded_from, tags, created_at, updated_at
        FROM number WHERE number_key = $1
        """

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(number.rawValue) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> Row {
        guard let type = NumberType(rawValue: UInt8(clamping: try columns.int64(3))) else {
            throw NumberRow.unreadable
        }
        return Row(
            label: try columns.string(0), countryCode: try columns.string(1),
            regionLabel: try columns.string(2), type: type,
            monthlyCostCredits: try columns.int64(4),
            renewsAt: try columns.optionalInt64(5).map(Timestamp.init(microseconds:)),
            orderID: try columns.string(6), releaseProtected: try columns.bool(7),
            releaseAt: try columns.optionalInt64(8).map(Timestamp.init(microseconds:)),
            forwardedFrom: try StoredList.numbers(try columns.string(9)),
            tags: try StoredTags.read(try columns.string(10)),
            createdAt: Timestamp(microseconds: try columns.int64(11)),
            updatedAt: Timestamp(microseconds: try columns.int64(12)))
    }

    struct Row {
        let label: String
        let countryCode: String
        let regionLabel: String
        let type: NumberType
        let monthlyCostCredits: Int64
        let renewsAt: Timestamp?
        let orderID: String
        let releaseProtected: Bool
        let releaseAt: Timestamp?
        let forwardedFrom: [E164]
        let tags: [String: String]
        let createdAt: Timestamp
        let updatedAt: Timestamp

        /// The whole number but for its connection's id.
        func record(of number: NumberFacts, in workspace: WorkspaceFacts) -> NumberRecord {
            var record = NumberRecord(
                key: number.key, id: number.id, workspace: workspace.id, e164: number.e164,
                type: type, capabilities: number.capabilities, origin: number.origin,
                carrier: number.carrier, status: number.status, webhookMode: number.webhookMode,
                createdAt: createdAt, updatedAt: updatedAt, version: number.version)
            record.label = label
            record.countryCode = countryCode
            record.regionLabel = regionLabel
            record.region = number.region
            record.monthlyCostCredits = monthlyCostCredits
            record.renewsAt = renewsAt
            record.orderID = orderID
            record.releaseProtected = releaseProtected
            record.releaseAt = releaseAt
            record.inbound = number.inbound.map(NumberRecord.AgentName.init)
            record.outbound = number.outbound.map(NumberRecord.AgentName.init)
            record.sms = number.sms.map(NumberRecord.AgentName.init)
            record.outboundEnabled = number.outboundEnabled
            record.outboundLocked =
                workspace.outboundLocked || workspace.lockedNumbers.contains(number.e164)
            record.fallback = number.extras?.fallback.map(NumberRecord.FallbackRecord.init)
            record.allowedDestinations = number.extras?.allowedDestinations ?? []
            record.ringTimeoutOverride = number.ringTimeoutOverride
            record.forwardedFrom = forwardedFrom
            record.tags = tags
            return record
        }
    }
}

extension NumberRecord.AgentName {
    fileprivate init(_ agent: AgentBinding) { self.init(id: agent.idText, name: agent.name) }
}

extension NumberRecord.FallbackRecord {
    fileprivate init(_ fallback: Fallback) {
        switch fallback {
        case .agent(let agent): self = .agent(NumberRecord.AgentName(agent))
        case .forward(let number): self = .forward(number)
        case .reject: self = .reject
        }
    }
}
