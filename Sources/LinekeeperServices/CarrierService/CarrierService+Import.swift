import Crypto
import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension CarrierService {
    /// Numbers in one import; a client splits what is more.
    static let importMax = 10_000
    /// Numbers whose changes are queued together, so that they share commits.
    private static let importWindow = 128

    func registerImport(in methods: inout MethodTable) {
        registerListing(in: &methods)
        let service = self
        let path = Self.path + "ImportNumbers"
        methods.stream(path, access: .role(.manager)) {
            (call, payload, writer) async throws(Status) in
            let run: ImportRun
            do throws(DomainError) {
                run = try await service.startImport(call, path: path, payload: payload)
            } catch { throw Status(error) }
            var done = 0
            while done < run.items.count {
                let window = run.items.dropFirst(done).prefix(Self.importWindow)
                for var result in await service.results(of: Array(window), in: run) {
                    done += 1
                    result.done = UInt32(clamping: done)
                    result.total = UInt32(clamping: run.items.count)
                    do { try await writer.write(result.encoded()) } catch {
                        // The caller is gone: what was imported stays, the rest is not begun.
                        throw Status(.cancelled, "The import was cancelled.")
                    }
                }
            }
        }
    }

    /// An import that may begin: its form is right and its key is its own.
    private struct ImportRun: Sendable {
        let items: [Proto.ImportItem]
        let connection: ConnectionID
        let workspace: WorkspaceKey
        let webhookMode: WebhookMode
        let request: MutationRequest
        let key: IdempotencyKey
    }

    private func startImport(
        _ call: CallContext, path: String, payload: [UInt8]
    ) async throws(DomainError) -> ImportRun {
        // Ten thousand numbers are within a frame, but take more to decode than other requests.
        let request = try Proto.ImportNumbersRequest(checking: payload, budget: 32 << 20)
        let workspace = try Caller.workspace(
            named: request.workspaceID, for: call.identity, in: context.store.routes)
        let connection = try await context.store.read { reader throws(DomainError) in
            try reader.existingConnection(request.connectionID, in: workspace)
        }
        let profile = try adapter(of: connection.carrier).profile
        guard !request.all || profile.supportsListing else {
            throw DomainError(
                .carrierNotSupported,
                "\(connection.carrier.label) cannot be asked for its numbers: name the numbers to "
                    + "import.", field: "all")
        }
        guard (1...Self.importMax).contains(request.numbers.count) else {
            throw DomainError(
                .invalidArgument,
                "numbers takes 1 to \(Self.importMax) numbers; \(request.numbers.count) were sent.",
                facts: ["limit": "\(Self.importMax)"], field: "numbers")
        }
        guard request.webhookMode != .managed || profile.supportsWebhooks else {
            throw DomainError(
                .carrierNotSupported,
                "\(connection.carrier.label) has no webhook settings to manage: import with "
                    + "OUTBOUND_ONLY and point the trunk here by hand.", field: "webhook_mode")
        }
        var mutation = try call.mutationRequest(
            path: path, payload: payload, workspace: workspace, rule: .required,
            at: context.clock.now)
        guard let key = mutation.idempotency else {
            throw DomainError(.idempotencyKeyRequired, "This method needs an idempotency-key.")
        }
        // Claims the key for this payload: another payload under it is refused from here on.
        _ = try await context.store.perform(mutation) { _ in [] }
        mutation.idempotency = nil
        return ImportRun(
            items: request.numbers, connection: connection.id, workspace: workspace,
            webhookMode: request.webhookMode == .managed ? .managed : .outboundOnly,
            request: mutation, key: key)
    }

    /// Imports some numbers, each a change of its own, in the order given.
    private func results(
        of items: [Proto.ImportItem], in run: ImportRun
    ) async -> [Proto.ImportResult] {
        await withTaskGroup(of: (Int, Proto.ImportResult).self) { group in
            for (index, item) in items.enumerated() {
                group.addTask { (index, await self.result(of: item, in: run)) }
            }
            var results = [Proto.ImportResult](repeating: .init(), count: items.count)
            for await (index, result) in group { results[index] = result }
            return results
        }
    }

    private func result(of item: Proto.ImportItem, in run: ImportRun) async -> Proto.ImportResult {
        do throws(DomainError) {
            let number = try ImportRequest(item, webhookMode: run.webhookMode)
            var request = run.request
            request.idempotency = run.key.part(number.e164)
            let id = context.identifiers.make(NumberKind.self, at: request.at)
            let reply = try await context.store.perform(request) { writer throws(DomainError) in
                let outcome = try ImportChange.run(
                    number, connection: run.connection, workspace: run.workspace, newID: id,
                    in: writer)
                return Proto.ImportResult(number.e164, outcome).encoded()
            }
            return try Proto.ImportResult(checking: reply)
        } catch {
            return .with {
                $0.e164 = item.e164
                $0.outcome = .refused
                $0.reason = error.reason.rawValue
                $0.message = error.message
            }
        }
    }

    private func registerListing(in methods: inout MethodTable) {
        let service = self
        methods.query(Self.path + "ListImportableNumbers", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.ListImportableNumbersRequest, reader, workspace)
                throws(DomainError) -> Proto.ListImportableNumbersResponse in
            let connection = try reader.existingConnection(request.connectionID, in: workspace)
            throw service.cannotList(connection.carrier)
        }

        let context = context
        methods.stream(Self.path + "SyncConnection", access: .role(.manager)) {
            (call, payload, _) async throws(Status) in
            do throws(DomainError) {
                let request = try Proto.SyncConnectionRequest(checking: payload)
                let workspace = try Caller.workspace(
                    named: request.workspaceID, for: call.identity, in: context.store.routes)
                let connection = try await context.store.read { reader throws(DomainError) in
                    try reader.existingConnection(request.connectionID, in: workspace)
                }
                throw service.cannotList(connection.carrier)
            } catch { throw Status(error) }
        }
    }

    private func cannotList(_ carrier: Carrier) -> DomainError {
        DomainError(
            .carrierNotSupported,
            "\(carrier.label) cannot be asked for its numbers: name them in an import.",
            facts: ["carrier": carrier.label], field: "connection_id")
    }
}

