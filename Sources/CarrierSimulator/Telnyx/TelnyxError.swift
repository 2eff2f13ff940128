/// An error as Telnyx tells it.
struct TelnyxError {
    var status: Int
    var code: String
    var title: String
    var detail: String
    /// The field of the body, as a JSON pointer.
    var pointer: String?

    init(
        _ status: Int, _ code: String, _ title: String, _ detail: String, at pointer: String? = nil
    ) {
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.pointer = pointer
    }

    var reply: Reply {
        var error: JSON = [
            "code": .string(code), "title": .string(title), "detail": .string(detail),
            "meta": [
                "url": .string("https://developers.telnyx.com/docs/overview/errors/\(code)")
            ],
        ]
        if let pointer { error = error.merging(["source": ["pointer": .string(pointer)]]) }
        return .json(status, ["errors": [error]])
    }

    var refusal: Refusal { Refusal(reply: reply) }

    static let notFound = TelnyxError(
        404, "10005", "Resource not found",
        "The requested resource or URL could not be found.")
    static let unauthenticated = TelnyxError(
        401, "10009", "Authentication failed",
        "The required authentication headers were either invalid or not included in the request.")
    static let suspended = TelnyxError(
        403, "20012", "Account inactive", "This account is not active. Check its balance.")
    static let noFunds = TelnyxError(
        402, "20100", "Insufficient Funds",
        "There are not enough funds in this account for the order.")

    /// A field that must be there and is not.
    static func missing(_ field: String) -> TelnyxError {
        TelnyxError(
            422, "10004", "Missing required parameter", "The '\(field)' parameter is required.",
            at: "/" + field)
    }

    /// A field whose value will not do.
    static func invalid(_ field: String, _ detail: String) -> TelnyxError {
        TelnyxError(422, "10027", "Unprocessable entity", detail, at: "/" + field)
    }

    /// Trouble that has nothing to do with what was asked.
    static func serverTrouble(_ status: Int) -> TelnyxError {
        switch status {
        case 429: TelnyxError(429, "10011", "Too many requests", "The rate limit was exceeded.")
        case 500...:
            TelnyxError(status, "10007", "Unexpected error", "An unexpected error occurred.")
        default: TelnyxError(status, "10015", "Bad Request", "The request could not be read.")
        }
    }
}
