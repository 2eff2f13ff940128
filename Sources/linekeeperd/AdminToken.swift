import LinekeeperCore
import LinekeeperServices

/// The token that a fresh server starts with.
enum AdminToken {
    /// Issues an admin token and writes its secret to a file.
    ///
    /// The file is written first: a crash in between leaves a file whose token is not known, and the
    /// next start, which still finds no token, writes it anew.
    static func issue(
        in store: any Store, file: String, clock: any WallClock, label: String
    ) async throws(StartError) -> TokenGrant {
        let secret = TokenSecret.make()
        let now = clock.now
        let grant = TokenGrant(
            hash: TokenSecret.hash(secret),
            record: TokenRecord(
                id: RandomIdentifierSource().make(TokenKind.self, at: now), role: .admin,
                workspace: nil, workspaceKey: nil, label: label, hint: String(secret.suffix(4)),
                createdAt: now, expiresAt: nil, revokedAt: nil))
        try PrivateFile.write(secret, to: file)
        do throws(DomainError) {
            _ = try await store.perform(
                MutationRequest(
                    workspace: nil, actor: "linekeeperd", requestID: "admin-token", at: now)
            ) { writer throws(DomainError) in
                _ = try TokenChanges.issue(grant, in: writer)
                return []
            }
        } catch {
            throw .data("The admin token could not be stored: \(error.message)")
        }
        return grant
    }
}
