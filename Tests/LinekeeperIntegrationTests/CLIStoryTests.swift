import Foundation
import LinekeeperTestSupport
import Testing

extension Integration {
    /// Every command that needs no carrier with an API, as a table and as JSON.
    @Suite struct CLIStoryTests {
        @Test func `workspaces, tokens, agents and credits are kept from the command line`()
            async throws
        {
            try await ServerHome.withServer { server in
                let cli = CLI(server)
                try await administration(cli)
                try await agents(cli)
                try await tools(cli)
            }
        }

        private func administration(_ cli: CLI) async throws {
            try await cli("workspaces", "create", "Acme", "--plan", "unlimited")
            try await cli.shows("workspaces", table: "Acme", "unlimited", json: "workspaces")
            try await cli.shows("workspaces", "show", table: "Acme", json: "workspaceId")
            let updated = try await cli(
                "workspaces", "update", "Acme", "--name", "Acme West", "--json")
            #expect(updated.out.contains("Acme West"))

            try await cli("credits", "grant", "1500", "--note", "a start")
            try await cli.shows("credits", table: "balance", "1500", json: "balance")
            try await cli.shows("ledger", table: "+1500", "a start", json: "entries")

            let issued = try await cli("tokens", "issue", "--role", "viewer", "--label", "desk")
            #expect(issued.out.hasPrefix("lk_"))
            #expect(issued.lines.count == 1)
            try await cli.shows("tokens", table: "viewer", "desk", json: "tokens")
            let viewer = cli.with([
                "LINEKEEPER_TOKEN": issued.out.trimmingCharacters(in: .whitespacesAndNewlines)
            ])
            try await viewer.refused(
                "agents", "put", "agt_1", saying: "PERMISSION_DENIED", "next:")
            let tokens = try await cli("tokens", "--json").document()
            let list = try #require(tokens["tokens"] as? [[String: Any]])
            let id = try #require(
                list.first { $0["label"] as? String == "desk" }?["tokenId"] as? String)
            try await cli("tokens", "revoke", id, "--yes")
            try await viewer.refused("agents", saying: "UNAUTHENTICATED", "next:")

            try await cli("prices", "set", "DE", "mobile", "1200")
            try await cli.shows("prices", table: "DE", "1,200", json: "prices")
            try await cli("prices", "delete", "DE", "mobile", "--yes")
            #expect(try await !cli("prices").out.contains("1,200"))
            try await cli.refused(
                "prices", "delete", "DE", "mobile", "--yes", saying: "PRICE_NOT_FOUND")

            try await cli("workspaces", "create", "Doomed")
            try await cli("workspaces", "delete", "Doomed", "--yes")
            #expect(try await !cli("workspaces").out.contains("Doomed"))
        }

        private func agents(_ cli: CLI) async throws {
            try await cli("agents", "put", "agt_1", "Anna", "--status", "published")
            try await cli("agents", "put", "agt_2", "Ben", "--status", "draft")
            try await cli.shows("agents", table: "Anna", "draft", json: "agents")
            try await cli("agents", "delete", "agt_2", "--yes")
            #expect(try await !cli("agents").out.contains("Ben"))
        }

        private func tools(_ cli: CLI) async throws {
            try await cli.shows("status", table: "SERVING", "workspaces", json: "version")
            try await cli.shows("ping", "--count", "2", table: "round trips", json: "count")
            try await cli.shows("sources", table: "marketplace", "import", json: "sources")
            let called = try await cli("call", "ListWorkspaces", "{}").document()
            #expect(called["workspaces"] != nil)
            #expect(try await cli("call").out.contains("/linekeeper.v1.NumberService/GetNumber"))
            for shell in ["bash", "zsh", "fish"] {
                #expect(try await cli("completions", shell).out.contains("linekeeper suggest"))
            }
            #expect(try await cli("suggest", "agents").lines == ["agt_1"])
            #expect(try await cli("suggest", "workspaces").lines == ["Acme West"])
            #expect(try await cli("connect", "--help").out.contains("--credentials-file"))
            #expect(try await cli("--version").out.hasPrefix("0."))
        }

        @Test func `numbers of a trunk are imported, assigned, called, switched and released`()
            async throws
        {
            try await ServerHome.withServer { server in
                let cli = CLI(server)
                try await cli("workspaces", "create", "Acme")
                try await cli("agents", "put", "agt_1", "Anna", "--status", "published")
                try await trunk(cli)
                try await numbers(cli)
                try await calls(cli)
                try await endings(cli)
            }
        }

