public import LinekeeperCore

/// Does what is to be done at carriers: asks, and writes the outcome down.
///
/// Whoever orders a change at a carrier inserts the task and runs it here at once; the
/// ``CarrierTaskRunner`` takes up what was left, by a crash or because the carrier could not be
/// reached.
public struct CarrierTasks: Sendable {
    let context: ServiceContext
    let connections: Connections
    /// Where carriers are to send webhooks; `nil`: not configured.
    let webhooks: WebhookTargets?
    /// The platform's own account that numbers of an origin are bought from.
    let platform: @Sendable (Origin) -> (any CarrierAccount)?
    let gate = NumberGate()

    /// What does tasks with the accounts of connections and of the platform.
    public init(
        context: ServiceContext, connections: Connections, webhooks: WebhookTargets?,
        platform: @escaping @Sendable (Origin) -> (any CarrierAccount)? = { _ in nil }
    ) {
        self.context = context
        self.connections = connections
        self.webhooks = webhooks
        self.platform = platform
    }

    /// What came of a task.
    enum Outcome: Sendable {
        /// It is done. The remark says what is otherwise than whoever asked for it will think.
        case done(remark: String?)
        /// It was replaced, or its connection was disconnected, meanwhile.
        case superseded
        /// It could not be done now and will be tried again.
        case postponed(DomainError)
        /// The carrier has said no; nothing more happens.
        case refused(DomainError)

        /// Why it was not done.
        var error: DomainError? {
            switch self {
            case .done, .superseded: nil
            case .postponed(let error), .refused(let error): error
            }
        }

        /// Why it was not done and what becomes of it, for whoever has asked for it.
        var told: DomainError? {
            guard case .postponed(var error) = self else { return error }
            error.message += " " + error.reason.outlook
            return error
        }
    }

    /// The targets of webhooks.
    ///
    /// - Throws: `webhooksNotConfigured`.
    func webhookTargets() throws(DomainError) -> WebhookTargets {
        guard let webhooks else {
            throw DomainError(
                .webhooksNotConfigured,
                "This server does not know the address under which carriers reach it: have it "
                    + "started with --webhook-base-url, like https://voice.example.com, or use "
                    + "OUTBOUND_ONLY.", field: "webhook_mode")
        }
        return webhooks
    }

    /// Runs what is to be done for a number, in the order in which it was asked for.
    func runAll(of number: NumberKey) async throws(DomainError) -> [Outcome] {
        let tasks = try await context.store.read { reader throws(DomainError) in
            try reader.carrierTasks(of: number)
        }
        var outcomes: [Outcome] = []
        for task in tasks { outcomes.append(await run(task)) }
        return outcomes
    }

    /// Runs a task.
    func run(_ task: CarrierTask) async -> Outcome {
        await gate.enter(task.number)
        defer { gate.leave(task.number) }
        do throws(DomainError) {
            guard let number = try await load(task) else { return .superseded }
            guard case .done(let remark) = try await ask(task, number) else { return .superseded }
            try await write(task) { writer throws(DomainError) in
                try CarrierTaskChanges.finish(task.key, remark: remark, in: writer)
            }
            return .done(remark: remark)
        } catch {
            return await settle(task, error)
        }
    }

    // MARK: - Steps

    /// A task's number as it is now.
    private struct Subject: Sendable {
        let record: NumberRecord
        let side: CarrierSide
    }

    /// The number of a task; `nil` when the task is gone.
    private func load(_ task: CarrierTask) async throws(DomainError) -> Subject? {
        try await context.store.read { reader throws(DomainError) in
            guard try reader.carrierTask(task.key) != nil,
                let record = try reader.numberRecord(task.number)
            else { return nil }
            return Subject(record: record, side: try reader.carrierSide(of: task.number))
        }
    }

    /// What asking the carrier has led to.
    private enum Answer: Sendable {
        case done(remark: String?)
        /// The task is gone meanwhile.
        case superseded
    }

    private func ask(_ task: CarrierTask, _ subject: Subject) async throws(DomainError) -> Answer {
        let record = subject.record
        guard record.origin == .imported else {
            guard let account = platform(record.origin) else {
                throw DomainError(
                    .carrierUnavailable,
                    "This server has no account at \(record.carrier.label) to manage bought "
                        + "numbers with: have it started with the platform's credentials.",
                    facts: ["number": record.e164.description])
            }
            return try await ask(task, subject, account)
        }
        guard let connection = record.connection else { throw ConnectionChanges.notFound }
        let opened = try await connections.open(connection, in: task.workspace)
        return try await connections.asking(opened) { account throws(DomainError) in
            try await ask(task, subject, account)
        }
    }

