import CarrierSimulator
import Foundation
import LinekeeperTestSupport
import Testing

/// A server that buys from simulated carriers, and whose customers have accounts there.
struct CLIMarket {
    let simulator: CarrierSimulator
    let server: ServerProcess
    let cli: CLI

    /// Files with the credentials of the customer's accounts.
    var twilio: String { server.home.directory + "/twilio.json" }
    var telnyx: String { server.home.directory + "/telnyx.json" }

    /// Lends one with a workspace that may buy everywhere and has 5,000 credits.
    static func with(_ body: @escaping (CLIMarket) async throws -> Void) async throws {
        let simulator = try await CarrierSimulator.start(orderDelay: .milliseconds(500))
        do {
            try await ServerHome.with { home in
                let marketplace = try file(
                    "marketplace.json", of: Demo.twilioMarketplace, in: home)
                let pool = try file(
                    "pool.json", of: Demo.telnyxPool, in: home, Demo.telnyxPoolConnection)
                let server = try await home.start(arguments: [
                    "--carrier-simulator", simulator.url, "--marketplace-credentials", marketplace,
                    "--pool-credentials", pool, "--webhook-base-url", "https://calls.example.com",
                ])
                let market = CLIMarket(
                    simulator: simulator, server: server, cli: CLI(server))
                _ = try file("twilio.json", of: Demo.twilioCustomer, in: home)
                _ = try file(
                    "telnyx.json", of: Demo.telnyxCustomer, in: home,
                    Demo.telnyxCustomerConnection)
                try await market.cli(
                    "workspaces", "create", "Acme", "--plan", "unlimited", "--flag",
                    "flex_phone_self-serve")
                try await market.cli("credits", "grant", "5000")
                try await body(market)
            }
        } catch {
            await simulator.stop()
            throw error
        }
        await simulator.stop()
    }

    /// Writes an account's credentials into a file of the home; answers its path.
    private static func file(
        _ name: String, of account: Account, in home: ServerHome, _ connectionID: String? = nil
    ) throws -> String {
        var fields: [String: String] = [:]
        fields["connection_id"] = connectionID
        for credential in account.credentials {
            switch (credential.kind, credential.region) {
            case (.apiKey, _): fields["api_key"] = credential.secret
            case (.authToken, .us1):
                fields["account_sid"] = credential.id
                fields["auth_token"] = credential.secret
            case (.authToken, let region): fields["auth_token_\(region)"] = credential.secret
            case (.mainKey, _), (.standardKey, _): break
            }
        }
        let path = home.directory + "/" + name
        // The server takes no credentials that others may read.
        guard
            FileManager.default.createFile(
                atPath: path, contents: try JSONSerialization.data(withJSONObject: fields),
                attributes: [.posixPermissions: 0o600])
        else { throw TestFailure("\(path) cannot be written") }
        return path
    }
}

extension Integration {
    /// The commands that work with carriers, against simulated ones.
    @Suite struct CLICarrierTests {
        @Test func `accounts are connected, imported from, compared, repaired and disconnected`()
            async throws
        {
            try await CLIMarket.with { market in
                try await connecting(market)
                let numbers = try await importing(market)
                try await changing(market, numbers)
                try await comparing(market, numbers)
                try await disconnecting(market)
            }
        }

        private func connecting(_ market: CLIMarket) async throws {
            let cli = market.cli
            try await cli.shows(
                "carriers", table: "Twilio", "auth_token", "connection_id", json: "carriers")
            let wrong = try await cli.run(
                ["connect", "telnyx", "--check", "--credentials-file", "-"],
                input: "api_key=KEY-wrong-0123456789\nconnection_id=1")
            #expect(wrong.code == 1)
            #expect(wrong.err.contains("CREDENTIALS_REJECTED"), "\(wrong.err)")
            #expect(!(wrong.err + wrong.out).contains("KEY-wrong"))
            let checked = try await cli(
                "connect", "twilio", "--check", "--credentials-file", market.twilio)
            #expect(checked.out.contains("accepts the credentials"), "\(checked.out)")
            let twilio = try await cli(
                "connect", "twilio", "Our Twilio", "--credentials-file", market.twilio)
            #expect(twilio.out.contains("connected"))
            #expect(!twilio.out.contains("demo-customer-auth-token"))
            let telnyx = try await cli(
                "connect", "telnyx", "--credentials-file", market.telnyx, "--json")
            #expect(try telnyx.document()["connection"] != nil)
            #expect(!telnyx.out.contains("KEYdemo-customer"))
            try await cli.shows(
                "connections", table: "Our Twilio", "Telnyx", "connected", json: "connections")
            let rotated = try await cli(
                "connections", "rotate", "Our Twilio", "--credentials-file", market.twilio)
            #expect(rotated.out.contains("connected"))
            try await cli("connections", "retire", "Our Twilio", "--yes")
        }

