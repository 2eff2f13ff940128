package import LinekeeperCore

extension SQLiteReader: EventReader {
    package func events(
        of workspace: WorkspaceKey, matching filter: EventFilter, page: Page
    ) throws(DomainError) -> PageOf<EventRecord> {
        var rows = try connection.all(
            EventsNewestFirst(
                workspace: workspace, filter: filter, before: page.after?.rowKey ?? .max,
                limit: Int64(page.size) + 1))
        guard rows.count > page.size else { return PageOf(rows: rows, next: nil) }
        rows.removeLast()
        return PageOf(
            rows: rows, next: rows.last.map { PagePosition(sortValue: "", rowKey: $0.sequence) })
    }
}
