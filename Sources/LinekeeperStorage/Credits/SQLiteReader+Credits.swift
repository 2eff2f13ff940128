package import LinekeeperCore

extension SQLiteReader: CreditReader {
    package func creditSummary(
        of workspace: WorkspaceKey
    ) throws(DomainError) -> CreditSummary? {
        try connection.first(CreditSummaryQuery(workspace: workspace))
    }

    package func creditEntries(
        of workspace: WorkspaceKey, from: Timestamp?, until: Timestamp?, page: Page
    ) throws(DomainError) -> PageOf<CreditEntry> {
        let rows = try connection.all(
            CreditEntriesBefore(
                workspace: workspace, key: page.after?.rowKey ?? .max,
                from: from ?? Timestamp(microseconds: .min),
                until: until ?? Timestamp(microseconds: .max), limit: page.size + 1))
        return PageOf(probing: rows, size: page.size) {
            PagePosition(sortValue: "", rowKey: $0.key)
        }
    }

    package func prices(page: Page) throws(DomainError) -> PageOf<Price> {
        let rows = try connection.all(
            PricesAfter(
                countryCode: page.after?.sortValue ?? "", type: page.after?.rowKey ?? 0,
                limit: page.size + 1))
        return PageOf(probing: rows, size: page.size) {
            PagePosition(sortValue: $0.countryCode, rowKey: Int64($0.type.rawValue))
        }
    }
}
