package import LinekeeperCore

extension SQLiteReader: MessageReader {
    package func messages(
        of workspace: WorkspaceKey, matching filter: MessageFilter, page: Page
    ) throws(DomainError) -> PageOf<MessageRecord> {
        let end =
            filter.isIndexed
            ? nil
            : try connection.first(
                try MessageWindowEnd(workspace: workspace, filter: filter, after: page.after))
        let rows = try connection.all(
            try MessageListQuery(
                workspace: workspace, filter: filter, after: page.after, end: end,
                limit: page.size + 1))
        var shown = PageOf(probing: rows, size: page.size) {
            PagePosition(sortValue: "\($0.at.microseconds)", rowKey: $0.key)
        }
        if shown.next == nil { shown.next = end }
        return shown
    }
}
