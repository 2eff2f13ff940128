// Made from linekeeper/rpc/v1/frame.proto by scripts/generate-proto.

internal import CLinekeeperProto

extension Proto {
    /// `linekeeper.rpc.v1.Frame` on the wire.
    public struct Frame: ProtoMessage {
        /// Zero only for connection-level bodies (ping, pong, go_away, hello). Chosen by the
        /// client, strictly increasing on a connection.
        public var callID: UInt64 = 0
        /// At most one of `request`, `response`, `item`, `cancel`, `ping`, `pong`, `go_away`,
        /// `hello`.
        public var body: Body?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.rpc.v1.Frame"
        /// Every field at its default.
        public init() {}

        /// What `body` can hold.
        public enum Body: Hashable, Sendable {
            /// Client -> server, opens a call.
            case request(Proto.Request)
            /// Server -> client, ends a call.
            case response(Proto.Response)
            /// Server -> client, one message of a server stream.
            case item(Proto.StreamItem)
            /// Client -> server.
            case cancel(Proto.Cancel)
            /// Either side; answered by a Pong with the same token.
            case ping(Proto.Ping)
            /// `pong`, field 7.
            case pong(Proto.Pong)
            /// Server -> client: no call above last_call_id will be served.
            case goAway(Proto.GoAway)
            /// Client -> server, optional, only as the first frame.
            case hello(Proto.Hello)
        }
    }

    /// Authenticates a connection once: its metadata holds for every call that brings none of its
    /// own.
    public struct Hello: ProtoMessage {
        /// 1.
        public var protocolVersion: UInt32 = 0
        /// `metadata`, field 2.
        public var metadata: [Proto.Metadata] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.rpc.v1.Hello"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.rpc.v1.Request` on the wire.
    public struct Request: ProtoMessage {
        /// GRPC's path: /linekeeper.v1.AssignmentService/RouteInbound.
        public var method: String = ""
        /// `payload`, field 2.
        public var payload: [UInt8] = []
        /// 0: the server's default for unary calls, none for streams.
        public var timeoutMs: UInt32 = 0
        /// `metadata`, field 4.
        public var metadata: [Proto.Metadata] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.rpc.v1.Request"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.rpc.v1.Response` on the wire.
    public struct Response: ProtoMessage {
        /// Absent: OK.
        public var status: Proto.Status?
        /// `payload`, field 2.
        public var payload: [UInt8] = []
        /// `metadata`, field 3.
        public var metadata: [Proto.Metadata] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.rpc.v1.Response"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.rpc.v1.StreamItem` on the wire.
    public struct StreamItem: ProtoMessage {
        /// `payload`, field 1.
        public var payload: [UInt8] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.rpc.v1.StreamItem"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.rpc.v1.Cancel` on the wire.
    public struct Cancel: ProtoMessage {
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.rpc.v1.Cancel"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.rpc.v1.Ping` on the wire.
    public struct Ping: ProtoMessage {
        /// `token`, field 1.
        public var token: UInt64 = 0
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.rpc.v1.Ping"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.rpc.v1.Pong` on the wire.
    public struct Pong: ProtoMessage {
        /// `token`, field 1.
        public var token: UInt64 = 0
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.rpc.v1.Pong"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.rpc.v1.GoAway` on the wire.
    public struct GoAway: ProtoMessage {
        /// `last_call_id`, field 1.
        public var lastCallID: UInt64 = 0
        /// `status`, field 2.
        public var status: Proto.Status?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.rpc.v1.GoAway"
        /// Every field at its default.
        public init() {}
    }