extension IdempotencyKey {
    /// The key of one number of an import: repeating the import answers what it answered before.
    fileprivate func part(_ number: E164) -> IdempotencyKey {
        let name = Hex.text(Array(SHA256.hash(data: Array(key.utf8)).prefix(16)))
        return IdempotencyKey(
            key: "import:\(name):\(number)", method: method, payloadHash: payloadHash)
    }
}

extension ImportRequest {
    /// Reads one number of an import.
    init(_ item: Proto.ImportItem, webhookMode: WebhookMode) throws(DomainError) {
        let capabilities = try Proto.Capability.set(
            item.capabilities, field: "numbers.capabilities")
        let type: NumberType? = try FieldChecks.value(item.type, field: "numbers.type")
        var assignments = AssignmentChange()
        for (profile, text) in [
            (Profile.inbound, item.inboundAgentID), (.outbound, item.outboundAgentID),
            (.sms, item.smsAgentID),
        ] where !text.isEmpty {
            guard let agent = AgentID(text) else {
                throw DomainError(
                    .agentNotFound, "There is no such agent in this workspace: list the agents.",
                    field: "numbers.\(profile.word.lowercased())_agent_id")
            }
            assignments[profile] = .assign(agent)
        }
        self.init(
            e164: try E164(item.e164, field: "numbers.e164"), type: type ?? .local,
            capabilities: capabilities.isEmpty ? .voice : capabilities,
            label: try FieldChecks.text(item.label, field: "numbers.label", length: 0...100),
            regionLabel: try FieldChecks.text(
                item.regionLabel, field: "numbers.region_label", length: 0...100),
            webhookMode: webhookMode, assignments: assignments)
    }
}

extension Proto.ImportResult {
    init(_ number: E164, _ result: ImportOutcome) {
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