        private func trunk(_ cli: CLI) async throws {
            try await cli.shows("carriers", table: "SIP", "termination_uri", json: "carriers")
            let checked = try await cli(
                "connect", "sip", "--check", "--credentials-file", "-",
                input: #"{"termination_uri": "sip.example.com", "transport": "TLS"}"#)
            #expect(checked.out == "SIP accepts the credentials: sip.example.com.\n")
            #expect(try await cli("connections", "--json").document()["connections"] == nil)

            let connected = try await cli(
                "connect", "sip", "Trunk", "--field", "transport=TLS", "--credentials-file", "-",
                input: "termination_uri=sip.example.com\nusername=acme\npassword=hush0123456789\n")
            #expect(connected.out.contains("...6789"))
            #expect(!(connected.out + connected.err).contains("hush"))
            try await cli.shows("connections", table: "Trunk", "connected", json: "connections")
            try await cli.shows(
                "connections", "show", "Trunk", table: "sip.example.com", json: "connectionId")
            let rotated = try await cli(
                "connections", "rotate", "Trunk", "--credentials-file", "-",
                input: "password=other0123454321")
            #expect(rotated.out.contains("...4321") && rotated.out.contains("acme"))
            try await cli("connections", "rename", "Trunk", "Main")
            try await cli(
                "connections", "add", "Spare", "--termination-uri", "spare.example.com")
            #expect(try await cli("suggest", "connections").lines.sorted() == ["Main", "Spare"])
            try await cli.refused(
                "importable", "Main", saying: "CARRIER_NOT_SUPPORTED", "cannot be asked")
            try await cli.refused("sync", "Main", saying: "CARRIER_NOT_SUPPORTED")
        }

        private func numbers(_ cli: CLI) async throws {
            let imported = try await cli(
                "import", "Main", "--capabilities", "voice,sms", "--range",
                "+14155550100..+14155550124")
            #expect(imported.out == "25 imported\n")
            #expect(imported.err.contains("25 of 25"))
            let again = try await cli(
                "import", "Main", "+14155550100", "+1 (415) 555-0199", "--json")
            let results = try again.documents()
            #expect(
                results.compactMap { $0["outcome"] as? String } == [
                    "IMPORT_OUTCOME_ALREADY_IMPORTED", "IMPORT_OUTCOME_IMPORTED",
                ])
            let file = try await cli(
                "import", "Spare", "--file", "-",
                input: "e164,label,capabilities\n+14155550200,\"Desk, left\",voice\n")
            #expect(file.out == "1 imported\n")

            try await cli.shows("numbers", table: "+14155550100", "Imported", json: "numbers")
            try await cli.shows(
                "numbers", "show", "+14155550200", table: "Desk, left", json: "numberId")
            try await cli(
                "numbers", "update", "+14155550100", "--label", "Front", "--tag", "site=sf")
            try await cli.shows("numbers", "--tag", "site=sf", table: "Front", json: "numbers")
            try await cli.shows(
                "forwarding", "+14155550100", table: "*72", "Forward the line", json: "steps")
            try await cli.shows("regions", table: "us-east", json: "regions")
            #expect(try await cli("regions", "+14155550100").err.contains("no regions"))
            try await cli.refused(
                "region", "set", "+14155550100", "us-east", saying: "REGION_NOT_SUPPORTED", "next:")
            try await cli.refused(
                "webhooks", "set", "managed", "+14155550100", "+14155550101",
                saying: "+14155550101:", "WEBHOOKS_NOT_CONFIGURED")
        }

        private func calls(_ cli: CLI) async throws {
            let watching = try await cli.start(["watch", "--count", "3", "--json"])
            try await watching.waitForLines(1)
            try await cli(
                "assign", "+14155550100", "--inbound", "agt_1", "--outbound", "agt_1", "--sms",
                "agt_1")
            try await cli.shows("route", "+14155550100", table: "Anna", json: "agentId")
            try await cli.shows(
                "authorize", "--agent", "agt_1", "--to", "+4930123456", table: "+14155550100",
                json: "fromE164")
            try await cli("outbound", "off", "+14155550100", "--reason", "fraud")
            try await cli.refused(
                "authorize", "--agent", "agt_1", "--to", "+4930123456",
                saying: StoryTests.disabled, "OUTBOUND_DISABLED", "linekeeper outbound on")
            try await cli.shows("options", table: "Anna", json: "options")
            try await cli("outbound", "on", "+14155550100")
            let changes = await watching.finish()
            #expect(changes.code == 0)
            #expect(try changes.documents().allSatisfy { $0["resumeToken"] != nil })
            try await cli("outbound", "lock", "--all", "--yes")
            try await cli("outbound", "unlock", "--all", "--yes")
            try await cli.shows(
                "diagnose", "+14155550100", "--use", "inbound", table: "assigned", json: "checks")
            try await cli(
                "messages", "record", "--direction", "inbound", "--from", "+12125550100", "--to",
                "+14155550100", "--body", "Hello")
            try await cli.shows("messages", table: "Hello", "+12125550100", json: "messages")
            try await cli.shows(
                "events", "--number", "+14155550100", table: "assignments", json: "events")
        }

        private func endings(_ cli: CLI) async throws {
            try await cli.refused("release", "+14155550101", code: 2, saying: "--confirm")
            try await cli.refused(
                "release", "+14155550101", "--yes", "--confirm", "+14155550102", code: 2,
                saying: "+14155550102")
            let later = try await cli(
                "release", "+14155550101", "--at", "2d", "--yes", "--confirm", "+14155550101")
            #expect(later.out.contains("will be released at"))
            #expect(try await cli("release", "cancel", "+14155550101").out.contains("is kept"))
            let now = try await cli(
                "release", "+14155550101", "--yes", "--confirm", "+14155550101", "--json")
            #expect(now.out.contains("NUMBER_STATUS_RELEASED"))

            try await cli.refused("connections", "disconnect", "Main", code: 2, saying: "--yes")
            let gone = try await cli("connections", "disconnect", "Main", "--yes")
            #expect(gone.err.contains("Anna loses inbound on +14155550100"))
            #expect(gone.out.contains("Main is disconnected. Gone: 25 numbers, 3 assignments."))
            #expect(try await cli("numbers", "--json").document()["numbers"] != nil)
        }
    }
}