    /// Keys are lower-case ASCII: authorization, idempotency-key, traceparent, user-agent,
    /// x-request-id.
    public struct Metadata: ProtoMessage {
        /// `key`, field 1.
        public var key: String = ""
        /// `value`, field 2.
        public var value: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.rpc.v1.Metadata"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.rpc.v1.Status` on the wire.
    public struct Status: ProtoMessage {
        /// GRPC's sixteen codes.
        public var code: UInt32 = 0
        /// `message`, field 2.
        public var message: String = ""
        /// `detail`, field 3.
        public var detail: Proto.ErrorDetail?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.rpc.v1.Status"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.rpc.v1.ErrorDetail` on the wire.
    public struct ErrorDetail: ProtoMessage {
        /// Stable UPPER_SNAKE_CASE word a program can switch on.
        public var reason: String = ""
        /// The facts behind it: agent_id, number, limit, ...
        public var metadata: [String: String] = [:]
        /// `violations`, field 3.
        public var violations: [Proto.FieldViolation] = []
        /// 0: do not retry, or no advice.
        public var retryAfterMs: UInt32 = 0
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.rpc.v1.ErrorDetail"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.rpc.v1.FieldViolation` on the wire.
    public struct FieldViolation: ProtoMessage {
        /// `field`, field 1.
        public var field: String = ""
        /// `description`, field 2.
        public var description: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.rpc.v1.FieldViolation"
        /// Every field at its default.
        public init() {}
    }

}

extension Proto.Frame {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__rpc__v1__frame__init, read: read, write: write)

