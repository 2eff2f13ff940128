import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import Synchronization

extension AdminService {
    func registerTokens(in methods: inout MethodTable) {
        registerIssueToken(in: &methods)
        let context = context
        let service = self
        methods.platformMutation(Self.path + "RevokeToken", context: context) {
            (request: Proto.RevokeTokenRequest, writer, effects)
                throws(DomainError) -> Proto.RevokeTokenResponse in
            guard let id = TokenID(request.tokenID) else {
                throw DomainError(
                    .tokenNotFound, "There is no such token: list the tokens.", field: "token_id")
            }
            let token = try TokenChanges.revoke(id, in: writer)
            effects.add { service.forget(id) }
            return .with { $0.token = Proto.Token(token) }
        }

        methods.platformQuery(Self.path + "ListTokens", context: context) {
            (request: Proto.ListTokensRequest, reader)
                throws(DomainError) -> Proto.ListTokensResponse in
            var workspace: WorkspaceKey?
            if !request.workspaceID.isEmpty {
                guard
                    let record = try reader.workspaceRecord(try workspaceID(request.workspaceID))
                else { throw WorkspaceChanges.notFound }
                workspace = record.key
            }
            let page = try reader.tokens(
                of: workspace, includeRevoked: request.includeRevoked,
                page: try context.pageTokens.page(of: request, in: nil))
            return .with {
                $0.tokens = page.rows.map { Proto.Token($0) }
                $0.nextPageToken = context.pageTokens.token(
                    after: page.next, of: request, in: nil)
            }
        }
    }

    /// The secret goes to the caller and nowhere else: the stored outcome, which a repetition under
    /// the same idempotency key is answered with, is the token without it.
    private func registerIssueToken(in methods: inout MethodTable) {
        let context = context
        let tokens = tokens
        let path = Self.path + "IssueToken"
        methods.deferred(path, access: .role(.admin)) { call, payload, responder in
            do throws(DomainError) {
                let request = try Proto.IssueTokenRequest(checking: payload)
                let issued = IssuedToken()
                context.store.write(
                    Mutation(
                        request: try call.mutationRequest(
                            path: path, payload: payload, workspace: nil, rule: .optional,
                            at: context.clock.now),
                        body: { writer throws(DomainError) in
                            let secret = TokenSecret.make()
                            let grant = try TokenChanges.issue(
                                try draft(of: request, secret: secret, writer: writer), in: writer)
                            issued.value.withLock { $0 = (grant, secret) }
                            return reply(grant.record, secret: "")
                        },
                        completion: { result in
                            guard case .success = result, let new = issued.value.withLock({ $0 })
                            else {
                                responder.finish(result.mapError { Status($0) })
                                return
                            }
                            tokens.add(new.grant)
                            responder.finish(.success(reply(new.grant.record, secret: new.secret)))
                        }))
            } catch {
                responder.finish(.failure(Status(error)))
            }
        }

        @Sendable func reply(_ token: TokenRecord, secret: String) -> [UInt8] {
            Proto.IssueTokenResponse.with {
                $0.token = Proto.Token(token)
                $0.secret = secret
            }.encoded()
        }

        @Sendable func draft(
            of request: Proto.IssueTokenRequest, secret: String, writer: any StoreWriter
        ) throws(DomainError) -> TokenGrant {
            let now = writer.request.at
            var workspace: WorkspaceID?
            switch request.scope {
            case .workspaceID(let text): workspace = try workspaceID(text)
            case .allWorkspaces(true): workspace = nil
            case .allWorkspaces(false), nil:
                throw DomainError(
                    .invalidArgument, "Set workspace_id, or all_workspaces.", field: "scope")
            }
            guard let role = try FieldChecks.value(request.role, as: Role.self, field: "role")
            else {
                throw DomainError(
                    .invalidArgument, "role must be VIEWER, RUNTIME, MANAGER or ADMIN.",
                    field: "role")
            }
            return TokenGrant(
                hash: TokenSecret.hash(secret),
                record: TokenRecord(
                    id: context.identifiers.make(TokenKind.self, at: now), role: role,
                    workspace: workspace, workspaceKey: nil, label: request.label,
                    hint: String(secret.suffix(4)), createdAt: now,
                    expiresAt: try request.expiresAt.map { wire throws(DomainError) in
                        try Timestamp(wire, field: "expires_at")
                    },
                    revokedAt: nil))
        }
    }
}

/// Carries a new token from the writer to the answer; stays empty when a stored outcome answers.
private final class IssuedToken: Sendable {
    let value = Mutex<(grant: TokenGrant, secret: String)?>(nil)
}

extension Proto.Token {
    /// A token on the wire; never its secret.
    init(_ token: TokenRecord) {
        self.init()
        tokenID = token.id.description
        role = Proto.Role(token.role)
        workspaceID = token.workspace?.description ?? ""
        label = token.label
        hint = token.hint
        createdAt = Proto.Timestamp(token.createdAt)
        expiresAt = token.expiresAt.map { Proto.Timestamp($0) }
        revokedAt = token.revokedAt.map { Proto.Timestamp($0) }
    }
}
