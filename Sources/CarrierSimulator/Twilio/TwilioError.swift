/// An error as Twilio tells it.
struct TwilioError {
    var status: Int
    var code: Int
    var message: String

    init(_ status: Int, _ code: Int, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    var reply: Reply {
        let reply = Reply.json(
            status,
            [
                "code": .int(code), "message": .string(message),
                "more_info": .string("https://www.twilio.com/docs/errors/\(code)"),
                "status": .int(status),
            ])
        return status == 401
            ? reply.adding("WWW-Authenticate", "Basic realm=\"Twilio API\"") : reply
    }

    var refusal: Refusal { Refusal(reply: reply) }

    /// What is not known, or not this account's.
    static func notFound(_ path: String) -> TwilioError {
        TwilioError(404, 20404, "The requested resource \(path) was not found")
    }

    /// Trouble that has nothing to do with what was asked.
    static func serverTrouble(_ status: Int) -> TwilioError {
        switch status {
        case 429: TwilioError(429, 20429, "Too Many Requests")
        case 503: TwilioError(503, 20503, "Service unavailable")
        case 500...: TwilioError(status, 20500, "An internal server error has occurred")
        default: TwilioError(status, 20001, "Bad request")
        }
    }

    static let unauthenticated = TwilioError(401, 20003, "Authenticate")
    static let suspended = TwilioError(403, 20403, "Forbidden: the account is suspended")
    static let noFunds = TwilioError(403, 20005, "Account is not active")
    static let testCredentials = TwilioError(
        403, 20008, "Resource not accessible with Test Account Credentials")
}
