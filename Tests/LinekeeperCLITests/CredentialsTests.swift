import ArgumentParser
import Foundation
import LinekeeperProto
import Testing

@testable import linekeeper

@Suite struct CredentialsTests {
    static let telnyx = Proto.CarrierInfo.with {
        $0.carrier = .telnyx
        $0.name = "Telnyx"
        $0.credentialFields = [
            .with {
                $0.name = "api_key"
                $0.label = "API key"
                $0.help = "From the portal, where it is shown once."
                $0.secret = true
                $0.required = true
            },
            .with {
                $0.name = "connection_id"
                $0.required = true
            },
            .with {
                $0.name = "region"
                $0.choices = ["US", "EU"]
            },
        ]
    }

    private func refusal(_ body: () throws -> Void) throws -> String {
        let error = try #require(throws: CLIError.self) { try body() }
        guard case .usage(let message) = error else { return "\(error)" }
        return message
    }

    @Test(
        "a file is one JSON object, or lines of name=value",
        arguments: [
            #"{"api_key": "KEY=1 2", "connection_id": "77"}"#,
            "# from the portal\n\napi_key = KEY=1 2 \r\nconnection_id=77\n",
            "  {\n\"api_key\": \"KEY=1 2\", \"connection_id\": \"77\" }\n",
        ])
    func file(text: String) throws {
        var credentials = Credentials(for: Self.telnyx)
        try credentials.add(file: text)
        #expect(credentials.wire == ["api_key": "KEY=1 2", "connection_id": "77"])
        #expect(credentials.missing.isEmpty)
    }

    @Test(
        "a file that is neither is refused without a word of what it holds",
        arguments: [
            (#"{"api_key": 5}"#, "JSON"), (#"{"api_key": "hush""#, "JSON"),
            ("hush", "Line 1"), ("connection_id=1\nhush", "Line 2"), ("", "no credentials"),
            ("# hush", "no credentials"),
        ])
    func badFile(text: String, hint: String) throws {
        let message = try refusal {
            var credentials = Credentials(for: Self.telnyx)
            try credentials.add(file: text)
        }
        #expect(message.contains(hint))
        #expect(!message.contains("hush"))
    }

    @Test func `a field that the carrier does not know is named, with those it knows`() throws {
        let message = try refusal {
            var credentials = Credentials(for: Self.telnyx)
            try credentials.add(file: "api_kee=secret")
        }
        #expect(message.contains("no field api_kee"))
        #expect(message.contains("api_key, connection_id and region"))
        #expect(!message.contains("secret"))
    }

    @Test func `a secret is not taken from the command line, and not repeated`() throws {
        let message = try refusal {
            var credentials = Credentials(for: Self.telnyx)
            try credentials.add(argument: "api_key=KEY0123456789")
        }
        #expect(message.contains("api_key is secret"))
        #expect(!message.contains("KEY0123456789"))
        var credentials = Credentials(for: Self.telnyx)
        try credentials.add(argument: "connection_id=a=b")
        #expect(credentials.wire == ["connection_id": "a=b"])
        #expect(credentials.missing.map(\.name) == ["api_key"])
        for text in ["connection_id", "=x", ""] {
            _ = try refusal {
                var credentials = Credentials(for: Self.telnyx)
                try credentials.add(argument: text)
            }
        }
    }

    @Test func `new credentials begin with what is not secret of the old ones`() {
        let credentials = Credentials(
            for: Self.telnyx,
            present: ["connection_id": "77", "api_key": "never sent", "unknown": "x"])
        #expect(credentials.wire == ["connection_id": "77"])
        #expect(credentials.missing.map(\.name) == ["api_key"])
    }

    @Test func `a prompt says what may be chosen, kept or left out`() {
        let fields = Self.telnyx.credentialFields
        #expect(Credentials.prompt(fields[0], known: "") == "API key: ")
        #expect(Credentials.prompt(fields[1], known: "77") == "connection_id [77]: ")
        #expect(
            Credentials.prompt(fields[2], known: "") == "region (US or EU) (Enter leaves it out): ")
    }

    @Test func `a carrier's table says what it can do, its lines what it asks for`() {
        let table = CarrierView.table([
            .with {
                $0.name = "Twilio"
                $0.available = true
                $0.supportsListing = true
                $0.webhookURL = "https://calls.example.com/webhook"
            }
        ])
        #expect(
            table.lines(width: nil, color: false)[1]
                == "Twilio   yes   yes    no      no       no        https://calls.example.com/webhook"
        )
        let plain = Terminal(width: nil, color: false)
        let lines = CarrierView.fieldLines(Self.telnyx, plain)
        #expect(
            lines == [
                "Telnyx asks for", "  api_key, API key (required, secret)",
                "    From the portal, where it is shown once.", "  connection_id (required)",
                "  region (optional, US or EU)",
            ])
        let narrow = CarrierView.fieldLines(Self.telnyx, Terminal(width: 24, color: false))
        #expect(narrow[2...4] == ["    From the portal,", "    where it is shown", "    once."])
    }

    @Test func `credentials may come through a pipe, and too much of them is refused`() throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data("api_key=k\n".utf8))
        try pipe.fileHandleForWriting.close()
        let text = try Files.text("/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)")
        #expect(text == "api_key=k\n")
        #expect(try refusal { _ = try Files.text("/dev/zero") }.contains("larger than"))
        #expect(try refusal { _ = try Files.text("/no/such") }.contains("there is no such file"))
    }
}

@Suite struct SuggestionTests {
    @Test(
        "every shell's script asks for what the server has, with a command that parses",
        arguments: [CompletionShell.bash, .zsh, .fish])
    func scripts(shell: CompletionShell) throws {
        let script = Linekeeper.completionScript(for: shell)
        for kind in Suggest.Kind.allCases {
            #expect(script.contains("linekeeper suggest \(kind.rawValue) --timeout 2"))
            #expect(
                try Linekeeper.parseAsRoot(["suggest", kind.rawValue, "--timeout", "2"]) is Suggest)
        }
    }
}
