public import LinekeeperProto

/// A call that is answered at once, on the event loop that read it.
///
/// It lends the connection's memory for as long as the method runs, and nothing of it can be kept:
/// that is what makes the hot calls cheap.
public struct InlineCall: ~Copyable {
    private let connection: ConnectionHandler
    private let request: FrameRequest

    init(connection: ConnectionHandler, request: FrameRequest) {
        self.connection = connection
        self.request = request
    }

    /// The request message, where it lies in the arena.
    package var payload: FrameBytes { request.payload }

    /// Memory for decoding the request and building the answer; reset after the call.
    package var arena: Arena { connection.arena }

    /// Who calls; ``Identity/anonymous`` when the method is open and no token was shown.
    public var identity: Identity { connection.caller }

    /// The caller's `traceparent`, if one was sent.
    public var traceParent: String? {
        guard case .text(let text) = request.metadata.value(of: "traceparent") else { return nil }
        return text
    }

    /// What names this request in answers and logs: the caller's `x-request-id`, or one of ours.
    ///
    /// A refusal carries it without being told.
    public var requestID: String { connection.requestID(of: request).text }
}

/// How an inline call ends.
public enum InlineAnswer {
    /// Well, with this message, which is packed straight into the outgoing bytes.
    case message(ReplyMessage)
    /// Well, with a message that is packed already.
    case payload([UInt8])
    /// Not well.
    case refusal(Status)
}
