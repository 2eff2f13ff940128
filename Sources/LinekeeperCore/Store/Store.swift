/// Keeps everything, durably. Filled by the storage target.
///
/// One writer runs the mutations that are queued, groups them in one commit, makes their effect
/// visible in ``routes`` and only then completes them. Readers see committed state only.
public protocol Store: Sendable {
    /// What hot calls are answered from: every number's routing facts, always as committed.
    var routes: RouteTable { get }

    /// Queues a mutation; returns at once.
    ///
    /// `completion` is called exactly once, from the writer's thread, after the commit that holds
    /// the mutation is durable and visible in ``routes`` (or after it was refused). The completions
    /// of one commit are delivered together. It must not block.
    func write(_ mutation: Mutation)

    /// Runs a query on a reader's thread, in one read transaction.
    ///
    /// - Throws: what `body` throws; `shuttingDown`; `storageFailed` or `corruptData` when the file
    ///   cannot be read.
    func read<Answer: Sendable>(
        _ body: @escaping @Sendable (any StoreReader) throws(DomainError) -> Answer
    ) async throws(DomainError) -> Answer

    /// The sequence of the last committed event, of whatever workspace and kind; 0 before the first.
    /// What is committed later reaches a stream that starts after it.
    var lastEventSequence: Int64 { get }

    /// A stream of audit events that changed routing, in commit order, starting after a sequence
    /// number, ending when the store shuts down or the consumer cancels.
    ///
    /// - Throws: `resumeTokenTooOld` when events after `sequence` are gone already.
    func routeChanges(
        after sequence: Int64, workspace: WorkspaceKey?
    ) async throws(DomainError) -> AsyncThrowingStream<[EventRecord], any Error>
}

/// One change to be made, with who asks for it.
public struct Mutation: Sendable {
    /// Who, when and under which key.
    public var request: MutationRequest
    /// Decides and writes; runs on the writer's thread, answers the encoded reply. A throw undoes
    /// everything it wrote. Runs again when another mutation of its commit takes back what all of
    /// them wrote: only the last run counts.
    public var body: @Sendable (any StoreWriter) throws(DomainError) -> [UInt8]
    /// Receives the reply, or the refusal.
    public var completion: @Sendable (Result<[UInt8], DomainError>) -> Void
    /// Told once after the completions of a commit, however many of its mutations were among them.
    public var audience: (any CommitAudience)?

    /// A mutation.
    public init(
        request: MutationRequest, audience: (any CommitAudience)? = nil,
        body: @escaping @Sendable (any StoreWriter) throws(DomainError) -> [UInt8],
        completion: @escaping @Sendable (Result<[UInt8], DomainError>) -> Void
    ) {
        self.request = request
        self.audience = audience
        self.body = body
        self.completion = completion
    }
}

/// Collects what completions say, to pass it on together: one wake-up for a commit instead of one
/// for each of its mutations.
public protocol CommitAudience: AnyObject, Sendable {
    /// The completions of one commit, or of one refusal, have all been called.
    func commitEnded()
}

/// Who asks for a change, when, and under which idempotency key.
public struct MutationRequest: Sendable {
    /// `nil` for what belongs to no workspace (AdminService).
    public var workspace: WorkspaceKey?
    /// The token's id, for the audit log.
    public var actor: String
    public var requestID: String
    public var at: Timestamp
    /// Present when the caller sent a key: the first request with it runs, and its outcome answers
    /// every later one.
    public var idempotency: IdempotencyKey?

    /// A request's particulars.
    public init(
        workspace: WorkspaceKey?, actor: String, requestID: String, at: Timestamp,
        idempotency: IdempotencyKey? = nil
    ) {
        self.workspace = workspace
        self.actor = actor
        self.requestID = requestID
        self.at = at
        self.idempotency = idempotency
    }
}

/// A caller's name for one attempt at a change.
public struct IdempotencyKey: Hashable, Sendable {
    /// 1 to 255 bytes.
    public var key: String
    /// The RPC's path.
    public var method: String
    /// SHA-256 of the request's payload: 32 bytes.
    public var payloadHash: [UInt8]

    /// A key with what it was used for.
    public init(key: String, method: String, payloadHash: [UInt8]) {
        self.key = key
        self.method = method
        self.payloadHash = payloadHash
    }
}

/// What a mutation can read and write, on the writer's thread. Its parts stand beside the rules
/// that use them.
public protocol StoreWriter: EventWriter, AssignmentWriter, NumberWriter, AccessWriter,
    ConnectionWriter, CarrierTaskWriter, DiscoveryWriter, MessageWriter, CreditWriter,
    SecretWriter, OrderWriter, OfferWriter
{
    /// The routing facts as of this mutation: what is committed, what earlier mutations of the same
    /// commit did, and what this one has done so far. Changing them here changes the table at the
    /// commit; writing the row is a separate call.
    var routes: RouteDraft { get }
    /// Who asks, and when.
    var request: MutationRequest { get }
}

/// What a query can read, on a reader's thread.
public protocol StoreReader: EventReader, NumberReader, AccessReader, ConnectionReader,
    CarrierTaskReader, DiscoveryReader, MessageReader, CreditReader, AgentReader, OrderReader,
    OfferReader
{}
