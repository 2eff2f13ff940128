import LinekeeperCore

/// A number as the dropdowns and the assignment rules see it: its facts with the whole of each
/// holder.
enum NumberChoiceRow {
    static let columns = """
        number.number_key, number.number_id, number.workspace_key, number.e164,
        number.label, number.status, number.capabilities, number.origin, number.carrier,
        number.webhook_mode, number.version, number.outbound_enabled,
        inbound.agent_key, inbound.agent_id, inbound.name, inbound.status,
        outbound.agent_key, outbound.agent_id, outbound.name, outbound.status,
        sms.agent_key, sms.agent_id, sms.name, sms.status
        """

    /// Outer joins throughout, so that `number` stays the table that is walked.
    static let joins = """
        LEFT JOIN agent AS inbound ON inbound.agent_key = number.inbound_agent
        LEFT JOIN agent AS outbound ON outbound.agent_key = number.outbound_agent
        LEFT JOIN agent AS sms ON sms.agent_key = number.sms_agent
        """

    static func choice(_ columns: borrowing Columns) throws(DomainError) -> NumberChoice {
        guard let id = NumberID(try columns.string(1)),
            let status = NumberStatus(rawValue: UInt8(clamping: try columns.int64(5))),
            let origin = Origin(rawValue: UInt8(clamping: try columns.int64(7))),
            let carrier = Carrier(rawValue: UInt8(clamping: try columns.int64(8))),
            let webhookMode = WebhookMode(rawValue: UInt8(clamping: try columns.int64(9)))
        else {
            throw DomainError(
                .corruptData, "A number's row holds values that this version cannot read.")
        }
        let workspace = WorkspaceKey(rawValue: try columns.int64(2))
        var facts = NumberFacts(
            e164: try StoredE164.read(columns, 3), id: id,
            key: NumberKey(rawValue: try columns.int64(0)), workspace: workspace, connection: nil,
            version: UInt64(clamping: try columns.int64(10)), status: status,
            capabilities: Capabilities(rawValue: UInt8(clamping: try columns.int64(6))),
            origin: origin, carrier: carrier, webhookMode: webhookMode)
        facts.outboundEnabled = try columns.bool(11)
        facts.inbound = try holder(columns, at: 12, in: workspace)
        facts.outbound = try holder(columns, at: 16, in: workspace)
        facts.sms = try holder(columns, at: 20, in: workspace)
        return NumberChoice(facts: facts, label: try columns.string(4))
    }

    private static func holder(
        _ columns: borrowing Columns, at index: Int, in workspace: WorkspaceKey
    ) throws(DomainError) -> AgentBinding? {
        guard let key = try columns.optionalInt64(index) else { return nil }
        guard let id = AgentID(try columns.string(index + 1)),
            let status = AgentStatus(rawValue: UInt8(clamping: try columns.int64(index + 3)))
        else { throw AgentRow.unreadable }
        return AgentFacts(
            key: AgentKey(rawValue: key), workspace: workspace, id: id,
            name: try columns.string(index + 2), status: status, outboundConfigured: nil,
            smsEnabled: nil
        ).binding
    }
}

struct NumberChoiceByID: Query {
    let id: NumberID
    let workspace: WorkspaceKey
    let sql = """
        SELECT \(NumberChoiceRow.columns) FROM number \(NumberChoiceRow.joins)
        WHERE number.workspace_key = $1 AND number.number_id = $2
            AND number.status BETWEEN 1 AND 4
        """

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        try binder.bind(id.description)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> NumberChoice {
        try NumberChoiceRow.choice(columns)
    }
}

/// Live numbers of a workspace by their E.164 text, behind a position.
struct NumberChoicesAfter: Query {
    let workspace: WorkspaceKey
    let page: Page
    let sql = """
        SELECT \(NumberChoiceRow.columns) FROM number \(NumberChoiceRow.joins)
        WHERE number.workspace_key = $1 AND (number.e164, number.number_key) > ($2, $3)
            AND number.status BETWEEN 1 AND 4
        ORDER BY number.e164, number.number_key LIMIT $4
        """

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        try binder.bind(page.after?.sortValue ?? "")
        try binder.bind(page.after?.rowKey ?? 0)
        try binder.bind(Int64(page.size) + 1)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> NumberChoice {
        try NumberChoiceRow.choice(columns)
    }
}