        /// Answers the numbers of the Twilio account; the first fifty are imported.
        private func importing(_ market: CLIMarket) async throws -> [String] {
            let cli = market.cli
            try await cli.shows(
                "importable", "Our Twilio", "--all", table: "yes", "voice.acme.example",
                json: "numbers")
            let listed = try await cli("importable", "Our Twilio", "--all")
            #expect(listed.err.contains("60 of 60 can be imported"), "\(listed.err)")
            let numbers = listed.lines.dropFirst().compactMap {
                $0.split(separator: " ").first.map(String.init)
            }
            try #require(numbers.count == 60)
            let writes = market.simulator.journal.count { $0.method != "GET" }
            let imported = try await cli(
                "import", "Our Twilio", "--file", "-",
                input: numbers.prefix(50).joined(separator: "\n"))
            #expect(imported.out == "50 imported\n", "\(imported.out)\(imported.err)")
            #expect(imported.err.contains("50 of 50"), "\(imported.err)")
            #expect(market.simulator.journal.count { $0.method != "GET" } == writes)
            let rest = try await cli("import", "Our Twilio", "--all", "--json").documents()
            let outcomes = rest.compactMap { $0["outcome"] as? String }
            #expect(outcomes.count { $0 == "IMPORT_OUTCOME_IMPORTED" } == 10)
            let telnyx = try await cli("import", "Telnyx", "--all")
            #expect(telnyx.out.hasPrefix("60 imported"), "\(telnyx.out)")
            let strange = try await cli.run(["import", "Our Twilio", "+14155550100"])
            #expect(strange.code == 1, "a number that the account does not hold")
            #expect(strange.out.contains("1 refused"))
            #expect(try await cli("import", "Our Twilio", "--list").err.contains("0 of 60"))
            return numbers
        }

        private func changing(_ market: CLIMarket, _ numbers: [String]) async throws {
            let cli = market.cli
            try await cli.shows("regions", numbers[0], table: "europe", "dublin", json: "regions")
            let moved = try await cli("region", "set", numbers[0], "europe")
            #expect(moved.out.contains("\(numbers[0]) are processed in europe"), "\(moved.out)")
            #expect(try await cli("regions", numbers[0]).out.contains("chosen"))
            try await cli("region", "set", numbers[0], "default")
            let telnyx = try #require(
                try await cli("numbers", "--connection", "Telnyx", "--limit", "1").lines.last)
            let other = try #require(telnyx.split(separator: " ").first.map(String.init))
            try await cli.refused("region", "set", other, "europe", saying: "REGION_NOT_SUPPORTED")
            let managed = try await cli("webhooks", "set", "managed", numbers[1], numbers[2])
            #expect(managed.lines.count == 2)
            #expect(market.simulator.number(numbers[1])?.settings.isEmpty == false)
            try await cli("webhooks", "set", "outbound-only", numbers[2])
        }

        private func comparing(_ market: CLIMarket, _ numbers: [String]) async throws {
            let cli = market.cli
            #expect(try await cli("sync", "Our Twilio").out == "60 unchanged\n")
            try market.simulator.changeSettings(
                ["voice_url": "https://elsewhere.example.com"], of: numbers[1])
            try market.simulator.portOut(numbers[3])
            let found = try await cli("sync", "Our Twilio")
            #expect(found.out.contains("webhooks drifted") && found.out.contains("gone"))
            #expect(found.err.contains("--repair-webhooks") && found.err.contains("--remove-gone"))
            let repaired = try await cli(
                "sync", "Our Twilio", "--repair-webhooks", "--remove-gone", "--yes", "--json")
            let results = try repaired.documents()
            #expect(results.count { $0["repaired"] as? Bool == true } == 2, "\(repaired.out)")
            #expect(try await cli("sync", "Our Twilio").out == "59 unchanged\n")
        }

        private func disconnecting(_ market: CLIMarket) async throws {
            let cli = market.cli
            let gone = try await cli(
                "connections", "disconnect", "Our Twilio", "--restore-webhooks", "--yes")
            #expect(gone.err.contains("deletes its 59 numbers"))
            #expect(gone.err.contains("what was there before is written back"), "\(gone.err)")
            #expect(gone.out.contains("59 numbers"))
            #expect(gone.out.contains("The webhooks of 1 number are as they were."))
            try await cli("connections", "disconnect", "Telnyx", "--yes")
            #expect(try await cli("connections", "--json").document().isEmpty)
        }

        @Test func `numbers are searched, bought, followed, charged and released`() async throws {
            try await CLIMarket.with { market in
                try await searching(market.cli)
                try await buyingAtOnce(market.cli)
                try await buyingFromThePool(market)
                try await accounting(market.cli)
            }
        }

