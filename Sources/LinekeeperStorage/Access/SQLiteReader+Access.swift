package import LinekeeperCore

extension SQLiteReader: AccessReader {
    package func workspaceRecord(_ id: WorkspaceID) throws(DomainError) -> WorkspaceRecord? {
        try connection.first(WorkspaceByID(id: id))
    }

    package func workspaces(
        text: String, page: Page
    ) throws(DomainError) -> PageOf<WorkspaceRecord> {
        var rows = try connection.all(
            WorkspacesAfter(
                key: page.after?.rowKey ?? 0, text: text, limit: Int64(page.size) + 1))
        let hasMore = rows.count > page.size
        if hasMore { rows.removeLast() }
        return PageOf(
            rows: rows,
            next: hasMore
                ? rows.last.map { PagePosition(sortValue: "", rowKey: $0.key.rawValue) } : nil)
    }

    package func tokens(
        of workspace: WorkspaceKey?, includeRevoked: Bool, page: Page
    ) throws(DomainError) -> PageOf<TokenRecord> {
        var rows = try connection.all(
            TokensAfter(
                key: page.after?.rowKey ?? 0, workspace: workspace?.rawValue ?? 0,
                includeRevoked: includeRevoked, limit: Int64(page.size) + 1))
        let hasMore = rows.count > page.size
        if hasMore { rows.removeLast() }
        return PageOf(
            rows: rows.map(\.record),
            next: hasMore ? rows.last.map { PagePosition(sortValue: "", rowKey: $0.key) } : nil)
    }

    package func liveTokens() throws(DomainError) -> [TokenGrant] {
        try connection.all(LiveTokens())
    }
}
