// What a client says on its own behalf.
extension Status {
    static func configurationInvalid(_ fault: String) -> Status {
        Status(
            .invalidArgument, "The client's configuration is not valid: \(fault).",
            reason: "CONFIGURATION_INVALID")
    }

    static func tlsUnusable(path: String, cause: String) -> Status {
        Status(
            .invalidArgument,
            "Cannot use the TLS file \(path): \(cause). It must be a readable PEM file, and a key "
                + "must belong to its certificate.",
            reason: "TLS_UNUSABLE", facts: ["path": path])
    }

    static func cannotConnect(host: String, port: Int, cause: String) -> Status {
        Status(
            .unavailable, "Cannot connect to \(host):\(port): \(cause).",
            reason: cannotConnectReason, facts: ["host": host, "port": String(port)])
    }

    /// The reason of a call that was never sent, since there was nobody to send it to.
    static let cannotConnectReason = "CANNOT_CONNECT"

    /// The status of a call that was sent once, with what became of the last attempt to ask again.
    func followed(by last: Status) -> Status {
        Status(code, "\(message) Now: \(last.message)", reason: reason, facts: last.facts)
    }

    static func connectionLost(_ cause: String) -> Status {
        Status(
            .unavailable,
            "The connection ended before the answer came: \(cause). Whether the call was carried "
                + "out is not known.",
            reason: "CONNECTION_LOST")
    }

    static let clientClosed = Status(
        .cancelled, "The client is closed; make a new one.", reason: "CLIENT_CLOSED")

    static func tooManyCallsWaiting(limit: Int) -> Status {
        Status(
            .resourceExhausted, "\(limit) calls wait to be sent already; wait for one to end.",
            reason: "TOO_MANY_CALLS_WAITING", facts: ["limit": String(limit)])
    }

    static func requestTooLarge(_ byteCount: Int, limit: Int) -> Status {
        Status(
            .invalidArgument,
            "The request takes \(byteCount) bytes, more than the \(limit) that a server accepts; "
                + "send less at once.",
            reason: "REQUEST_TOO_LARGE", facts: ["limit_bytes": String(limit)])
    }

    static let textWithZero = Status(
        .invalidArgument, "The method or a metadata value holds the character U+0000.",
        reason: "METADATA_MALFORMED")

    static func notSentInTime(_ cause: Status?) -> Status {
        let message = "The call was not sent in time."
        return Status(
            .deadlineExceeded, cause.map { "\(message) \($0.message)" } ?? message,
            reason: "DEADLINE_EXCEEDED")
    }

    static func protocolViolation(_ what: String) -> Status {
        Status(
            .internal,
            "\(what). The peer is no Linekeeper server, or it expects TLS (or does not), or is of "
                + "another version.",
            reason: "PROTOCOL_VIOLATION")
    }

    static func responseMalformed(_ fault: String) -> Status {
        Status(
            .internal, "The server's answer cannot be read: \(fault).",
            reason: "RESPONSE_MALFORMED")
    }

    static let methodIsStream = Status(
        .invalidArgument, "The method answers with a stream of messages; call it as a stream.",
        reason: "METHOD_IS_STREAM")

    static func readerTooSlow(limit: Int) -> Status {
        Status(
            .resourceExhausted,
            "More than \(limit) bytes of the stream wait for their reader; read faster, or start "
                + "again from the last item.",
            reason: "READER_TOO_SLOW", facts: ["limit_bytes": String(limit)])
    }

    static let goneAway = Status(
        .unavailable, "The server ends the connection.", reason: "GO_AWAY")
}
