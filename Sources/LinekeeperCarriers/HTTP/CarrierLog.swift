import Logging

/// What a log tells about a request to a carrier: no secret, query, body, and no whole number or
/// account.
enum CarrierLog {
    static func metadata(
        of request: HTTPRequest, tries: Int, _ outcome: HTTPOutcome, took: Duration,
        carrier: String, account: String
    ) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "carrier": "\(carrier)", "account": "\(maskedPath(account))",
            "method": "\(request.method.rawValue)", "try": "\(tries)",
            "milliseconds":
                "\(took.components.seconds * 1_000 + took.components.attoseconds / 1_000_000_000_000_000)",
        ]
        if let url = try? CarrierURL(request.url) {
            metadata["host"] = "\(url.host)"
            metadata["path"] = "\(maskedPath(url.path))"
        }
        switch outcome {
        case .response(let response):
            metadata["status"] = "\(response.status)"
            let id = response.headers["twilio-request-id"] ?? response.headers["x-request-id"]
            metadata["request_id"] = id.map { "\(maskedPath(String($0.prefix(64))))" }
        case .notSent(let failure):
            metadata["outcome"] = "not sent"
            metadata["why"] = "\(failure.sentence)"
        case .unknown(let failure):
            metadata["outcome"] = "unknown"
            metadata["why"] = "\(failure.sentence)"
        }
        return metadata
    }
}
