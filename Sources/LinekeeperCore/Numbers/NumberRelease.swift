/// Gives numbers back: at once or at a set time, until which it can be taken back.
///
///     active, pastDue ──request──▶ released
///            ▲   └──request, later──▶ releasing ──its time comes──▶ released
///            └────────cancel─────────────┘
///
/// A bought number goes back to its carrier: at its time a task asks the carrier, until the carrier
/// has taken it back the number is releasing, and nothing can be taken back any more.
///
/// Routing stops with the request in either case, and the assignments are gone. A released E.164 is
/// kept apart for ``quarantineSeconds``, so that a late caller is not routed to a new owner.
public enum NumberRelease {
    /// How long a released E.164 is kept from other workspaces: a day.
    public static let quarantineSeconds: Int64 = 86_400
    /// How far ahead a release can be set: a year.
    public static let delayMaxSeconds: Int64 = 366 * 86_400
    /// Numbers that ``finishDue(through:)`` gives back in one commit.
    public static let dueMax = 200

    /// Releases a number now, or at `notBefore` if that lies ahead. Asking again for a number that
    /// is being released moves its time; for one that is released it changes nothing, so that whoever
    /// does not know whether the first request got through may repeat it.
    ///
    /// - Parameter confirmation: Must be the number itself.
    /// - Throws: `numberNotFound`; `numberNotActive` when it is not here yet or never came;
    ///   `confirmationMismatch`; `releaseProtected`; `invalidArgument` when the time is more than a
    ///   year ahead.
    public static func request(
        _ id: NumberID, in workspace: WorkspaceKey, confirmation: String, notBefore: Timestamp?,
        through writer: any StoreWriter
    ) throws(DomainError) -> NumberRecord {
        if let past = try writer.numberRecord(id, in: workspace), past.status == .released {
            try check(confirmation, of: past)
            return past
        }
        let (record, facts) = try load(id, in: workspace, writer)
        guard facts.status.isInService || facts.status == .releasing else {
            throw DomainError(
                .numberNotActive, "\(record.e164) has not arrived yet: it cannot be released.",
                facts: NumberRules.facts(record))
        }
        try check(confirmation, of: record)
        guard !record.releaseProtected else {
            throw DomainError(
                .releaseProtected,
                "\(record.e164) is protected: set release_protected to false first.",
                facts: NumberRules.facts(record))
        }
        if try writer.carrierTask(.release, of: record.key) != nil { return record }
        let now = writer.request.at
        guard let notBefore, notBefore > now else {
            guard record.origin == .imported else {
                return try giveBack(
                    record, facts, dueAt: now.adding(seconds: NumberEdit.carrierSeconds),
                    through: writer)
            }
            return try finish(record, facts, through: writer)
        }
        guard notBefore <= now.adding(seconds: delayMaxSeconds) else {
            throw DomainError(
                .invalidArgument, "not_before must lie within a year.", field: "not_before")
        }
        return try schedule(record, facts, at: notBefore, through: writer)
    }

    /// Takes a release back; the number is active again, with nobody assigned.
    ///
    /// - Throws: `numberNotFound`; `numberNotActive` when it is gone; `stateChanged` when it is not
    ///   being released.
    public static func cancel(
        _ id: NumberID, in workspace: WorkspaceKey, through writer: any StoreWriter
    ) throws(DomainError) -> NumberRecord {
        let (record, facts) = try load(id, in: workspace, writer)
        guard record.status == .releasing else {
            throw DomainError(
                .stateChanged,
                "\(record.e164) is not being released: there is nothing to take back.",
                facts: NumberRules.facts(record))
        }
        guard try writer.carrierTask(.release, of: record.key) == nil else {
            throw DomainError(
                .stateChanged,
                "\(record.e164) is on its way back to \(record.carrier.label): that cannot be "
                    + "taken back.",
                facts: NumberRules.facts(record))
        }
        var after = record
        after.status = .active
        after.releaseAt = nil
        return try save(
            after, from: record, facts, action: "number.release_cancelled", through: writer)
    }

    /// Finishes up to ``dueMax`` releases whose time has come and forgets quarantines that are over.
    ///
    /// - Returns: how many numbers were released; as many as ``dueMax`` means that more may be due.
    public static func finishDue(through writer: any StoreWriter) throws(DomainError) -> Int {
        let now = writer.request.at
        try writer.deleteQuarantines(endedBy: now)
        let due = try writer.numbersToRelease(by: now, limit: dueMax)
        for key in due {
            guard let record = try writer.numberRecord(key),
                let facts = writer.routes.number(record.e164), facts.key == key
            else {
                throw DomainError(.corruptData, "A number that is to be released is not known.")
            }
            if record.origin == .imported {
                _ = try finish(record, facts, through: writer)
            } else {
                _ = try giveBack(record, facts, dueAt: now, through: writer)
            }
        }
        return due.count
    }

    /// Ends a number that its carrier has taken back.
    static func end(
        _ record: NumberRecord, _ facts: NumberFacts, through writer: any StoreWriter
    ) throws(DomainError) {
        _ = try finish(record, facts, through: writer)
    }

