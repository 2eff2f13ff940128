import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

/// A place in the stream of route changes: everything up to an event has been seen.
struct ResumeToken: Hashable, Sendable {
    /// The last event seen; 0 before the first.
    let sequence: Int64

    private static let prefix = "r1_"

    init(sequence: Int64) { self.sequence = sequence }

    /// Reads a request's field.
    ///
    /// - Throws: `invalidArgument` for text that this server did not write.
    init(_ text: String) throws(DomainError) {
        guard text.hasPrefix(ResumeToken.prefix), text.utf8.count <= 24,
            let sequence = Int64(text.dropFirst(ResumeToken.prefix.count), radix: 16), sequence >= 0
        else {
            throw DomainError(
                .invalidArgument,
                "resume_token must be one that WatchRoutes gave; leave it empty to start from now.",
                field: "resume_token")
        }
        self.sequence = sequence
    }

    /// What the API sends.
    var text: String { ResumeToken.prefix + String(sequence, radix: 16) }
}

extension AssignmentService {
    /// How soon a stream notices that its token was revoked.
    private static let revocationCheckInterval = Duration.milliseconds(500)

    func registerWatch(in methods: inout MethodTable) {
        let context = context
        methods.stream(Self.path + "WatchRoutes", access: .role(.runtime)) {
            (call: CallContext, payload: [UInt8], output: StreamWriter) async throws(Status) in
            do {
                let request = try Proto.WatchRoutesRequest(checking: payload)
                let workspace = try Self.watched(
                    request, by: call.identity, in: context.store.routes)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        try await Self.forward(
                            from: context.store, of: workspace, after: request.resumeToken,
                            to: output)
                    }
                    group.addTask { try await Self.throwWhenRevoked(call.identity) }
                    defer { group.cancelAll() }
                    try await group.next()
                }
            } catch let refusal as DomainError {
                throw Status(refusal)
            } catch let status as Status {
                throw status
            } catch {
                // Only cancellation is left, and its caller knows.
                throw Status(.cancelled, "The stream was cancelled.")
            }
        }
    }

    /// The workspace to watch; `nil`: every one, which takes a token of the platform.
    private static func watched(
        _ request: Proto.WatchRoutesRequest, by identity: Identity, in routes: RouteTable
    ) throws(DomainError) -> WorkspaceKey? {
        if request.workspaceID.isEmpty, identity.scope == 0 { return nil }
        return try Caller.workspace(named: request.workspaceID, for: identity, in: routes)
    }

    private static func forward(
        from store: any Store, of workspace: WorkspaceKey?, after token: String,
        to output: StreamWriter
    ) async throws {
        let start =
            token.isEmpty
            ? ResumeToken(sequence: store.lastEventSequence) : try ResumeToken(token)
        let changes = try await store.routeChanges(after: start.sequence, workspace: workspace)
        try await output.write(Proto.RouteChange.ready(start).encoded())
        for try await batch in changes {
            for event in batch {
                try await output.write(Proto.RouteChange(event).encoded())
            }
        }
        throw DomainError(
            .shuttingDown, "The server is going down: connect again and resume with the last token."
        )
    }

    private static func throwWhenRevoked(_ identity: Identity) async throws {
        while !identity.isRevoked { try await Task.sleep(for: revocationCheckInterval) }
        throw Status(
            .unauthenticated, "The token of this stream was revoked.", reason: "TOKEN_REVOKED")
    }
}

extension Proto.RouteChange {
    fileprivate static func ready(_ token: ResumeToken) -> Self {
        .with {
            $0.resumeToken = token.text
            $0.kind = .ready
        }
    }

    fileprivate init(_ event: EventRecord) {
        self.init()
        resumeToken = ResumeToken(sequence: event.sequence).text
        kind = event.routeChange.map { Proto.RouteChangeKind($0) } ?? .unspecified
        action = event.action
        workspaceID = event.workspace?.description ?? ""
        numberID = event.number?.description ?? ""
        e164 = event.e164?.description ?? ""
        agentID = event.agentID
        at = Proto.Timestamp(event.at)
        detailsJson = event.detailsJSON
    }
}
