import Synchronization

/// Who makes a call: what the authenticator found behind a token.
///
/// The RPC layer compares ``rights`` with what a method needs and otherwise only carries the
/// numbers. An authenticator hands out one object per token, so that ``revoke()`` reaches every
/// connection and call that uses it.
public final class Identity: Sendable {
    /// A name for logs and audit records; never the secret.
    public let subject: String
    /// What the identity may see, in the authenticator's numbering.
    public let scope: UInt64
    /// What the identity may do: one bit per right.
    public let rights: UInt64

    private let revoked = Atomic<Bool>(false)

    public init(subject: String, scope: UInt64, rights: UInt64) {
        self.subject = subject
        self.scope = scope
        self.rights = rights
    }

    /// Whoever calls a method that is open to everybody without naming himself; has no rights.
    public static let anonymous = Identity(subject: "", scope: 0, rights: 0)

    /// Whether every call with this identity is refused.
    public var isRevoked: Bool { revoked.load(ordering: .acquiring) }

    /// Refuses every later call with this identity, on every connection. Cannot be undone.
    ///
    /// Connections that said Hello with it are closed within a second;
    /// ``RPCServer/closeConnections(of:)`` closes them at once.
    public func revoke() { revoked.store(true, ordering: .releasing) }
}

/// Turns what a caller presents into an identity.
public protocol Authenticator: Sendable {
    /// Looks up the value of the `authorization` metadata: `Bearer lk_...`.
    ///
    /// Called on an event loop: it must neither block nor take long. A good answer is kept with
    /// the connection until another value comes, so a token that ends must revoke its identity. A
    /// refusal is `UNAUTHENTICATED` with a reason such as `TOKEN_UNKNOWN`, and reaches the caller.
    func authenticate(_ authorization: String) -> Result<Identity, Status>
}

/// Who may call a method.
public struct Access: Sendable {
    enum Kind: Sendable {
        case anyone
        case anyIdentity
        case right(UInt64, name: String)
    }

    let kind: Kind

    /// Open to everybody, with or without a token.
    public static let anyone = Access(kind: .anyone)

    /// Open to every valid token.
    public static let anyIdentity = Access(kind: .anyIdentity)

    /// Open to identities that have at least one bit of `mask` among their rights.
    ///
    /// - Parameter name: How the refusal names what is missing: `the role admin`.
    public static func right(_ mask: UInt64, named name: String) -> Access {
        Access(kind: .right(mask, name: name))
    }
}

extension Access {
    /// Compares what is needed with who calls; `nil` when the call may go on.
    ///
    /// - Parameter caller: Whom the token named, or why it was refused; `nil` without a token.
    func refusal(for caller: Result<Identity, Status>?, method: String) -> Status? {
        if case .anyone = kind { return nil }
        switch caller {
        case nil:
            return .tokenMissing(method: method)
        case .failure(let status):
            return status
        case .success(let identity):
            guard !identity.isRevoked else { return .tokenRevoked }
            guard case .right(let mask, let name) = kind, identity.rights & mask == 0 else {
                return nil
            }
            return .roleRequired(name, method: method)
        }
    }
}
