import Foundation
import Glibc
import LinekeeperTestSupport
import TestPrograms
import Testing

extension Integration {
    /// What scripts go by: exit codes, and what is said where something goes wrong.
    @Suite struct CLIFailureTests {
        @Test func `the exit code tells a refusal from a mistake and from a server that is away`()
            async throws
        {
            try await ServerHome.withServer { server in
                let cli = CLI(server)
                let unknown = try await cli.with(["LINEKEEPER_TOKEN": "lk_nobody"]).refused(
                    "workspaces", saying: "UNAUTHENTICATED", "next:", "LINEKEEPER_TOKEN")
                #expect(unknown.out.isEmpty)
                let none = cli.with(["LINEKEEPER_DATA_DIR": "/nonexistent"])
                try await none.refused("workspaces", saying: "UNAUTHENTICATED", "--token-file")
                try await cli.refused(
                    "numbers", "show", "+14155550100", code: 2, saying: "no workspace yet")
                try await cli("workspaces", "create", "Acme")
                try await cli.refused(
                    "numbers", "show", "+14155550100", saying: "NUMBER_NOT_FOUND", "next:",
                    "request:")
                try await cli.refused("numbers", "show", "12", code: 2, saying: "names no number")
                try await cli.refused("numbers", "shout", code: 2, saying: "shout")
                try await cli.refused("connect", "vonage", code: 2, saying: "twilio")
                try await cli.refused("connect", "sip", code: 2, saying: "--credentials-file")
                try await cli.refused(
                    "connect", "sip", "--field", "password=hush", code: 2, saying: "secret")
                try await cli.refused(
                    "connect", "sip", "--credentials-file", "/nonexistent", code: 2,
                    saying: "there is no such file")
                try await cli.refused("status", "--timeout", "soon", code: 2, saying: "--timeout")
                #expect(await server.stop() == .code(0))
                for command in [["status"], ["numbers"], ["ping"], ["watch"]] {
                    let away = try await cli.run(command)
                    #expect(away.code == 3, "\(command): \(away.err)")
                    #expect(away.err.contains("next: is linekeeperd running?"), "\(away.err)")
                }
            }
        }

        @Test func `a table fits a narrow terminal, and a closed pipe ends a command quietly`()
            async throws
        {
            try await ServerHome.withServer { server in
                let cli = CLI(server)
                try await cli("workspaces", "create", "Acme")
                try await cli("connections", "add", "Trunk", "--termination-uri", "sip.example.com")
                try await cli("import", "--range", "+14155550100..+14155550399")
                let seen = try await Terminal.play(
                    ["/bin/sh", "-c", "stty cols 50; exec \(try CLI.executable) numbers"], [],
                    environment: cli.environment)
                #expect(seen.exit == 0)
                let lines = seen.shown.split(whereSeparator: \.isNewline)
                    .filter { $0.contains("+1415") }
                #expect(lines.count == 100)
                for line in lines {
                    let text = line.replacing(try Regex("\u{1B}\\[[0-9]*m"), with: "")
                    #expect(text.count <= 50, "\(text)")
                }
                #expect(seen.shown.contains("\u{1B}[32m"), "a terminal is shown colour")
                let piped = try await Terminal.play(
                    [
                        "/bin/bash", "-c",
                        "\(try CLI.executable) numbers --all | head -n 1; echo ${PIPESTATUS[0]}",
                    ], [], environment: cli.environment)
                #expect(piped.shown.hasSuffix("0\r\n"), "\(piped.shown)")
            }
        }

        /// Enough that an import of them is under way for a while.
        private static let many = "+14150000000..+14150039999"

        @Test
        func `an import whose server dies says how far it came, and the same again finishes it`()
            async throws
        {
            try await ServerHome.with { home in
                let server = try await home.start()
                let cli = CLI(server)
                try await cli("workspaces", "create", "Acme")
                try await cli("connections", "add", "Trunk", "--termination-uri", "sip.example.com")
                let importing = try await cli.start(["import", "--range", Self.many, "--json"])
                try await importing.waitForLines(200)
                await server.kill()
                let broken = await importing.finish()
                #expect(broken.code == 3, "\(broken.err)")
                #expect(broken.err.contains("Doing the same again is safe"), "\(broken.err)")
                #expect(broken.err.contains("CONNECTION_LOST"), "\(broken.err)")
                let told = try broken.documents()
                #expect(told.count >= 200 && told.count < 40_000)

                _ = try await home.start()
                let again = try await cli("import", "--range", Self.many, "--json").documents()
                #expect(again.count == 40_000)
                let here = again.filter {
                    $0["outcome"] as? String == "IMPORT_OUTCOME_ALREADY_IMPORTED"
                }
                // Nothing that was told as done is missing.
                #expect(here.count >= told.count)
            }
        }

        @Test func `Ctrl-C ends an import with how far it came`() async throws {
            try await ServerHome.withServer { server in
                let cli = CLI(server)
                try await cli("workspaces", "create", "Acme")
                try await cli("connections", "add", "Trunk", "--termination-uri", "sip.example.com")
                let importing = try await cli.start(["import", "--range", Self.many, "--json"])
                try await importing.waitForLines(200)
                importing.signal(SIGINT)
                let ended = await importing.finish()
                #expect(ended.code == 1, "\(ended.err)")
                #expect(ended.err.contains("of 40,000 numbers were done"), "\(ended.err)")
                let watching = try await cli.start(["watch", "--json"])
                try await watching.waitForLines(1)
                watching.signal(SIGINT)
                #expect(await watching.finish().code == 0)
            }
        }
    }
}
