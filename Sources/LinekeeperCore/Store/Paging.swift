/// Where a list goes on, and how much of it is wanted.
public struct Page: Hashable, Sendable {
    /// Rows at most, 1 to 1,000.
    public var size: Int
    /// The last row of the page before, as ``PagePosition`` wrote it; `nil`: from the start.
    public var after: PagePosition?

    /// A page of a list.
    public init(size: Int, after: PagePosition?) {
        self.size = size
        self.after = after
    }
}

/// The sort key of a page's last row: a list goes on behind it, whatever was added or removed.
public struct PagePosition: Hashable, Sendable {
    /// The value the list is ordered by, as text or as a decimal integer.
    public var sortValue: String
    /// The row's key, which orders rows of the same value.
    public var rowKey: Int64

    /// A position behind a row.
    public init(sortValue: String, rowKey: Int64) {
        self.sortValue = sortValue
        self.rowKey = rowKey
    }
}

/// One page of a list.
public struct PageOf<Row: Sendable>: Sendable {
    public var rows: [Row]
    /// Where the next page starts; `nil` when this is the last.
    public var next: PagePosition?

    /// A page with its rows.
    public init(rows: [Row], next: PagePosition?) {
        self.rows = rows
        self.next = next
    }
}
