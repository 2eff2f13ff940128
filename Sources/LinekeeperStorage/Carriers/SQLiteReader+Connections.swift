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

    package func sealedCredentials(of key: ConnectionKey) throws(DomainError) -> [UInt8]? {
        try connection.first(SealedCredentials(connection: key))
    }
}
