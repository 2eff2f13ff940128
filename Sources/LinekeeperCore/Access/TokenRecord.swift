/// The SHA-256 of a token's secret: all that is ever stored of it.
public struct TokenHash: Hashable, Sendable {
    /// 32 bytes.
    public let bytes: [UInt8]

    /// Wraps a digest of 32 bytes; the store refuses any other length.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }
}

/// A token as it is listed: everything but the secret.
public struct TokenRecord: Hashable, Sendable {
    public var id: TokenID
    public var role: Role
    /// `nil`: every workspace.
    public var workspace: WorkspaceID?
    public var workspaceKey: WorkspaceKey?
    public var label: String
    /// The secret's last four characters.
    public var hint: String
    public var createdAt: Timestamp
    /// `nil`: never.
    public var expiresAt: Timestamp?
    public var revokedAt: Timestamp?

    /// A token's row.
    public init(
        id: TokenID, role: Role, workspace: WorkspaceID?, workspaceKey: WorkspaceKey?,
        label: String, hint: String, createdAt: Timestamp, expiresAt: Timestamp?,
        revokedAt: Timestamp?
    ) {
        self.id = id
        self.role = role
        self.workspace = workspace
        self.workspaceKey = workspaceKey
        self.label = label
        self.hint = hint
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }
}

/// A token that may be used: what the authenticator keeps in memory.
public struct TokenGrant: Hashable, Sendable {
    public var hash: TokenHash
    public var record: TokenRecord

    /// A token with the hash it is found by.
    public init(hash: TokenHash, record: TokenRecord) {
        self.hash = hash
        self.record = record
    }
}
