import LinekeeperProto

// What this layer itself has to say. The reasons are part of the published protocol.

extension Status {
    static func tokenMissing(method: String) -> Status {
        Status(
            .unauthenticated,
            "This call needs a token: send it as the metadata \"authorization: Bearer lk_...\" of "
                + "the call, or in the connection's Hello.",
            reason: "TOKEN_MISSING", facts: ["method": method])
    }

    static let tokenRevoked = Status(
        .unauthenticated, "The token was revoked; use another one.", reason: "TOKEN_REVOKED")

    static func roleRequired(_ name: String, method: String) -> Status {
        Status(
            .permissionDenied, "The token does not have what this call needs: \(name).",
            reason: "ROLE_REQUIRED", facts: ["required": name, "method": method])
    }

    static func unknownMethod(_ path: String) -> Status {
        Status(
            .unimplemented,
            "This server has no such method. A path is /package.Service/Method; "
                + "linekeeper.rpc.v1.Reflection/GetDescriptors lists all.",
            reason: "UNKNOWN_METHOD", facts: ["method": String(path.prefix(200))])
    }

    static func tooManyCallsInFlight(limit: Int) -> Status {
        Status(
            .resourceExhausted,
            "\(limit) calls of this connection are unfinished; wait for one to end.",
            reason: "TOO_MANY_CALLS_IN_FLIGHT", facts: ["limit": String(limit)],
            retryAfterMilliseconds: 100)
    }

    static func requestTooComplex(limit: Int) -> Status {
        Status(
            .invalidArgument,
            "Decoding the request would take more than \(limit) bytes of memory; send less at once.",
            reason: "REQUEST_TOO_COMPLEX", facts: ["limit_bytes": String(limit)])
    }

    static let metadataMalformed = Status(
        .invalidArgument, "The metadata holds bytes that are not UTF-8, or a zero byte.",
        reason: "METADATA_MALFORMED")

    static let deadlineExceeded = Status(
        .deadlineExceeded,
        "The call did not end in time. What it had committed stays; the same idempotency key "
            + "finds it.",
        reason: "DEADLINE_EXCEEDED")

    static let cancelledByCaller = Status(
        .cancelled, "The caller cancelled the call.", reason: "CANCELLED_BY_CALLER")

    static let connectionClosed = Status(
        .cancelled, "The connection of the call is closed.", reason: "CONNECTION_CLOSED")

    static func responseTooLarge(_ byteCount: Int, limit: Int) -> Status {
        Status(
            .resourceExhausted,
            "The answer takes \(byteCount) bytes, more than the \(limit) that may be sent; ask for "
                + "less at once.",
            reason: "RESPONSE_TOO_LARGE", facts: ["limit_bytes": String(limit)])
    }

    static let statusTooLarge = Status(
        .internal, "The call failed, and its description is too long to be sent.",
        reason: "STATUS_TOO_LARGE")

    static let handlerGaveUp = Status(
        .internal, "The server ended the call without an answer; report this.",
        reason: "NO_ANSWER")
}

// Why a connection is given up.
extension Status {
    static func frameTooLarge(_ announced: Int, limit: Int) -> Status {
        Status(
            .resourceExhausted,
            "A frame of \(announced) bytes is announced, at most \(limit) are accepted. A much too "
                + "large number means that the peer speaks another protocol, or TLS on a plain port.",
            reason: "FRAME_TOO_LARGE", facts: ["limit_bytes": String(limit)])
    }

    static let frameEmpty = Status(
        .invalidArgument, "A frame has at least one byte.", reason: "FRAME_EMPTY")

    static let frameMalformed = Status(
        .invalidArgument, "A frame does not parse as linekeeper.rpc.v1.Frame.",
        reason: "FRAME_MALFORMED")

    static let frameWithoutBody = Status(
        .invalidArgument, "A frame has no body that this version of the protocol knows.",
        reason: "FRAME_WITHOUT_BODY")

    static let frameUnexpected = Status(
        .invalidArgument, "Only a server sends frames of this kind.", reason: "FRAME_UNEXPECTED")

    static let helloNotFirst = Status(
        .invalidArgument, "Hello is only allowed as the first frame of a connection.",
        reason: "HELLO_NOT_FIRST")

    static func unknownVersion(_ version: UInt32) -> Status {
        Status(
            .unimplemented, "Protocol version \(version) is not served here; version 1 is.",
            reason: "PROTOCOL_VERSION_UNKNOWN",
            facts: ["version": String(version), "served": "1"])
    }

    static func callIDNotIncreasing(_ callID: UInt64, highest: UInt64) -> Status {
        Status(
            .invalidArgument,
            "Call id \(callID) does not follow \(highest): ids are not zero and always increase.",
            reason: "CALL_ID_NOT_INCREASING",
            facts: ["call_id": String(callID), "highest": String(highest)])
    }

    static func calmDown(_ what: String) -> Status {
        Status(
            .resourceExhausted, "Too many \(what) in a short time; connect again and send fewer.",
            reason: "ENHANCE_YOUR_CALM", retryAfterMilliseconds: 1000)
    }

    static let idle = Status(
        .unavailable, "The connection was idle for too long; connect again when needed.",
        reason: "IDLE")

    static func tooManyConnections(limit: Int) -> Status {
        Status(
            .resourceExhausted, "The server holds \(limit) connections, which is its limit.",
            reason: "TOO_MANY_CONNECTIONS", facts: ["limit": String(limit)],
            retryAfterMilliseconds: 1000)
    }

    static let draining = Status(
        .unavailable, "The server is going down; use a new connection.",
        reason: "SERVER_DRAINING")
}

extension Status {
    /// The same status with the request's id among its facts, unless it is there already.
    func identified(by requestID: RequestID) -> Status {
        guard facts["request_id"] == nil else { return self }
        var status = self
        status.facts["request_id"] = requestID.text
        return status
    }
}
