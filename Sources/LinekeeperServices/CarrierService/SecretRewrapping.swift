public import LinekeeperCore

/// Wraps every data key in the store with the latest master key, some at a time.
///
/// It can stop anywhere and begin again: what is wrapped anew already is left, and as long as both
/// keys are at hand everything opens.
public struct SecretRewrapping: Sendable {
    /// Secrets in one transaction.
    package static let batchMax = 200

    private let store: any Store
    private let secrets: SecretBox
    private let clock: any WallClock

    /// Rewrapping for a store, with a box that has both keys.
    public init(store: any Store, secrets: SecretBox, clock: any WallClock) {
        self.store = store
        self.secrets = secrets
        self.clock = clock
    }

    /// Wraps everything.
    ///
    /// - Returns: how many secrets were wrapped anew.
    /// - Throws: `corruptData` when a secret does not open with any of the keys; what the store
    ///   throws.
    public func run() async throws(DomainError) -> Int {
        var count = 0
        var place: SealedSecret.Place?
        while let step = try await step(after: place) {
            count += step.count
            place = step.last
        }
        return count
    }

    /// Wraps one batch behind a place; `nil` when there is nothing behind it.
    package func step(
        after place: SealedSecret.Place?
    ) async throws(DomainError) -> (last: SealedSecret.Place, count: Int)? {
        let batch = try await store.read { reader throws(DomainError) in
            try reader.sealedSecrets(after: place, limit: Self.batchMax)
        }
        guard let last = batch.last else { return nil }
        var changes: [(SealedSecret, [UInt8])] = []
        for secret in batch {
            if let bytes = try rewrapped(secret) { changes.append((secret, bytes)) }
        }
        let made = changes
        let request = MutationRequest(
            workspace: nil, actor: "linekeeperd", requestID: "rotate_master_key", at: clock.now)
        _ = try await store.perform(request) { writer throws(DomainError) in
            for (secret, bytes) in made { try writer.replaceSealed(secret, with: bytes) }
            return []
        }
        return (last.place, made.count)
    }

    private func rewrapped(_ secret: SealedSecret) throws(DomainError) -> [UInt8]? {
        do throws(DomainError) {
            return try secrets.rewrapped(
                secret.sealed, workspace: secret.workspace, connection: secret.connection)
        } catch {
            let command = secret.place.isPrevious ? "retire" : "rotate"
            var told = error
            told.message +=
                (secret.place.isPrevious
                    ? " They were replaced already; to do without them," : " To enter them,")
                + " start the server, say 'linekeeper connections \(command) \(secret.connection) "
                + "--workspace \(secret.workspace)', and rotate the master key then."
            throw told
        }
    }
}
