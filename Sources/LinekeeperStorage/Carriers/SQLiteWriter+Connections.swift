package import LinekeeperCore

extension SQLiteWriter: ConnectionWriter {
    package func insertConnection(
        _ record: ConnectionRecord, workspace: WorkspaceKey, sealedCredentials: [UInt8]
    ) throws(DomainError) -> ConnectionKey {
        try connection.run(
            InsertConnection(
                connection: record, workspace: workspace, sealedCredentials: sealedCredentials))
        return ConnectionKey(rawValue: connection.lastInsertRowID)
    }

    package func updateConnection(
        _ record: ConnectionRecord, sealedCredentials: [UInt8]?
    ) throws(DomainError) {
        try connection.run(
            UpdateConnectionRow(connection: record, sealedCredentials: sealedCredentials))
    }

    package func keepPreviousSecret(
        of key: ConnectionKey, _ secret: PreviousSecret
    ) throws(DomainError) {
        try connection.run(KeepPreviousSecret(connection: key, secret: secret))
    }

    package func previousSecrets(
        of key: ConnectionKey, at moment: Timestamp
    ) throws(DomainError) -> [PreviousSecret] {
        try connection.all(PreviousSecretsOf(connection: key, moment: moment)).map(\.secret)
    }

    package func deletePreviousSecrets(of key: ConnectionKey) throws(DomainError) -> Int {
        try connection.run(DeletePreviousSecretsOf(connection: key))
    }

    package func deletePreviousSecrets(expiredBy moment: Timestamp) throws(DomainError) {
        try connection.run(DeleteExpiredSecrets(moment: moment))
    }

    package func replaceSealed(
        _ secret: SealedSecret, with sealed: [UInt8]
    ) throws(DomainError) {
        try connection.run(ReplaceSealed(secret: secret, sealed: sealed))
    }

    package func connectionRecord(
        _ id: ConnectionID, in workspace: WorkspaceKey
    ) throws(DomainError) -> ConnectionRecord? {
        try connection.first(ConnectionByID(id: id, workspace: workspace))
    }

    package func connectionNameIsTaken(
        _ name: String, in workspace: WorkspaceKey, except: ConnectionKey?
    ) throws(DomainError) -> Bool {
        try connection.first(
            ConnectionNameIsTaken(
                workspace: workspace, name: name, except: except?.rawValue ?? 0)) != nil
    }

    package func numbers(
        of key: ConnectionKey, in workspace: WorkspaceKey
    ) throws(DomainError) -> [ConnectedNumber] {
        try connection.all(ConnectedNumbers(workspace: workspace, connection: key))
    }

    package func deleteConnection(
        _ key: ConnectionKey, in workspace: WorkspaceKey, at: Timestamp
    ) throws(DomainError) {
        try connection.run(
            ConnectionStatement(
                sql: """
                    DELETE FROM carrier_task WHERE number_key IN (SELECT number_key FROM number
                        WHERE workspace_key = $1 AND connection_key = $2)
                    """, workspace: workspace, connection: key))
        try connection.run(
            ReleaseConnectedNumbers(at: at, workspace: workspace, connection: key))
        _ = try deletePreviousSecrets(of: key)
        for sql in [
            """
            UPDATE number SET connection_key = NULL
            WHERE workspace_key = $1 AND connection_key = $2
            """,
            "DELETE FROM connection WHERE workspace_key = $1 AND connection_key = $2",
        ] {
            try connection.run(ConnectionStatement(sql: sql, workspace: workspace, connection: key))
        }
    }

    package func quarantine(
        of e164: E164
    ) throws(DomainError) -> (until: Timestamp, workspace: WorkspaceKey)? {
        try connection.first(QuarantineOf(e164: e164))
    }
}
