import Crypto
public import LinekeeperCore
public import LinekeeperRPC
import Synchronization

/// Knows every usable token by its hash and answers who a caller is, without leaving the event loop.
///
/// A token is issued and revoked in the store first; ``add(_:)`` and ``revoke(_:)`` follow when the
/// change is durable and before it is acknowledged.
public final class TokenAuthenticator: Authenticator {
    private struct Entry {
        let identity: Identity
        let expiresAt: Timestamp?
    }

    private struct State {
        var byHash: [TokenHash: Entry] = [:]
        var hashByID: [TokenID: TokenHash] = [:]
    }

    private let state: Mutex<State>
    private let clock: any WallClock

    /// An authenticator that knows these tokens.
    public init(grants: [TokenGrant], clock: any WallClock) {
        state = Mutex(State())
        self.clock = clock
        for grant in grants { add(grant) }
    }

    public func authenticate(_ authorization: String) -> Result<Identity, Status> {
        let scheme = "bearer "
        guard authorization.utf8.count <= 512,
            authorization.prefix(scheme.count).lowercased() == scheme
        else { return .failure(.tokenUnknown) }
        let hash = TokenSecret.hash(String(authorization.dropFirst(scheme.count)))
        guard let entry = state.withLock({ $0.byHash[hash] }) else {
            return .failure(.tokenUnknown)
        }
        if let expiresAt = entry.expiresAt, expiresAt <= clock.now {
            entry.identity.revoke()
            return .failure(.tokenExpired)
        }
        return .success(entry.identity)
    }

    /// Makes a token usable.
    public func add(_ grant: TokenGrant) {
        let identity = Identity(
            subject: grant.record.id.description,
            scope: UInt64(bitPattern: grant.record.workspaceKey?.rawValue ?? 0),
            rights: grant.record.role.rights)
        state.withLock { state in
            state.byHash[grant.hash] = Entry(
                identity: identity, expiresAt: grant.record.expiresAt)
            state.hashByID[grant.record.id] = grant.hash
        }
    }

    /// Makes a token unusable at once; answers whose connections must be closed.
    public func revoke(_ id: TokenID) -> Identity? {
        let entry = state.withLock { state in
            state.hashByID.removeValue(forKey: id).flatMap { state.byHash.removeValue(forKey: $0) }
        }
        entry?.identity.revoke()
        return entry?.identity
    }

    /// Revokes the identities of tokens whose time has come: a connection that said Hello with one
    /// is not asked again.
    public func revokeExpired() -> [Identity] {
        let now = clock.now
        let expired = state.withLock { state in
            state.byHash.values.filter { $0.expiresAt.map { $0 <= now } ?? false }.map(\.identity)
        }
        let fresh = expired.filter { !$0.isRevoked }
        for identity in fresh { identity.revoke() }
        return fresh
    }
}

/// Makes and hashes the secrets of tokens.
public enum TokenSecret {
    /// A new secret: `lk_` and 256 random bits as 43 characters of URL-safe base64.
    public static func make() -> String {
        let alphabet = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var text = Array("lk_".utf8)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<43 {
            text.append(alphabet[Int(truncatingIfNeeded: generator.next() as UInt64) & 63])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// SHA-256 of a secret's bytes.
    public static func hash(_ secret: String) -> TokenHash {
        TokenHash(Array(SHA256.hash(data: Array(secret.utf8))))
    }
}

extension Status {
    fileprivate static var tokenUnknown: Status {
        Status(
            .unauthenticated,
            "The token is not known: check it, or ask an administrator to issue one "
                + "(linekeeper tokens issue).",
            reason: "TOKEN_UNKNOWN")
    }

    fileprivate static var tokenExpired: Status {
        Status(
            .unauthenticated,
            "The token has expired: ask an administrator to issue a new one.",
            reason: "TOKEN_EXPIRED")
    }
}
