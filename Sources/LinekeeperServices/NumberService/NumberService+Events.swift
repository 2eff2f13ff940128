import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension NumberService {
    func registerEvents(in methods: inout MethodTable) {
        let tokens = context.pageTokens
        methods.query(Self.path + "ListEvents", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.ListEventsRequest, reader, workspace)
                throws(DomainError) -> Proto.ListEventsResponse in
            let page = try tokens.page(of: request, in: workspace)
            let found = try reader.events(
                of: workspace, matching: try EventFilter(request.filter), page: page)
            return .with {
                $0.events = found.rows.map(Proto.Event.init)
                $0.nextPageToken = tokens.token(after: found.next, of: request, in: workspace)
            }
        }
    }
}

extension EventFilter {
    private static let wordLengthMax = 100

    /// Reads a filter. A number or agent that is gone still has its history.
    fileprivate init(_ wire: Proto.EventFilter?) throws(DomainError) {
        self.init()
        guard let wire else { return }
        if !wire.numberID.isEmpty {
            guard let id = NumberID(wire.numberID) else {
                throw DomainError(
                    .invalidArgument, "filter.number_id must be num_ and 32 digits.",
                    field: "filter.number_id")
            }
            number = id
        }
        if !wire.agentID.isEmpty {
            agentID = try FieldChecks.agentID(wire.agentID, field: "filter.agent_id").text
        }
        if !wire.action.isEmpty {
            let text = try PlainText.checked(
                wire.action, field: "filter.action", length: 1...EventFilter.wordLengthMax)
            actionIsPrefix = text.hasSuffix("*")
            action = actionIsPrefix ? String(text.dropLast()) : text
        }
        if !wire.actor.isEmpty {
            actor = try PlainText.checked(
                wire.actor, field: "filter.actor", length: 1...EventFilter.wordLengthMax)
        }
        let range = try ReadTimeRange(wire.range, field: "filter.range")
        from = range.from
        until = range.until
    }
}

extension Proto.Event {
    /// An entry of the audit log as it is shown.
    init(_ event: EventRecord) {
        self.init()
        eventID = "evt_\(event.sequence)"
        sequence = UInt64(clamping: event.sequence)
        at = Proto.Timestamp(event.at)
        actor = event.actor
        action = event.action
        workspaceID = event.workspace?.description ?? ""
        numberID = event.number?.description ?? ""
        e164 = event.e164?.description ?? ""
        agentID = event.agentID
        requestID = event.requestID
        detailsJson = event.detailsJSON
    }
}
