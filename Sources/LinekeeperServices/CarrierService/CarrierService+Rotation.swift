import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

/// Credentials that the carrier has accepted in place of those that a connection has.
private struct Replacement: Sendable {
    let accepted: AcceptedCredentials
    /// The version that the connection had when they were compared.
    let version: UInt64
    /// They are those that the connection has.
    let isSame: Bool
    /// What they replace can have signed a webhook.
    let keepsReplaced: Bool
}

extension CarrierService {
    func registerUpdate(in methods: inout MethodTable) {
        let context = context
        let service = self
        methods.preparedMutation(
            Self.path + "UpdateConnection", role: .manager, context: context
        ) {
            $0.workspaceID
        } prepare: {
            (request: Proto.UpdateConnectionRequest, workspace)
                async throws(DomainError) -> Replacement? in
            guard !request.credentials.isEmpty else { return nil }
            return try await service.replacement(
                request.credentials, for: request.connectionID, in: workspace)
        } _: {
            (request: Proto.UpdateConnectionRequest, replacement, call)
                throws(DomainError) -> Proto.UpdateConnectionResponse in
            guard let id = ConnectionID(request.connectionID) else {
                throw ConnectionChanges.notFound
            }
            let now = call.writer.request.at
            let before = try ConnectionChanges.existing(
                id, workspace: call.workspace, in: call.writer)
            let isCurrent = replacement?.version == before.version
            if let replacement {
                try service.checkAccount(replacement.accepted.settings, of: before)
            }
            let accepted = replacement.flatMap {
                isCurrent && $0.isSame ? nil : $0.accepted
            }
            let connection = try ConnectionChanges.update(
                id, workspace: call.workspace, expectedVersion: request.expectedVersion,
                sealedCredentials: accepted?.sealed,
                keepsReplaced: replacement.map { $0.keepsReplaced || !isCurrent } ?? false,
                retirePrevious: request.retirePrevious, in: call.writer
            ) { connection in
                if let name = request.name { connection.name = name }
                if let accepted {
                    connection.settings = accepted.settings
                    connection.credentialHint = accepted.hint
                }
                if accepted != nil || replacement != nil && connection.status != .connected {
                    connection.status = .connected
                    connection.validatedAt = now
                }
            }
            let previous = try call.writer.previousSecrets(of: connection.key, at: now)
            return .with { $0.connection = Proto.Connection(connection, previous: previous) }
        }
    }

    private func replacement(
        _ credentials: [String: String], for text: String, in workspace: WorkspaceKey
    ) async throws(DomainError) -> Replacement {
        let (connection, sealed) = try await context.store.read { reader throws(DomainError) in
            let connection = try reader.existingConnection(text, in: workspace)
            return (connection, try reader.sealedCredentials(of: connection.key))
        }
        let adapter = try connections.adapter(of: connection.carrier)
        let accepted = try await accept(
            credentials, by: adapter, id: connection.id, workspace: connection.workspace)
        let fresh = try adapter.profile.checked(credentials)
        try await checkNumbers(fresh, of: connection, in: workspace)
        let present = try sealed.flatMap { bytes throws(DomainError) in
            try openedIfReadable(bytes, of: connection)
        }
        let verifying = adapter.profile.fields.filter(\.verifiesWebhooks).map(\.name)
        return Replacement(
            accepted: accepted, version: connection.version, isSame: fresh == present,
            keepsReplaced: verifying.contains { name in
                present?[name].map { $0 != fresh[name] } ?? false
            })
    }

    /// What a connection has now; `nil` where it cannot be decrypted any more. Entering credentials
    /// again is what helps then, so it must not be refused for it, and nothing of it is kept.
    private func openedIfReadable(
        _ sealed: [UInt8], of connection: ConnectionRecord
    ) throws(DomainError) -> [String: String]? {
        do throws(DomainError) {
            return try connections.secrets.open(
                sealed, workspace: connection.workspace, connection: connection.id)
        } catch {
            guard error.reason == .corruptData else { throw error }
            return nil
        }
    }

    // MARK: - Whose account

    /// Refuses credentials that name another account than the one that a connection's numbers came
    /// from: at the carrier every one of them would be gone.
    private func checkAccount(
        _ settings: [String: String], of connection: ConnectionRecord
    ) throws(DomainError) {
        guard connection.numberCount > 0,
            case .name(let field) = try connections.adapter(of: connection.carrier).profile
                .accountMark,
            let account = connection.settings[field], settings[field] != account
        else { return }
        throw DomainError(
            .invalidArgument,
            "The connection's numbers are in the account \(account), and these credentials are of "
                + "another one: connect that as a connection of its own.",
            facts: ["number_count": "\(connection.numberCount)"], field: "credentials.\(field)")
    }

    /// Numbers that are looked for at most; one that is found proves the account.
    private static let numbersLookedForMax = 10

    /// Refuses credentials of another account where they do not name it: that account holds none of the
    /// connection's numbers.
    private func checkNumbers(
        _ credentials: [String: String], of connection: ConnectionRecord, in workspace: WorkspaceKey
    ) async throws(DomainError) {
        let adapter = try connections.adapter(of: connection.carrier)
        guard connection.numberCount > 0,
            case .possession(let field) = adapter.profile.accountMark,
            credentials[field] != connection.settings[field],
            let account = try adapter.account(credentials)
        else { return }
        let numbers = try await context.store.read { reader throws(DomainError) in
            try reader.numbers(of: connection.key, in: workspace).prefix(Self.numbersLookedForMax)
                .map(\.e164)
        }
        for number in numbers {
            if try await account.ownedNumber(number) != nil { return }
        }
        let some = numbers.prefix(3).map(\.description).joined(separator: ", ")
        throw DomainError(
            .invalidArgument,
            "The account that these credentials open holds none of the connection's numbers, like "
                + "\(some): connect it as a connection of its own.",
            facts: ["number_count": "\(connection.numberCount)"], field: "credentials")
    }
}
