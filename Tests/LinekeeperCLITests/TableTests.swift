import LinekeeperProto
import Testing

@testable import linekeeper

@Suite struct TableTests {
    private func table() -> Table {
        var table = Table([.init("name"), .init("count", .right), .init("note", widthMin: 4)])
        table.add(["Sales", "5", "a short note"])
        table.add(["Support team", "12345", ""])
        return table
    }

    @Test func `columns are as wide as what is in them`() {
        #expect(
            table().lines(width: nil, color: false) == [
                "NAME          COUNT  NOTE",
                "Sales             5  a short note",
                "Support team  12345",
            ])
    }

    @Test(
        "a table fits the terminal by cutting its widest columns",
        arguments: [
            (33, "Sales             5  a short note"), (28, "Sales          5  a short n…"),
            (19, "Sales       5  a s…"),
        ])
    func fits(width: Int, first: String) {
        let lines = table().lines(width: width, color: false)
        #expect(lines[1] == first)
        for line in lines { #expect(DisplayWidth.of(line) <= width) }
    }

    @Test func `columns keep their least width even in a very narrow terminal`() {
        #expect(table().lines(width: 5, color: false)[2] == "Suppo…  12345")
    }

    @Test func `columns that hold nothing are left out where there is too little room`() {
        var table = Table([.init("number"), .init("label"), .init("agent")])
        table.add(["+14155550100", "", "Sales department"])
        #expect(table.lines(width: 40, color: false)[0] == "NUMBER        LABEL  AGENT")
        #expect(
            table.lines(width: 32, color: false) == [
                "NUMBER        AGENT", "+14155550100  Sales department",
            ])
    }

    @Test func `colour goes around the text and does not move the columns`() {
        var table = Table([.init("a"), .init("b")])
        table.add([.init("on", .good), .init("x")])
        #expect(table.lines(width: nil, color: true)[1] == "\u{1B}[32mon\u{1B}[0m  x")
        #expect(table.lines(width: nil, color: false)[1] == "on  x")
    }

    @Test func `what others wrote cannot command the terminal`() {
        var table = Table([.init("label")])
        table.add([.init("\u{1B}]0;owned\u{7}evil\nline")])
        let text = table.lines(width: nil, color: true).joined()
        #expect(text.contains("\\u{1B}]0;owned\\u{7}evil\\nline"))
        var details = Details()
        details.add("label", "\u{9B}2Jx")
        #expect(details.lines(color: false) == ["label  \\u{9B}2Jx"])
    }

    @Test func `details leave out what is not there and line the others up`() {
        var details = Details()
        details.add("number", "+14155550100")
        details.add("label", "")
        details.add("ring", "30 s")
        #expect(details.lines(color: false) == ["number  +14155550100", "ring    30 s"])
    }

    @Test func `a number's row names its agents and says what is off`() {
        var number = Proto.PhoneNumber()
        number.e164 = "+14155550100"
        number.label = "Main"
        number.carrierLabel = "Imported"
        number.type = .tollFree
        number.capabilities = [.voice, .sms]
        number.status = .active
        number.assignments = .with {
            $0.inbound = .with {
                $0.agentID = "agt_1"
                $0.agentName = "Sales"
            }
            $0.outbound = .with { $0.agentID = "agt_2" }
        }
        let lines = NumberView.table([number]).lines(width: nil, color: false)
        #expect(
            lines[1]
                == "+14155550100  Main   Imported  toll free  voice sms  active  Sales    "
                + "agt_2 (off)")
    }
}

@Suite struct DisplayWidthTests {
    @Test(
        "what looks wide counts as two columns and what does not show as none",
        arguments: [
            ("abc", 3), ("", 0), ("é", 1), ("e\u{301}", 1), ("東京", 4), ("한국", 4), ("ｗ", 2),
            ("📞", 2), ("👩‍👩‍👧", 2), ("☎️", 2), ("a\u{200B}b", 2),
        ])
    func width(text: String, columns: Int) {
        #expect(DisplayWidth.of(text) == columns)
    }

    @Test(
        "what is cut ends in an ellipsis and never in half a character",
        arguments: [
            ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""),
            ("東京都", 5, "東京…"), ("東京都", 4, "東…"),
        ])
    func fit(text: String, columns: Int, fitted: String) {
        #expect(DisplayWidth.fit(text, columns) == fitted)
        #expect(DisplayWidth.of(fitted) <= columns)
    }
}

@Suite struct SafeTextTests {
    @Test(
        "what does not show itself is written out",
        arguments: [
            ("plain ü 東京 📞 👩‍👩‍👧", "plain ü 東京 📞 👩‍👩‍👧"), ("\u{1B}[31m", "\\u{1B}[31m"),
            ("a\r\nb\tc", "a\\r\\nb\\tc"), ("\u{0}\u{7F}", "\\u{0}\\u{7F}"), ("\u{9B}", "\\u{9B}"),
            ("\u{202E}gpj.exe", "\\u{202E}gpj.exe"), ("\u{2028}", "\\u{2028}"),
        ])
    func shown(text: String, safe: String) {
        #expect(SafeText.shown(text) == safe)
    }

    @Test func `JSON stays JSON, without anything that a terminal obeys`() throws {
        let message = Proto.PhoneNumber.with { $0.label = "\u{1B}[2J\u{9B}\u{202E}\u{7F}\n東京" }
        for pretty in [false, true] {
            let json = try MessageJSON.text(message, pretty: pretty)
            #expect(
                json.unicodeScalars.allSatisfy {
                    $0 == "\n" || SafeText.shown(String($0)) == String($0)
                })
            #expect(json.lowercased().contains(#"\u001b[2j\u009b\u202e\u007f\n東京"#))
        }
        #expect(try MessageJSON.text(message, pretty: false).contains("\n") == false)
    }
}

@Suite struct TerminalTests {
    @Test func `what is no terminal has neither width nor colour`() {
        let pipe = Terminal(width: nil, color: true)
        #expect(!pipe.color)
        #expect(!pipe.isTerminal)
        // No descriptor of this number is open.
        #expect(Terminal(descriptor: 9999, environment: [:]).isTerminal == false)
    }

    @Test func `progress is shown once for every step that can be seen`() {
        var bar = ProgressBar()
        var lines: [String] = []
        for done in 0...10_000 {
            if let line = bar.line(done: done, total: 10_000, width: 60) { lines.append(line) }
        }
        #expect(lines.count == 1001)
        #expect(lines[0] == String(repeating: "░", count: 40) + "  0 of 10,000")
        #expect(
            lines[500] == String(repeating: "█", count: 20) + String(repeating: "░", count: 20)
                + "  5,000 of 10,000")
        #expect(lines.allSatisfy { DisplayWidth.of($0) < 60 })
        #expect(bar.line(done: 1, total: 0, width: 60) == nil)
    }

    @Test(
        "numbers are grouped by thousands",
        arguments: [
            (0, "0"), (999, "999"), (1000, "1,000"), (-123_456, "-123,456"),
            (1_234_567, "1,234,567"),
        ])
    func grouped(number: Int, text: String) {
        #expect(ProgressBar.grouped(number) == text)
    }
}
