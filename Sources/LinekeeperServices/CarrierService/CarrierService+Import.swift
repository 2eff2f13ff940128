import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension CarrierService {
    /// Numbers whose changes are queued together, so that they share commits.
    private static let importWindow = 256
    /// Fewer where the carrier is asked about each: progress is told a window at a time.
    private static let managedWindow = 32

    func registerImport(in methods: inout MethodTable) {
        let service = self
        let path = Self.path + "ImportNumbers"
        methods.stream(path, access: .role(.manager)) {
            (call, payload, writer) async throws(Status) in
            let run: ImportRun
            do throws(DomainError) {
                run = try await service.startImport(call, path: path, payload: payload)
            } catch { throw Status(error) }
            let size = run.webhookMode == .managed ? Self.managedWindow : Self.importWindow
            var done = 0
            while done < run.candidates.count {
                let window = Array(run.candidates.dropFirst(done).prefix(size))
                for var result in await service.results(of: window, in: run) {
                    done += 1
                    result.done = UInt32(clamping: done)
                    result.total = UInt32(clamping: run.candidates.count)
                    do { try await writer.write(result.encoded()) } catch {
                        // The caller is gone: what was imported stays, the rest is not begun.
                        throw Status(.cancelled, "The import was cancelled.")
                    }
                }
            }
        }
    }

    /// Imports some numbers, each a change of its own, in the order given.
    private func results(
        of candidates: [ImportCandidate], in run: ImportRun
    ) async -> [Proto.ImportResult] {
        var results = candidates.map { candidate -> Proto.ImportResult in
            switch candidate {
            case .refused(let e164, let error): Proto.ImportResult(refused: e164, error)
            case .number: .init()
            }
        }
        var changes: [(index: Int, number: ImportRequest)] = []
        for (index, candidate) in candidates.enumerated() {
            if case .number(let number) = candidate { changes.append((index, number)) }
        }
        let replies = await context.store.performAll(
            changes.map { change($0.number, in: run) })
        for (change, reply) in zip(changes, replies) {
            results[change.index] = Proto.ImportResult(change.number.e164, reply)
        }
        guard run.webhookMode == .managed else { return results }
        return await results.concurrently(max: AccountNumbers.concurrency) { result in
            await managing(result)
        }
    }

    private func change(_ number: ImportRequest, in run: ImportRun) -> PendingChange {
        var request = run.request
        request.idempotency = run.key.part(number.e164)
        let id = context.identifiers.make(NumberKind.self, at: request.at)
        return PendingChange(request: request) { writer throws(DomainError) in
            let outcome = try ImportChange.run(
                number, connection: run.connection, workspace: run.workspace, newID: id,
                in: writer)
            return Proto.ImportResult(number.e164, outcome).encoded()
        }
    }

    /// Points the webhooks of a number that was just imported here; what does not succeed is told
    /// beside the import, which stands. A number that was here before keeps its setting, and that is
    /// told as well.
    private func managing(_ result: Proto.ImportResult) async -> Proto.ImportResult {
        guard result.outcome != .refused, let e164 = E164(result.e164.utf8),
            let number = context.store.routes.number(e164)
        else { return result }
        var told = result
        do throws(DomainError) {
            let outcomes = try await tasks.runAll(of: number.key)
            if result.outcome == .alreadyImported, outcomes.isEmpty,
                number.webhookMode == .outboundOnly
            {
                told.warnings.append(
                    .webhooks(
                        "\(e164) was here already, and its webhooks stay as they are: set its "
                            + "webhook_mode to MANAGED (linekeeper webhooks set managed \(e164))."))
            }
            told.warnings += outcomes.compactMap { $0.told.map { .webhooks($0.message) } }
        } catch { told.warnings.append(.webhooks(error.message)) }
        return told
    }
}

/// A change that waits to be queued.
struct PendingChange: Sendable {
    let request: MutationRequest
    let body: @Sendable (any StoreWriter) throws(DomainError) -> [UInt8]
}

extension Store {
    /// Queues changes in their order, so that they share commits and are made in that order, and waits
    /// for all of them.
    func performAll(_ changes: [PendingChange]) async -> [Result<[UInt8], DomainError>] {
        guard !changes.isEmpty else { return [] }
        let results = Collected<Result<[UInt8], DomainError>>(count: changes.count)
        await withCheckedContinuation { continuation in
            for (index, change) in changes.enumerated() {
                write(
                    Mutation(request: change.request, body: change.body) { result in
                        if results.put(result, at: index) { continuation.resume() }
                    })
            }
        }
        return results.all
    }
}

extension Proto.Warning {
    fileprivate static func webhooks(_ message: String) -> Self {
        .with {
            $0.code = "WEBHOOKS_NOT_SET"
            $0.message = message
        }
    }
}

extension Proto.ImportResult {
    fileprivate init(refused number: String, _ error: DomainError) {
        self.init()
        e164 = number
        outcome = .refused
        reason = error.reason.rawValue
        message = error.message
    }

    fileprivate init(_ number: E164, _ reply: Result<[UInt8], DomainError>) {
        do throws(DomainError) {
            self = try Proto.ImportResult(checking: try reply.get())
        } catch {
            self.init(refused: number.description, error)
        }
    }

    fileprivate init(_ number: E164, _ result: ImportOutcome) {
        self.init()
        e164 = number.description
        switch result {
        case .imported(let id, let found):
            outcome = .imported
            numberID = id.description
            warnings = found.map { Proto.Warning($0) }
        case .alreadyImported(let id):
            outcome = .alreadyImported
            numberID = id.description
        }
    }
}
