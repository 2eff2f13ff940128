package import LinekeeperCore

extension SQLiteWriter: AccessWriter {
    package func insertWorkspace(
        _ workspace: WorkspaceRecord
    ) throws(DomainError) -> WorkspaceKey {
        try connection.run(InsertWorkspace(workspace: workspace))
        return WorkspaceKey(rawValue: connection.lastInsertRowID)
    }

    package func updateWorkspace(_ workspace: WorkspaceRecord) throws(DomainError) {
        try connection.run(UpdateWorkspaceRow(workspace: workspace))
    }

    package func workspaceRecord(_ id: WorkspaceID) throws(DomainError) -> WorkspaceRecord? {
        try connection.first(WorkspaceByID(id: id))
    }

    package func deleteWorkspace(
        _ key: WorkspaceKey, at: Timestamp
    ) throws(DomainError) -> WorkspaceRemains {
        func column(_ sql: String) throws(DomainError) -> [String] {
            try connection.all(WorkspaceStatement(sql: sql, workspace: key))
        }
        let remains = WorkspaceRemains(
            numbers: try column(
                "SELECT e164 FROM number WHERE workspace_key = $1 AND status BETWEEN 1 AND 4"
            ).compactMap { E164($0.utf8) },
            agents: try column("SELECT agent_id FROM agent WHERE workspace_key = $1")
                .compactMap { AgentID($0) },
            connections: try column("SELECT connection_id FROM connection WHERE workspace_key = $1")
                .compactMap { ConnectionID($0) },
            tokens: try column(
                "SELECT token_id FROM token WHERE workspace_key = $1 AND revoked_at IS NULL"
            ).compactMap { TokenID($0) })

        // $1 is the workspace, $2 the moment, in order of first appearance.
        let timed = [
            """
            WITH gone (workspace_key, at) AS (SELECT $1, $2)
            UPDATE number SET status = 5, inbound_agent = NULL, outbound_agent = NULL,
                sms_agent = NULL, outbound_enabled = 1, fallback_kind = 0, fallback_agent = NULL,
                fallback_e164 = '', connection_key = NULL, release_at = NULL,
                updated_at = (SELECT at FROM gone), version = version + 1
            WHERE workspace_key = (SELECT workspace_key FROM gone) AND status BETWEEN 1 AND 4
            """,
            """
            WITH gone (workspace_key, at) AS (SELECT $1, $2)
            UPDATE token SET revoked_at = (SELECT at FROM gone)
            WHERE workspace_key = (SELECT workspace_key FROM gone) AND revoked_at IS NULL
            """,
            """
            WITH gone (workspace_key, at) AS (SELECT $1, $2)
            UPDATE workspace SET deleted_at = (SELECT at FROM gone)
            WHERE workspace_key = (SELECT workspace_key FROM gone)
            """,
        ]
        for sql in timed {
            try connection.run(WorkspaceStatement(sql: sql, workspace: key, at: at))
        }
        for rows in [
            "outbound_lock WHERE workspace_key = $1", "agent WHERE workspace_key = $1",
            "discovery WHERE workspace_key = $1",
            // All but releases: those are promised.
            "carrier_task WHERE workspace_key = $1 AND kind <> 4",
            """
            previous_secret WHERE connection_key IN
                (SELECT connection_key FROM connection WHERE workspace_key = $1)
            """,
        ] {
            try connection.run(WorkspaceStatement(sql: "DELETE FROM \(rows)", workspace: key))
        }
        // Rows of the past no longer name the connection that they came through.
        try connection.run(
            WorkspaceStatement(
                sql: "UPDATE number SET connection_key = NULL WHERE workspace_key = $1",
                workspace: key))
        try connection.run(
            WorkspaceStatement(
                sql: "DELETE FROM connection WHERE workspace_key = $1", workspace: key))
        return remains
    }

    package func sharedNumberCount(of workspace: WorkspaceKey) throws(DomainError) -> Int64 {
        try connection.first(
            WorkspaceCount(
                sql: """
                    SELECT count(*) FROM number
                    WHERE workspace_key = $1 AND (inbound_agent <> outbound_agent
                        OR inbound_agent <> sms_agent OR outbound_agent <> sms_agent)
                    """, workspace: workspace)) ?? 0
    }

    package func boughtNumbers(
        of workspace: WorkspaceKey
    ) throws(DomainError) -> [WorkspacePurchase] {
        try connection.all(BoughtNumbers(workspace: workspace))
    }

    package func insertToken(_ grant: TokenGrant) throws(DomainError) {
        try connection.run(InsertToken(grant: grant))
    }

    package func tokenRecord(_ id: TokenID) throws(DomainError) -> TokenRecord? {
        try connection.first(TokenByID(id: id))
    }

    package func revokeToken(_ id: TokenID, at: Timestamp) throws(DomainError) {
        try connection.run(RevokeTokenRow(id: id, at: at))
    }

    package func liveAdminTokenCount(at: Timestamp) throws(DomainError) -> Int64 {
        try connection.first(LiveAdminTokenCount(at: at)) ?? 0
    }
}
