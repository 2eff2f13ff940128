package import LinekeeperCore

extension SQLiteReader: MessageReader {
    package func messages(
        of workspace: WorkspaceKey, matching filter: MessageFilter, page: Page
    ) throws(DomainError) -> PageOf<MessageRecord> {
        let rows = try connection.all(
            try MessageListQuery(
                workspace: workspace, filter: filter, after: page.after, limit: page.size + 1))
        var shown = PageOf(probing: rows, size: page.size) {
            PagePosition(sortValue: "\($0.at.microseconds)", rowKey: $0.key)
        }
        if shown.next == nil, !filter.isIndexed {
            shown.next = try connection.first(
                try MessageWindowEnd(workspace: workspace, filter: filter, after: page.after))
        }
        return shown
    }
}
