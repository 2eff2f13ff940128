import Foundation
import LinekeeperProto
import Testing

@testable import linekeeper

@Suite struct NumberInputTests {
    @Test(
        "numbers are read as people write them",
        arguments: [
            ("+14155550100", "+14155550100"), ("+1 (415) 555-0100", "+14155550100"),
            ("+49.30.1234567", "+49301234567"), ("+1234567", "+1234567"),
        ])
    func number(text: String, e164: String) {
        #expect(NumberText.e164(text) == e164)
    }

    @Test(
        "what is no number in E.164 is not guessed at",
        arguments: [
            "", "+", "4155550100", "+0155550100", "+123456", "+1234567890123456", "+1415x",
            "++14155550100", "1+4155550100", "+１４１５５５５０１００", "sip:a@b",
        ])
    func noNumber(text: String) {
        #expect(NumberText.e164(text) == nil)
        #expect(throws: CLIError.self) { try NumberReference(text) }
    }

    @Test func `a number is named by id or by itself`() throws {
        #expect(try NumberReference("num_01") == .id("num_01"))
        #expect(try NumberReference("+1 415 555 0100") == .e164("+14155550100"))
    }

    @Test func `a range holds both its ends`() throws {
        #expect(
            try NumberRange.numbers("+14155550098..+14155550101")
                == ["+14155550098", "+14155550099", "+14155550100", "+14155550101"])
        #expect(try NumberRange.numbers("+14155550100..+14155550100").count == 1)
        #expect(try NumberRange.numbers("+14155500000..+14155599999").count == 100_000)
    }

    @Test(
        "a range that is none is refused",
        arguments: [
            "+14155550100", "+14155550100..", "+14155550101..+14155550100",
            "+14155550100..+141555501001", "+14155500000..+14155600000", "a..b",
            "+14155550100..+14155550101..+14155550102", "+999999999999999..+100000000000000",
        ])
    func badRange(text: String) {
        #expect(throws: CLIError.self) { try NumberRange.numbers(text) }
    }
}

@Suite struct CSVTests {
    @Test(
        "fields and rows are cut where they end",
        arguments: [
            ("a,b\nc", [["a", "b"], ["c"]]), ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
            (" a , b ", [["a", "b"]]), ("\"a,b\",\"c \"\"d\"\"\"", [["a,b", "c \"d\""]]),
            ("\"two\nlines\",x", [["two\nlines", "x"]]), ("\n\n,\na", [["a"]]), ("", []),
            ("\u{FEFF}a", [["a"]]), ("a,,b", [["a", "", "b"]]), ("\" kept \"", [[" kept "]]),
        ] as [(String, [[String]])])
    func rows(text: String, fields: [[String]]) throws {
        #expect(try CSV.rows(text).map(\.fields) == fields)
    }

    @Test func `a row knows the line it begins on`() throws {
        #expect(try CSV.rows("a\n\n\"b\nb\"\nc").map(\.line) == [1, 3, 5])
    }

    @Test("quotes that do not fit are refused", arguments: ["\"a", "\"a\"b", "x,\"a\" b"])
    func quotes(text: String) {
        #expect(throws: CLIError.self) { try CSV.rows(text) }
    }
}

@Suite struct ImportListTests {
    private func list(_ text: String) throws -> ImportList {
        var list = ImportList(.init(capabilities: [.voice], type: .local))
        try list.add(file: text)
        return list
    }

    @Test func `a file of lines is a list of numbers, each once`() throws {
        let list = try list("# ours\n+14155550100\n+1 415 555 0101\n\n+14155550100\n")
        #expect(list.items.map(\.e164) == ["+14155550100", "+14155550101"])
        #expect(list.items.map(\.capabilities) == [[.voice], [.voice]])
        #expect(list.duplicates == 1)
    }

    @Test func `headings say what the columns are`() throws {
        let list = try list(
            "Label,Number,capabilities,type,inbound,sms\n"
                + "\"Main, desk\",+14155550100,voice|SMS,toll_free,agt_1,\nPlain,+14155550101")
        #expect(list.items.map(\.label) == ["Main, desk", "Plain"])
        #expect(list.items.map(\.capabilities) == [[.voice, .sms], [.voice]])
        #expect(list.items.map(\.type) == [.tollFree, .local])
        #expect(list.items.map(\.inboundAgentID) == ["agt_1", ""])
        #expect(list.items.map(\.smsAgentID) == ["", ""])
    }

    @Test(
        "a fault is named with its line",
        arguments: [
            ("+14155550100\n12", "Line 2"), ("number,colour\n+14155550100,red", "colour"),
            ("number,label\n,empty", "Line 2"), ("+14155550100,a,b", "Line 1"),
            ("number,capabilities\n+14155550100,smoke", "smoke"),
            ("number,type\n+14155550100,round", "round"), ("", "no numbers"),
            ("# only", "no numbers"),
        ])
    func faults(text: String, hint: String) {
        let error = #expect(throws: CLIError.self) { try list(text) }
        guard case .usage(let message)? = error else {
            Issue.record("another error")
            return
        }
        #expect(message.contains(hint))
    }

