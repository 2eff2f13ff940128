/// What a caller asks for one call, besides its request.
public struct CallOptions: Hashable, Sendable {
    /// How long the caller waits, for all attempts together; at most a day counts.
    ///
    /// `nil` is the client's default for a unary call, and no end for a stream. The server learns
    /// what is left of it.
    public var timeout: Duration?
    /// Names the change that the call makes, so that sending it twice makes it once; at most 255
    /// bytes. A call with a key may be repeated.
    public var idempotencyKey: String?
    /// Whether the call changes nothing, so that sending it twice does no harm.
    public var isRead = false
    /// Whether the call waits, within its timeout, for a server that cannot be reached; if not, it
    /// fails at the first connection that cannot be made.
    public var waitsForServer = true
    /// Names the request in the server's log and answers; `nil` lets the server choose.
    public var requestID: String?
    /// The W3C trace context of the caller.
    public var traceParent: String?

    public init(
        timeout: Duration? = nil, idempotencyKey: String? = nil, isRead: Bool = false,
        waitsForServer: Bool = true
    ) {
        self.timeout = timeout
        self.idempotencyKey = idempotencyKey
        self.isRead = isRead
        self.waitsForServer = waitsForServer
    }

    /// A call that changes nothing: it is tried again when its outcome is not known.
    public static let read = CallOptions(isRead: true)

    /// Whether a second request does no harm although the first may have been served.
    var isRepeatable: Bool { isRead || idempotencyKey != nil }

    var metadata: [Metadata] {
        [
            ("idempotency-key", idempotencyKey), ("x-request-id", requestID),
            ("traceparent", traceParent),
        ].compactMap { key, value in value.map { Metadata(key: key, value: $0) } }
    }

    struct Metadata: Hashable, Sendable {
        let key: String
        let value: String
    }
}