    private static func read(_ c: Linekeeper__Rpc__V1__Frame) -> Self {
        var m = Self()
        m.callID = c.call_id
        switch c.body_case.rawValue {
        case 2: m.body = Read.message(c.request).map { .request($0) }
        case 3: m.body = Read.message(c.response).map { .response($0) }
        case 4: m.body = Read.message(c.item).map { .item($0) }
        case 5: m.body = Read.message(c.cancel).map { .cancel($0) }
        case 6: m.body = Read.message(c.ping).map { .ping($0) }
        case 7: m.body = Read.message(c.pong).map { .pong($0) }
        case 8: m.body = Read.message(c.go_away).map { .goAway($0) }
        case 9: m.body = Read.message(c.hello).map { .hello($0) }
        default: break
        }
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__Rpc__V1__Frame, _ w: Writer) {
        c.call_id = m.callID
        switch m.body {
        case .request(let value)?:
            c.body_case = .init(rawValue: 2)
            c.request = w.message(value)
        case .response(let value)?:
            c.body_case = .init(rawValue: 3)
            c.response = w.message(value)
        case .item(let value)?:
            c.body_case = .init(rawValue: 4)
            c.item = w.message(value)
        case .cancel(let value)?:
            c.body_case = .init(rawValue: 5)
            c.cancel = w.message(value)
        case .ping(let value)?:
            c.body_case = .init(rawValue: 6)
            c.ping = w.message(value)
        case .pong(let value)?:
            c.body_case = .init(rawValue: 7)
            c.pong = w.message(value)
        case .goAway(let value)?:
            c.body_case = .init(rawValue: 8)
            c.go_away = w.message(value)
        case .hello(let value)?:
            c.body_case = .init(rawValue: 9)
            c.hello = w.message(value)
        case nil: break
        }
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Hello {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__rpc__v1__hello__init, read: read, write: write)

    private static func read(_ c: Linekeeper__Rpc__V1__Hello) -> Self {
        var m = Self()
        m.protocolVersion = c.protocol_version
        m.metadata = Read.messages(c.n_metadata, c.metadata)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__Rpc__V1__Hello, _ w: Writer) {
        c.protocol_version = m.protocolVersion
        (c.n_metadata, c.metadata) = w.messages(m.metadata)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Request {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__rpc__v1__request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__Rpc__V1__Request) -> Self {
        var m = Self()
        m.method = Read.text(c.method)
        m.payload = Read.bytes(c.payload)
        m.timeoutMs = c.timeout_ms
        m.metadata = Read.messages(c.n_metadata, c.metadata)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__Rpc__V1__Request, _ w: Writer) {
        c.method = w.text(m.method)
        c.payload = w.bytes(m.payload)
        c.timeout_ms = m.timeoutMs
        (c.n_metadata, c.metadata) = w.messages(m.metadata)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Response {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__rpc__v1__response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__Rpc__V1__Response) -> Self {
        var m = Self()
        m.status = Read.message(c.status)
        m.payload = Read.bytes(c.payload)
        m.metadata = Read.messages(c.n_metadata, c.metadata)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__Rpc__V1__Response, _ w: Writer) {
        c.status = w.message(m.status)
        c.payload = w.bytes(m.payload)
        (c.n_metadata, c.metadata) = w.messages(m.metadata)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.StreamItem {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__rpc__v1__stream_item__init, read: read, write: write)

    private static func read(_ c: Linekeeper__Rpc__V1__StreamItem) -> Self {
        var m = Self()
        m.payload = Read.bytes(c.payload)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__Rpc__V1__StreamItem, _ w: Writer) {
        c.payload = w.bytes(m.payload)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Cancel {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__rpc__v1__cancel__init, read: read, write: write)

    private static func read(_ c: Linekeeper__Rpc__V1__Cancel) -> Self {
        var m = Self()
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__Rpc__V1__Cancel, _ w: Writer) {
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Ping {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__rpc__v1__ping__init, read: read, write: write)

    private static func read(_ c: Linekeeper__Rpc__V1__Ping) -> Self {
        var m = Self()
        m.token = c.token
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__Rpc__V1__Ping, _ w: Writer) {
        c.token = m.token
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Pong {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__rpc__v1__pong__init, read: read, write: write)

    private static func read(_ c: Linekeeper__Rpc__V1__Pong) -> Self {
        var m = Self()
        m.token = c.token
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__Rpc__V1__Pong, _ w: Writer) {
        c.token = m.token
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.GoAway {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__rpc__v1__go_away__init, read: read, write: write)

    private static func read(_ c: Linekeeper__Rpc__V1__GoAway) -> Self {
        var m = Self()
        m.lastCallID = c.last_call_id
        m.status = Read.message(c.status)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__Rpc__V1__GoAway, _ w: Writer) {
        c.last_call_id = m.lastCallID
        c.status = w.message(m.status)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Metadata {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__rpc__v1__metadata__init, read: read, write: write)

    private static func read(_ c: Linekeeper__Rpc__V1__Metadata) -> Self {
        var m = Self()
        m.key = Read.text(c.key)
        m.value = Read.text(c.value)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__Rpc__V1__Metadata, _ w: Writer) {
        c.key = w.text(m.key)
        c.value = w.text(m.value)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Status {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__rpc__v1__status__init, read: read, write: write)

    private static func read(_ c: Linekeeper__Rpc__V1__Status) -> Self {
        var m = Self()
        m.code = c.code
        m.message = Read.text(c.message)
        m.detail = Read.message(c.detail)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__Rpc__V1__Status, _ w: Writer) {
        c.code = m.code
        c.message = w.text(m.message)
        c.detail = w.message(m.detail)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ErrorDetail {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__rpc__v1__error_detail__init, read: read, write: write)

    private static func read(_ c: Linekeeper__Rpc__V1__ErrorDetail) -> Self {
        var m = Self()
        m.reason = Read.text(c.reason)
        m.metadata = Read.dictionary(c.n_metadata, c.metadata) { ($0.key, $0.value) }
        m.violations = Read.messages(c.n_violations, c.violations)
        m.retryAfterMs = c.retry_after_ms
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__Rpc__V1__ErrorDetail, _ w: Writer) {
        c.reason = w.text(m.reason)
        (c.n_metadata, c.metadata) = w.entries(m.metadata, linekeeper__rpc__v1__error_detail__metadata_entry__init) {
            $0.key = $1
            $0.value = $2
        }
        (c.n_violations, c.violations) = w.messages(m.violations)
        c.retry_after_ms = m.retryAfterMs
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.FieldViolation {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__rpc__v1__field_violation__init, read: read, write: write)

    private static func read(_ c: Linekeeper__Rpc__V1__FieldViolation) -> Self {
        var m = Self()
        m.field = Read.text(c.field)
        m.description = Read.text(c.description)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__Rpc__V1__FieldViolation, _ w: Writer) {
        c.field = w.text(m.field)
        c.description = w.text(m.description)
        w.unknown(m.unknownFields, &c.base)
    }
}
