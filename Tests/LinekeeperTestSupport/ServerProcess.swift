import Foundation
import Glibc
import LinekeeperProto
package import LinekeeperRPC
import Synchronization

/// A `linekeeperd` that was built with these tests, as a process of its own.
package final class ServerProcess: Sendable {
    /// How a process ended.
    package enum Exit: Hashable, Sendable {
        case code(Int32)
        case signal(Int32)
    }

    private struct State {
        var exit: Exit?
        var waiting: [CheckedContinuation<Exit, Never>] = []
    }

    package let home: ServerHome
    private let processID: pid_t
    private let logPath: String
    private let state: SharedState

    private final class SharedState: Sendable {
        let value = Mutex(State())

        func ended(_ exit: Exit) {
            let waiting = value.withLock { state in
                state.exit = exit
                defer { state.waiting = [] }
                return state.waiting
            }
            for each in waiting { each.resume(returning: exit) }
        }
    }

    init(home: ServerHome, arguments: [String], environment: [String: String]) throws {
        self.home = home
        logPath = home.directory + "/log-" + UUID().uuidString
        try Data().write(to: URL(filePath: logPath))
        let process = Process()
        process.executableURL = URL(filePath: try Self.executable("linekeeperd"))
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment
            .merging(["SWIFT_BACKTRACE": "enable=no"]) { _, new in new }
            .merging(environment) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: URL(filePath: logPath))
        let state = SharedState()
        process.terminationHandler = { process in
            let status = process.terminationStatus
            state.ended(process.terminationReason == .exit ? .code(status) : .signal(status))
        }
        try process.run()
        self.state = state
        processID = process.processIdentifier
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
    package var log: String {
        (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? ""
    }

    /// How the server has ended; `nil` while it runs.
    package var ending: Exit? { state.value.withLock { $0.exit } }

    /// Waits for the server to end.
    package func exit() async -> Exit {
        await withCheckedContinuation { continuation in
            let known = state.value.withLock { state in
                if state.exit == nil { state.waiting.append(continuation) }
                return state.exit
            }
            if let known { continuation.resume(returning: known) }
        }
    }

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

    /// Sends a signal, unless the process has ended: its number may be another's by then.
    package func signal(_ number: Int32) {
        state.value.withLock { state in
            if state.exit == nil { _ = Glibc.kill(processID, number) }
        }
    }

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
