/// Where a client's server is, what the client shows it, and what the client allows.
///
/// The defaults stand in the initial values.
public struct ClientConfiguration: Sendable {
    /// Whom an encrypted connection trusts, and what it shows of itself.
    public struct TLS: Hashable, Sendable {
        /// A PEM file of the authorities that the server's certificate must come from; `nil`
        /// trusts those of the system.
        public var authoritiesPath: String?
        /// A PEM file with the client's own certificate, leaf first; `nil` shows none.
        public var certificateChainPath: String?
        /// A PEM file with the private key of the client's certificate.
        public var privateKeyPath: String?
        /// The name that the server's certificate must hold; `nil` takes the host.
        public var serverName: String?

        public init(
            authoritiesPath: String? = nil, certificateChainPath: String? = nil,
            privateKeyPath: String? = nil, serverName: String? = nil
        ) {
            self.authoritiesPath = authoritiesPath
            self.certificateChainPath = certificateChainPath
            self.privateKeyPath = privateKeyPath
            self.serverName = serverName
        }
    }

    /// The server's name or address.
    public var host: String
    /// The server's TCP port.
    public var port: Int
    /// `nil` speaks without encryption.
    public var tls: TLS?
    /// The token (`lk_...`), shown once for every connection; `nil` shows none.
    public var token: String?
    /// What the client calls itself.
    public var userAgent = "linekeeper-swift/1"

    /// For a call that is not a stream and brings no timeout.
    public var defaultTimeout = Duration.seconds(30)
    /// How long the TCP connection and the TLS handshake may take, each.
    public var connectTimeout = Duration.seconds(5)
    /// How long the server may be silent, while calls wait for it, before it is pinged.
    public var keepaliveInterval = Duration.seconds(10)
    /// How long a ping may stay unanswered before the connection is taken for lost.
    public var keepaliveTimeout = Duration.seconds(10)
    /// How often one call is tried, the first time included.
    public var attemptsMax = 5
    /// Told, on no thread in particular, that a call failed and is tried again: the caller waits longer
    /// for it then. A call that only moves to another connection is not told.
    public var onRetry: (@Sendable (Retry) -> Void)?
    /// The pause after a first failure; every further one doubles it, and it varies by a fifth.
    public var backoffInitial = Duration.milliseconds(100)
    /// What the pause grows to.
    public var backoffMax = Duration.seconds(10)

    /// Bytes of one frame to the server, without its prefix; a larger request is refused here.
    public var requestFrameBytesMax = 256 << 10
    /// Bytes of one frame from the server; a larger one ends the connection.
    public var responseFrameBytesMax = 4 << 20
    /// Calls on the wire at one time; further ones wait here.
    public var callsInFlightMax = 256
    /// Calls that wait for a connection or for room on it; further ones are refused.
    public var callsWaitingMax = 10_000
    /// Bytes of one stream that wait for their reader; past it the connection is not read on.
    public var streamBufferBytesMax = 1 << 20

    public init(host: String, port: Int, tls: TLS? = nil) {
        self.host = host
        self.port = port
        self.tls = tls
    }

    /// What is wrong with the values, or `nil`.
    var fault: String? {
        guard !host.isEmpty else { return "the host is empty" }
        for text in [host, token, userAgent] where text?.utf8.contains(0) == true {
            return "a text holds the character U+0000"
        }
        let counts: [(String, Int, ClosedRange<Int>)] = [
            ("port", port, 1...65_535),
            ("number of attempts", attemptsMax, 1...100),
            ("request frame limit", requestFrameBytesMax, 1...(1 << 30)),
            ("response frame limit", responseFrameBytesMax, 1...(1 << 30)),
            ("limit of calls in flight", callsInFlightMax, 1...1_000_000),
            ("limit of waiting calls", callsWaitingMax, 1...1_000_000),
            ("stream buffer limit", streamBufferBytesMax, 1...(1 << 30)),
        ]
        for (name, value, range) in counts where !range.contains(value) {
            return "the \(name) is \(value), not within \(range.lowerBound) and \(range.upperBound)"
        }
        let times = [
            ("default timeout", defaultTimeout), ("connect timeout", connectTimeout),
            ("keepalive interval", keepaliveInterval), ("keepalive timeout", keepaliveTimeout),
            ("first pause", backoffInitial), ("longest pause", backoffMax),
        ]
        for (name, value) in times where value < .milliseconds(1) || value > .seconds(86_400) {
            return "the \(name) is \(value), not within 1 millisecond and 1 day"
        }
        return nil
    }
}
