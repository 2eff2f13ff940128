import ArgumentParser
import Foundation
import LinekeeperProto
import LinekeeperRPC
import Testing

@testable import linekeeper

@Suite struct CommandParsingTests {
    private func parse<Command: ParsableCommand>(
        _ arguments: [String], as type: Command.Type
    ) throws -> Command {
        try #require(try Linekeeper.parseAsRoot(arguments) as? Command)
    }

    @Test func `assign sends exactly what was said, and nothing for what was not`() throws {
        let request = try parse(
            [
                "assign", "+14155550100", "--inbound", "agt_1", "--clear-sms", "--disable",
                "--replace",
            ],
            as: Assign.self
        ).request()
        #expect(request.inbound?.change == .agentID("agt_1"))
        #expect(request.outbound == nil)
        #expect(request.sms?.change == .clear(true))
        #expect(request.outboundEnabled == false)
        #expect(request.replace)
        #expect(request.expectedVersion == nil)
    }

    @Test(
        "what contradicts itself is refused",
        arguments: [
            ["assign", "+14155550100", "--inbound", "a", "--clear-inbound"],
            ["assign", "+14155550100", "--enable", "--disable"],
            ["outbound", "off"], ["outbound", "off", "+14155550100", "--all"],
            ["authorize", "--to", "+14155550100"], ["authorize", "--agent", "a"],
            ["authorize", "--to", "+14155550100", "--agent", "a", "--from", "+14155550101"],
            ["import"], ["import", "--all", "+14155550100"],
            ["agents", "put"], ["import", "Trunk"], ["import", "Trunk", "--all", "+14155550100"],
            ["connections", "add", "Trunk", "--termination-uri", "h", "--password-file", "f"],
            ["connections", "add", "Trunk", "--termination-uri", "h", "--transport", "smoke"],
            ["numbers", "update", "+14155550100", "--allow-prefix", "+1", "--allow-all"],
            ["numbers", "list", "--limit", "0"],
            ["import", "--list", "--all"], ["import", "Trunk", "--list", "+14155550100"],
            ["import", "--all", "--inbound", "a"],
            ["import", "+14155550100", "+14155550101", "--sms", "a"],
            ["connect"], ["connect", "vonage"], ["buy"], ["buy", "--count", "2"],
            ["buy", "--country", "US"], ["buy", "+14155550100", "--count", "2"],
            ["buy", "--country", "US", "--count", "101"],
            ["buy", "--country", "US", "--count", "2", "--price", "5"],
            ["buy", "+14155550100", "--source", "import"], ["search"],
            ["search", "US", "--limit", "0"], ["search", "US", "--source", "import"],
            ["release"], ["release", "+14155550100", "--yes"], ["release", "cancel"],
            ["region", "set", "+14155550100"], ["webhooks", "set", "managed"],
            ["webhooks", "set", "sometimes", "+14155550100"],
            ["prices", "set", "US", "round", "5"],
            ["prices", "set", "US", "local"],
        ])
    func contradictions(arguments: [String]) {
        #expect(throws: (any Error).self) { try Linekeeper.parseAsRoot(arguments) }
    }

    @Test func `a number's change holds tags, fallback and presence`() throws {
        let request = try parse(
            [
                "numbers", "update", "+14155550100", "--label", "", "--tag", "a=b=c", "--untag",
                "old", "--fallback", "forward:+1 (415) 555-0199", "--ring-timeout", "0",
                "--no-protected", "--allow-all",
            ], as: UpdateNumber.self
        ).request()
        #expect(request.label == "")
        #expect(request.tags.map(\.key) == ["a", "old"])
        #expect(request.tags.map(\.value) == ["b=c", ""])
        #expect(
            request.fallbackChange
                == .fallback(.with { $0.action = .forwardToE164("+14155550199") }))
        #expect(request.ringTimeoutSeconds == 0)
        #expect(request.releaseProtected == false)
        #expect(request.allowedDestinationPrefixes == Proto.PrefixList())
        #expect(request.region == nil)
    }

    @Test(
        "a fallback is one of four forms",
        arguments: ["agent", "agent:", "reject:x", "", "forward:12", "voicemail"])
    func fallback(text: String) throws {
        let command = try parse(
            ["numbers", "update", "+14155550100", "--fallback", text], as: UpdateNumber.self)
        #expect(throws: CLIError.self) { try command.request() }
    }

    @Test func `an agent is put with what is known of it`() throws {
        let agent = try parse(
            ["agents", "put", "agt_1", "Sales", "--status", "draft", "--sms-enabled", "no"],
            as: Agents.Put.self
        ).agent()
        #expect(agent.name == "Sales")
        #expect(agent.status == .draft)
        #expect(agent.smsEnabled == false)
        #expect(agent.outboundConfigured == nil)
        let plain = try parse(["agents", "put", "agt_2"], as: Agents.Put.self).agent()
        #expect(plain.name == "agt_2")
        #expect(plain.status == .published)
    }

    @Test func `an import may name its connection before the numbers`() throws {
        let named = try parse(
            ["import", "Main trunk", "+14155550100", "+14155550101"], as: ImportNumbers.self)
        #expect(named.connection == "Main trunk")
        #expect(try named.numberList().items.map(\.e164) == ["+14155550100", "+14155550101"])
        let plain = try parse(["import", "+14155550100"], as: ImportNumbers.self)
        #expect(plain.connection == nil)
        let all = try parse(["import", "Twilio", "--all"], as: ImportNumbers.self)
        #expect(all.connection == "Twilio")
    }

    @Test func `a trunk's password is not among what the command line gives`() throws {
        let command = try parse(
            ["connections", "add", "T", "--termination-uri", "sip.example.com", "--username", "u"],
            as: AddConnection.self)
        #expect(
            command.credentials() == [
                "termination_uri": "sip.example.com", "transport": "TLS", "username": "u",
            ])
        #expect(throws: (any Error).self) {
            try Linekeeper.parseAsRoot(
                ["connections", "add", "T", "--termination-uri", "h", "--password", "p"])
        }
    }

    @Test func `values of the wire are read as people write them`() throws {
        let list = try parse(
            [
                "numbers", "list", "--type", "toll-free", "--status", "PAST_DUE", "--outbound",
                "no", "--country", "us",
            ], as: Numbers.List.self)
        let filter = list.filter.wire(connectionID: "")
        #expect(filter.type == .tollFree)
        #expect(filter.status == .pastDue)
        #expect(filter.outboundEnabled == .no)
        #expect(filter.countryCode == "US")
        #expect(!list.filter.isEmpty)
        #expect(choiceNames(Proto.NumberType.self) == ["local", "national", "mobile", "toll-free"])
    }

    @Test func `every command has a help text`() {
        let help = Linekeeper.helpMessage()
        for name in [
            "numbers", "assign", "agents", "route", "authorize", "outbound", "options", "watch",
            "diagnose", "messages", "events", "connections", "import", "workspaces", "tokens",
            "credits", "ledger", "call", "ping", "status", "completions", "release", "regions",
            "region", "webhooks", "forwarding", "carriers", "connect", "importable", "sync",
            "sources", "countries", "area-codes", "search", "buy", "orders", "prices",
        ] {
            #expect(help.contains("\n  \(name) "), "\(name)")
        }
    }
}

