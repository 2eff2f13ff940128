import CBench
import LinekeeperProto

/// Where a server is and how the benchmark speaks to it.
struct Endpoint: Sendable {
    static let host = "127.0.0.1"

    let port: UInt16
    var usesTLS = false
    /// The first frame of every connection, with its prefix; empty says no hello.
    var hello: [UInt8] = []

    /// Hands the endpoint to C for the time of one call.
    func withC<Value>(_ body: (inout cbench_endpoint) throws -> Value) rethrows -> Value {
        try Endpoint.host.withCString { host in
            try hello.withUnsafeBufferPointer { hello in
                var endpoint = cbench_endpoint(
                    host: host, port: port, tls: usesTLS, hello: hello.baseAddress,
                    hello_length: hello.count)
                return try body(&endpoint)
            }
        }
    }

    /// Makes one call on a connection of its own and answers the payload of its answer.
    func call(_ requests: RequestSet, timeout: Duration) throws(BenchError) -> [UInt8] {
        var reply = [UInt8](repeating: 0, count: 64 << 10)
        let length = try BenchError.explain { error in
            withC { endpoint in
                cbench_call(
                    &endpoint, requests.handle, timeout.wholeNanoseconds, &reply, reply.count,
                    error)
            }
        } isGood: {
            $0 >= 0
        }
        let frame = Array(reply.prefix(length))
        guard let decoded = try? Proto.Frame(decoding: frame),
            case .response(let response)? = decoded.body, (response.status?.code ?? 0) == 0
        else { throw BenchError("the server answered \(Refusal.sentence(frame))") }
        return response.payload
    }

    /// The hello that brings a token.
    static func hello(token: String) -> [UInt8] {
        let frame = Proto.Frame.with { frame in
            frame.body = .hello(
                .with { hello in
                    hello.protocolVersion = 1
                    hello.metadata = [
                        .with {
                            $0.key = "authorization"
                            $0.value = "Bearer \(token)"
                        }
                    ]
                })
        }.encoded()
        return prefixed(frame)
    }

    /// A frame as it travels.
    static func prefixed(_ frame: [UInt8]) -> [UInt8] {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: frame.count).bigEndian, Array.init) + frame
    }
}

/// What a server said no with.
enum Refusal {
    /// One sentence about a frame with a status: code, reason and message.
    static func sentence(_ frame: [UInt8]) -> String {
        guard let decoded = try? Proto.Frame(decoding: frame) else {
            return "with a frame that cannot be read"
        }
        let status: Proto.Status? =
            switch decoded.body {
            case .response(let response): response.status
            case .goAway(let goAway): goAway.status
            default: nil
            }
        guard let status else { return "with a frame that has no status" }
        return "with status \(status.code) \(status.detail?.reason ?? ""): \(status.message)"
    }
}

extension Duration {
    /// Nanoseconds, for durations of this program: none is negative or longer than an hour.
    var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        return UInt64(clamping: seconds) &* 1_000_000_000
            &+ UInt64(clamping: attoseconds / 1_000_000_000)
    }
}
