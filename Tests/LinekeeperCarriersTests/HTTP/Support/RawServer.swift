import Foundation
import Glibc
import Synchronization
import Testing

/// A TCP server on a loopback address whose every answer, or lack of one, a test writes byte by byte.
///
/// Each connection is served on a thread of its own; all are closed with the server.
final class RawServer: Sendable {
    let port: UInt16
    private let listener: Int32
    private let open = OpenConnections()

    /// How many connections there were.
    var connections: Int { open.state.withLock { $0.accepted } }

    /// Serves each connection with the closure, and closes it afterwards.
    init(_ serve: @escaping @Sendable (RawConnection) -> Void) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(listener >= 0)
        var address = loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 512) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        try #require(isBound)
        port = UInt16(bigEndian: address.sin_port)
        self.listener = listener
        let open = open
        Thread.detachNewThread {
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { break }
                open.state.withLock { open in
                    open.accepted += 1
                    open.descriptors.insert(descriptor)
                }
                Thread.detachNewThread {
                    serve(RawConnection(descriptor))
                    open.state.withLock { open in
                        open.descriptors.remove(descriptor)
                        close(descriptor)
                    }
                }
            }
            close(listener)
        }
    }

    /// Stops listening and wakes every thread that waits on a connection; each closes its own.
    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        open.state.withLock { open in
            for descriptor in open.descriptors { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }
}

/// The connections of a server, which its threads share.
private final class OpenConnections: Sendable {
    struct State {
        var descriptors: Set<Int32> = []
        var accepted = 0
    }

    let state = Mutex(State())
}

/// A loopback address in the form that sockets want.
func loopback(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
}

/// One end of a connection, blocking.
struct RawConnection: Sendable {
    let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// Connects to a port of this machine.
    init?(toPort port: UInt16) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = loopback(port: port)
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { [descriptor] address in
                connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            close(descriptor)
            return nil
        }
    }

    /// What arrives next, `max` bytes at most; empty at the end.
    func read(atMost max: Int = 65_536) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: max) { buffer, count in
            count = Swift.max(0, recv(descriptor, buffer.baseAddress, max, 0))
        }
    }

    /// Reads one request, body and all, by its Content-Length; `nil` at the end of the connection.
    func readRequest() -> RawRequest? {
        var bytes: [UInt8] = []
        while true {
            if let request = RawRequest(bytes) { return request }
            let more = read()
            guard !more.isEmpty else { return nil }
            bytes += more
        }
    }

    /// Reads exactly so many bytes, fewer only at the end.
    @discardableResult
    func read(exactly count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let more = read(atMost: count - bytes.count)
            guard !more.isEmpty else { break }
            bytes += more
        }
        return bytes
    }

    /// - Returns: Whether all was written.
    @discardableResult
    func write(_ bytes: some Sequence<UInt8>) -> Bool {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard written > 0 else { return false }
            rest = rest.dropFirst(written)
        }
        return true
    }

    @discardableResult
    func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    /// Has the connection end with a reset instead of in order.
    func resetWhenClosed() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }
}

/// A request as it stood on the wire.
struct RawRequest: Sendable {
    let head: String
    let body: [UInt8]

    var method: String { head.prefix { $0 != " " }.description }
    var target: String {
        head.split(separator: " ", maxSplits: 2).dropFirst().first.map(String.init) ?? ""
    }

    /// A header's value.
    func header(_ name: String) -> String? {
        for line in head.split(separator: "\r\n").dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.first?.lowercased() == name.lowercased() {
                return parts.dropFirst().first?.trimmingCharacters(in: .whitespaces) ?? ""
            }
        }
        return nil
    }

    /// A whole request at the start of the bytes; `nil` when there is more to come.
    init?(_ bytes: [UInt8]) {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
        let request = RawRequest(head: head, body: [])
        let length = request.header("content-length").flatMap { Int($0) } ?? 0
        guard bytes.count >= end.upperBound + length else { return nil }
        self.init(head: head, body: Array(bytes[end.upperBound..<(end.upperBound + length)]))
    }

    private init(head: String, body: [UInt8]) {
        self.head = head
        self.body = body
    }
}

/// An answer with its length, after which the connection stays.
func answer(_ body: String, status: String = "200 OK", headers: String = "") -> String {
    "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)"
}

/// Passes bytes on between a client and a server of this machine, and cuts both ways off after the
/// client has sent a number of them.
func cuttingProxy(to port: UInt16, afterClientBytes limit: Int, reset: Bool) throws -> RawServer {
    try RawServer { client in
        guard let server = RawConnection(toPort: port) else { return }
        let done = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            while true {
                let bytes = server.read()
                guard !bytes.isEmpty, client.write(bytes) else { break }
            }
            shutdown(client.descriptor, Int32(SHUT_RDWR))
            done.signal()
        }
        var left = limit
        while left > 0 {
            let bytes = client.read(atMost: min(left, 65_536))
            guard !bytes.isEmpty, server.write(bytes) else { break }
            left -= bytes.count
        }
        if reset { client.resetWhenClosed() }
        shutdown(server.descriptor, Int32(SHUT_RDWR))
        done.wait()
        close(server.descriptor)
    }
}
