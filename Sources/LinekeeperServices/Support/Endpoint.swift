import Crypto
public import LinekeeperCore
package import LinekeeperProto
package import LinekeeperRPC
import Synchronization

/// What every service is made with.
public struct ServiceContext: Sendable {
    package let store: any Store
    package let clock: any WallClock
    package let identifiers: any IdentifierSource
    package let pageTokens: PageTokens
    fileprivate let replies = GroupedReplies()

    /// The parts that services share.
    public init(
        store: any Store, clock: any WallClock, identifiers: any IdentifierSource,
        pageTokens: PageTokens
    ) {
        self.store = store
        self.clock = clock
        self.identifiers = identifiers
        self.pageTokens = pageTokens
    }
}

/// Which workspace a request is for, as its field says.
package typealias WorkspaceField<Request> = @Sendable (Request) -> String

/// One change being made, on the writer's thread.
package struct MutationCall {
    package let writer: any StoreWriter
    /// The workspace that the token and the request agreed on.
    package let workspace: WorkspaceKey
    fileprivate let effects: Effects

    /// Has something done when the change is durable and before it is acknowledged; not done when a
    /// stored outcome is answered again.
    package func afterCommit(_ effect: @escaping @Sendable () -> Void) { effects.add(effect) }
}

/// What waits for a commit.
package final class Effects: Sendable {
    private let waiting = Mutex<[@Sendable () -> Void]>([])

    package func add(_ effect: @escaping @Sendable () -> Void) {
        waiting.withLock { $0.append(effect) }
    }

    /// Forgets what an earlier run of the change has added.
    func begin() { waiting.withLock { $0.removeAll() } }

    func run() {
        for effect in waiting.withLock({ $0 }) { effect() }
    }
}

/// Whether a change must bring an idempotency key.
package enum IdempotencyRule: Sendable {
    case optional, required
}

/// The answers of one commit, handed over together.
private final class GroupedReplies: CommitAudience {
    private let batch = Mutex(ResponseBatch())

    func add(_ responder: Responder, _ result: Result<[UInt8], Status>) {
        batch.withLock { $0.add(responder, result) }
    }

    func commitEnded() {
        var ended = batch.withLock { batch in
            defer { batch = ResponseBatch() }
            return batch
        }
        ended.submit()
    }
}

extension MethodTable {
    /// Registers a change of one workspace: the request is decoded on the event loop, `body` runs on
    /// the writer, and the reply leaves when its commit is durable.
    package mutating func mutation<Request: ProtoMessage, Reply: ProtoMessage>(
        _ path: String, role: Role, context: ServiceContext, key: IdempotencyRule = .optional,
        workspace field: @escaping WorkspaceField<Request>,
        _ body: @escaping @Sendable (Request, MutationCall) throws(DomainError) -> Reply
    ) {
        change(path, role: role, context: context, key: key) {
            (request: Request, call: CallContext) throws(DomainError) -> WorkspaceKey? in
            try Caller.workspace(
                named: field(request), for: call.identity, in: context.store.routes)
        } body: { request, writer, workspace, effects throws(DomainError) in
            guard let workspace else { throw WorkspaceChanges.notFound }
            return try body(
                request, MutationCall(writer: writer, workspace: workspace, effects: effects))
        }
    }

    /// Registers a change of one workspace that needs an answer from outside first: `prepare` asks,
    /// `body` writes.
    package mutating func preparedMutation<
        Request: ProtoMessage, Prepared: Sendable, Reply: ProtoMessage
    >(
        _ path: String, role: Role, context: ServiceContext, key rule: IdempotencyRule = .optional,
        workspace field: @escaping WorkspaceField<Request>,
        prepare: @escaping @Sendable (Request, WorkspaceKey) async throws(DomainError) -> Prepared,
        _ body: @escaping @Sendable (Request, Prepared, MutationCall) throws(DomainError) -> Reply
    ) {
        unary(path, access: .role(role)) {
            (call: CallContext, payload: [UInt8]) async throws(Status) -> [UInt8] in
            var resolved: WorkspaceKey?
            do throws(DomainError) {
                let request = try Request(checking: payload)
                let workspace = try Caller.workspace(
                    named: field(request), for: call.identity, in: context.store.routes)
                resolved = workspace
                let prepared = try await prepare(request, workspace)
                let effects = Effects()
                let reply = try await context.store.perform(
                    try call.mutationRequest(
                        path: path, payload: payload, workspace: workspace, rule: rule,
                        at: context.clock.now)
                ) { writer throws(DomainError) in
                    effects.begin()
                    return try body(
                        request, prepared,
                        MutationCall(writer: writer, workspace: workspace, effects: effects)
                    ).encoded()
                }
                effects.run()
                return reply
            } catch { throw Status(error, of: resolved, in: context.store.routes) }
        }
    }

    /// Registers a change that belongs to no workspace.
    package mutating func platformMutation<Request: ProtoMessage, Reply: ProtoMessage>(
        _ path: String, context: ServiceContext,
        _ body: @escaping @Sendable (Request, any StoreWriter, Effects) throws(DomainError) -> Reply
    ) {
        change(path, role: .admin, context: context, key: .optional) {
            (_: Request, _: CallContext) throws(DomainError) -> WorkspaceKey? in
            nil
        } body: { request, writer, _, effects throws(DomainError) in
            try body(request, writer, effects)
        }
    }

