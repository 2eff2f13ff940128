package import LinekeeperCore

extension SQLiteReader: NumberReader {
    package func numberRecord(_ key: NumberKey) throws(DomainError) -> NumberRecord? {
        try connection.first(NumberByKey(key: key))
    }

    package func numberRecord(
        _ id: NumberID, in workspace: WorkspaceKey
    ) throws(DomainError) -> NumberRecord? {
        try connection.first(NumberByID(id: id, workspace: workspace))
    }

    package func numberRecord(
        _ e164: E164, in workspace: WorkspaceKey
    ) throws(DomainError) -> NumberRecord? {
        try connection.first(LiveNumberByE164(e164: e164, workspace: workspace))
    }

    package func numbers(
        of workspace: WorkspaceKey, matching filter: NumberFilter, by order: NumberOrder,
        page: Page
    ) throws(DomainError) -> PageOf<NumberRecord> {
        let rows = try connection.all(
            try NumberListQuery(
                workspace: workspace, filter: filter, order: order, after: page.after,
                limit: page.size + 1))
        return PageOf(probing: rows, size: page.size) { order.field.position(of: $0) }
    }

    package func hasNumbers(_ workspace: WorkspaceKey) throws(DomainError) -> Bool {
        try connection.first(WorkspaceHasNumbers(workspace: workspace)) != nil
    }
}

extension PageOf {
    /// A page from one row more than it may show: whether that came tells if there is another.
    init(probing rows: [Row], size: Int, position: (Row) -> PagePosition) {
        let shown = Array(rows.prefix(size))
        self.init(rows: shown, next: rows.count > size ? shown.last.map(position) : nil)
    }
}