@Suite struct GlobalOptionsTests {
    private func options(_ arguments: [String]) throws -> GlobalOptions {
        try GlobalOptions.parse(arguments)
    }

    private func environment(_ values: [String: String]) -> GlobalOptions.Environment {
        var values = values
        // Nothing of this machine's own.
        values["LINEKEEPER_DATA_DIR"] = values["LINEKEEPER_DATA_DIR"] ?? "/no/such/directory"
        return GlobalOptions.Environment(values: values)
    }

    @Test func `the command line counts before the environment, and that before the default`()
        throws
    {
        let none = try options([]).configuration(environment([:]))
        #expect(none.host == "127.0.0.1")
        #expect(none.port == 7411)
        #expect(none.token == nil)
        #expect(none.tls == nil)
        let fromEnvironment = try options([]).configuration(
            environment(["LINEKEEPER_SERVER": "line.example.com:80", "LINEKEEPER_TOKEN": " lk_1\n"])
        )
        #expect(fromEnvironment.host == "line.example.com")
        #expect(fromEnvironment.token == "lk_1")
        let fromLine = try options(["--server", "[::1]:99"]).configuration(
            environment(["LINEKEEPER_SERVER": "line.example.com:80"]))
        #expect(fromLine.host == "::1")
        #expect(fromLine.port == 99)
    }

    @Test func `the token is read from the file that is named, else from the data directory`()
        throws
    {
        let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(at: directory) } catch { Issue.record(error) }
        }
        try Data("lk_admin\n".utf8).write(to: directory.appending(path: "admin.token"))
        try Data("lk_other\nmore".utf8).write(to: directory.appending(path: "other"))
        try Data("\n".utf8).write(to: directory.appending(path: "empty"))
        let values = environment(["LINEKEEPER_DATA_DIR": directory.path])
        #expect(try options([]).configuration(values).token == "lk_admin")
        let other = directory.appending(path: "other").path
        #expect(try options(["--token-file", other]).configuration(values).token == "lk_other")
        for name in ["empty", "missing"] {
            let path = directory.appending(path: name).path
            let refused = try options(["--token-file", path])
            #expect(throws: CLIError.self) { try refused.configuration(values) }
        }
    }

    @Test func `naming an authority or a certificate means TLS`() throws {
        #expect(try options(["--tls"]).configuration(environment([:])).tls != nil)
        let authority = try options(["--ca-file", "ca.pem"]).configuration(environment([:]))
        #expect(authority.tls?.authoritiesPath == "ca.pem")
        let half = try options(["--client-cert", "c.pem"])
        #expect(throws: CLIError.self) { try half.configuration(environment([:])) }
    }

    @Test(
        "a timeout is a length of time up to a day",
        arguments: [
            ("30", 30.0), ("0.5", 0.5), ("2m", 120), ("0", nil), ("1e9", nil), ("soon", nil),
        ]
            as [(String, Double?)])
    func timeout(text: String, seconds: Double?) throws {
        let options = try options(["--timeout", text])
        if let seconds {
            #expect(try options.callTimeout() == .milliseconds(Int64(seconds * 1000)))
        } else {
            #expect(throws: CLIError.self) { try options.callTimeout() }
        }
    }

    @Test(
        "a server is a host with or without a port",
        arguments: [
            ("localhost", "localhost", 7411), ("a.b:1", "a.b", 1), ("[::1]", "::1", 7411),
            ("[::1]:8", "::1", 8), ("fe80::1", "fe80::1", 7411),
            ("10.0.0.1:65535", "10.0.0.1", 65535),
        ])
    func address(text: String, host: String, port: Int) throws {
        let address = try ServerAddress(text)
        #expect(address.host == host)
        #expect(address.port == port)
    }

    @Test(
        "what is no server is refused",
        arguments: ["", ":1", "a:0", "a:65536", "a:b", "a:", "[::1]:x", "http://a:1", "[", "[]"])
    func badAddress(text: String) {
        #expect(throws: CLIError.self) { try ServerAddress(text) }
    }
}