    /// Has a bought number given back whose workspace is being deleted with it.
    static func giveBack(
        _ number: WorkspacePurchase, of workspace: WorkspaceKey, through writer: any StoreWriter
    ) throws(DomainError) {
        let side = try writer.carrierSide(of: number.key)
        try writer.insertCarrierTask(
            number: number.key, workspace: workspace, kind: .release,
            detailsJSON: JSON.object([("carrier_number_id", .string(side.carrierNumberID))]).text,
            dueAt: writer.request.at)
        try writer.quarantine(
            number.e164, releasedBy: workspace,
            until: writer.request.at.adding(seconds: quarantineSeconds))
    }

    /// Ends a number that the carrier's account no longer holds. It is not kept apart: whoever holds
    /// it now may bring it.
    ///
    /// - Throws: `numberNotFound`; `numberNotActive` when it is gone here too; `releaseProtected`.
    public static func removeGone(
        _ id: NumberID, in workspace: WorkspaceKey, through writer: any StoreWriter
    ) throws(DomainError) {
        let (record, facts) = try load(id, in: workspace, writer)
        guard !record.releaseProtected else {
            throw DomainError(
                .releaseProtected,
                "\(record.e164) is protected: set release_protected to false first.",
                facts: NumberRules.facts(record))
        }
        _ = try save(
            released(record), from: record, facts, action: "number.gone", through: writer)
    }

    // MARK: - Steps

    private static func load(
        _ id: NumberID, in workspace: WorkspaceKey, _ writer: any StoreWriter
    ) throws(DomainError) -> (NumberRecord, NumberFacts) {
        guard let record = try writer.numberRecord(id, in: workspace) else {
            throw NumberRules.notFound
        }
        guard let facts = writer.routes.number(id, in: workspace) else {
            throw NumberRules.gone(record)
        }
        return (record, facts)
    }

    private static func check(
        _ confirmation: String, of record: NumberRecord
    ) throws(DomainError) {
        guard confirmation == record.e164.description else {
            throw DomainError(
                .confirmationMismatch,
                "confirm_e164 is not this number: repeat \(record.e164) to release it.",
                facts: NumberRules.facts(record), field: "confirm_e164")
        }
    }

    private static func schedule(
        _ record: NumberRecord, _ facts: NumberFacts, at moment: Timestamp,
        through writer: any StoreWriter
    ) throws(DomainError) -> NumberRecord {
        var after = record
        after.status = .releasing
        after.releaseAt = moment
        return try save(
            after, from: record, facts, action: "number.release_scheduled", through: writer)
    }

    /// Has the carrier asked; from here on nothing is taken back.
    private static func giveBack(
        _ record: NumberRecord, _ facts: NumberFacts, dueAt: Timestamp,
        through writer: any StoreWriter
    ) throws(DomainError) -> NumberRecord {
        var after = record
        after.status = .releasing
        after.releaseAt = nil
        let saved = try save(
            after, from: record, facts, action: "number.release_started", through: writer)
        try writer.insertCarrierTask(
            number: record.key, workspace: facts.workspace, kind: .release, detailsJSON: "{}",
            dueAt: dueAt)
        return saved
    }

    private static func released(_ record: NumberRecord) -> NumberRecord {
        var after = record
        after.status = .released
        after.releaseAt = nil
        after.fallback = nil
        after.connection = nil
        return after
    }

    private static func finish(
        _ record: NumberRecord, _ facts: NumberFacts, through writer: any StoreWriter
    ) throws(DomainError) -> NumberRecord {
        let saved = try save(
            released(record), from: record, facts, action: "number.released", through: writer)
        try writer.quarantine(
            record.e164, releasedBy: facts.workspace,
            until: writer.request.at.adding(seconds: quarantineSeconds))
        return saved
    }

    /// Writes a new status; whatever it is, nobody is assigned afterwards, and nothing else is to be
    /// done at the carrier.
    private static func save(
        _ wanted: NumberRecord, from before: NumberRecord, _ facts: NumberFacts, action: String,
        through writer: any StoreWriter
    ) throws(DomainError) -> NumberRecord {
        var after = wanted
        after.inbound = nil
        after.outbound = nil
        after.sms = nil
        after.outboundEnabled = true
        after.version = facts.version &+ 1
        after.updatedAt = writer.request.at
        try writer.updateNumberStatus(after)
        for task in try writer.carrierTasks(of: before.key) {
            try writer.deleteCarrierTask(task.key)
        }
        route(after, facts, through: writer)
        try writer.append(
            NewEvent(
                action, workspace: facts.workspace, number: after.id, e164: after.e164,
                detailsJSON: NumberDifference.json(from: before, to: after),
                routeChange: .number))
        return after
    }

    /// Brings the route table in line: agents lose what they held, and a released number leaves.
    private static func route(
        _ after: NumberRecord, _ facts: NumberFacts, through writer: any StoreWriter
    ) {
        for profile in Profile.allCases {
            guard let holder = facts[profile], let id = AgentID(holder.idText),
                var agent = writer.routes.agent(id, in: facts.workspace)
            else { continue }
            agent[profile] = nil
            writer.routes.put(agent)
        }
        guard after.status.isLive else {
            let routes = writer.routes
            let agents = NumberRules.recounted(from: facts.extras?.fallback, to: nil) {
                routes.agent($0, in: facts.workspace)
            }
            for agent in agents { writer.routes.put(agent) }
            writer.routes.remove(number: facts.e164)
            return
        }
        var changed = facts
        changed.status = after.status
        changed.version = after.version
        for profile in Profile.allCases { changed[profile] = nil }
        changed.outboundEnabled = true
        writer.routes.put(changed)
    }
}
