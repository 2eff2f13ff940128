public import NIOCore
import LinekeeperProto

/// What names one request in answers and logs.
struct RequestID: Hashable, Sendable {
    private enum Source: Hashable, Sendable {
        case caller(String)
        case made(UInt64)
    }

    private let source: Source

    /// An id of our own; `number` is unique in this process.
    init(number: UInt64) { source = .made(number) }

    /// The caller's own id, if it can stand in a log: 1 to 128 letters, digits, `-`, `_`, `.`, `:`.
    init?(caller text: String) {
        guard (1...128).contains(text.utf8.count) else { return nil }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "."), UInt8(ascii: ":"):
                continue
            default:
                return nil
            }
        }
        source = .caller(text)
    }

    /// Written only when somebody asks: most calls end well and nobody does.
    var text: String {
        switch source {
        case .caller(let text):
            return text
        case .made(let number):
            let digits = String(number, radix: 16)
            return "req_" + String(repeating: "0", count: 16 - digits.count) + digits
        }
    }
}

/// Names requests, for one event loop.
final class RequestIDs {
    private var number = UInt64.random(in: 0...UInt64.max)

    /// An id of ours; those of one process do not follow each other visibly.
    func make() -> RequestID {
        // SplitMix64: every number comes once before one comes again.
        number &+= 0x9e37_79b9_7f4a_7c15
        var mixed = number
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return RequestID(number: mixed ^ (mixed >> 31))
    }

    /// The caller's id of the request if it is sane, or one of ours.
    func id(of request: FrameRequest) -> RequestID {
        if case .text(let text) = request.metadata.value(of: "x-request-id"),
            let id = RequestID(caller: text)
        {
            return id
        }
        return make()
    }
}

/// What a method may want to know about a call besides its payload.
public struct CallContext: Sendable {
    /// Who calls; ``Identity/anonymous`` when the method is open and no token was shown.
    public let identity: Identity
    /// The method's path: `/linekeeper.v1.NumberService/ListNumbers`.
    public let method: String
    /// The caller's `idempotency-key`, as it was sent.
    public let idempotencyKey: String?
    /// When the caller stops waiting; `.distantFuture` for a stream without a timeout.
    public let deadline: NIODeadline
    /// The caller's `user-agent`, from the call or the connection's Hello.
    public let userAgent: String?
    /// Where the call comes from, for logs: `127.0.0.1:50412`.
    public let peer: String

    let id: RequestID

    /// What names this request in answers and logs: the caller's `x-request-id`, or one of ours.
    public var requestID: String { id.text }

    init(
        identity: Identity, method: String, id: RequestID, idempotencyKey: String?,
        deadline: NIODeadline, userAgent: String?, peer: String
    ) {
        self.identity = identity
        self.method = method
        self.id = id
        self.idempotencyKey = idempotencyKey
        self.deadline = deadline
        self.userAgent = userAgent
        self.peer = peer
    }

    /// A context made by hand, for calling a method without a server.
    package init(
        identity: Identity, method: String, requestID: String, idempotencyKey: String? = nil,
        deadline: NIODeadline = .distantFuture, userAgent: String? = nil, peer: String = "test"
    ) {
        self.init(
            identity: identity, method: method,
            id: RequestID(caller: requestID) ?? RequestID(number: 0),
            idempotencyKey: idempotencyKey, deadline: deadline, userAgent: userAgent, peer: peer)
    }
}
