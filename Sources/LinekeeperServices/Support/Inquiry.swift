package import LinekeeperCore
package import LinekeeperProto
package import LinekeeperRPC

extension MethodTable {
    /// Registers a question about one workspace that more than the store has to answer.
    package mutating func inquiry<Request: ProtoMessage, Reply: ProtoMessage>(
        _ path: String, role: Role, context: ServiceContext,
        workspace field: @escaping WorkspaceField<Request>,
        _ body:
            @escaping @Sendable (Request, WorkspaceKey) async throws(DomainError) -> Reply
    ) {
        unary(path, access: .role(role)) {
            (call: CallContext, payload: [UInt8]) async throws(Status) -> [UInt8] in
            var resolved: WorkspaceKey?
            do throws(DomainError) {
                let request = try Request(checking: payload)
                let workspace = try Caller.workspace(
                    named: field(request), for: call.identity, in: context.store.routes)
                resolved = workspace
                return try await body(request, workspace).encoded()
            } catch { throw Status(error, of: resolved, in: context.store.routes) }
        }
    }
}
