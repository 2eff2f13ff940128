import LinekeeperCore

struct InsertAgent: Query {
    let agent: AgentDescription
    let workspace: WorkspaceKey
    let at: Timestamp
    let sql = """
        INSERT INTO agent (workspace_key, agent_id, name, status, outbound_configured,
            sms_enabled, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        try binder.bind(agent.id.text)
        try binder.bind(agent.name)
        try binder.bind(Int64(agent.status.rawValue))
        try binder.bind(agent.outboundConfigured.map { $0 ? 1 : 0 })
        try binder.bind(agent.smsEnabled.map { $0 ? 1 : 0 })
        try binder.bind(at.microseconds)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct UpdateAgentRow: Query {
    let key: AgentKey
    let agent: AgentDescription
    let workspace: WorkspaceKey
    let at: Timestamp
    let sql = """
        UPDATE agent SET name = $1, status = $2, outbound_configured = $3, sms_enabled = $4,
            updated_at = $5
        WHERE agent_key = $6 AND workspace_key = $7
        """

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(agent.name)
        try binder.bind(Int64(agent.status.rawValue))
        try binder.bind(agent.outboundConfigured.map { $0 ? 1 : 0 })
        try binder.bind(agent.smsEnabled.map { $0 ? 1 : 0 })
        try binder.bind(at.microseconds)
        try binder.bind(key.rawValue)
        try binder.bind(workspace.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

/// One statement about an agent of a workspace.
struct AgentStatement: Query {
    let sql: String
    let workspace: WorkspaceKey
    let agent: AgentKey

    /// Rows of released numbers keep their fallback as history, until its agent is no more.
    static let forgetFallback = """
        UPDATE number SET fallback_kind = 0, fallback_agent = NULL
        WHERE workspace_key = $1 AND fallback_agent = $2
        """
    static let delete = "DELETE FROM agent WHERE workspace_key = $1 AND agent_key = $2"

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        try binder.bind(agent.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

/// An agent's row with the numbers that it holds.
enum AgentRow {
    static let columns = """
        agent.agent_key, agent.workspace_key, agent.agent_id, agent.name, agent.status,
        agent.outbound_configured, agent.sms_enabled, agent.updated_at,
        (SELECT e164 FROM number WHERE number.workspace_key = agent.workspace_key
            AND number.inbound_agent = agent.agent_key),
        (SELECT e164 FROM number WHERE number.workspace_key = agent.workspace_key
            AND number.outbound_agent = agent.agent_key),
        (SELECT e164 FROM number WHERE number.workspace_key = agent.workspace_key
            AND number.sms_agent = agent.agent_key)
        """

    static func record(_ columns: borrowing Columns) throws(DomainError) -> AgentRecord {
        guard let id = AgentID(try columns.string(2)),
            let status = AgentStatus(rawValue: UInt8(clamping: try columns.int64(4)))
        else { throw unreadable }
        var facts = AgentFacts(
            key: AgentKey(rawValue: try columns.int64(0)),
            workspace: WorkspaceKey(rawValue: try columns.int64(1)), id: id,
            name: try columns.string(3), status: status,
            outboundConfigured: try columns.optionalInt64(5).map { $0 != 0 },
            smsEnabled: try columns.optionalInt64(6).map { $0 != 0 })
        facts.inbound = try StoredE164.readOptional(columns, 8)
        facts.outbound = try StoredE164.readOptional(columns, 9)
        facts.sms = try StoredE164.readOptional(columns, 10)
        return AgentRecord(
            facts: facts, updatedAt: Timestamp(microseconds: try columns.int64(7)))
    }

    static var unreadable: DomainError {
        DomainError(.corruptData, "An agent's row holds values that this version cannot read.")
    }
}

struct AgentByID: Query {
    let id: AgentID
    let workspace: WorkspaceKey
    let sql = """
        SELECT \(AgentRow.columns) FROM agent
        WHERE agent.workspace_key = $1 AND agent.agent_id = $2
        """

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        try binder.bind(id.text)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> AgentRecord {
        try AgentRow.record(columns)
    }
}

/// Agents of a workspace by name, behind a position.
struct AgentsAfter: Query {
    let workspace: WorkspaceKey
    let filter: AgentFilter
    let page: Page
    let sql = """
        SELECT \(AgentRow.columns) FROM agent
        WHERE agent.workspace_key = $1 AND (agent.name, agent.agent_key) > ($2, $3)
            AND ($4 = 0 OR agent.status = $4)
            AND ($5 = '' OR lower(agent.name) LIKE $5 ESCAPE '!'
                OR lower(agent.agent_id) LIKE $5 ESCAPE '!')
        ORDER BY agent.name, agent.agent_key LIMIT $6
        """

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        try binder.bind(page.after?.sortValue ?? "")
        try binder.bind(page.after?.rowKey ?? 0)
        try binder.bind(Int64(filter.status?.rawValue ?? 0))
        try binder.bind(
            filter.text.isEmpty ? "" : LikePattern.containing(filter.text.lowercased()))
        try binder.bind(Int64(page.size) + 1)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> AgentRecord {
        try AgentRow.record(columns)
    }
}

/// What the automation editor offers, read in one go.
struct OutboundChoicesAfter: Query {
    let workspace: WorkspaceKey
    let page: Page
    let sql = """
        SELECT agent.agent_key, agent.agent_id, agent.name, agent.status,
            agent.outbound_configured, number.e164, number.status, number.outbound_enabled,
            EXISTS (SELECT 1 FROM outbound_lock
                WHERE outbound_lock.workspace_key = number.workspace_key
                    AND outbound_lock.e164 IN (number.e164, ''))
        FROM agent LEFT JOIN number ON number.workspace_key = agent.workspace_key
            AND number.outbound_agent = agent.agent_key
        WHERE agent.workspace_key = $1 AND (agent.name, agent.agent_key) > ($2, $3)
        ORDER BY agent.name, agent.agent_key LIMIT $4
        """

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        try binder.bind(page.after?.sortValue ?? "")
        try binder.bind(page.after?.rowKey ?? 0)
        try binder.bind(Int64(page.size) + 1)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> OutboundChoice {
        guard let id = AgentID(try columns.string(1)),
            let status = AgentStatus(rawValue: UInt8(clamping: try columns.int64(3)))
        else { throw AgentRow.unreadable }
        var line: OutboundChoice.Line?
        if let e164 = try StoredE164.readOptional(columns, 5) {
            guard let status = NumberStatus(rawValue: UInt8(clamping: try columns.int64(6))) else {
                throw AgentRow.unreadable
            }
            line = OutboundChoice.Line(
                e164: e164, status: status, isEnabled: try columns.bool(7),
                isLocked: try columns.bool(8))
        }
        return OutboundChoice(
            agent: AgentKey(rawValue: try columns.int64(0)), id: id,
            name: try columns.string(2), status: status,
            outboundConfigured: try columns.optionalInt64(4).map { $0 != 0 }, number: line)
    }
}

struct ExclusivityOfWorkspace: Query {
    let workspace: WorkspaceKey
    let sql = """
        SELECT number_exclusivity FROM workspace WHERE workspace_key = $1 AND deleted_at IS NULL
        """

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(workspace.rawValue) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> NumberExclusivity {
        let raw = UInt8(clamping: try columns.int64(0))
        guard let exclusivity = NumberExclusivity(rawValue: raw) else {
            throw DomainError(.corruptData, "A workspace's row cannot be read.")
        }
        return exclusivity
    }
}
