import Foundation
import LinekeeperTestSupport
import Testing

extension Integration {
    @Suite struct PythonClientTests {
        static let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()

        @Test func `the Python client of the README plays the whole story`() async throws {
            try await ServerHome.withServer { server in
                let disabled = StoryTests.disabled
                let said = try await python(
                    "scenario.py",
                    [
                        Self.root.appending(path: "README.md").path, "127.0.0.1",
                        "\(server.home.port)", server.home.adminToken(),
                        Self.root.appending(path: "proto/linekeeper.protoset").path,
                    ])
                let lines = said.split(separator: "\n").map(String.init)
                let expected = [
                    "workspace Acme",
                    "agents 2",
                    "imported 25 of 25 {1}",
                    "assigned Ada ['WEBHOOKS_NOT_MANAGED', 'WEBHOOKS_NOT_MANAGED']",
                    "routed Ada 30",
                    "authorized +14155550100",
                    "PROFILE_TAKEN: *",
                    "OUTBOUND_DISABLED: " + disabled,
                    "still routed ada",
                    "on again +14155550100",
                    "OUTBOUND_DISABLED: " + disabled,
                    "IDEMPOTENCY_KEY_REUSED: *",
                    "*: *admin*",
                ]
                for (line, pattern) in zip(lines, expected) {
                    #expect(matches(line, pattern), "\(line) | \(pattern)")
                }
                #expect(lines.count >= expected.count)
            }
        }

        /// A pattern's stars stand for any text.
        private func matches(_ line: String, _ pattern: String) -> Bool {
            fnmatch(pattern, line, 0) == 0 || line == pattern
        }

        /// Runs a script with the interpreter that scripts/setup prepares; answers what it printed.
        private func python(_ script: String, _ arguments: [String]) async throws -> String {
            let prepared = Self.root.appending(path: ".venv/bin/python").path
            let isPrepared = FileManager.default.isExecutableFile(atPath: prepared)
            let path = Self.root.appending(
                path: "Tests/LinekeeperIntegrationTests/Python/" + script)
            return try await onThread {
                let process = Process()
                process.executableURL = URL(
                    filePath: isPrepared ? prepared : "/usr/bin/python3")
                process.arguments = [path.path] + arguments
                let output = Pipe()
                process.standardOutput = output
                process.standardError = output
                process.standardInput = FileHandle.nullDevice
                try process.run()
                let said = try output.fileHandleForReading.readToEnd() ?? Data()
                process.waitUntilExit()
                let text = String(decoding: said, as: UTF8.self)
                guard process.terminationStatus == 0 else {
                    throw TestFailure("\(script) failed; has scripts/setup been run?\n\(text)")
                }
                return text
            }
        }
    }
}
