package import LinekeeperProto

/// How a call ended when it did not end well, or why a connection is given up.
///
/// It reaches the caller and the log, so neither ``message`` nor ``facts`` may hold a secret.
public struct Status: Error, Hashable, Sendable {
    /// gRPC's status numbers, with gRPC's meanings.
    public enum Code: UInt32, CaseIterable, Hashable, Sendable {
        case ok = 0
        case cancelled = 1
        case unknown = 2
        case invalidArgument = 3
        case deadlineExceeded = 4
        case notFound = 5
        case alreadyExists = 6
        case permissionDenied = 7
        case resourceExhausted = 8
        case failedPrecondition = 9
        case aborted = 10
        case outOfRange = 11
        case unimplemented = 12
        case `internal` = 13
        case unavailable = 14
        case dataLoss = 15
        case unauthenticated = 16

        /// gRPC's spelling: `NOT_FOUND`.
        public var name: String {
            switch self {
            case .ok: "OK"
            case .cancelled: "CANCELLED"
            case .unknown: "UNKNOWN"
            case .invalidArgument: "INVALID_ARGUMENT"
            case .deadlineExceeded: "DEADLINE_EXCEEDED"
            case .notFound: "NOT_FOUND"
            case .alreadyExists: "ALREADY_EXISTS"
            case .permissionDenied: "PERMISSION_DENIED"
            case .resourceExhausted: "RESOURCE_EXHAUSTED"
            case .failedPrecondition: "FAILED_PRECONDITION"
            case .aborted: "ABORTED"
            case .outOfRange: "OUT_OF_RANGE"
            case .unimplemented: "UNIMPLEMENTED"
            case .internal: "INTERNAL"
            case .unavailable: "UNAVAILABLE"
            case .dataLoss: "DATA_LOSS"
            case .unauthenticated: "UNAUTHENTICATED"
            }
        }
    }

    /// One field of a request that is wrong.
    public struct Violation: Hashable, Sendable {
        /// The field's path in the request: `number`, `filter.region`.
        public var field: String
        /// What is wrong with it, and what would be right.
        public var description: String

        public init(field: String, description: String) {
            self.field = field
            self.description = description
        }
    }

    /// What kind of ending this is, for a program that knows gRPC.
    public var code: Code
    /// What went wrong and what to do about it, in a sentence for a person.
    public var message: String
    /// The stable UPPER_SNAKE_CASE word that a program switches on; empty when there is none.
    public var reason: String
    /// The facts behind the reason, by name: `number`, `limit`, `request_id`.
    public var facts: [String: String]
    /// The fields at fault, in the order of the request.
    public var violations: [Violation]
    /// How long to wait before another try can succeed; 0 when waiting is no help.
    public var retryAfterMilliseconds: UInt32

    public init(
        _ code: Code, _ message: String, reason: String = "", facts: [String: String] = [:],
        violations: [Violation] = [], retryAfterMilliseconds: UInt32 = 0
    ) {
        self.code = code
        self.message = message
        self.reason = reason
        self.facts = facts
        self.violations = violations
        self.retryAfterMilliseconds = retryAfterMilliseconds
    }
}

extension Status: CustomStringConvertible {
    /// `NOT_FOUND NUMBER_NOT_FOUND: The number +1… is not known here.`
    public var description: String {
        reason.isEmpty ? "\(code.name): \(message)" : "\(code.name) \(reason): \(message)"
    }
}

extension Status {
    /// A status off the wire. A code that gRPC does not have becomes ``Code/unknown``.
    package init(_ wire: FrameStatus) {
        self.init(
            Code(rawValue: wire.code) ?? .unknown, wire.message, reason: wire.reason,
            facts: wire.facts,
            violations: wire.violations.map {
                Violation(field: $0.field, description: $0.description)
            },
            retryAfterMilliseconds: wire.retryAfterMilliseconds)
    }

    /// This status as it travels in a frame.
    package var wire: FrameStatus {
        FrameStatus(
            code: code.rawValue, message: message, reason: reason, facts: facts,
            violations: violations.map { .init(field: $0.field, description: $0.description) },
            retryAfterMilliseconds: retryAfterMilliseconds)
    }
}
