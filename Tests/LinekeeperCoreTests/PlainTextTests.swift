import LinekeeperCore
import Testing

@Suite struct PlainTextTests {
    @Test(arguments: [
        "a\u{0}b", "a\nb", "a\u{1B}[2J", "\u{7F}", "\u{85}", "\u{9B}2J", "a\u{2028}b", "a\u{2029}b",
    ])
    func `text that would move a cursor or end a line is refused with its field`(
        _ text: String
    ) throws {
        let error = #expect(throws: DomainError.self) {
            try PlainText.checked(text, field: "label", length: 0...100)
        }
        #expect(error?.reason == .invalidArgument)
        #expect(error?.field == "label")
    }

    @Test func `length counts scalars, since one character can be of any length`() throws {
        let tower = "e" + String(repeating: "\u{301}", count: 3)
        #expect(tower.count == 1)
        #expect(try PlainText.checked(tower, field: "name", length: 1...4) == tower)
        for (text, length) in [(tower, 1...3), ("", 1...3), ("abc", 0...2)] {
            #expect(throws: DomainError.self) {
                try PlainText.checked(text, field: "name", length: length)
            }
        }
    }

    @Test(arguments: ["fraud\u{9B}2J", "fraud\u{2028}", String(repeating: "é", count: 501)])
    func `a reason is such text`(_ reason: String) throws {
        let error = #expect(throws: DomainError.self) { try ReasonText(reason) }
        #expect(error?.field == "reason")
    }
}
