package import LinekeeperCore

extension SQLiteWriter: AssignmentWriter {
    package func updateAssignments(
        from before: NumberFacts, to after: NumberFacts, at: Timestamp
    ) throws(DomainError) {
        let changed = try connection.run(
            UpdateAssignmentColumns(before: before, after: after, at: at))
        guard changed == 1 else {
            throw DomainError(
                .corruptData, "A number's row is not as the route table has it.",
                facts: ["number": before.e164.description])
        }
    }

    package func record(of number: NumberFacts) throws(DomainError) -> NumberRecord {
        guard let particulars = try connection.first(NumberParticulars(number: number.key)),
            let workspace = routes.workspace(number.workspace)
        else {
            throw DomainError(
                .corruptData, "The row of a number in the route table is missing.",
                facts: ["number": number.e164.description])
        }
        var record = particulars.record(of: number, in: workspace)
        record.connection = number.connection.flatMap(routes.connectionID)
        return record
    }

    package func clearFallback(of number: NumberFacts, at: Timestamp) throws(DomainError) {
        try connection.run(ClearFallback(number: number, at: at))
    }

    package func numbersWithOutboundAgent(
        in workspace: WorkspaceKey, limit: Int
    ) throws(DomainError) -> [E164] {
        try connection.all(NumbersWithOutboundAgent(workspace: workspace, limit: limit))
    }

    package func numbersFallingBack(
        to agent: AgentKey, in workspace: WorkspaceKey
    ) throws(DomainError) -> [E164] {
        try connection.all(NumbersFallingBack(agent: agent, workspace: workspace))
    }

    package func insertAgent(
        _ agent: AgentDescription, in workspace: WorkspaceKey, at: Timestamp
    ) throws(DomainError) -> AgentKey {
        try connection.run(InsertAgent(agent: agent, workspace: workspace, at: at))
        return AgentKey(rawValue: connection.lastInsertRowID)
    }

    package func updateAgent(
        _ key: AgentKey, to agent: AgentDescription, in workspace: WorkspaceKey, at: Timestamp
    ) throws(DomainError) {
        try connection.run(
            UpdateAgentRow(key: key, agent: agent, workspace: workspace, at: at))
    }

    package func deleteAgent(
        _ key: AgentKey, in workspace: WorkspaceKey
    ) throws(DomainError) {
        for sql in [AgentStatement.forgetFallback, AgentStatement.delete] {
            try connection.run(AgentStatement(sql: sql, workspace: workspace, agent: key))
        }
    }

    package func lockOutbound(
        of number: E164?, in workspace: WorkspaceKey, reason: String, at: Timestamp
    ) throws(DomainError) {
        try connection.run(
            InsertOutboundLock(
                e164: number, workspace: workspace, reason: reason, actor: request.actor, at: at))
    }

    package func unlockOutbound(
        of number: E164?, in workspace: WorkspaceKey
    ) throws(DomainError) {
        try connection.run(DeleteOutboundLock(e164: number, workspace: workspace))
    }
}
