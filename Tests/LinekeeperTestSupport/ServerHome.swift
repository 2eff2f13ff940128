import Foundation
import Glibc
import Synchronization

/// A failure of the tests' own equipment, in a sentence.
package struct TestFailure: Error, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}

/// A data directory and a port for real servers, one after the other; removed afterwards, with
/// whatever server still runs on it.
package final class ServerHome: Sendable {
    /// Everything of this home; the server knows only ``data``.
    package let directory: String
    /// The port that every server of this home is told to listen on.
    package let port: Int
    private let running = Mutex<[ServerProcess]>([])

    private init() throws {
        directory =
            FileManager.default.temporaryDirectory
            .appending(path: "linekeeper-test-" + UUID().uuidString).path
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        port = try FreePort.take()
    }

    /// Lends a home.
    package static func with<Result>(
        _ body: (ServerHome) async throws -> Result
    ) async throws -> Result {
        let home = try ServerHome()
        do {
            let result = try await body(home)
            try await home.clean()
            return result
        } catch {
            try await home.clean()
            throw error
        }
    }

    /// Lends a home whose server serves already.
    package static func withServer<Result>(
        arguments: [String] = [], _ body: (ServerProcess) async throws -> Result
    ) async throws -> Result {
        try await with { home in try await body(try await home.start(arguments: arguments)) }
    }

    /// The server's data directory.
    package var data: String { directory + "/data" }

    /// The secret of the admin token that the first start has made.
    package func adminToken() throws -> String {
        try String(contentsOfFile: data + "/admin.token", encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Starts a server and waits until it serves.
    ///
    /// - Parameter environment: What the server's environment has besides the tests' own.
    /// - Throws: ``TestFailure`` with the server's last words when it ends instead.
    package func start(
        arguments: [String] = [], environment: [String: String] = [:]
    ) async throws -> ServerProcess {
        let server = try await launch(arguments: arguments, environment: environment)
        try await server.waitUntilServing()
        return server
    }

    /// Starts a server without waiting for anything.
    package func launch(
        arguments: [String] = [], environment: [String: String] = [:]
    ) async throws -> ServerProcess {
        try await run(
            ["serve", "--data-dir", data, "--listen", "127.0.0.1:\(port)"] + arguments,
            environment: environment)
    }

    /// Starts `linekeeperd` with these very arguments.
    package func run(
        _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> ServerProcess {
        let process = try await ServerProcess(
            home: self, arguments: arguments, environment: environment)
        running.withLock { $0.append(process) }
        return process
    }

    private func clean() async throws {
        for server in running.withLock({ $0 }) { await server.kill() }
        try FileManager.default.removeItem(atPath: directory)
    }
}

/// Ports below those that the system gives to outgoing connections, which other tests may hold.
private enum FreePort {
    private static let next = Atomic<Int>(Int.random(in: 0..<10_000))

    static func take() throws -> Int {
        for _ in 0..<1_000 {
            let offset = next.add(1, ordering: .relaxed).newValue % 10_000
            let port = 20_000 + offset
            if isFree(port) { return port }
        }
        throw TestFailure("no port is free between 20000 and 29999")
    }

    private static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        return LoopbackAddress(port: port).with { bind(descriptor, $0, $1) } == 0
    }
}

/// 127.0.0.1 with a port, for the system's calls.
struct LoopbackAddress {
    private var address = sockaddr_in()

    init(port: Int) {
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    }

    func with(_ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt) -> CInt {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
