import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension NumberService {
    func registerMessages(in methods: inout MethodTable) {
        let identifiers = context.identifiers
        methods.mutation(Self.path + "RecordMessages", role: .runtime, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.RecordMessagesRequest, call)
                throws(DomainError) -> Proto.RecordMessagesResponse in
            try FieldChecks.count(
                request.messages.count, field: "messages", max: MessageLog.messagesMax)
            let now = call.writer.request.at
            var messages: [NewMessage] = []
            for (index, wire) in request.messages.enumerated() {
                messages.append(
                    try NewMessage(
                        wire, id: identifiers.make(MessageIDKind.self, at: now), now: now,
                        field: "messages[\(index)]"))
            }
            let entries = try MessageLog.record(
                messages, in: call.workspace, through: call.writer)
            return .with { response in
                response.messages = entries.map { entry in
                    .with {
                        $0.messageID = entry.id.description
                        $0.duplicate = entry.isDuplicate
                    }
                }
            }
        }

        let tokens = context.pageTokens
        methods.query(Self.path + "ListMessages", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.ListMessagesRequest, reader, workspace)
                throws(DomainError) -> Proto.ListMessagesResponse in
            let page = try tokens.page(of: request, in: workspace)
            var filter = try MessageFilter(request.filter)
            if let text = request.filter?.numberID, !text.isEmpty {
                let id = try FieldChecks.numberID(text)
                guard let number = try reader.numberRecord(id, in: workspace) else {
                    throw NumberRules.notFound
                }
                filter.number = number.key
            }
            let found = try reader.messages(of: workspace, matching: filter, page: page)
            return .with {
                $0.messages = found.rows.map(Proto.MessageRecord.init)
                $0.nextPageToken = tokens.token(after: found.next, of: request, in: workspace)
            }
        }
    }
}

extension MessageFilter {
    private static let textLengthMax = 100

    /// Reads a filter, except for the number, which the store must find.
    fileprivate init(_ wire: Proto.MessageFilter?) throws(DomainError) {
        self.init()
        guard let wire else { return }
        if !wire.agentID.isEmpty {
            agentID = try FieldChecks.agentID(wire.agentID, field: "filter.agent_id").text
        }
        direction = try FieldChecks.value(wire.direction, field: "filter.direction")
        kind = try FieldChecks.value(wire.kind, field: "filter.kind")
        let range = try ReadTimeRange(wire.range, field: "filter.range")
        from = range.from
        until = range.until
        if !wire.text.isEmpty {
            text = try PlainText.checked(
                wire.text, field: "filter.text", length: 1...MessageFilter.textLengthMax)
        }
    }
}

extension NewMessage {
    private static let statusLengthMax = 32
    private static let carrierIDLengthMax = 128

    /// Reads a message to be recorded. Numbers may lack the plus sign, as one carrier sends them.
    fileprivate init(
        _ wire: Proto.MessageRecord, id: MessageID, now: Timestamp, field: String
    ) throws(DomainError) {
        guard
            let direction = try FieldChecks.value(
                wire.direction, as: MessageDirection.self, field: "\(field).direction")
        else {
            throw DomainError(
                .invalidArgument, "\(field).direction must be INBOUND or OUTBOUND.",
                field: "\(field).direction")
        }
        guard wire.body.utf8.count <= MessageLog.bodyBytesMax else {
            throw DomainError(
                .invalidArgument,
                "\(field).body has \(wire.body.utf8.count) bytes; \(MessageLog.bodyBytesMax) at most.",
                facts: ["limit_bytes": "\(MessageLog.bodyBytesMax)"], field: "\(field).body")
        }
        let media = try MediaFields.read(wire.media, field: "\(field).media")
        var agent: AgentID?
        if !wire.agentID.isEmpty {
            agent = try FieldChecks.agentID(wire.agentID, field: "\(field).agent_id")
        }
        let kind: MessageKind? = try FieldChecks.value(wire.kind, field: "\(field).kind")
        let at = try wire.at.map { wire throws(DomainError) in
            try Timestamp(wire, field: "\(field).at")
        }
        self.init(
            id: id, at: at ?? now, direction: direction,
            kind: kind ?? (media.isEmpty ? .sms : .mms),
            from: try E164(wire.from, field: "\(field).from", form: .plusOptional),
            to: try E164(wire.to, field: "\(field).to", form: .plusOptional),
            body: wire.body, media: media, agent: agent,
            status: try PlainText.checked(
                wire.status, field: "\(field).status", length: 0...NewMessage.statusLengthMax),
            carrierMessageID: try PlainText.checked(
                wire.carrierMessageID, field: "\(field).carrier_message_id",
                length: 0...NewMessage.carrierIDLengthMax))
    }
}

/// Reads the media of a message.
private enum MediaFields {
    private static let urlLengthMax = 2_048
    private static let contentTypeLengthMax = 128

    static func read(_ wire: [Proto.Media], field: String) throws(DomainError) -> [MessageMedia] {
        try FieldChecks.count(wire.count, field: field, max: MessageLog.mediaMax)
        var media: [MessageMedia] = []
        for item in wire {
            let url = try PlainText.checked(
                item.url, field: "\(field).url", length: 1...urlLengthMax)
            guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
                throw DomainError(
                    .invalidArgument, "\(field).url must begin with https:// or http://.",
                    field: "\(field).url")
            }
            let type = try PlainText.checked(
                item.contentType, field: "\(field).content_type",
                length: 0...contentTypeLengthMax)
            media.append(MessageMedia(url: url, contentType: type))
        }
        return media
    }
}

extension Proto.MessageRecord {
    /// A message as it is shown.
    init(_ message: MessageRecord) {
        self.init()
        messageID = message.id.description
        at = Proto.Timestamp(message.at)
        direction = Proto.MessageDirection(message.direction)
        kind = Proto.MessageKind(message.kind)
        from = message.from.description
        to = message.to.description
        body = message.body
        media = message.media.map { item in
            .with {
                $0.url = item.url
                $0.contentType = item.contentType
            }
        }
        numberID = message.number.description
        agentID = message.agentID
        status = message.status
        carrierMessageID = message.carrierMessageID
    }
}
