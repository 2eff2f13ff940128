package import LinekeeperCore

extension SQLiteWriter: EventWriter {
    package func append(_ event: NewEvent) throws(DomainError) {
        try connection.run(InsertEvent(event: event, request: request))
        lastEvent = connection.lastInsertRowID
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