        private func searching(_ cli: CLI) async throws {
            try await cli.shows("sources", table: "pool", "marketplace", json: "sources")
            try await cli.shows("countries", table: "US", json: "countries")
            try await cli.shows("countries", "-s", "pool", table: "US", json: "countries")
            try await cli.shows("area-codes", "US", table: "415", json: "areaCodes")
            try await cli.shows(
                "search", "US", "--area-code", "415", table: "+1415", "500", json: "offers")
            try await cli.shows(
                "search", "US", "--source", "pool", "--type", "local", "--refresh", table: "+1",
                json: "offers")
            try await cli.refused("search", "QQ", saying: "country")
        }

        private func buyingAtOnce(_ cli: CLI) async throws {
            let offers = try await cli("search", "US", "--area-code", "415", "--type", "local")
            let first = try #require(offers.lines.dropFirst().first?.split(separator: " ").first)
            let named = try await cli("buy", String(first), "--yes")
            #expect(named.out.contains("completed"), "\(named.out)\(named.err)")
            #expect(named.err.contains("Together 500 credits a month"), "\(named.err)")
            #expect(named.err.contains("the balance is 5,000"), "\(named.err)")
            try await cli.refused("buy", String(first), "--yes", code: 2, saying: "not on sale")
            let two = try await cli(
                "buy", "--country", "US", "--area-code", "415", "--type", "local", "--count", "2",
                "--yes", "--json")
            #expect(try (two.document()["orders"] as? [Any])?.count == 2)
            try await cli.shows(
                "numbers", "--origin", "marketplace", table: String(first), "active",
                json: "numbers")
        }

        private func buyingFromThePool(_ market: CLIMarket) async throws {
            let cli = market.cli
            let bought = try await cli(
                "buy", "--source", "pool", "--country", "US", "--type", "local", "--count", "2",
                "--yes")
            #expect(bought.out.contains("pool"))
            let watched = try await cli("orders", "watch", "--json")
            #expect(try watched.documents().allSatisfy { $0["orderId"] != nil })
            try await cli("orders", "process")
            try await cli.shows("orders", table: "completed", "pool", json: "orders")
            let orders = try await cli("orders", "--json").document()["orders"] as? [[String: Any]]
            let id = try #require(orders?.first?["orderId"] as? String)
            try await cli.shows("orders", "show", id, table: id, json: "orderId")
            #expect(try await cli("numbers", "--origin", "pool").out.contains("active"))

            market.simulator.planOrders(.failure)
            let failing = try await cli.run([
                "buy", "--source", "pool", "--country", "US", "--type", "local", "--count", "1",
                "--yes",
            ])
            // Pending still, or refused already.
            if failing.code == 0 {
                let seen = try await cli.run(["orders", "watch"])
                #expect([0, 1].contains(seen.code))
            }
            #expect(try await cli("orders", "--state", "failed").out.contains("failed"))
        }

        private func accounting(_ cli: CLI) async throws {
            // Three from the marketplace and two from the pool; the failed one has cost nothing.
            try await cli.shows("credits", table: "2500", json: "balance")
            try await cli.shows("ledger", table: "purchase", "refund", "-500", json: "entries")
            try await cli.refused(
                "buy", "--country", "US", "--area-code", "415", "--type", "local", "--count", "6",
                "--yes", saying: "INSUFFICIENT_CREDITS", "linekeeper credits grant")
            let number = try #require(
                try await cli("numbers", "--origin", "marketplace", "--limit", "1").lines.last?
                    .split(separator: " ").first)
            let later = try await cli(
                "release", String(number), "--at", "1d", "--yes", "--confirm", String(number))
            #expect(later.out.contains("will be released at"))
            try await cli("release", "cancel", String(number))
            try await cli("release", String(number), "--yes", "--confirm", String(number))
        }

        @Test func `a carrier's key is asked for unseen, and its words are told when it is wrong`()
            async throws
        {
            try await CLIMarket.with { market in
                let key = "KEY-hush-0123456789"
                let seen = try await Terminal.play(
                    [try CLI.executable, "connect", "telnyx"],
                    [
                        ("API key: ", key + "\n"), ("Connection ID: ", "123\n"),
                        ("Public key (Enter leaves it out): ", "\n"),
                        ("Messaging profile ID (Enter leaves it out): ", "\n"),
                        ("Requirement groups (Enter leaves it out): ", "\n"),
                    ], environment: market.cli.environment)
                #expect(seen.exit == 1, "\(seen.shown)")
                #expect(seen.shown.contains("CREDENTIALS_REJECTED"), "\(seen.shown)")
                #expect(seen.echo.first == false)
                #expect(!seen.shown.contains("hush"))
                for line in seen.seen { #expect(!line.contains("hush")) }
                #expect(!market.server.log.contains("hush"))

                await market.simulator.stop()
                try await market.cli.refused(
                    "connect", "twilio", "--credentials-file", market.twilio,
                    saying: "CARRIER_UNAVAILABLE", "next:")
            }
        }
    }
}
