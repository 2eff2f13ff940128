package import LinekeeperCore
package import LinekeeperProto
package import LinekeeperRPC

extension MethodTable {
    /// Registers a change of one workspace that has effects elsewhere: `body` writes what is to be
    /// done, and when that is durable `follow` does it and answers.
    ///
    /// A repeated request whose outcome is stored is followed again: it answers what holds by then.
    package mutating func followedMutation<Request: ProtoMessage, Reply: ProtoMessage>(
        _ path: String, role: Role, context: ServiceContext, key rule: IdempotencyRule = .optional,
        workspace field: @escaping WorkspaceField<Request>,
        _ body:
            @escaping @Sendable (Request, any StoreWriter, WorkspaceKey) throws(DomainError) ->
            Reply,
        follow:
            @escaping @Sendable (Request, Reply, WorkspaceKey) async throws(DomainError) -> Reply
    ) {
        unary(path, access: .role(role)) {
            (call: CallContext, payload: [UInt8]) async throws(Status) -> [UInt8] in
            var resolved: WorkspaceKey?
            do throws(DomainError) {
                let request = try Request(checking: payload)
                let workspace = try Caller.workspace(
                    named: field(request), for: call.identity, in: context.store.routes)
                resolved = workspace
                let reply = try await context.store.perform(
                    try call.mutationRequest(
                        path: path, payload: payload, workspace: workspace, rule: rule,
                        at: context.clock.now)
                ) { writer throws(DomainError) in
                    try body(request, writer, workspace).encoded()
                }
                return try await follow(request, try Reply(checking: reply), workspace).encoded()
            } catch { throw Status(error, of: resolved, in: context.store.routes) }
        }
    }
}
