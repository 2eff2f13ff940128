import ArgumentParser
import LinekeeperProto

struct Events: SessionCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read the audit log: who changed what, newest first.")

    @Option(help: ArgumentHelp("About this number; an id does too.", valueName: "number"))
    var number: String?
    @Option(
        help: ArgumentHelp("About this agent.", valueName: "id"), completion: Suggestions.agents)
    var agent: String?
    @Option(
        help: ArgumentHelp(
            "Of this kind: assignments.updated, or outbound.* for all that begin so.",
            valueName: "action"))
    var action: String?
    @Option(help: ArgumentHelp("Done with this token.", valueName: "token-id"))
    var actor: String?
    @OptionGroup var range: TimeRangeOptions
    @OptionGroup var list: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        var filter = Proto.EventFilter.with {
            $0.agentID = agent ?? ""
            $0.action = action ?? ""
            $0.actor = actor ?? ""
        }
        filter.range = try range.wire()
        if let number { filter.numberID = try await session.numberID(number, in: workspaceID) }
        let found = try await session.pages(list.countMax) { [filter] page throws(CLIError) in
            try await session.read(
                Proto.ListEventsRequest.with {
                    $0.workspaceID = workspaceID
                    $0.filter = filter
                    $0.page = page
                }, "/linekeeper.v1.NumberService/ListEvents", Proto.ListEventsResponse.self)
        } next: {
            $0.nextPageToken
        } merge: {
            $0.events += $1.events
            $0.nextPageToken = $1.nextPageToken
        }
        try session.show(found) { found in
            guard !found.events.isEmpty else {
                session.output.note(
                    filter == Proto.EventFilter()
                        ? "Nothing has happened yet." : "No event matches.")
                return
            }
            session.output.table(Self.table(found.events, session.output.times))
        }
        session.noteRest(found.nextPageToken)
    }

    static func table(_ events: [Proto.Event], _ times: TimeText) -> Table {
        var table = Table([
            .init("time", widthMin: 19), .init("action", widthMin: 12),
            .init("number", widthMin: 12), .init("agent"), .init("by"),
            .init("details", widthMin: 10),
        ])
        for event in events {
            table.add([
                .init(times.text(event.at), .faint), .init(event.action), .init(event.e164),
                .init(event.agentID), .init(event.actor, .faint), .init(event.detailsJson),
            ])
        }
        return table
    }
}
