package import LinekeeperCore

extension SQLiteWriter: EventWriter {
    package func append(_ event: NewEvent) throws(DomainError) {
        // It grows by one from zero: it cannot overflow.
        try connection.run(InsertEvent(sequence: lastEvent + 1, event: event, request: request))
        lastEvent += 1
        guard let kind = event.routeChange else { return }
        routeChanges.append(
            EventRecord(
                sequence: lastEvent, at: request.at, actor: request.actor,
                requestID: request.requestID, action: event.action,
                workspace: event.workspace.flatMap { routes.workspace($0)?.id },
                workspaceKey: event.workspace, number: event.number, e164: event.e164,
                agentID: event.agent?.text ?? "", detailsJSON: event.detailsJSON,
                routeChange: kind))
    }
}
