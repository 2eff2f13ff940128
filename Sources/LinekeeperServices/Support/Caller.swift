package import LinekeeperCore
package import LinekeeperRPC

/// Who calls, as the rules see it.
package enum Caller {
    /// The workspace that a call is for.
    ///
    /// A token bound to a workspace decides it: the request may leave its field empty or repeat it,
    /// and anything else is a workspace that does not exist for this caller. A platform token names
    /// the workspace in the request.
    ///
    /// - Throws: `workspaceNotFound`; `invalidArgument` when a platform token names none.
    package static func workspace(
        named text: String, for identity: Identity, in routes: RouteTable
    ) throws(DomainError) -> WorkspaceKey {
        if let bound = boundWorkspace(of: identity) {
            guard let facts = routes.workspace(bound),
                text.isEmpty || facts.id.description == text
            else { throw WorkspaceChanges.notFound }
            return bound
        }
        guard !text.isEmpty else {
            throw DomainError(
                .invalidArgument,
                "workspace_id is needed: this token is for all workspaces. List them with "
                    + "AdminService/ListWorkspaces (linekeeper workspaces list).",
                field: "workspace_id")
        }
        guard let id = WorkspaceID(text), let facts = routes.workspace(id) else {
            throw WorkspaceChanges.notFound
        }
        return facts.key
    }

    /// The workspace that a token is bound to; `nil` for a platform token.
    package static func boundWorkspace(of identity: Identity) -> WorkspaceKey? {
        identity.scope == 0
            ? nil : WorkspaceKey(rawValue: Int64(bitPattern: identity.scope))
    }
}
