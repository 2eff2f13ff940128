import Crypto
import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension CarrierService {
    func registerDisconnect(in methods: inout MethodTable) {
        let context = context
        methods.query(Self.path + "PreviewDisconnect", role: .manager, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.PreviewDisconnectRequest, reader, workspace)
                throws(DomainError) -> Proto.PreviewDisconnectResponse in
            let connection = try reader.existingConnection(request.connectionID, in: workspace)
            let numbers = try reader.numbers(of: connection.key, in: workspace)
            let shown = try reader.shown(connection, at: context.clock.now)
            return .with { response in
                response.connection = shown
                response.numberCount = UInt64(numbers.count)
                response.lostProfiles = numbers.flatMap { number in
                    number.agents.sorted { $0.key.rawValue < $1.key.rawValue }.map { held in
                        .with {
                            $0.agentID = held.value.id
                            $0.agentName = held.value.name
                            $0.profile = Proto.Profile(held.key)
                            $0.e164 = number.e164.description
                        }
                    }
                }
                response.managedE164s = numbers.filter(\.canBeRestored).map(\.e164.description)
                response.confirmToken = confirmToken(connection, numbers)
            }
        }

        let service = self
        let path = Self.path + "DisconnectCarrier"
        methods.unary(path, access: .role(.manager)) {
            (call: CallContext, payload: [UInt8]) async throws(Status) -> [UInt8] in
            var resolved: WorkspaceKey?
            do throws(DomainError) {
                let request = try Proto.DisconnectCarrierRequest(checking: payload)
                let workspace = try Caller.workspace(
                    named: request.workspaceID, for: call.identity, in: context.store.routes)
                resolved = workspace
                let mutation = try call.mutationRequest(
                    path: path, payload: payload, workspace: workspace, rule: .optional,
                    at: context.clock.now)
                return try await service.disconnect(request, in: workspace, mutation)
            } catch { throw Status(error, of: resolved, in: context.store.routes) }
        }
    }

    private func disconnect(
        _ request: Proto.DisconnectCarrierRequest, in workspace: WorkspaceKey,
        _ mutation: MutationRequest
    ) async throws(DomainError) -> [UInt8] {
        guard let id = ConnectionID(request.connectionID) else {
            throw ConnectionChanges.notFound
        }
        guard request.restoreWebhooks else {
            return try await remove(id, request, in: workspace, mutation, restored: 0)
        }
        let found = try await context.store.read { reader throws(DomainError) in
            try reader.connectionRecord(id, in: workspace).map { connection throws(DomainError) in
                (connection, try reader.numbers(of: connection.key, in: workspace))
            }
        }
        // One that is gone may have been disconnected by this very request: the store knows.
        guard let (connection, numbers) = found else {
            return try await remove(id, request, in: workspace, mutation, restored: 0)
        }
        guard confirmToken(connection, numbers) == request.confirmToken else {
            throw ConnectionChanges.stateChanged
        }
        guard connection.carrier != .sip else {
            throw DomainError(
                .carrierNotSupported,
                "A SIP trunk has no webhook settings to restore: leave restore_webhooks out.",
                field: "restore_webhooks")
        }
        let opened = try await connections.open(id, in: workspace)
        let restore = WebhookRestore(
            tasks: tasks, opened: opened, numbers: numbers.filter(\.canBeRestored),
            request: mutation)
        return try await restore.run { restored throws(DomainError) in
            try await remove(id, request, in: workspace, mutation, restored: restored)
        }
    }

    private func remove(
        _ id: ConnectionID, _ request: Proto.DisconnectCarrierRequest,
        in workspace: WorkspaceKey, _ mutation: MutationRequest, restored: Int
    ) async throws(DomainError) -> [UInt8] {
        try await context.store.perform(mutation) { writer throws(DomainError) in
            let (numbers, profiles) = try ConnectionChanges.disconnect(
                id, workspace: workspace, in: writer
            ) { connection, numbers in
                confirmToken(connection, numbers) == request.confirmToken
            }
            try writer.forgetDiscovery(of: workspace)
            return Proto.DisconnectCarrierResponse.with {
                $0.numbersRemoved = UInt64(numbers)
                $0.profilesCleared = UInt64(profiles)
                $0.webhooksRestored = UInt64(restored)
            }.encoded()
        }
    }
}

extension ConnectedNumber {
    /// Whether its settings at the carrier were replaced, or are just being replaced.
    var canBeRestored: Bool { carrierSide.replacedSettings != nil }
}

/// Names exactly the state that a preview showed: the connection and every number of it, by
/// version. It is no secret; it keeps a person from confirming what they have not seen.
private func confirmToken(_ connection: ConnectionRecord, _ numbers: [ConnectedNumber]) -> String {
    var hash = SHA256()
    hash.update(data: Array("\(connection.id) \(connection.version)".utf8))
    for number in numbers { hash.update(data: Array(" \(number.id) \(number.version)".utf8)) }
    return Hex.text(Array(hash.finalize().prefix(16)))
}
