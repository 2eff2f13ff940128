@testable import LinekeeperCarriers

extension HTTPOutcome {
    /// The answer's status, if there is an answer.
    var status: Int? {
        if case .response(let response) = self { response.status } else { nil }
    }

    var text: String? {
        if case .response(let response) = self {
            String(decoding: response.body, as: UTF8.self)
        } else {
            nil
        }
    }

    /// Why it was not sent, if that is the outcome.
    var notSent: HTTPFailure? {
        if case .notSent(let failure) = self { failure } else { nil }
    }

    /// Why it is not known, if that is the outcome.
    var unknown: HTTPFailure? {
        if case .unknown(let failure) = self { failure } else { nil }
    }
}

/// A transport whose limits a busy machine does not reach, but for those that a test shortens.
func curlTransport(_ change: (inout CurlSettings) -> Void = { _ in }) -> CurlTransport {
    var settings = CurlSettings()
    settings.connectTimeout = .seconds(20)
    settings.slowSeconds = 30
    change(&settings)
    return CurlTransport(settings)
}

/// Asks until there is an answer, for five seconds at most.
func eventually<Value>(_ ask: () -> Value?) async -> Value? {
    for _ in 0..<500 {
        if let value = ask() { return value }
        // Cancelled: the test is over anyway.
        try? await Task.sleep(for: .milliseconds(10))
    }
    return nil
}
