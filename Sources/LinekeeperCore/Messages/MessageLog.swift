/// Records messages, each once.
public enum MessageLog {
    /// Messages of one request.
    public static let messagesMax = 1_000
    /// Bytes of a body: a long SMS has some 1,600 characters, an MMS text 5,000.
    public static let bodyBytesMax = 16_384
    /// Pieces of media of one message, as the carriers allow.
    public static let mediaMax = 10
    /// How far ahead of our clock a message may be dated: a day, for clocks set wrongly.
    public static let clockSkewSeconds: Int64 = 86_400

    /// What became of a message.
    public struct Entry: Hashable, Sendable {
        public var id: MessageID
        /// Its carrier's id was here already; `id` is that message's.
        public var isDuplicate: Bool

        /// A message's outcome.
        public init(id: MessageID, isDuplicate: Bool) {
            self.id = id
            self.isDuplicate = isDuplicate
        }
    }

    /// Records messages of a workspace in their order, all or none.
    ///
    /// A carrier's id that a workspace has seen before, in this request too, adds nothing.
    ///
    /// - Throws: `invalidArgument` when a message lies in the future; `numberNotFound` when its
    ///   number is not held in the workspace. The field names the message.
    public static func record(
        _ messages: [NewMessage], in workspace: WorkspaceKey, through writer: any StoreWriter
    ) throws(DomainError) -> [Entry] {
        let latest = writer.request.at.adding(seconds: clockSkewSeconds)
        var entries: [Entry] = []
        for (index, message) in messages.enumerated() {
            guard message.at <= latest else {
                throw DomainError(
                    .invalidArgument, "The message lies more than a day in the future.",
                    field: "messages[\(index)].at")
            }
            entries.append(try record(message, at: index, in: workspace, writer))
        }
        let recorded = entries.count { !$0.isDuplicate }
        guard recorded > 0 else { return entries }
        try writer.append(
            NewEvent(
                "messages.recorded", workspace: workspace,
                detailsJSON: JSON.object([
                    ("recorded", .integer(Int64(recorded))),
                    ("duplicates", .integer(Int64(entries.count - recorded))),
                ]).text))
        return entries
    }

    private static func record(
        _ message: NewMessage, at index: Int, in workspace: WorkspaceKey, _ writer: any StoreWriter
    ) throws(DomainError) -> Entry {
        if !message.carrierMessageID.isEmpty,
            let known = try writer.message(carrierID: message.carrierMessageID, in: workspace)
        {
            return Entry(id: known, isDuplicate: true)
        }
        guard let number = writer.routes.number(message.ours), number.workspace == workspace else {
            let side = message.direction == .inbound ? "to" : "from"
            throw DomainError(
                .numberNotFound,
                "\(message.ours) is not held in this workspace: \(side) must be one of its numbers "
                    + "for this direction.",
                facts: ["number": message.ours.description],
                field: "messages[\(index)].\(side)")
        }
        let agent = message.agent?.text ?? number.sms?.idText ?? ""
        try writer.insertMessage(message, number: number.key, agentID: agent, in: workspace)
        return Entry(id: message.id, isDuplicate: false)
    }
}
