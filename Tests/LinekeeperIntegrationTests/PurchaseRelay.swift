import Foundation
import Glibc
import LinekeeperTestSupport
import Synchronization

/// Between the server and the simulated carriers: lets everything through but one purchase, which it
/// cuts at a point that neither of the two could choose.
final class PurchaseRelay: Sendable {
    /// What becomes of the purchase.
    enum Cut: Sendable, CaseIterable {
        /// Half of the request reaches the carrier, and never the rest.
        case withinRequest
        /// The whole request reaches the carrier, a second after the server is gone.
        case beforeExecution
        /// The carrier's reply is here and goes no further.
        case beforeReply
        /// Half of the reply reaches the server.
        case withinReply
    }

    private struct Order: Sendable {
        var cut: Cut
        var requestLine: String
        /// Closes the server's connection at once, instead of when the server is gone.
        var closes: Bool
    }

    private struct State: Sendable {
        var order: Order?
        var hasCut = false
        var isStopped = false
    }

    let port: Int
    private let carriers: Int
    private let listener: Descriptor
    private let state = Mutex(State())

    /// `http://127.0.0.1:PORT`.
    var url: String { "http://127.0.0.1:\(port)" }

    /// Starts between whoever connects and a port of this machine.
    init(to carriers: Int) throws {
        self.carriers = carriers
        (listener, port) = try Descriptor.listening()
        let thread = Thread { [self] in accept() }
        thread.stackSize = 1 << 19
        thread.start()
    }

    /// Cuts the next request whose first line begins so.
    func cut(_ cut: Cut, of requestLine: String, closing: Bool = false) {
        state.withLock {
            $0.order = Order(cut: cut, requestLine: requestLine, closes: closing)
            $0.hasCut = false
        }
    }

    /// Whether the request has come, and is cut.
    var hasCut: Bool { state.withLock { $0.hasCut } }

    /// Ends all connections, and takes no more.
    func stop() { state.withLock { $0.isStopped = true } }

    private var isStopped: Bool { state.withLock { $0.isStopped } }

    // MARK: - Connections

    private func accept() {
        while !isStopped {
            guard listener.isReadable(within: 20), let client = listener.accept() else { continue }
            let thread = Thread { [self] in serve(client) }
            thread.stackSize = 1 << 19
            thread.start()
        }
    }

    private func serve(_ client: Descriptor) {
        guard let carrier = Descriptor.connected(to: carriers) else { return }
        while !isStopped {
            let ready = Descriptor.readable([client, carrier], within: 20)
            if ready[0] {
                guard let bytes = client.receive() else { return }
                if let order = take(bytes) { return cut(order, bytes, client, carrier) }
                guard carrier.send(bytes) else { return }
            }
            if ready[1] {
                guard let bytes = carrier.receive(), client.send(bytes) else { return }
            }
        }
    }

    /// The order that a request beginning with these bytes is under.
    private func take(_ bytes: [UInt8]) -> Order? {
        state.withLock { state in
            guard let order = state.order,
                bytes.starts(with: Array(order.requestLine.utf8))
            else { return nil }
            state.order = nil
            return order
        }
    }

    private func cut(
        _ order: Order, _ start: [UInt8], _ client: Descriptor, _ carrier: Descriptor
    ) {
        let request = whole(start, from: client)
        switch order.cut {
        case .withinRequest:
            _ = carrier.send(Array(request.prefix(request.count / 2)))
            holdUp(order, client)
        case .beforeExecution:
            holdUp(order, client)
            // Late enough for whoever asks at once to be told that there is no such purchase.
            Thread.sleep(forTimeInterval: 1)
            if carrier.send(request) { _ = whole([], from: carrier) }
        case .beforeReply:
            _ = carrier.send(request)
            _ = whole([], from: carrier)
            holdUp(order, client)
        case .withinReply:
            _ = carrier.send(request)
            let reply = whole([], from: carrier)
            _ = client.send(Array(reply.prefix(reply.count / 2)))
            holdUp(order, client)
        }
    }

    /// Says that it has cut, and waits until the server is gone.
    private func holdUp(_ order: Order, _ client: Descriptor) {
        state.withLock { $0.hasCut = true }
        guard !order.closes else { return client.shutDown() }
        for _ in 0..<1_500 where !isStopped {
            if client.isReadable(within: 20), client.receive() == nil { return }
        }
    }

    /// A message with the body that its head announces, or what came of it until the end.
    private func whole(_ start: [UInt8], from peer: Descriptor) -> [UInt8] {
        var message = start
        for _ in 0..<1_500 where !isStopped && !isWhole(message) {
            guard peer.isReadable(within: 20) else { continue }
            guard let bytes = peer.receive() else { break }
            message += bytes
        }
        return message
    }

    private func isWhole(_ message: [UInt8]) -> Bool {
        let parts = message.split(
            separator: Array("\r\n\r\n".utf8), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return false }
        let head = String(decoding: parts[0], as: UTF8.self).lowercased()
        let length = head.split(separator: "content-length:").dropFirst().first?
            .prefix { $0 != "\r" }.trimmingCharacters(in: .whitespaces)
        return parts[1].count >= Int(length ?? "0") ?? 0
    }
}

/// A socket, closed with its last owner.
private final class Descriptor: Sendable {
    private let value: CInt

    private init(_ value: CInt) { self.value = value }

    deinit { close(value) }

    private static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        return address
    }

    private static func with<Result>(
        _ address: inout sockaddr_in,
        _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    static func listening() throws -> (Descriptor, port: Int) {
        let descriptor = Descriptor(socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0))
        var address = loopback(0)
        guard with(&address, { bind(descriptor.value, $0, $1) }) == 0,
            listen(descriptor.value, 64) == 0,
            with(
                &address,
                { address, size in
                    var size = size
                    return getsockname(descriptor.value, address, &size)
                }) == 0
        else { throw TestFailure("no port to listen on: errno \(errno)") }
        return (descriptor, Int(in_port_t(bigEndian: address.sin_port)))
    }

    static func connected(to port: Int) -> Descriptor? {
        let descriptor = Descriptor(socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0))
        var address = loopback(port)
        return with(&address) { connect(descriptor.value, $0, $1) } == 0 ? descriptor : nil
    }

    func accept() -> Descriptor? {
        let accepted = Glibc.accept(value, nil, nil)
        return accepted >= 0 ? Descriptor(accepted) : nil
    }

    static func readable(_ descriptors: [Descriptor], within milliseconds: CInt) -> [Bool] {
        var polled = descriptors.map { pollfd(fd: $0.value, events: Int16(POLLIN), revents: 0) }
        poll(&polled, nfds_t(polled.count), milliseconds)
        return polled.map { $0.revents != 0 }
    }

    func isReadable(within milliseconds: CInt) -> Bool {
        Self.readable([self], within: milliseconds)[0]
    }

    /// `nil` when the connection has ended.
    func receive() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(value, &buffer, buffer.count, 0)
        return count > 0 ? Array(buffer.prefix(count)) : nil
    }

    /// Answers whether all was taken.
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    value, $0.baseAddress?.advanced(by: sent), bytes.count - sent,
                    CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    func shutDown() { shutdown(value, CInt(SHUT_RDWR)) }
}
