import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension CarrierService {
    /// Numbers that are looked at together.
    private static let syncWindow = 64

    func registerSync(in methods: inout MethodTable) {
        let service = self
        let routes = context.store.routes
        methods.stream(Self.path + "SyncConnection", access: .role(.manager)) {
            (call, payload, writer) async throws(Status) in
            var resolved: WorkspaceKey?
            let run: SyncRun
            do throws(DomainError) {
                let request = try Proto.SyncConnectionRequest(checking: payload)
                let workspace = try Caller.workspace(
                    named: request.workspaceID, for: call.identity, in: routes)
                resolved = workspace
                run = try await service.startSync(request, in: workspace, call)
            } catch { throw Status(error, of: resolved, in: routes) }
            var done = 0
            while done < run.pairs.count {
                let window = Array(run.pairs.dropFirst(done).prefix(Self.syncWindow))
                let results = await window.concurrently(max: AccountNumbers.concurrency) {
                    await service.compare($0, in: run)
                }
                for var result in results {
                    done += 1
                    guard result.finding != .unspecified else { continue }
                    result.done = UInt32(clamping: done)
                    result.total = UInt32(clamping: run.pairs.count)
                    do { try await writer.write(result.encoded()) } catch {
                        throw Status(.cancelled, "The comparison was cancelled.")
                    }
                }
            }
        }
    }

    /// A number as it is here and as it is there.
    private struct SyncPair: Sendable {
        let e164: E164
        let ours: ConnectedNumber?
        let theirs: CarrierNumber?
    }

    private struct SyncRun: Sendable {
        let pairs: [SyncPair]
        let opened: Connections.Opened
        let request: Proto.SyncConnectionRequest
        let mutation: MutationRequest
    }

    private func startSync(
        _ request: Proto.SyncConnectionRequest, in workspace: WorkspaceKey, _ call: CallContext
    ) async throws(DomainError) -> SyncRun {
        let opened = try await connections.open(request.connectionID, in: workspace)
        if request.repairWebhooks { _ = try tasks.webhookTargets() }
        let (numbers, unreadable) = try await connections.asking(opened) {
            account throws(DomainError) in
            try await AccountNumbers.all(of: account)
        }
        // Who cannot read every entry cannot tell what is gone.
        guard unreadable.isEmpty || !request.removeGone else {
            throw DomainError(
                .carrierAnswerUnreadable,
                "Not every number of the account can be read, so none is taken for gone: "
                    + (unreadable.first ?? ""))
        }
        let ours = try await context.store.read { reader throws(DomainError) in
            try reader.numbers(of: opened.record.key, in: workspace)
        }
        var theirs: [E164: CarrierNumber] = [:]
        for number in numbers { theirs[number.e164] = number }
        var pairs = ours.map { SyncPair(e164: $0.e164, ours: $0, theirs: theirs[$0.e164]) }
        for number in ours { theirs[number.e164] = nil }
        pairs += theirs.values.sorted { $0.e164.description < $1.e164.description }
            .map { SyncPair(e164: $0.e164, ours: nil, theirs: $0) }
        return SyncRun(
            pairs: pairs, opened: opened, request: request,
            mutation: MutationRequest(
                workspace: workspace, actor: call.identity.subject, requestID: call.requestID,
                at: context.clock.now))
    }

    // MARK: - One number

    private func compare(_ pair: SyncPair, in run: SyncRun) async -> Proto.SyncResult {
        var result = Proto.SyncResult()
        result.e164 = pair.e164.description
        do throws(DomainError) {
            switch (pair.ours, pair.theirs) {
            case (nil, let theirs?): try await tellImportable(theirs, in: run, &result)
            case (let ours?, nil): try await tellGone(ours, in: run, &result)
            case (let ours?, let theirs?): try await compare(ours, theirs, in: run, &result)
            case (nil, nil): break
            }
        } catch {
            result.message = error.message
        }
        return result
    }

    private func tellImportable(
        _ number: CarrierNumber, in run: SyncRun, _ result: inout Proto.SyncResult
    ) async throws(DomainError) {
        let obstacles = try await connections.obstacles(
            of: [number], for: run.opened.workspace)
        guard obstacles == [nil] else { return }
        result.finding = .importable
        result.message = "The account holds it and it is not imported."
    }

    private func tellGone(
        _ number: ConnectedNumber, in run: SyncRun, _ result: inout Proto.SyncResult
    ) async throws(DomainError) {
        result.numberID = number.id.description
        result.finding = .gone
        result.message = "The account no longer holds it."
        guard run.request.removeGone else { return }
        _ = try await context.store.perform(run.mutation) { writer throws(DomainError) in
            try NumberRelease.removeGone(number.id, in: run.opened.workspace, through: writer)
            return []
        }
        result.repaired = true
    }

    private func compare(
        _ ours: ConnectedNumber, _ theirs: CarrierNumber, in run: SyncRun,
        _ result: inout Proto.SyncResult
    ) async throws(DomainError) {
        result.numberID = ours.id.description
        result.finding = .unchanged
        let differences = differences(ours, theirs)
        if !differences.isEmpty {
            result.finding = .changed
            result.message = differences.joined(separator: "; ") + "."
            // What a number can do is what the carrier says, so there is nothing to be told to.
            _ = try await context.store.perform(run.mutation) { writer throws(DomainError) in
                _ = try CarrierTaskChanges.adopt(
                    theirs, as: ours.id, in: run.opened.workspace, through: writer)
                return []
            }
            result.repaired = true
        }
        guard try await hasDrifted(ours, theirs, in: run) else { return }
        result.finding = .webhooksDrifted
        result.repaired = false
        result.message = "Its webhooks point elsewhere."
        guard run.request.repairWebhooks else { return }
        try await repair(ours, in: run)
        result.repaired = true
    }

    private func differences(_ ours: ConnectedNumber, _ theirs: CarrierNumber) -> [String] {
        var differences: [String] = []
        if ours.capabilities != theirs.capabilities {
            differences.append(
                "capabilities are now \(theirs.capabilities.words.joined(separator: ", "))")
        }
        if ours.type != theirs.type { differences.append("the type is another") }
        if !theirs.regionLabel.isEmpty, ours.regionLabel != theirs.regionLabel {
            differences.append("the region is now \(theirs.regionLabel)")
        }
        if ours.carrierSide.carrierNumberID != theirs.carrierID {
            differences.append("the carrier has given it another id")
        }
        return differences
    }

    /// Whether a managed number points elsewhere. The account's list may not tell all settings, so what
    /// looks like it is asked about.
    private func hasDrifted(
        _ ours: ConnectedNumber, _ theirs: CarrierNumber, in run: SyncRun
    ) async throws(DomainError) -> Bool {
        guard ours.webhookMode == .managed, let targets = tasks.webhooks,
            !run.opened.account.isManaged(theirs, webhooks: targets)
        else { return false }
        let full = try await connections.asking(run.opened) { account throws(DomainError) in
            try await account.ownedNumber(ours.e164)
        }
        return full.map { !run.opened.account.isManaged($0, webhooks: targets) } ?? false
    }

    /// Points webhooks here again; what was there at the import stays what a restore writes back.
    private func repair(
        _ number: ConnectedNumber, in run: SyncRun
    ) async throws(DomainError) {
        let dueAt = context.clock.now.adding(seconds: 60)
        let workspace = run.opened.workspace
        _ = try await context.store.perform(run.mutation) { writer throws(DomainError) in
            try writer.insertCarrierTask(
                number: number.key, workspace: workspace, kind: .manageWebhooks,
                detailsJSON: "{}", dueAt: dueAt)
            return []
        }
        for outcome in try await tasks.runAll(of: number.key) {
            if let error = outcome.error { throw error }
        }
    }
}