    /// Registers a question about one workspace, answered by a reader.
    package mutating func query<Request: ProtoMessage, Reply: ProtoMessage>(
        _ path: String, role: Role, context: ServiceContext,
        workspace field: @escaping WorkspaceField<Request>,
        _ body:
            @escaping @Sendable (Request, any StoreReader, WorkspaceKey) throws(DomainError) ->
            Reply
    ) {
        unary(path, access: .role(role)) {
            (call: CallContext, payload: [UInt8]) async throws(Status) -> [UInt8] in
            var resolved: WorkspaceKey?
            do throws(DomainError) {
                let request = try Request(checking: payload)
                let workspace = try Caller.workspace(
                    named: field(request), for: call.identity, in: context.store.routes)
                resolved = workspace
                return try await context.store.read { reader throws(DomainError) in
                    try body(request, reader, workspace).encoded()
                }
            } catch { throw Status(error, of: resolved, in: context.store.routes) }
        }
    }

    /// Registers a question that belongs to no workspace.
    package mutating func platformQuery<Request: ProtoMessage, Reply: ProtoMessage>(
        _ path: String, context: ServiceContext,
        _ body: @escaping @Sendable (Request, any StoreReader) throws(DomainError) -> Reply
    ) {
        unary(path, access: .role(.admin)) {
            (_: CallContext, payload: [UInt8]) async throws(Status) -> [UInt8] in
            do throws(DomainError) {
                let request = try Request(checking: payload)
                return try await context.store.read { reader throws(DomainError) in
                    try body(request, reader).encoded()
                }
            } catch { throw Status(error) }
        }
    }

    private mutating func change<Request: ProtoMessage, Reply: ProtoMessage>(
        _ path: String, role: Role, context: ServiceContext, key rule: IdempotencyRule,
        workspace: @escaping @Sendable (Request, CallContext) throws(DomainError) -> WorkspaceKey?,
        body:
            @escaping @Sendable (Request, any StoreWriter, WorkspaceKey?, Effects)
            throws(DomainError) -> Reply
    ) {
        deferred(path, access: .role(role)) { call, payload, responder in
            do throws(DomainError) {
                let request = try Request(checking: payload)
                let workspace = try workspace(request, call)
                let effects = Effects()
                context.store.write(
                    Mutation(
                        request: try call.mutationRequest(
                            path: path, payload: payload, workspace: workspace, rule: rule,
                            at: context.clock.now),
                        audience: context.replies,
                        body: { writer throws(DomainError) in
                            effects.begin()
                            return try body(request, writer, workspace, effects).encoded()
                        },
                        completion: { result in
                            if case .success = result { effects.run() }
                            context.replies.add(
                                responder,
                                result.mapError {
                                    Status($0, of: workspace, in: context.store.routes)
                                })
                        }))
            } catch {
                responder.finish(.failure(Status(error)))
            }
        }
    }
}

extension Store {
    /// Queues a mutation and waits for its commit.
    package func perform(
        _ request: MutationRequest,
        _ body: @escaping @Sendable (any StoreWriter) throws(DomainError) -> [UInt8]
    ) async throws(DomainError) -> [UInt8] {
        let result = await withCheckedContinuation { continuation in
            write(
                Mutation(request: request, body: body) { result in
                    continuation.resume(returning: result)
                })
        }
        return try result.get()
    }
}

extension CallContext {
    /// Who asks for a change, when, and under which idempotency key.
    package func mutationRequest(
        path: String, payload: [UInt8], workspace: WorkspaceKey?, rule: IdempotencyRule,
        at now: Timestamp
    ) throws(DomainError) -> MutationRequest {
        var idempotency: IdempotencyKey?
        if let key = idempotencyKey, !key.isEmpty {
            guard key.utf8.count <= 255 else {
                throw DomainError(
                    .idempotencyKeyTooLong,
                    "The idempotency key has \(key.utf8.count) bytes; 255 at most.",
                    facts: ["limit": "255"])
            }
            idempotency = IdempotencyKey(
                key: key, method: path, payloadHash: Array(SHA256.hash(data: payload)))
        } else if rule == .required {
            throw DomainError(
                .idempotencyKeyRequired,
                "This method needs an idempotency-key in the call's metadata: a fresh UUID for each "
                    + "new request, the same one for every repetition of it.")
        }
        return MutationRequest(
            workspace: workspace, actor: identity.subject, requestID: requestID, at: now,
            idempotency: idempotency)
    }
}

extension ProtoMessage {
    /// Decodes a request.
    ///
    /// - Parameter budget: Bytes of memory at most that decoding may take.
    /// - Throws: `malformedMessage` naming the field that cannot be read.
    package init(checking payload: [UInt8], budget: Int = 4 << 20) throws(DomainError) {
        do {
            try self.init(decoding: payload, budget: budget)
        } catch {
            throw .malformed(error, Self.self)
        }
    }
}

extension DomainError {
    /// The refusal of bytes that are not the message they were sent as.
    package static func malformed<Message: ProtoMessage>(
        _ error: MalformedMessage, _: Message.Type
    ) -> DomainError {
        DomainError(
            .malformedMessage, "The request is not a \(Message.fullName): \(error).",
            field: error.field.isEmpty ? nil : error.field)
    }
}

extension Access {
    /// Methods that a role may call; the roles above it may too.
    package static func role(_ role: Role) -> Access {
        .right(role.right, named: "the role \(role.word)")
    }
}
