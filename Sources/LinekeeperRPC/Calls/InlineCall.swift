public import LinekeeperProto

/// A call that is answered at once, on the event loop that read it.
///
/// It lends the loop's memory for as long as the method runs; a method takes it `borrowing`, so that
/// keeping it does not compile. There is one object for each loop, used for one call after another:
/// making one for every call, or handing out what it holds as copies, would cost more than the
/// look-up that most inline calls are.
public final class InlineCall {
    /// Memory for decoding the request and building the answer; reset after the call.
    package let arena: Arena

    /// Who calls; ``Identity/anonymous`` when the method is open and no token was shown.
    public private(set) var identity = Identity.anonymous
    /// The identity's scope, to be read without counting a reference to the identity.
    public var scope: UInt64 { unsafe currentScope }

    // Both are only ever copied in and out, so that no access of theirs lasts, and no two can overlap:
    // to have that checked for every call costs more than the copies.
    @exclusivity(unchecked) private var currentScope = Identity.anonymous.scope
    @exclusivity(unchecked) private var currentPayload = FrameBytes()

    private let ids: RequestIDs
    private var request: FrameRequest?
    private var knownID: RequestID?

    init(arena: Arena, ids: RequestIDs) {
        self.arena = arena
        self.ids = ids
    }

    /// The request message, where it lies; valid until the call's end.
    package var payload: FrameBytes { unsafe currentPayload }

    /// The caller's `traceparent`, if one was sent.
    public var traceParent: String? {
        guard case .text(let text) = request?.metadata.value(of: "traceparent") else { return nil }
        return text
    }

    /// What names this request in answers and logs: the caller's `x-request-id`, or one of ours.
    ///
    /// A refusal carries it without being told.
    public var requestID: String { id.text }

    /// Made when first asked for; most calls end well and nobody asks.
    var id: RequestID {
        if let knownID { return knownID }
        let id = request.map { ids.id(of: $0) } ?? ids.make()
        knownID = id
        return id
    }

    /// Sets who makes the next call.
    func identify(_ identity: Identity) {
        guard self.identity !== identity else { return }
        self.identity = identity
        unsafe currentScope = identity.scope
    }

    /// Takes the next call. What it refers to must live until the call's end.
    ///
    /// - Parameter request: `nil` for one that brings nothing but its payload.
    func begin(_ payload: FrameBytes, of request: FrameRequest?) {
        unsafe currentPayload = payload
        if request != nil || self.request != nil { self.request = request }
        if knownID != nil { knownID = nil }
    }
}

/// How an inline call ends.
public enum InlineAnswer {
    /// Well, with this message, which is packed straight into the outgoing bytes.
    case message(ReplyMessage)
    /// Well, with a message that is packed already.
    case payload([UInt8])
    /// Well, with a message that is packed in the call's arena.
    case packed(PackedReply)
    /// Not well.
    case refusal(Status)
}

/// A message that lies packed in the arena of the call that it answers.
@safe public struct PackedReply {
    let bytes: FrameBytes

    /// - Parameter bytes: Valid until the arena's reset.
    package init(_ bytes: FrameBytes) { self.bytes = bytes }
}
