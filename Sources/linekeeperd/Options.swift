import LinekeeperCore
import LinekeeperRPC

/// Why the server does not start, and the code it exits with (sysexits.h).
struct StartError: Error {
    let message: String
    let exitCode: Int32

    private init(message: String, exitCode: Int32) {
        self.message = message
        self.exitCode = exitCode
    }

    /// A setting is wrong: 78, EX_CONFIG.
    static func configuration(_ message: String) -> StartError {
        StartError(message: message, exitCode: 78)
    }

    /// The store cannot be read or is damaged: 65, EX_DATAERR.
    static func data(_ message: String) -> StartError {
        StartError(message: message, exitCode: 65)
    }

    /// Something the server needs is not to be had now: 69, EX_UNAVAILABLE.
    static func unavailable(_ message: String) -> StartError {
        StartError(message: message, exitCode: 69)
    }

    /// Why the RPC server cannot serve: a setting, or the address.
    init(_ error: ServerError) {
        self =
            switch error {
            case .configurationInvalid, .tlsUnusable: .configuration(error.description)
            case .addressUnavailable, .notRunning: .unavailable(error.description)
            }
    }
}

/// `host:port`, with brackets around an IPv6 address.
enum ListenAddress {
    static func parse(_ text: String) throws(StartError) -> (host: String, port: Int) {
        guard let colon = text.lastIndex(of: ":"),
            let port = Int(text[text.index(after: colon)...]), (0...65_535).contains(port)
        else {
            throw .configuration("--listen must be host:port, like 127.0.0.1:7411, not \(text).")
        }
        var host = text[..<colon]
        if host.first == "[", host.last == "]" { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else {
            throw .configuration("--listen needs a host before the port; 0.0.0.0 is every one.")
        }
        return (String(host), port)
    }
}

/// `+49=60`: how long to ring for destinations with a prefix.
enum RingTimeoutOption {
    static func parse(_ text: String) throws(StartError) -> (prefix: E164Prefix, seconds: UInt8) {
        let parts = text.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.count == 2, let prefix = E164Prefix(parts[0].utf8),
            let seconds = UInt8(parts[1]), (5...120).contains(seconds)
        else {
            throw .configuration(
                "--ring-timeout must be +prefix=seconds with 5 to 120 seconds, like +49=60, "
                    + "not \(text).")
        }
        return (prefix, seconds)
    }
}

/// `name=value`: one of the limits that the server keeps.
enum LimitOption {
    private typealias Limit<Value> = (
        name: String, path: any WritableKeyPath<ServerLimits, Value> & Sendable
    )

    private static let numbers: [Limit<Int>] = [
        ("request-bytes", \.requestFrameBytesMax),
        ("response-bytes", \.responseFrameBytesMax),
        ("decode-bytes", \.decodeBytesMax),
        ("calls-in-flight", \.callsInFlightMax),
        ("connections", \.connectionsMax),
        ("pings-per-second", \.pingsPerSecond),
        ("ping-burst", \.pingBurst),
        ("cancels-per-second", \.cancelsPerSecond),
        ("cancel-burst", \.cancelBurst),
        ("unsent-bytes", \.unsentBytesMax),
    ]
    private static let seconds: [Limit<Duration>] = [
        ("frame-seconds", \.frameTime),
        ("idle-seconds", \.idleTime),
        ("timeout-seconds", \.defaultTimeout),
    ]

    /// The names, for `--help`.
    static var help: String {
        "Names: " + (numbers.map(\.name) + seconds.map(\.name)).joined(separator: ", ") + "."
    }

    static func apply(_ text: String, to limits: inout ServerLimits) throws(StartError) {
        let parts = text.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.count == 2, let value = Int(parts[1]), value > 0 else {
            throw .configuration("--limit must be name=value with a positive value, not \(text).")
        }
        if let limit = numbers.first(where: { $0.name == parts[0] }) {
            limits[keyPath: limit.path] = value
        } else if let limit = seconds.first(where: { $0.name == parts[0] }) {
            limits[keyPath: limit.path] = .seconds(value)
        } else {
            throw .configuration("There is no limit \(parts[0]). \(help)")
        }
    }
}

/// `http://127.0.0.1:8089`: where a carrier simulator is.
enum SimulatorOption {
    /// Takes this machine only: credentials would go there in the clear.
    static func check(_ text: String) throws(StartError) {
        let rest = text.dropFirst("http://".count)
        let host = rest.prefix { $0 != "/" }
        let isLocal =
            host.hasPrefix("127.") || host.hasPrefix("[::1]:") || host.hasPrefix("localhost:")
        guard text.hasPrefix("http://"), isLocal, host.contains(":"),
            rest.dropFirst(host.count).allSatisfy({ $0 == "/" })
        else {
            throw .configuration(
                "--carrier-simulator must be on this machine, like http://127.0.0.1:8089, not "
                    + "\(text).")
        }
    }
}
