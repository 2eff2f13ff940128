import NIOCore

/// What a server takes from one connection and from all together.
///
/// What breaks a limit gets a clear status, and others are not hurt. The defaults stand in the
/// initial values.
public struct ServerLimits: Hashable, Sendable {
    /// Bytes of one frame from a client, without its prefix; past it the connection is given up.
    public var requestFrameBytesMax = 256 << 10
    /// Bytes of one frame to a client; a larger answer becomes `RESPONSE_TOO_LARGE`.
    public var responseFrameBytesMax = 4 << 20
    /// Memory that decoding one request may take; past it that call is refused.
    public var decodeBytesMax = 4 << 20
    /// Calls of one connection whose work has not ended; past it that call is refused.
    public var callsInFlightMax = 256
    /// Connections at one time; past it a connection is told so and closed.
    public var connectionsMax = 16_384
    /// From the first byte of a frame to its last, and for the TLS handshake; then the connection
    /// is closed.
    public var frameTime = Duration.seconds(10)
    /// Without a call in flight, a request or a ping; then the connection is closed.
    public var idleTime = Duration.seconds(15 * 60)
    /// Pings that are answered, lastingly; past it the connection is given up.
    public var pingsPerSecond = 1
    /// Pings that may come at once.
    public var pingBurst = 10
    /// Cancels that are accepted, lastingly; past it the connection is given up.
    public var cancelsPerSecond = 33
    /// Cancels that may come at once.
    public var cancelBurst = 1000
    /// Bytes that wait for a slow reader; past it the connection is closed.
    public var unsentBytesMax = 8 << 20
    /// For a call that is not a stream and brings no timeout.
    public var defaultTimeout = Duration.seconds(30)

    public init() {}

    var frameTimeAmount: TimeAmount { TimeAmount(frameTime) }
    var idleTimeAmount: TimeAmount { TimeAmount(idleTime) }

    /// How often connections are looked at: often enough to keep the shortest limit within a
    /// quarter of it, and the promise that a revoked token's connections close within a second.
    var tickInterval: TimeAmount {
        let quarter = min(frameTimeAmount, idleTimeAmount).nanoseconds / 4
        return .nanoseconds(min(max(quarter, 10_000_000), 500_000_000))
    }
}

/// How a server listens and what it allows.
public struct ServerConfiguration: Sendable {
    /// The certificate that a server shows, and whom it trusts.
    public struct TLS: Sendable {
        /// A PEM file with the server's certificate and any intermediates, leaf first.
        public var certificateChainPath: String
        /// A PEM file with the certificate's private key. ECDSA handshakes cost a third of RSA's.
        public var privateKeyPath: String
        /// A PEM file of the authorities that clients' certificates must come from; `nil` asks
        /// clients for none.
        public var clientAuthoritiesPath: String?

        public init(
            certificateChainPath: String, privateKeyPath: String,
            clientAuthoritiesPath: String? = nil
        ) {
            self.certificateChainPath = certificateChainPath
            self.privateKeyPath = privateKeyPath
            self.clientAuthoritiesPath = clientAuthoritiesPath
        }
    }

    /// The address or name to listen on.
    public var host: String
    /// The TCP port; 0 lets the system choose one.
    public var port: Int
    /// `nil` serves without encryption.
    public var tls: TLS?
    public var limits = ServerLimits()
    /// How long calls in flight may take to end once the server drains.
    public var drainTimeout = Duration.seconds(30)
    /// Threads that serve connections; the number of cores by default.
    public var eventLoopCount = System.coreCount

    public init(host: String, port: Int, tls: TLS? = nil) {
        self.host = host
        self.port = port
        self.tls = tls
    }

    /// What is wrong with the values, or `nil`.
    var fault: String? {
        let counts: [(String, Int, ClosedRange<Int>)] = [
            ("port", port, 0...65_535),
            ("event loop count", eventLoopCount, 1...1024),
            ("request frame limit", limits.requestFrameBytesMax, 1...(1 << 30)),
            ("response frame limit", limits.responseFrameBytesMax, 1024...(1 << 30)),
            ("decode limit", limits.decodeBytesMax, 1024...(1 << 30)),
            ("limit of calls in flight", limits.callsInFlightMax, 1...1_000_000),
            ("connection limit", limits.connectionsMax, 1...1_000_000),
            ("ping rate", limits.pingsPerSecond, 1...1_000_000),
            ("ping burst", limits.pingBurst, 1...1_000_000),
            ("cancel rate", limits.cancelsPerSecond, 1...1_000_000),
            ("cancel burst", limits.cancelBurst, 1...1_000_000),
            ("limit of unsent bytes", limits.unsentBytesMax, 1024...(1 << 40)),
        ]
        for (name, value, range) in counts where !range.contains(value) {
            return "the \(name) is \(value), not within \(range.lowerBound) and \(range.upperBound)"
        }
        let times = [
            ("frame time", limits.frameTime), ("idle time", limits.idleTime),
            ("default timeout", limits.defaultTimeout), ("drain timeout", drainTimeout),
        ]
        for (name, value) in times where value < .milliseconds(1) || value > .seconds(86_400) {
            return "the \(name) is \(value), not within 1 millisecond and 1 day"
        }
        return nil
    }
}

/// Why a server cannot serve.
public enum ServerError: Error, Sendable, CustomStringConvertible {
    /// A value of the configuration is out of range.
    case configurationInvalid(String)
    /// The address cannot be listened on.
    case addressUnavailable(host: String, port: Int, cause: String)
    /// A certificate or key cannot be used.
    case tlsUnusable(path: String, cause: String)
    /// The server was asked to stop before it listened, or to run a second time.
    case notRunning

    public var description: String {
        switch self {
        case .configurationInvalid(let fault):
            "The server's configuration is not valid: \(fault)."
        case .addressUnavailable(let host, let port, let cause):
            "Cannot listen on \(host):\(port): \(cause). Stop the program that uses the port, or "
                + "choose another host and port."
        case .tlsUnusable(let path, let cause):
            "Cannot use the TLS file \(path): \(cause). It must be a readable PEM file, and the "
                + "key must belong to the certificate."
        case .notRunning:
            "The server is not running: it was stopped before it listened, or has run already."
        }
    }
}
