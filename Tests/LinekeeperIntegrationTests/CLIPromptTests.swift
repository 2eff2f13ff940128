import Foundation
import LinekeeperTestSupport
import TestPrograms
import Testing

/// A person at a terminal, played by Python's pty module.
enum Terminal {
    struct Step: Encodable {
        let expect: String
        let type: String
    }

    struct Seen: Decodable {
        /// Everything that the terminal showed.
        let shown: String
        let exit: Int32
        /// The command line as every program of the machine sees it, at each step.
        let seen: [String]
        /// Whether what is typed would be shown, at each step.
        let echo: [Bool]
    }

    private struct Task: Encodable {
        let command: [String]
        let steps: [Step]
    }

    static func play(
        _ command: [String], _ steps: [(expect: String, type: String)],
        environment: [String: String]
    ) async throws -> Seen {
        let task = Task(
            command: command, steps: steps.map { Step(expect: $0.expect, type: $0.type) })
        let input = try JSONEncoder().encode(task)
        let said = try await Program.run(
            Checkout.python, [Checkout.path("Tests/LinekeeperIntegrationTests/Python/terminal.py")],
            input: String(decoding: input, as: UTF8.self),
            environment: environment.merging(["TERM": "xterm"]) { _, new in new })
        return try JSONDecoder().decode(Seen.self, from: Data(said))
    }
}

extension Integration {
    @Suite struct CLIPromptTests {
        private static let secret = "hush-0123456789"

        private func seen(
            _ cli: CLI, _ arguments: [String], _ steps: [(expect: String, type: String)]
        ) async throws -> Terminal.Seen {
            try await Terminal.play(
                [try CLI.executable] + arguments, steps, environment: cli.environment)
        }

        private let questions: [(expect: String, type: String)] = [
            ("Termination URI: ", "sip.example.com\n"),
            ("Transport (TLS, TCP or UDP): ", "smoke\n"),
            ("Transport (TLS, TCP or UDP): ", "tls\n"),
            ("User name (Enter leaves it out): ", "acme\n"),
        ]

        @Test func `a secret is asked for unseen, and stands in no command line`() async throws {
            try await ServerHome.withServer { server in
                let cli = CLI(server)
                try await cli("workspaces", "create", "Acme")
                let password = (
                    expect: "Password (Enter leaves it out): ", type: Self.secret + "\n"
                )
                let connected = try await seen(
                    cli, ["connect", "sip", "Trunk"], questions + [password])
                #expect(connected.exit == 0, "\(connected.shown)")
                #expect(connected.shown.contains("Choose from: TLS, TCP or UDP."))
                #expect(connected.shown.contains("...6789"))
                #expect(connected.echo == [true, true, true, true, false])
                #expect(!connected.shown.contains(Self.secret))
                for line in connected.seen { #expect(!line.contains("hush")) }

                let rotated = try await seen(
                    cli, ["connections", "rotate", "Trunk"],
                    [
                        ("Termination URI [sip.example.com]: ", "\n"),
                        ("Transport (TLS, TCP or UDP) [TLS]: ", "udp\n"),
                        ("User name [acme]: ", "\n"),
                        ("Password (Enter leaves it out): ", "hush-9876543210\n"),
                    ])
                #expect(rotated.exit == 0, "\(rotated.shown)")
                #expect(rotated.shown.contains("...3210"))
                #expect(rotated.shown.contains("UDP"))
                #expect(!rotated.shown.contains("hush"))
                #expect(!server.log.contains("hush"))

                let added = try await seen(
                    cli,
                    [
                        "connections", "add", "Other", "--termination-uri", "o.example.com",
                        "--username", "acme",
                    ], [("Password of acme: ", Self.secret + "\n")])
                #expect(added.exit == 0 && added.echo == [false])
                #expect(!added.shown.contains("hush"))
            }
        }

        @Test func `Ctrl-C at a secret stores nothing, and the terminal shows again what is typed`()
            async throws
        {
            try await ServerHome.withServer { server in
                let cli = CLI(server)
                try await cli("workspaces", "create", "Acme")
                // The shell goes on at the same terminal.
                let shell =
                    "trap '' INT; (trap - INT; exec \(try CLI.executable) connect sip); "
                    + "echo \"code $?\"; stty -a"
                let ended = try await Terminal.play(
                    ["/bin/bash", "--norc", "-c", shell],
                    questions + [("Password (Enter leaves it out): ", "hush\u{3}")],
                    environment: cli.environment)
                #expect(ended.shown.contains("Nothing was changed."), "\(ended.shown)")
                #expect(ended.shown.contains("code 1"), "\(ended.shown)")
                #expect(ended.shown.contains(" echo "), "\(ended.shown)")
                #expect(!ended.shown.contains("hush"))
                #expect(try await cli("connections", "--json").document().isEmpty)
            }
        }

        @Test func `what cannot be undone is asked, and no answer is no`() async throws {
            try await ServerHome.withServer { server in
                let cli = CLI(server)
                try await cli("workspaces", "create", "Acme")
                try await cli("connections", "add", "Trunk", "--termination-uri", "sip.example.com")
                try await cli("import", "+14155550100", "+14155550101")

                let kept = try await seen(
                    cli, ["release", "+14155550100"],
                    [("Type +14155550100 to go on: ", "yes\n")])
                #expect(kept.exit == 1)
                #expect(kept.shown.contains("Nothing was changed."))
                let released = try await seen(
                    cli, ["release", "+14155550100"],
                    [("Type +14155550100 to go on: ", "+14155550100\n")])
                #expect(released.exit == 0)
                #expect(released.shown.contains("+14155550100 is released."))

                let connected = try await seen(
                    cli, ["connections", "disconnect", "Trunk"],
                    [("Disconnect? [y/N] ", "\n")])
                #expect(connected.exit == 1)
                #expect(try await cli("connections").out.contains("Trunk"))
                let gone = try await seen(
                    cli, ["connections", "disconnect", "Trunk"],
                    [("Disconnect? [y/N] ", "y\n")])
                #expect(gone.exit == 0)
                #expect(gone.shown.contains("deletes its 1 number here"))
                #expect(gone.shown.contains("Trunk is disconnected"))
            }
        }
    }
}
