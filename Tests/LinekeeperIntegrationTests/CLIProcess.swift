import Foundation
import LinekeeperTestSupport
import TestPrograms
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
    func start(_ arguments: [String], input: String = "") async throws -> Program {
        try await Program(
            try Self.executable, arguments, input: input, environment: environment)
    }

    /// Runs a command to its end.
    func run(_ arguments: [String], input: String = "") async throws -> Run {
        await (try await start(arguments, input: input)).finish()
    }

    /// Runs a command that must succeed.
    @discardableResult
    func callAsFunction(
        _ arguments: String..., input: String = "",
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

/// A `linekeeper` under way.
extension Program {
    /// Waits until standard output has so many lines.
    func waitForLines(_ count: Int) async throws {
        for _ in 0..<12_000 {
            if output.count(where: { $0 == UInt8(ascii: "\n") }) >= count { return }
            guard ending == nil else { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw TestFailure("linekeeper writes nothing: \(complaints)")
    }

    /// Waits for its end.
    func finish() async -> CLI.Run {
        let code: Int32 =
            switch await exit() {
            case .code(let code): code
            case .signal(let number): 128 + number
            }
        return CLI.Run(code: code, out: String(decoding: output, as: UTF8.self), err: complaints)
    }
}
