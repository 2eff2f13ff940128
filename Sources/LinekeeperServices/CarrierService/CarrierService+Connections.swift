import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

/// Credentials that a carrier has accepted, split and sealed.
struct AcceptedCredentials: Sendable {
    let id: ConnectionID
    let settings: [String: String]
    let hint: String
    let sealed: [UInt8]
}

extension CarrierService {
    func registerConnections(in methods: inout MethodTable) {
        registerConnect(in: &methods)
        registerUpdate(in: &methods)
        let context = context

        methods.query(Self.path + "ListConnections", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.ListConnectionsRequest, reader, workspace)
                throws(DomainError) -> Proto.ListConnectionsResponse in
            let page = try reader.connections(
                of: workspace, page: try context.pageTokens.page(of: request, in: workspace))
            var shown: [Proto.Connection] = []
            for row in page.rows {
                shown.append(try reader.shown(row, at: context.clock.now))
            }
            return .with {
                $0.connections = shown
                $0.nextPageToken = context.pageTokens.token(
                    after: page.next, of: request, in: workspace)
            }
        }

        methods.query(Self.path + "GetConnection", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.GetConnectionRequest, reader, workspace)
                throws(DomainError) -> Proto.GetConnectionResponse in
            let connection = try reader.existingConnection(request.connectionID, in: workspace)
            let shown = try reader.shown(connection, at: context.clock.now)
            return .with { $0.connection = shown }
        }
    }

    private func registerConnect(in methods: inout MethodTable) {
        let context = context
        let service = self
        methods.preparedMutation(
            Self.path + "ConnectCarrier", role: .manager, context: context
        ) {
            $0.workspaceID
        } prepare: {
            (request: Proto.ConnectCarrierRequest, workspace)
                async throws(DomainError) -> AcceptedCredentials in
            guard let facts = context.store.routes.workspace(workspace) else {
                throw WorkspaceChanges.notFound
            }
            return try await service.accept(
                request.credentials, by: try service.adapter(of: request.carrier),
                id: context.identifiers.make(ConnectionKind.self, at: context.clock.now),
                workspace: facts.id)
        } _: {
            (request: Proto.ConnectCarrierRequest, accepted, call)
                throws(DomainError) -> Proto.ConnectCarrierResponse in
            guard let facts = call.writer.routes.workspace(call.workspace) else {
                throw WorkspaceChanges.notFound
            }
            let connection = try ConnectionChanges.add(
                ConnectionRecord(
                    key: ConnectionKey(rawValue: 0), id: accepted.id, workspace: facts.id,
                    carrier: try service.adapter(of: request.carrier).profile.carrier,
                    name: request.name, settings: accepted.settings,
                    credentialHint: accepted.hint, createdAt: call.writer.request.at),
                sealedCredentials: accepted.sealed, workspace: call.workspace, in: call.writer)
            try call.writer.forgetDiscovery(of: call.workspace)
            return .with { $0.connection = Proto.Connection(connection) }
        }
    }

    /// Has the carrier accept credentials, and seals them. Those that are no secret are sealed too, so
    /// that what is opened later is exactly what the carrier accepted.
    func accept(
        _ credentials: [String: String], by adapter: any CarrierAdapter, id: ConnectionID,
        workspace: WorkspaceID
    ) async throws(DomainError) -> AcceptedCredentials {
        let checked = try adapter.profile.checked(credentials)
        _ = try await adapter.validate(checked)
        let secretNames = Set(adapter.profile.fields.filter(\.isSecret).map(\.name))
        let secret = checked.filter { secretNames.contains($0.key) }
        // Four characters of a short secret would be half of it.
        let hint = secret.sorted { $0.key < $1.key }.map(\.value).first { $0.count >= 12 }
        return AcceptedCredentials(
            id: id, settings: checked.filter { !secretNames.contains($0.key) },
            hint: hint.map { String($0.suffix(4)) } ?? "",
            sealed: try connections.secrets.seal(
                checked, workspace: workspace, connection: id))
    }
}

extension StoreReader {
    /// A connection as it is shown, with the replaced secrets that still verify webhooks.
    func shown(
        _ connection: ConnectionRecord, at now: Timestamp
    ) throws(DomainError) -> Proto.Connection {
        Proto.Connection(
            connection, previous: try previousSecrets(of: connection.key, at: now))
    }

    /// A connection named on the wire that must be there.
    ///
    /// - Throws: `connectionNotFound`.
    func existingConnection(
        _ text: String, in workspace: WorkspaceKey
    ) throws(DomainError) -> ConnectionRecord {
        guard let id = ConnectionID(text), let record = try connectionRecord(id, in: workspace)
        else { throw ConnectionChanges.notFound }
        return record
    }
}

extension Proto.Connection {
    /// A connection on the wire; never a secret.
    init(_ connection: ConnectionRecord, previous: [PreviousSecret] = []) {
        self.init()
        connectionID = connection.id.description
        workspaceID = connection.workspace.description
        carrier = Proto.Carrier(connection.carrier)
        name = connection.name
        status = connection.status == .connected ? .connected : .credentialsRejected
        settings = connection.settings
        credentialHint = connection.credentialHint
        numberCount = UInt64(clamping: connection.numberCount)
        createdAt = Proto.Timestamp(connection.createdAt)
        updatedAt = Proto.Timestamp(connection.updatedAt)
        validatedAt = connection.validatedAt.map { Proto.Timestamp($0) }
        version = connection.version
        previousSecrets = previous.map { secret in
            .with {
                $0.hint = secret.hint
                $0.replacedAt = Proto.Timestamp(secret.replacedAt)
                $0.expiresAt = Proto.Timestamp(secret.expiresAt)
                $0.lastUsedAt = secret.lastUsedAt.map { Proto.Timestamp($0) }
            }
        }
    }
}
