import Foundation
import Glibc
package import LinekeeperProto

/// A connection without the client library: every byte is the test's own.
///
/// It blocks; use it on a thread of its own (``onThread(_:)``).
package final class Wire {
    private let descriptor: CInt
    private var input: [UInt8] = []
    /// The bytes of `input` before this one are used up.
    private var start = 0

    /// Connects, and says Hello when there is a token.
    package init(port: Int, token: String? = nil, patience: Int = 60) throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var time = timeval(tv_sec: patience, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, size)
        guard LoopbackAddress(port: port).with({ connect(descriptor, $0, $1) }) == 0 else {
            throw TestFailure("no connection to port \(port): errno \(errno)")
        }
        if let token { try send(.hello(token: token)) }
    }

    deinit { close(descriptor) }

    /// Sends all bytes; answers `false` when the server no longer takes them.
    @discardableResult
    package func send(_ bytes: [UInt8]) throws -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent,
                    CInt(MSG_NOSIGNAL))
            }
            if count < 0, errno == EAGAIN { throw TestFailure("the server does not read") }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    package func send(_ frame: Proto.Frame) throws { try send(frame.framed) }

    /// The next frame; `nil` when the connection has ended.
    package func receive() throws -> Proto.Frame? {
        while true {
            if let frame = try cutFrame() { return frame }
            var chunk = [UInt8](repeating: 0, count: 64 << 10)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count < 0, errno == EAGAIN { throw TestFailure("the server does not answer") }
            guard count > 0 else { return nil }
            if start > 0 { input.removeFirst(start) }
            start = 0
            input.append(contentsOf: chunk[..<count])
        }
    }

    /// The next byte that nobody has taken, as it comes off the wire; `nil` when the connection has
    /// ended.
    package func receiveByte() throws -> UInt8? {
        if start < input.count {
            defer { start += 1 }
            return input[start]
        }
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, 0)
        if count < 0, errno == EAGAIN { throw TestFailure("the server does not answer") }
        return count > 0 ? byte : nil
    }

    /// The next response, whatever call it ends.
    package func response() throws -> (callID: UInt64, response: Proto.Response) {
        while let frame = try receive() {
            if case .response(let response)? = frame.body { return (frame.callID, response) }
        }
        throw TestFailure("the server closed the connection")
    }

    private func cutFrame() throws -> Proto.Frame? {
        let available = input.count - start
        guard available >= 4 else { return nil }
        let count = input[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) }
        guard available >= 4 + count else { return nil }
        defer { start += 4 + count }
        return try Proto.Frame(
            decoding: Array(input[(start + 4)..<(start + 4 + count)]), budget: 64 << 20)
    }
}

extension Proto.Frame {
    /// The bytes on the wire: the length, then the frame.
    package var framed: [UInt8] {
        let bytes = encoded()
        return (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (24 - 8 * $0)) } + bytes
    }

    package static func hello(token: String) -> Self {
        .with {
            $0.body = .hello(
                .with {
                    $0.protocolVersion = 1
                    $0.metadata = [.pair("authorization", "Bearer " + token)]
                })
        }
    }

    package static func request(
        _ callID: UInt64, _ method: String, _ payload: [UInt8],
        metadata: [(String, String)] = []
    ) -> Self {
        .with {
            $0.callID = callID
            $0.body = .request(
                .with {
                    $0.method = method
                    $0.payload = payload
                    $0.metadata = metadata.map { .pair($0.0, $0.1) }
                })
        }
    }
}

extension Proto.Metadata {
    static func pair(_ key: String, _ value: String) -> Self {
        .with {
            $0.key = key
            $0.value = value
        }
    }
}

/// Runs what blocks on a thread of its own.
package func onThread<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        let thread = Thread {
            continuation.resume(with: Swift.Result { try body() })
        }
        thread.stackSize = 1 << 20
        thread.start()
    }
}
