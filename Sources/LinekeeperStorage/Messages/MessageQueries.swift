import LinekeeperCore

struct MessageByCarrierID: Query {
    let carrierID: String
    let workspace: WorkspaceKey
    /// The last condition says which index: that of messages with a carrier's id.
    var sql: String {
        """
        SELECT message_id FROM message
        WHERE workspace_key = $1 AND carrier_message_id = $2 AND carrier_message_id <> ''
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        try binder.bind(carrierID)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> MessageID {
        guard let id = MessageID(try columns.string(0)) else { throw MessageRow.unreadable }
        return id
    }
}

struct InsertMessage: Query {
    let message: NewMessage
    let number: NumberKey
    let agentID: String
    let workspace: WorkspaceKey
    var sql: String {
        """
        INSERT INTO message (message_id, workspace_key, number_key, agent_id, at, direction, kind,
            sender, recipient, body, media, status, carrier_message_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(message.id.description)
        try binder.bind(workspace.rawValue)
        try binder.bind(number.rawValue)
        try binder.bind(agentID)
        try binder.bind(message.at.microseconds)
        try binder.bind(Int64(message.direction.rawValue))
        try binder.bind(Int64(message.kind.rawValue))
        try binder.bind(message.from.description)
        try binder.bind(message.to.description)
        try binder.bind(message.body)
        try binder.bind(StoredMedia.text(message.media))
        try binder.bind(message.status)
        try binder.bind(message.carrierMessageID)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

enum MessageRow {
    static let columns = """
        message.message_key, message.message_id, message.at, message.direction, message.kind,
        message.sender, message.recipient, message.body, message.media, number.number_id,
        message.agent_id, message.status, message.carrier_message_id
        """

    static var unreadable: DomainError {
        DomainError(.corruptData, "A message's row holds values that this version cannot read.")
    }

    static func record(_ columns: borrowing Columns) throws(DomainError) -> MessageRecord {
        guard let id = MessageID(try columns.string(1)),
            let direction = MessageDirection(rawValue: UInt8(clamping: try columns.int64(3))),
            let kind = MessageKind(rawValue: UInt8(clamping: try columns.int64(4))),
            let from = E164(try columns.string(5).utf8), let to = E164(try columns.string(6).utf8),
            let number = NumberID(try columns.string(9))
        else { throw unreadable }
        return MessageRecord(
            key: try columns.int64(0), id: id,
            at: Timestamp(microseconds: try columns.int64(2)), direction: direction, kind: kind,
            from: from, to: to, body: try columns.string(7),
            media: StoredMedia.read(try columns.string(8)), number: number,
            agentID: try columns.string(10), status: try columns.string(11),
            carrierMessageID: try columns.string(12))
    }
}

/// Media kept in one column: a line each, URL and content type with a tab between. Neither holds
/// control characters.
enum StoredMedia {
    static func text(_ media: [MessageMedia]) -> String {
        media.map { "\($0.url)\t\($0.contentType)" }.joined(separator: "\n")
    }

    static func read(_ text: String) -> [MessageMedia] {
        text.split(separator: "\n").map { line in
            let parts = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
            return MessageMedia(
                url: String(parts.first ?? ""), contentType: parts.count > 1 ? String(parts[1]) : ""
            )
        }
    }
}