    @Test func `more than a server takes at once goes in parts, in order, and none is lost`() {
        var list = ImportList()
        for number in 0..<6000 { list.add("+1415\(5_500_000 + number)") }
        let parts = list.parts()
        #expect(parts.map(\.count) == [2500, 2500, 1000])
        #expect(parts.flatMap { $0 } == list.items)
        #expect(ImportList().parts() == [])
    }

    @Test(
        "a part stays below what a frame may hold and what decoding it may take",
        arguments: [1, 5, 30])
    func partSize(words: Int) throws {
        var text = "number,label,inbound,outbound,sms,region,capabilities\n"
        for number in 0..<3000 {
            let word = String(repeating: "long ", count: words)
            text += "+1415\(5_500_000 + number),\(word),a\(number),b,c,\(word),voice sms mms fax\n"
        }
        var list = ImportList()
        try list.add(file: text)
        let parts = list.parts()
        #expect(parts.count > 1)
        #expect(parts.flatMap { $0 } == list.items)
        for part in parts {
            let request = Proto.ImportNumbersRequest.with { $0.numbers = part }
            let bytes = request.encoded()
            #expect(bytes.count < 250 << 10)
            // What a server grants to decoding one request.
            #expect(throws: Never.self) {
                try Proto.ImportNumbersRequest(decoding: bytes, budget: 4 << 20)
            }
        }
    }

    @Test func `the summary counts every outcome and names what was refused`() throws {
        let quiet = Output(
            out: Terminal(width: nil, color: false), err: Terminal(width: nil, color: false),
            isJSON: false)
        var importing = Importing(total: 30, output: quiet)
        for number in 0..<30 {
            try importing.take(
                .with {
                    $0.e164 = "+141555501\(number)"
                    $0.outcome = number < 3 ? .imported : number < 5 ? .alreadyImported : .refused
                    $0.reason = "NUMBER_HELD_ELSEWHERE"
                    $0.message = "Taken\u{1B}."
                })
        }
        let lines = importing.summaryLines(color: false)
        #expect(lines[0] == "3 imported, 2 here already, 25 refused")
        #expect(lines[1] == "  +1415555015  NUMBER_HELD_ELSEWHERE  Taken\\u{1B}.")
        #expect(lines.count == 22)
        #expect(lines[21] == "  and 5 more; --json shows each")
        #expect(throws: CLIError.self) { try importing.summarise(.complete) }
    }
}

@Suite struct TimeInputTests {
    private let now = Date(timeIntervalSince1970: 1_763_719_683)
    private let berlin = TimeZone(secondsFromGMT: 3600) ?? .gmt

    @Test(
        "a time is absolute, where the user is, or so long ago",
        arguments: [
            ("2025-11-21T10:00:00Z", 1_763_719_200), ("2025-11-21T10:00:00+01:00", 1_763_715_600),
            ("2025-11-21 10:00", 1_763_715_600), ("2025-11-21T10:00:05", 1_763_715_605),
            ("2025-11-21", 1_763_679_600), ("2h", 1_763_712_483), ("90s", 1_763_719_593),
            ("7d", 1_763_114_883),
        ])
    func time(text: String, seconds: Int64) throws {
        let time = try TimeArgument.time(text, now: now, timeZone: berlin, sign: -1)
        #expect(time.seconds == seconds)
    }

    @Test(
        "what is no time is refused",
        arguments: ["", "soon", "2025-13-01", "-2h", "2025-11-21 25:00"])
    func noTime(text: String) {
        #expect(throws: CLIError.self) {
            try TimeArgument.time(text, now: now, timeZone: berlin, sign: -1)
        }
    }

    @Test func `a release at a time that has passed is not one for now`() throws {
        #expect(try ReleaseNumber.time("2h", now: now).seconds > Int64(now.timeIntervalSince1970))
        #expect(throws: CLIError.self) {
            try ReleaseNumber.time("2020-01-01T00:00:00Z", now: now)
        }
    }

    @Test func `times are shown where the user is`() {
        let times = TimeText(timeZone: berlin)
        #expect(times.text(.with { $0.seconds = 1_763_719_683 }) == "2025-11-21 11:08:03")
        #expect(times.text(nil) == "")
        // Far outside what a calendar holds.
        #expect(times.text(.with { $0.seconds = .max }) != "")
    }

    @Test(
        "lengths are shown in their largest unit",
        arguments: [(5, "5 s"), (61, "1 min"), (7200, "2 h"), (90_000, "1 d")])
    func length(seconds: Int64, text: String) {
        #expect(TimeText.length(.seconds(seconds)) == text)
    }
}
