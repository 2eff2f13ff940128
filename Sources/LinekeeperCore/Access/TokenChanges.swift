/// What can be done to tokens. Each runs on the writer, decides, writes and tells.
public enum TokenChanges {
    /// Unicode scalars in a token's label.
    public static let labelLengthMax = 100

    /// Adds a token whose secret the caller made.
    ///
    /// - Throws: `workspaceNotFound`, or `invalidArgument` for a role that does not fit its scope.
    public static func issue(
        _ draft: TokenGrant, in writer: any StoreWriter
    ) throws(DomainError) -> TokenGrant {
        var grant = draft
        try PlainText.checked(grant.record.label, field: "label", length: 0...labelLengthMax)
        if let expiresAt = grant.record.expiresAt, expiresAt <= writer.request.at {
            throw DomainError(
                .invalidArgument, "expires_at must be in the future.", field: "expires_at")
        }
        switch (grant.record.role, grant.record.workspace) {
        case (.admin, .some):
            throw DomainError(
                .invalidArgument,
                "An admin token is for all workspaces: set all_workspaces, or choose the role "
                    + "manager for one workspace.",
                field: "role")
        case (.viewer, nil), (.manager, nil):
            throw DomainError(
                .invalidArgument,
                "A \(grant.record.role.word) token is for one workspace: set workspace_id.",
                field: "workspace_id")
        case (_, .some(let workspace)):
            grant.record.workspaceKey = try WorkspaceChanges.existing(workspace, in: writer).key
        case (.runtime, nil), (.admin, nil): break
        }
        try writer.insertToken(grant)
        try writer.append(
            NewEvent(
                "token.issued", workspace: grant.record.workspaceKey,
                detailsJSON: JSON.object([("after", description(of: grant.record))]).text))
        return grant
    }

    /// Ends a token for good. Revoking twice answers the first time's moment.
    ///
    /// - Throws: `tokenNotFound`; `lastAdminToken` when nobody could administer the server any more.
    public static func revoke(
        _ id: TokenID, in writer: any StoreWriter
    ) throws(DomainError) -> TokenRecord {
        guard var token = try writer.tokenRecord(id) else {
            throw DomainError(
                .tokenNotFound, "There is no such token: list the tokens.", field: "token_id")
        }
        guard token.revokedAt == nil else { return token }
        let now = writer.request.at
        if token.role == .admin, token.expiresAt.map({ $0 > now }) ?? true {
            guard try writer.liveAdminTokenCount(at: now) > 1 else {
                throw DomainError(
                    .lastAdminToken,
                    "This is the last admin token: issue another one before revoking it.")
            }
        }
        try writer.revokeToken(id, at: now)
        token.revokedAt = now
        try writer.append(
            NewEvent(
                "token.revoked", workspace: token.workspaceKey,
                detailsJSON: JSON.object([("before", description(of: token))]).text))
        return token
    }

    private static func description(of token: TokenRecord) -> JSON {
        .object([
            ("token_id", .string(token.id.description)), ("role", .string(token.role.word)),
            ("label", .string(token.label)),
        ])
    }
}
