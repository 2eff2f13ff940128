import LinekeeperProto
import NIOCore
import NIOPosix
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// The other end of a connection, byte by byte: a plain socket with nothing of ours in between but
/// the generated messages.
///
/// Sockets block, so each operation runs on a thread of its own pool: the tests' tasks share their
/// threads with the server's calls.
final class Peer: Sendable {
    /// What the server said.
    enum Event: Hashable, Sendable {
        case frame(Proto.Frame)
        /// The server has ended its side.
        case end
        /// The server reset the connection.
        case reset
        case timedOut
    }

    struct Failure: Error {
        let what: String
        let code = errno
    }

    private static let pool: NIOThreadPool = {
        let pool = NIOThreadPool(numberOfThreads: 24)
        pool.start()
        return pool
    }()

    let descriptor: CInt
    private let input = Mutex<[UInt8]>([])
    private let isClosed = Mutex(false)

    init(port: Int, receiveBuffer: CInt? = nil) async throws {
        descriptor = try await Self.pool.runIfActive {
            let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
            guard descriptor >= 0 else { throw Failure(what: "socket") }
            if var size = receiveBuffer {
                setsockopt(
                    descriptor, SOL_SOCKET, SO_RCVBUF, &size,
                    socklen_t(MemoryLayout<CInt>.size))
            }
            let address = try SocketAddress(ipAddress: "127.0.0.1", port: port)
            let result = address.withSockAddr { address, count in
                connect(descriptor, address, socklen_t(count))
            }
            guard result == 0 else {
                let failure = Failure(what: "connect")
                Glibc.close(descriptor)
                throw failure
            }
            return descriptor
        }
    }

    deinit { close() }

    func close() {
        isClosed.withLock { isClosed in
            if !isClosed { Glibc.close(descriptor) }
            isClosed = true
        }
    }

    /// Closes with a reset instead of an end.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &linger,
            socklen_t(MemoryLayout<Glibc.linger>.size))
        close()
    }

    func endOutput() { shutdown(descriptor, CInt(SHUT_WR)) }

    /// Sends all bytes; returns false when the server no longer takes them.
    @discardableResult
    func send(_ bytes: [UInt8]) async throws -> Bool {
        try await Self.pool.runIfActive { [descriptor] in
            var sent = 0
            while sent < bytes.count {
                let count = bytes.withUnsafeBytes {
                    Glibc.send(
                        descriptor, $0.baseAddress.unsafelyUnwrapped + sent, bytes.count - sent,
                        CInt(MSG_NOSIGNAL))
                }
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
    }

    /// The next frame, or how the connection ended; `.timedOut` after a while.
    func next(withinMilliseconds limit: Int32 = 5000) async throws -> Event {
        try await Self.pool.runIfActive { [self] in
            while true {
                if let frame = try input.withLock({ try Self.cutFrame(&$0) }) {
                    return .frame(frame)
                }
                var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                guard Glibc.poll(&poll, 1, limit) > 0 else { return .timedOut }
                var chunk = [UInt8](repeating: 0, count: 64 << 10)
                let count = recv(descriptor, &chunk, chunk.count, 0)
                if count == 0 { return .end }
                if count < 0 { return .reset }
                input.withLock { $0.append(contentsOf: chunk[..<count]) }
            }
        }
    }

    private static func cutFrame(_ input: inout [UInt8]) throws -> Proto.Frame? {
        guard input.count >= 4 else { return nil }
        let count = input[..<4].reduce(0) { $0 << 8 | Int($1) }
        guard input.count >= 4 + count else { return nil }
        defer { input.removeFirst(4 + count) }
        return try Proto.Frame(decoding: Array(input[4..<(4 + count)]), budget: 1 << 30)
    }
}

extension Peer {
    func send(_ frame: Proto.Frame) async throws { try await send(Self.bytes(frame)) }

    static func bytes(_ frame: Proto.Frame) -> [UInt8] {
        let encoded = frame.encoded()
        return (0..<4).map { UInt8(truncatingIfNeeded: encoded.count >> (24 - 8 * $0)) } + encoded
    }

    /// Calls and waits for the answer to this very call; answers to others are thrown away.
    func call(
        _ callID: UInt64, _ method: String, _ payload: [UInt8] = [],
        timeoutMilliseconds: UInt32 = 0, metadata: [(String, String)] = []
    ) async throws -> Proto.Response {
        try await send(
            .request(
                callID, method, payload, timeoutMilliseconds: timeoutMilliseconds,
                metadata: metadata))
        return try await response(to: callID)
    }

    func response(to callID: UInt64) async throws -> Proto.Response {
        while true {
            guard case .frame(let frame) = try await next() else {
                throw Failure(what: "no response to call \(callID)")
            }
            if frame.callID == callID, case .response(let response) = frame.body { return response }
        }
    }

    /// Waits for GoAway and then for the end of the connection.
    func goAway() async throws -> Proto.GoAway {
        var last: Proto.GoAway?
        while true {
            switch try await next() {
            case .frame(let frame):
                if case .goAway(let goAway) = frame.body { last = goAway }
            case .end:
                guard let last else { throw Failure(what: "the end came without GoAway") }
                return last
            case .reset, .timedOut:
                throw Failure(what: "no orderly end")
            }
        }
    }
}

extension Proto.Frame {
    static func request(
        _ callID: UInt64, _ method: String, _ payload: [UInt8] = [],
        timeoutMilliseconds: UInt32 = 0, metadata: [(String, String)] = []
    ) -> Proto.Frame {
        var request = Proto.Request()
        request.method = method
        request.payload = payload
        request.timeoutMs = timeoutMilliseconds
        request.metadata = metadata.map { .pair($0.0, $0.1) }
        var frame = Proto.Frame()
        frame.callID = callID
        frame.body = .request(request)
        return frame
    }

    static func hello(version: UInt32 = 1, metadata: [(String, String)] = []) -> Proto.Frame {
        var hello = Proto.Hello()
        hello.protocolVersion = version
        hello.metadata = metadata.map { .pair($0.0, $0.1) }
        var frame = Proto.Frame()
        frame.body = .hello(hello)
        return frame
    }

    static func ping(_ token: UInt64) -> Proto.Frame {
        var ping = Proto.Ping()
        ping.token = token
        var frame = Proto.Frame()
        frame.body = .ping(ping)
        return frame
    }

    static func cancel(_ callID: UInt64) -> Proto.Frame {
        var frame = Proto.Frame()
        frame.callID = callID
        frame.body = .cancel(Proto.Cancel())
        return frame
    }
}

extension Proto.Metadata {
    static func pair(_ key: String, _ value: String) -> Proto.Metadata {
        var metadata = Proto.Metadata()
        metadata.key = key
        metadata.value = value
        return metadata
    }
}