    private func ask(
        _ task: CarrierTask, _ subject: Subject, _ account: any CarrierAccount
    ) async throws(DomainError) -> Answer {
        let record = subject.record
        let found = try await account.ownedNumber(record.e164)
        switch task.kind {
        case .release:
            // Whoever bought it again meanwhile keeps it.
            let holder = context.store.routes.number(record.e164)
            guard let found, holder == nil || holder?.key == task.number,
                task.carrierNumberID.isEmpty || task.carrierNumberID == found.carrierID
            else { break }
            try await account.release(found)
        case .restoreWebhooks:
            guard let found else { break }
            let saved = subject.side.replacedSettings ?? [:]
            try await account.restore(saved, on: found)
            let pointsHere =
                webhooks.map { account.isManaged(found, webhooks: $0) }
                ?? (record.webhookMode == .managed)
            if saved.isEmpty, pointsHere {
                return .done(
                    remark: "\(record.carrier.label) still sends the calls and messages of "
                        + "\(record.e164) here: what was set there before is not known, so nothing "
                        + "was written back. Set it in \(record.carrier.label)'s console.")
            }
        case .manageWebhooks:
            let targets = try webhookTargets()
            let number = try existing(found, record)
            // What points here already is not what was there before us: nothing is to be restored.
            var before = number
            if account.isManaged(number, webhooks: targets) { before.settings = [:] }
            let isCurrent = try await remember(before, for: task)
            guard isCurrent else { return .superseded }
            _ = try await account.manage(number, webhooks: targets)
        case .setRegion:
            try await account.setRegion(
                task.region, on: try existing(found, record),
                webhooks: record.webhookMode == .managed ? webhooks : nil)
        }
        return .done(remark: nil)
    }

    private func existing(
        _ number: CarrierNumber?, _ record: NumberRecord
    ) throws(DomainError) -> CarrierNumber {
        guard let number else {
            throw DomainError(
                .carrierRefused,
                "The \(record.carrier.label) account no longer holds \(record.e164): sync the "
                    + "connection.", facts: ["number": record.e164.description])
        }
        return number
    }

    /// Keeps what is about to be replaced, before it is.
    private func remember(
        _ number: CarrierNumber, for task: CarrierTask
    ) async throws(DomainError) -> Bool {
        let answer = try await context.store.perform(request(task)) { writer throws(DomainError) in
            try CarrierTaskChanges.remember(number, for: task.key, in: writer) ? [1] : [0]
        }
        return answer == [1]
    }

    /// Writes down why a task was not done, and whether it will be tried again.
    private func settle(_ task: CarrierTask, _ error: DomainError) async -> Outcome {
        // A promise to give a number back is kept, however often the carrier says no.
        let isFinal = error.reason.isCarriersNo && task.kind != .release
        do throws(DomainError) {
            try await write(task) { writer throws(DomainError) in
                guard !isFinal else {
                    return try CarrierTaskChanges.drop(task.key, because: error, in: writer)
                }
                try CarrierTaskChanges.postpone(
                    task.key, until: writer.request.at.adding(seconds: delay(of: task, error)),
                    because: error, isRefusal: error.reason.isCarriersNo, in: writer)
            }
            return isFinal ? .refused(error) : .postponed(error)
        } catch let failure {
            // Not written down: the task is as it was, and is tried again when it is due.
            return .postponed(failure)
        }
    }

    /// Seconds until the next try: 2, 4, 8 … up to five minutes, an hour after a no.
    private func delay(of task: CarrierTask, _ error: DomainError) -> Int64 {
        if error.reason.isCarriersNo { return 3_600 }
        let exponential = Int64(2) << Int64(min(task.attempt, 8))
        let asked = Int64(error.retryAfterMilliseconds ?? 0) / 1_000
        return max(asked, min(exponential, 300) + Int64.random(in: 0...1))
    }

    private func write(
        _ task: CarrierTask,
        _ body: @escaping @Sendable (any StoreWriter) throws(DomainError) -> Void
    ) async throws(DomainError) {
        _ = try await context.store.perform(request(task)) { writer throws(DomainError) in
            try body(writer)
            return []
        }
    }

    private func request(_ task: CarrierTask) -> MutationRequest {
        MutationRequest(
            workspace: task.workspace, actor: "linekeeperd",
            requestID: "carrier_task_\(task.key.rawValue)", at: context.clock.now)
    }
}

extension DomainError.Reason {
    /// Whether asking the carrier again would be answered the same way.
    fileprivate var isCarriersNo: Bool {
        switch self {
        case .carrierRefused, .credentialsRejected, .connectionIDInvalid, .regionNotSupported,
            .invalidArgument, .carrierNotSupported, .connectionNotFound, .requirementsMissing:
            true
        default: false
        }
    }

    /// What becomes of a task that has failed for this reason and is tried again.
    fileprivate var outlook: String {
        switch self {
        case _ where isCarriersNo: "The carrier is asked again every hour."
        case .corruptData, .webhooksNotConfigured:
            "It is tried again every few minutes, and cannot succeed before that is put right."
        default: "It is tried again until it succeeds."
        }
    }
}
