import Foundation
import Glibc
import LinekeeperTestSupport
import Synchronization
import Testing

/// The real `linekeeper`, run against a server as a person or a script would.
struct CLI {
    /// What a run has left behind.
    struct Run {
        let code: Int32
        let out: String
        let err: String

        var lines: [String] { out.split(separator: "\n").map(String.init) }

        /// The one JSON document of standard output.
        func document() throws -> [String: Any] {
            let value = try JSONSerialization.jsonObject(with: Data(out.utf8))
            return try #require(value as? [String: Any], "no JSON object: \(out)")
        }

        /// The JSON documents of standard output, a line each.
        func documents() throws -> [[String: Any]] {
            try lines.map { line in
                let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
                return try #require(value as? [String: Any], "no JSON object: \(line)")
            }
        }
    }

    let environment: [String: String]

    init(_ server: ServerProcess, workspace: String? = nil) {
        var environment = [
            "LINEKEEPER_SERVER": "127.0.0.1:\(server.home.port)",
            "LINEKEEPER_DATA_DIR": server.home.data, "TZ": "UTC", "PATH": "/usr/bin:/bin",
            "SWIFT_BACKTRACE": "enable=no",
        ]
        environment["LINEKEEPER_WORKSPACE"] = workspace
        self.environment = environment
    }

    /// Against a server that takes any token.
    init(port: Int) {
        environment = [
            "LINEKEEPER_SERVER": "127.0.0.1:\(port)", "LINEKEEPER_TOKEN": "lk_tester", "TZ": "UTC",
            "PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no",
        ]
    }

    private init(environment: [String: String]) { self.environment = environment }

    /// The same command line under another environment; an empty value takes a variable away.
    func with(_ change: [String: String]) -> CLI {
        CLI(environment: environment.merging(change) { _, new in new }.filter { !$0.value.isEmpty })
    }

    static var executable: String { get throws { try ServerProcess.executable("linekeeper") } }

    /// A run under way.
    func start(_ arguments: [String], input: String? = nil) throws -> Running {
        try Running(arguments, input: input, environment: environment)
    }

    /// Runs a command to its end.
    func run(_ arguments: [String], input: String? = nil) async throws -> Run {
        let running = try start(arguments, input: input)
        return try await onThread { try running.finish() }
    }

    /// Runs a command that must succeed.
    @discardableResult
    func callAsFunction(
        _ arguments: String..., input: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Run {
        let run = try await run(arguments, input: input)
        #expect(
            run.code == 0, "linekeeper \(arguments): \(run.err)", sourceLocation: sourceLocation)
        return run
    }

    /// Runs a command that must be refused, and say why.
    @discardableResult
    func refused(
        _ arguments: String..., code: Int32 = 1, saying words: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Run {
        let run = try await run(arguments)
        #expect(
            run.code == code, "linekeeper \(arguments): \(run.err)", sourceLocation: sourceLocation)
        for word in words {
            #expect(
                run.err.contains(word), "linekeeper \(arguments): \(run.err)",
                sourceLocation: sourceLocation)
        }
        return run
    }

    /// Runs a command that changes nothing as a table and as JSON.
    func shows(
        _ arguments: String..., table: String..., json: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let shown = try await run(arguments)
        #expect(shown.code == 0, "\(arguments): \(shown.err)", sourceLocation: sourceLocation)
        for words in table {
            #expect(
                shown.out.contains(words), "\(arguments): \(shown.out)",
                sourceLocation: sourceLocation)
        }
        #expect(!shown.out.contains("\u{1B}"), "colour without a terminal")
        let said = try await run(arguments + ["--json"])
        #expect(said.code == 0, "\(arguments): \(said.err)", sourceLocation: sourceLocation)
        #expect(
            try said.document()[json] != nil, "\(arguments): \(said.out)",
            sourceLocation: sourceLocation)
    }
}

extension CLI {
    /// A `linekeeper` that runs; it writes to files, so that nothing waits for a reader.
    final class Running: Sendable {
        private let process: Mutex<Process>
        private let directory: URL
        let processID: pid_t

        init(_ arguments: [String], input: String?, environment: [String: String]) throws {
            directory = FileManager.default.temporaryDirectory
                .appending(path: "linekeeper-cli-" + UUID().uuidString)
            try FileManager.default.createDirectory(
                at: directory, withIntermediateDirectories: true)
            for name in ["in", "out", "err"] {
                try Data((name == "in" ? input ?? "" : "").utf8).write(
                    to: directory.appending(path: name))
            }
            let process = Process()
            process.executableURL = URL(filePath: try CLI.executable)
            process.arguments = arguments
            process.environment = environment
            process.currentDirectoryURL = directory
            process.standardInput =
                input == nil
                ? FileHandle.nullDevice
                : try FileHandle(forReadingFrom: directory.appending(path: "in"))
            process.standardOutput = try FileHandle(
                forWritingTo: directory.appending(path: "out"))
            process.standardError = try FileHandle(forWritingTo: directory.appending(path: "err"))
            try process.run()
            processID = process.processIdentifier
            self.process = Mutex(process)
        }

        private func text(_ name: String) throws -> String {
            try String(contentsOf: directory.appending(path: name), encoding: .utf8)
        }

        /// Waits until standard output has so many lines.
        func waitForLines(_ count: Int) async throws {
            for _ in 0..<12_000 {
                if try text("out").count(where: { $0 == "\n" }) >= count { return }
                guard process.withLock({ $0.isRunning }) else { return }
                try await Task.sleep(for: .milliseconds(5))
            }
            throw TestFailure("linekeeper writes nothing: \(try text("err"))")
        }

        func signal(_ number: Int32) {
            process.withLock { if $0.isRunning { _ = Glibc.kill(processID, number) } }
        }

        /// Waits for its end; use it on a thread of its own.
        func finish() throws -> Run {
            let code = process.withLock { process in
                process.waitUntilExit()
                return process.terminationReason == .exit
                    ? process.terminationStatus : 128 + process.terminationStatus
            }
            let run = Run(code: code, out: try text("out"), err: try text("err"))
            try FileManager.default.removeItem(at: directory)
            return run
        }
    }
}
