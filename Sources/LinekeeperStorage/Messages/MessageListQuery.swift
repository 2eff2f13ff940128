import LinekeeperCore

/// A page of a workspace's messages, newest first.
///
/// Number, agent, workspace and time choose a stretch of one index, which has the order already. If
/// more is filtered, the stretch ends where its window does, so that a page looks at a limited count
/// of messages.
struct MessageListQuery: Query {
    /// Messages that one page looks at when it cannot know from an index which of them match. Those of
    /// one number lie far apart: of a million messages, looking at so many takes 14 ms.
    static let window = 4_000

    let sql: String
    private let conditions: Conditions

    /// - Parameter end: The last message to look at; `nil`: to the end.
    init(
        workspace: WorkspaceKey, filter: MessageFilter, after: PagePosition?, end: PagePosition?,
        limit: Int
    ) throws(DomainError) {
        var conditions = try Conditions(stretchOf: workspace, filter, after)
        if let end { try conditions.add(position: end, ">=") }
        conditions.addRest(of: filter)
        let clause = conditions.sql
        let limit = conditions.parameter(.integer(Int64(limit)))
        sql = """
            SELECT \(MessageRow.columns) FROM message
            LEFT JOIN number ON number.number_key = message.number_key
            WHERE \(clause)
            ORDER BY message.at DESC, message.message_key DESC LIMIT \(limit)
            """
        self.conditions = conditions
    }

    func bind(to binder: inout Binder) throws(DomainError) { try conditions.bind(to: &binder) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> MessageRecord {
        try MessageRow.record(columns)
    }
}

/// The last message of a page's window, where the next page goes on; no row if the history ends
/// before.
struct MessageWindowEnd: Query {
    let sql: String
    private let conditions: Conditions

    init(
        workspace: WorkspaceKey, filter: MessageFilter, after: PagePosition?
    ) throws(DomainError) {
        var conditions = try Conditions(stretchOf: workspace, filter, after)
        let stretch = conditions.sql
        let offset = conditions.parameter(.integer(Int64(MessageListQuery.window - 1)))
        sql = """
            SELECT message.at, message.message_key FROM message WHERE \(stretch)
            ORDER BY message.at DESC, message.message_key DESC LIMIT 1 OFFSET \(offset)
            """
        self.conditions = conditions
    }

    func bind(to binder: inout Binder) throws(DomainError) { try conditions.bind(to: &binder) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> PagePosition {
        PagePosition(sortValue: "\(try columns.int64(0))", rowKey: try columns.int64(1))
    }
}

extension MessageFilter {
    /// Whether an index finds every message that matches, and no other.
    var isIndexed: Bool {
        direction == nil && kind == nil && (text ?? "").isEmpty && (number == nil || agentID == nil)
    }
}

extension Conditions {
    /// The stretch of an index where a list goes on.
    fileprivate init(
        stretchOf workspace: WorkspaceKey, _ filter: MessageFilter, _ after: PagePosition?
    ) throws(DomainError) {
        self.init()
        if let number = filter.number {
            // The number's index; it is of the workspace, or it would not have been found.
            add("message.number_key = ?", .integer(number.rawValue))
        } else {
            add("message.workspace_key = ?", .integer(workspace.rawValue))
            if let agent = filter.agentID {
                add("message.agent_id = ?", .text(agent))
                add("message.agent_id <> ''")
            }
        }
        if let from = filter.from { add("message.at >= ?", .integer(from.microseconds)) }
        if let until = filter.until { add("message.at < ?", .integer(until.microseconds)) }
        if let after { try add(position: after, "<") }
    }

    fileprivate mutating func add(
        position: PagePosition, _ comparison: String
    ) throws(DomainError) {
        guard let moment = Int64(position.sortValue) else {
            throw DomainError(
                .invalidPageToken, "The page token is of another list.", field: "page.page_token")
        }
        add(
            "(message.at, message.message_key) \(comparison) (?", .integer(moment), ", ?)",
            .integer(position.rowKey))
    }

    fileprivate mutating func addRest(of filter: MessageFilter) {
        if filter.number != nil, let agent = filter.agentID {
            add("message.agent_id = ?", .text(agent))
        }
        if let direction = filter.direction {
            add("message.direction = ?", .integer(Int64(direction.rawValue)))
        }
        if let kind = filter.kind { add("message.kind = ?", .integer(Int64(kind.rawValue))) }
        if let text = filter.text, !text.isEmpty {
            add(
                "lower(message.body) LIKE ? ESCAPE '!'",
                .text(LikePattern.containing(text.asciiLowercased)))
        }
    }
}
