public import LinekeeperCore

/// Opens the accounts of connections: the one place where carrier credentials are decrypted, just
/// before they are used.
public struct Connections: Sendable {
    let context: ServiceContext
    let adapters: [any CarrierAdapter]
    let secrets: SecretBox

    /// What opens connections to the carriers that these adapters speak to.
    public init(context: ServiceContext, adapters: [any CarrierAdapter], secrets: SecretBox) {
        self.context = context
        self.adapters = adapters
        self.secrets = secrets
    }

    /// A connection with the carrier account behind it.
    struct Opened: Sendable {
        let record: ConnectionRecord
        let workspace: WorkspaceKey
        let account: any CarrierAccount
    }

    /// The adapter of a carrier.
    ///
    /// - Throws: `carrierNotSupported` for one that this server does not speak to.
    func adapter(of carrier: Carrier) throws(DomainError) -> any CarrierAdapter {
        guard let adapter = adapters.first(where: { $0.profile.carrier == carrier }) else {
            throw DomainError(
                .carrierNotSupported,
                "This server cannot connect \(carrier.label); it connects "
                    + adapters.map(\.profile.carrier.label).joined(separator: ", ") + ".",
                facts: ["carrier": carrier.label], field: "carrier")
        }
        return adapter
    }

    /// Opens the account of a connection named on the wire. Nobody is asked yet.
    ///
    /// - Throws: `connectionNotFound`; `carrierNotSupported` for a carrier without an API;
    ///   `corruptData` when the credentials cannot be decrypted.
    func open(_ text: String, in workspace: WorkspaceKey) async throws(DomainError) -> Opened {
        guard let id = ConnectionID(text) else { throw ConnectionChanges.notFound }
        return try await open(id, in: workspace)
    }

    /// Opens the account of a connection.
    func open(_ id: ConnectionID, in workspace: WorkspaceKey) async throws(DomainError) -> Opened {
        let (record, sealed) = try await context.store.read { reader throws(DomainError) in
            guard let record = try reader.connectionRecord(id, in: workspace) else {
                throw ConnectionChanges.notFound
            }
            return (record, try reader.sealedCredentials(of: record.key) ?? [])
        }
        let adapter = try adapter(of: record.carrier)
        // A trunk without an API has nothing to be opened for.
        guard adapter.profile.supportsListing,
            let account = try adapter.account(
                try secrets.open(sealed, workspace: record.workspace, connection: record.id))
        else {
            throw DomainError(
                .carrierNotSupported,
                "\(record.carrier.label) cannot be asked for its numbers: name them in an import.",
                facts: ["carrier": record.carrier.label], field: "connection_id")
        }
        return Opened(record: record, workspace: workspace, account: account)
    }

    /// Asks an account, and notes at its connection whether the credentials are still taken.
    func asking<Answer: Sendable>(
        _ opened: Opened,
        _ body: (any CarrierAccount) async throws(DomainError) -> Answer
    ) async throws(DomainError) -> Answer {
        do throws(DomainError) {
            let answer = try await body(opened.account)
            if opened.record.status != .connected { try await note(.connected, of: opened) }
            return answer
        } catch {
            if error.reason == .credentialsRejected {
                try await note(.credentialsRejected, of: opened)
            }
            throw error
        }
    }

    private func note(
        _ status: ConnectionRecord.Status, of opened: Opened
    ) async throws(DomainError) {
        let request = MutationRequest(
            workspace: opened.workspace, actor: "linekeeperd", requestID: "connection_status",
            at: context.clock.now)
        _ = try await context.store.perform(request) { writer throws(DomainError) in
            try ConnectionChanges.note(
                status, of: opened.record, workspace: opened.workspace, in: writer)
            return []
        }
    }

    /// The credentials whose signatures on webhooks are good: the present ones, then those that were
    /// replaced and have not expired or been retired.
    ///
    /// - Throws: `connectionNotFound`; `corruptData` when credentials cannot be decrypted.
    package func verifyingCredentials(
        of id: ConnectionID, in workspace: WorkspaceKey
    ) async throws(DomainError) -> [[String: String]] {
        let now = context.clock.now
        let (record, sealed) = try await context.store.read { reader throws(DomainError) in
            guard let record = try reader.connectionRecord(id, in: workspace) else {
                throw ConnectionChanges.notFound
            }
            let present = try reader.sealedCredentials(of: record.key).map { [$0] } ?? []
            return (
                record, present + (try reader.sealedPreviousCredentials(of: record.key, at: now))
            )
        }
        var credentials: [[String: String]] = []
        for bytes in sealed {
            credentials.append(
                try secrets.open(bytes, workspace: record.workspace, connection: record.id))
        }
        return credentials
    }

    /// Forgets replaced secrets that have expired, for the server's housekeeping.
    ///
    /// - Throws: what the store throws.
    public func forgetExpiredSecrets() async throws(DomainError) {
        let now = context.clock.now
        let request = MutationRequest(
            workspace: nil, actor: "linekeeperd", requestID: "expired_secrets", at: now)
        _ = try await context.store.perform(request) { writer throws(DomainError) in
            try writer.deletePreviousSecrets(expiredBy: now)
            return []
        }
    }
}
