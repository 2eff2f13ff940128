/// What becomes of tasks. Each runs on the writer, and does nothing for a task that is gone: it was
/// replaced, or its connection was disconnected, and what it led to no longer counts.
public enum CarrierTaskChanges {
    /// Keeps the settings that pointing webhooks here is about to replace. What was kept at an earlier
    /// try stays: that is what was there before us.
    ///
    /// - Returns: whether the task is still to be done.
    public static func remember(
        _ number: CarrierNumber, for key: CarrierTaskKey, in writer: any StoreWriter
    ) throws(DomainError) -> Bool {
        guard let task = try writer.carrierTask(key) else { return false }
        var side = try writer.carrierSide(of: task.number)
        let before = side
        side.carrierNumberID = number.carrierID
        if side.replacedSettings == nil { side.replacedSettings = number.settings }
        if side != before { try writer.updateCarrierSide(side, of: task.number) }
        return true
    }

    /// Writes down that the carrier has done what a task says.
    ///
    /// - Parameter remark: What is otherwise than whoever asked for it will think, for the audit log.
    public static func finish(
        _ key: CarrierTaskKey, remark: String? = nil, in writer: any StoreWriter
    ) throws(DomainError) {
        guard let task = try writer.carrierTask(key) else { return }
        try writer.deleteCarrierTask(key)
        guard let (record, facts) = try number(of: task, in: writer) else { return }
        var after = record
        switch task.kind {
        case .manageWebhooks: after.webhookMode = .managed
        case .restoreWebhooks:
            after.webhookMode = .outboundOnly
            var side = try writer.carrierSide(of: task.number)
            side.replacedSettings = nil
            try writer.updateCarrierSide(side, of: task.number)
        case .setRegion: after.region = task.region
        case .release:
            if record.status == .releasing {
                try NumberRelease.end(record, facts, through: writer)
            }
            return
        }
        try save(
            after, from: record, facts, action: action(of: task.kind),
            more: remark.map { [("remark", .string($0))] } ?? [], in: writer)
    }

    /// Writes down that a try has failed and when the next follows.
    ///
    /// - Parameter isRefusal: Whether the carrier has said no; told in the audit log the first time.
    public static func postpone(
        _ key: CarrierTaskKey, until moment: Timestamp, because error: DomainError,
        isRefusal: Bool, in writer: any StoreWriter
    ) throws(DomainError) {
        guard var task = try writer.carrierTask(key) else { return }
        if isRefusal, task.attempt == 0, let number = try writer.numberRecord(task.number) {
            try writer.append(
                NewEvent(
                    "number.carrier_change_refused", workspace: task.workspace,
                    number: number.id, e164: number.e164,
                    detailsJSON: JSON.object(failure(of: task, error)).text))
        }
        task.attempt = task.attempt &+ 1
        task.lastError = error.message
        task.dueAt = moment
        try writer.updateCarrierTask(task)
    }

    /// Gives a task up that the carrier has refused; the number shows what holds there.
    public static func drop(
        _ key: CarrierTaskKey, because error: DomainError, in writer: any StoreWriter
    ) throws(DomainError) {
        guard let task = try writer.carrierTask(key) else { return }
        try writer.deleteCarrierTask(key)
        guard let (record, facts) = try number(of: task, in: writer) else { return }
        var after = record
        if task.kind == .manageWebhooks { after.webhookMode = .outboundOnly }
        try save(
            after, from: record, facts, action: "number.carrier_change_failed",
            more: failure(of: task, error), in: writer)
    }

    private static func failure(of task: CarrierTask, _ error: DomainError) -> [(String, JSON)] {
        [
            ("change", .string(task.kind.word)), ("reason", .string(error.reason.rawValue)),
            ("message", .string(error.message)),
        ]
    }

    /// Takes over what the carrier now says of a number; it is right about that.
    ///
    /// - Returns: whether anything differed.
    public static func adopt(
        _ described: CarrierNumber, as id: NumberID, in workspace: WorkspaceKey,
        through writer: any StoreWriter
    ) throws(DomainError) -> Bool {
        guard let record = try writer.numberRecord(id, in: workspace),
            var facts = writer.routes.number(id, in: workspace)
        else { return false }
        var side = try writer.carrierSide(of: record.key)
        let isSameID = side.carrierNumberID == described.carrierID
        if !isSameID {
            side.carrierNumberID = described.carrierID
            try writer.updateCarrierSide(side, of: record.key)
        }
        var after = record
        after.type = described.type
        after.capabilities = described.capabilities
        if !described.regionLabel.isEmpty { after.regionLabel = described.regionLabel }
        guard after != record else { return !isSameID }
        facts.capabilities = after.capabilities
        try save(after, from: record, facts, action: "number.changed_at_carrier", in: writer)
        return true
    }

    // MARK: - Steps

    /// The number of a task as long as it is live.
    private static func number(
        of task: CarrierTask, in writer: any StoreWriter
    ) throws(DomainError) -> (NumberRecord, NumberFacts)? {
        guard let record = try writer.numberRecord(task.number),
            let facts = writer.routes.number(record.e164), facts.key == task.number
        else { return nil }
        return (record, facts)
    }

    private static func save(
        _ wanted: NumberRecord, from before: NumberRecord, _ facts: NumberFacts, action: String,
        more: [(String, JSON)] = [], in writer: any StoreWriter
    ) throws(DomainError) {
        var after = wanted
        if after != before {
            after.version = facts.version &+ 1
            after.updatedAt = writer.request.at
            try writer.updateCarrierSettings(after)
            var changed = facts
            changed.version = after.version
            changed.webhookMode = after.webhookMode
            changed.region = after.region
            writer.routes.put(changed)
        }
        try writer.append(
            NewEvent(
                action, workspace: facts.workspace, number: before.id, e164: before.e164,
                detailsJSON: NumberDifference.json(from: before, to: after, more: more),
                routeChange: after == before ? nil : .number))
    }

    private static func action(of kind: CarrierTaskKind) -> String {
        switch kind {
        case .manageWebhooks: "number.webhooks_managed"
        case .restoreWebhooks: "number.webhooks_restored"
        case .setRegion: "number.region_set"
        case .release: "number.released"
        }
    }
}

extension CarrierTaskKind {
    /// The word of the audit log.
    var word: String {
        switch self {
        case .manageWebhooks: "manage_webhooks"
        case .restoreWebhooks: "restore_webhooks"
        case .setRegion: "set_region"
        case .release: "release"
        }
    }
}
