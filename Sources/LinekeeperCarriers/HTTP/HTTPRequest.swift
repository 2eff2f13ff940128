/// One exchange that a carrier is asked for.
package struct HTTPRequest: Sendable {
    package enum Method: String, Sendable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"

        /// Changes nothing at the carrier, so it may be sent again whatever became of it.
        ///
        /// Everything else goes out on a connection of its own, once: over a used connection libcurl
        /// silently sends a request again when the carrier closes without an answer.
        package var isRead: Bool { self == .get }
    }

    package var method: Method
    /// Absolute and `https`; `http` only to a loopback address. See ``CarrierURL``.
    package var url: String
    /// Everything that names the account, its `Authorization` first of all, is here: nothing is kept
    /// from one request to the next.
    package var headers: HTTPHeaders
    package var body: [UInt8]?
    /// For one try, connecting included; the transport's own limit applies when it is shorter.
    package var timeout: Duration

    package init(
        _ method: Method, _ url: String, headers: HTTPHeaders = [:], body: [UInt8]? = nil,
        timeout: Duration = .seconds(30)
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
    }
}

/// What a carrier answered, whatever the status.
package struct HTTPResponse: Sendable, Equatable {
    /// 200 to 599.
    package var status: Int
    package var headers: HTTPHeaders
    package var body: [UInt8]

    package init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// A header field, or a field of a form.
package struct NamedText: Sendable, Equatable {
    package var name: String
    package var value: String
}

/// Header fields in their order; a name may stand more than once.
package struct HTTPHeaders: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    package private(set) var fields: [NamedText] = []

    package init() {}

    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { NamedText(name: $0.0, value: $0.1) }
    }

    package mutating func add(_ name: String, _ value: String) {
        fields.append(NamedText(name: name, value: value))
    }

    /// The first field of that name, in any case of letters.
    package subscript(name: String) -> String? {
        let wanted = name.lowercased()
        return fields.first { $0.name.lowercased() == wanted }?.value
    }
}

/// What became of one exchange.
package enum HTTPOutcome: Sendable, Equatable {
    /// The whole answer is here.
    case response(HTTPResponse)
    /// No byte of the request has left: it did not happen.
    case notSent(HTTPFailure)
    /// A byte may have left, and no whole answer came: whether it happened, only the carrier knows.
    case unknown(HTTPFailure)
}

/// Why there is no answer.
package struct HTTPFailure: Error, Equatable {
    package enum Kind: Sendable, Equatable {
        /// The carrier could not be reached, was too slow, or broke off.
        case unreachable
        /// The carrier answered more than is accepted; it would again.
        case answerTooLarge
        /// The request itself is at fault and was not tried: its URL, a header.
        case refused
        /// As many exchanges as this process makes at a time are under way.
        case busy
        /// The task that asked was cancelled.
        case cancelled
        case shuttingDown
    }

    package var kind: Kind
    /// For a person; names neither a secret nor a URL's path or query.
    package var sentence: String

    package init(_ kind: Kind, _ sentence: String) {
        self.kind = kind
        self.sentence = sentence
    }
}

/// Makes one exchange, once: it repeats nothing that may have left.
package protocol HTTPTransport: Sendable {
    /// Sends a request and waits for the whole answer, at most for the request's timeout.
    ///
    /// Cancelling the task ends the exchange and answers at once.
    func send(_ request: HTTPRequest) async -> HTTPOutcome
}
