import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import Testing

extension Integration {
    /// What the command line says while it waits, and when no answer comes.
    @Suite struct CLIDoubtTests {
        private static let e164 = "+14155550100"

        private static func server(
            _ release: @escaping ScriptedServer.Answer
        ) -> ScriptedServer {
            ScriptedServer([
                "GetNumber": { _, _ throws(Status) in
                    Proto.GetNumberResponse.with {
                        $0.number = .with {
                            $0.e164 = e164
                            $0.numberID = "num_1"
                        }
                    }.encoded()
                },
                "ReleaseNumber": release,
            ])
        }

        private static let release = ["release", e164, "--yes", "--confirm", e164]

        @Test func `a carrier that does not answer is asked again, which is said`() async throws {
            let server = Self.server { _, _ throws(Status) in
                throw Status(
                    .unavailable, "Twilio does not answer.", reason: "CARRIER_UNAVAILABLE")
            }
            try await server.serve { cli in
                let refused = try await cli.run(Self.release + ["--json"])
                #expect(refused.code == 1)
                for attempt in 2...5 {
                    let line = "Twilio does not answer. Trying again (\(attempt) of 5)..."
                    #expect(refused.err.contains(line), "\(refused.err)")
                }
                #expect(refused.out.isEmpty)
                #expect(server.calls("ReleaseNumber").count == 5)
                // The carrier was asked to do nothing: there is no doubt.
                #expect(!refused.err.contains("not known"), "\(refused.err)")
            }
        }

        @Test func `a number that was released already is said to be, by its E.164 too`()
            async throws
        {
            try await ServerHome.withServer { server in
                let cli = CLI(server)
                try await cli("workspaces", "create", "Acme")
                try await cli("connections", "add", "Trunk", "--termination-uri", "sip.example.com")
                try await cli("import", Self.e164)
                let id = try await cli("numbers", "show", Self.e164, "--json").document()[
                    "numberId"]
                let number = try #require(id as? String)
                #expect(try await cli.run(Self.release).out == "\(Self.e164) is released.\n")
                for name in [Self.e164, number] {
                    let again = try await cli("release", name)
                    #expect(again.out.contains("\(Self.e164) was released already, at "))
                }
                let shown = try await cli("release", Self.e164, "--json").document()
                let status = (shown["number"] as? [String: Any])?["status"] as? String
                #expect(status?.hasSuffix("RELEASED") == true, "\(shown)")
                try await cli.refused("release", "+14155550101", saying: "NUMBER_NOT_FOUND")
                try await cli.refused(
                    "prices", "set", "XX", "local", "500", saying: "INVALID_ARGUMENT",
                    "no country has the code XX")
            }
        }

        @Test func `a release without an answer may be done again, and that is said`() async throws
        {
            let server = Self.server { _, _ throws(Status) in
                do { try await Task.sleep(for: .seconds(60)) } catch {}
                throw Status(.cancelled, "Nobody waits.")
            }
            try await server.serve { cli in
                let lost = try await cli.run(Self.release + ["--timeout", "0.5"])
                #expect(lost.code == 3)
                #expect(lost.err.contains("Doing the same again is safe"), "\(lost.err)")
            }
        }
    }
}
