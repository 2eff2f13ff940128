extension StoreWriter {
    /// Sets or lifts an incident lock.
    ///
    /// Setting one that stands, or lifting one that does not, changes nothing. Lifting the
    /// workspace's lock leaves those of single numbers.
    ///
    /// - Returns: the locks that stand now.
    /// - Throws: `workspaceNotFound`; `numberNotFound` for an id that the workspace does not hold;
    ///   `invalidArgument` when too many locks would stand; what the store throws. Then nothing is
    ///   locked or lifted.
    public func apply(
        _ change: OutboundLock, in workspace: WorkspaceKey
    ) throws(DomainError) -> OutboundLock.State {
        var facts = try workspaceFacts(workspace)
        switch change.scope {
        case .workspace:
            if facts.outboundLocked != change.isLocked {
                facts.outboundLocked = change.isLocked
                try save(change, of: nil, in: workspace)
            }
        case .numbers(let ids, let e164s):
            var targets = e164s
            for id in ids { targets.append(try liveNumber(id, in: workspace).e164) }
            for e164 in targets {
                let didChange =
                    change.isLocked
                    ? facts.lockedNumbers.insert(e164).inserted
                    : facts.lockedNumbers.remove(e164) != nil
                if didChange { try save(change, of: e164, in: workspace) }
            }
            guard facts.lockedNumbers.count <= OutboundLock.standingMax else {
                throw DomainError(
                    .invalidArgument,
                    "A workspace can have \(OutboundLock.standingMax) numbers locked one by one: "
                        + "lock the whole workspace instead.",
                    facts: ["limit": "\(OutboundLock.standingMax)"], field: "e164s")
            }
        }
        routes.put(facts)
        return OutboundLock.State(
            isWorkspaceLocked: facts.outboundLocked, numbers: facts.lockedNumbers.sorted())
    }

    private func save(
        _ change: OutboundLock, of e164: E164?, in workspace: WorkspaceKey
    ) throws(DomainError) {
        if change.isLocked {
            try lockOutbound(
                of: e164, in: workspace, reason: change.reason.text, at: request.at)
        } else {
            try unlockOutbound(of: e164, in: workspace)
        }
        let number = e164.flatMap { routes.number($0) }
        let isOurs = number?.workspace == workspace
        try append(
            NewEvent(
                change.isLocked ? "outbound.locked" : "outbound.unlocked", workspace: workspace,
                number: isOurs ? number?.id : nil, e164: e164,
                detailsJSON: JSON.object([
                    ("scope", .string(e164 == nil ? "workspace" : "number")),
                    ("before", .object([("locked", .bool(!change.isLocked))])),
                    ("after", .object([("locked", .bool(change.isLocked))])),
                    ("reason", .string(change.reason.text)),
                ]).text,
                routeChange: .lock))
    }
}
