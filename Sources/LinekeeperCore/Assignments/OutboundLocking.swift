extension OutboundLock {
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
        in workspace: WorkspaceKey, through writer: any StoreWriter
    ) throws(DomainError) -> State {
        var facts = try AssignmentEdit.facts(of: workspace, through: writer)
        switch scope {
        case .workspace:
            if facts.outboundLocked != isLocked {
                facts.outboundLocked = isLocked
                try save(nil, in: workspace, through: writer)
            }
        case .numbers(let ids, let e164s):
            var targets = e164s
            for id in ids {
                let number = try AssignmentEdit.liveNumber(id, in: workspace, through: writer)
                targets.append(number.e164)
            }
            for e164 in targets {
                let didChange =
                    isLocked
                    ? facts.lockedNumbers.insert(e164).inserted
                    : facts.lockedNumbers.remove(e164) != nil
                if didChange { try save(e164, in: workspace, through: writer) }
            }
            guard facts.lockedNumbers.count <= Self.standingMax else {
                throw DomainError(
                    .invalidArgument,
                    "A workspace can have \(Self.standingMax) numbers locked one by one: "
                        + "lock the whole workspace instead.",
                    facts: ["limit": "\(Self.standingMax)"], field: "e164s")
            }
        }
        writer.routes.put(facts)
        return State(
            isWorkspaceLocked: facts.outboundLocked, numbers: facts.lockedNumbers.sorted())
    }

    /// Writes the change of one lock; `nil`: that of the whole workspace.
    private func save(
        _ e164: E164?, in workspace: WorkspaceKey, through writer: any StoreWriter
    ) throws(DomainError) {
        if isLocked {
            try writer.lockOutbound(
                of: e164, in: workspace, reason: reason.text, at: writer.request.at)
        } else {
            try writer.unlockOutbound(of: e164, in: workspace)
        }
        let number = e164.flatMap { writer.routes.number($0) }
        let isOurs = number?.workspace == workspace
        try writer.append(
            NewEvent(
                isLocked ? "outbound.locked" : "outbound.unlocked", workspace: workspace,
                number: isOurs ? number?.id : nil, e164: e164,
                detailsJSON: JSON.object([
                    ("scope", .string(e164 == nil ? "workspace" : "number")),
                    ("before", .object([("locked", .bool(!isLocked))])),
                    ("after", .object([("locked", .bool(isLocked))])),
                    ("reason", .string(reason.text)),
                ]).text,
                routeChange: .lock))
    }
}
