import Foundation
import Glibc
import LinekeeperProto
package import LinekeeperRPC
package import TestPrograms

/// A `linekeeperd` that was built with these tests, as a process of its own.
package final class ServerProcess: Sendable {
    package typealias Exit = Program.Exit

    package let home: ServerHome
    private let program: Program

    init(home: ServerHome, arguments: [String], environment: [String: String]) async throws {
        self.home = home
        program = try await Program(
            try Self.executable("linekeeperd"), arguments,
            environment: ProcessInfo.processInfo.environment
                .merging(["SWIFT_BACKTRACE": "enable=no"]) { _, new in new }
                .merging(environment) { _, new in new })
    }

    /// The executable of this name in the directory of the test bundle.
    ///
    /// - Throws: ``TestFailure`` that says how to build it.
    package static func executable(_ name: String) throws -> String {
        let bundle = URL(filePath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
        let path = bundle.deletingLastPathComponent().appending(path: name).path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw TestFailure("\(path) is not there: swift build --product \(name)")
        }
        return path
    }

    /// What the server has written on standard error so far.
    package var log: String { program.complaints }

    /// How the server has ended; `nil` while it runs.
    package var ending: Exit? { program.ending }

    /// Waits for the server to end.
    package func exit() async -> Exit { await program.exit() }

    /// Asks the server to end (SIGTERM) and waits until it has.
    @discardableResult
    package func stop() async -> Exit {
        signal(SIGTERM)
        return await exit()
    }

    /// Ends the server as a power cut would end the process (SIGKILL).
    package func kill() async {
        signal(SIGKILL)
        _ = await exit()
    }

    /// Sends a signal, unless the server has ended.
    package func signal(_ number: Int32) { program.signal(number) }

    /// A client with a token; the admin's own unless another is given.
    package func client(token: String? = nil) throws -> RPCClient {
        try client(showing: token ?? home.adminToken())
    }

    /// A client that shows a token, or none.
    package func client(
        showing token: String?, _ change: (inout ClientConfiguration) -> Void = { _ in }
    ) throws -> RPCClient {
        var configuration = ClientConfiguration(host: "127.0.0.1", port: home.port)
        configuration.token = token
        configuration.backoffInitial = .milliseconds(20)
        configuration.backoffMax = .milliseconds(200)
        change(&configuration)
        return try RPCClient(configuration)
    }

    /// Waits until a server that was launched serves.
    ///
    /// - Throws: ``TestFailure`` with the server's last words when it ends instead.
    package func waitUntilServing() async throws {
        let client = try client(showing: nil)
        for _ in 0..<6_000 {
            if let ending { throw TestFailure("linekeeperd ended with \(ending):\n\(log)") }
            if Self.accepts(port: home.port), await Self.serves(client) { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw TestFailure("linekeeperd does not serve:\n\(log)")
    }

    private static func accepts(port: Int) -> Bool {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        return LoopbackAddress(port: port).with { connect(descriptor, $0, $1) } == 0
    }

    private static func serves(_ client: RPCClient) async -> Bool {
        let answer = try? await client.call(
            Proto.HealthCheckRequest(), "/grpc.health.v1.Health/Check",
            Proto.HealthCheckResponse.self, CallOptions(timeout: .seconds(10), isRead: true))
        return answer?.status == .serving
    }
}
