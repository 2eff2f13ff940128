package import LinekeeperCore

extension SQLiteReader: ConnectionReader {
    package func connectionRecord(
        _ id: ConnectionID, in workspace: WorkspaceKey
    ) throws(DomainError) -> ConnectionRecord? {
        try connection.first(ConnectionByID(id: id, workspace: workspace))
    }

    package func connections(
        of workspace: WorkspaceKey, page: Page
    ) throws(DomainError) -> PageOf<ConnectionRecord> {
        var rows = try connection.all(
            ConnectionsAfter(
                workspace: workspace, key: page.after?.rowKey ?? 0, limit: Int64(page.size) + 1))
        let hasMore = rows.count > page.size
        if hasMore { rows.removeLast() }
        return PageOf(
            rows: rows,
            next: hasMore
                ? rows.last.map { PagePosition(sortValue: "", rowKey: $0.key.rawValue) } : nil)
    }

    package func numbers(
        of key: ConnectionKey, in workspace: WorkspaceKey
    ) throws(DomainError) -> [ConnectedNumber] {
        try connection.all(ConnectedNumbers(workspace: workspace, connection: key))
    }

    package func previousSecrets(
        of key: ConnectionKey, at moment: Timestamp
    ) throws(DomainError) -> [PreviousSecret] {
        try connection.all(PreviousSecretsOf(connection: key, moment: moment)).map(\.secret)
    }

    package func sealedPreviousCredentials(
        of key: ConnectionKey, at moment: Timestamp
    ) throws(DomainError) -> [[UInt8]] {
        try connection.all(PreviousSecretsOf(connection: key, moment: moment)).map(\.sealed)
    }

    package func quarantine(
        of e164: E164
    ) throws(DomainError) -> (until: Timestamp, workspace: WorkspaceKey)? {
        try connection.first(QuarantineOf(e164: e164))
    }

    package func sealedSecrets(
        after place: SealedSecret.Place?, limit: Int
    ) throws(DomainError) -> [SealedSecret] {
        var start = place ?? SealedSecret.Place(isPrevious: false, key: 0)
        var secrets = try connection.all(SealedSecretsAfter(place: start, limit: limit))
        guard secrets.isEmpty, !start.isPrevious else { return secrets }
        start = SealedSecret.Place(isPrevious: true, key: 0)
        secrets = try connection.all(SealedSecretsAfter(place: start, limit: limit))
        return secrets
    }

    package func sealedCredentials(of key: ConnectionKey) throws(DomainError) -> [UInt8]? {
        try connection.first(SealedCredentials(connection: key))
    }
}
