import Foundation
import LinekeeperTestSupport
import TestPrograms
import Testing

extension Integration {
    @Suite struct PythonClientTests {
        @Test func `the Python client of the README plays the whole story`() async throws {
            try await ServerHome.withServer { server in
                let disabled = StoryTests.disabled
                let said = try await Program.run(
                    Checkout.python,
                    [
                        Checkout.path("Tests/LinekeeperIntegrationTests/Python/scenario.py"),
                        Checkout.path("README.md"), "127.0.0.1", "\(server.home.port)",
                        server.home.adminToken(), Checkout.path("proto/linekeeper.protoset"),
                    ])
                let lines = String(decoding: said, as: UTF8.self)
                    .split(separator: "\n").map(String.init)
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
    }
}
