import LinekeeperCore
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        ("plain", #""plain""#), ("a\"b\\c", #""a\"b\\c""#), ("é 🎧", #""é 🎧""#),
        ("\n\t\u{0}\u{7F}", ##""\u000a\u0009\u0000\u007f""##), ("", #""""#),
    ])
    func `text is escaped so that it stays one string`(_ text: String, _ expected: String) {
        #expect(JSON.string(text).text == expected)
    }

    @Test func `members keep their order, whatever they hold`() {
        let value = JSON.object([
            ("b", .integer(-5)), ("a", .array([.null, .bool(true), .optional(nil)])),
            ("c\"", .object([("d", .null)])),
        ])
        #expect(value.text == #"{"b":-5,"a":[null,true,null],"c\"":{"d":null}}"#)
    }
}

@Suite struct IdentifierTests {
    @Test func `an identifier reads back what it writes`() throws {
        for half in [0, 1, 0x0192_f3c1_a2b3_7c4d, UInt64.max] {
            let id = NumberID(high: half, low: ~half)
            #expect(id.description.utf8.count == 36)
            #expect(NumberID(id.description) == id)
        }
        #expect(
            NumberID(high: 0x0192_f3c1_a2b3_7c4d, low: 0x8e9f_0011_2233_4455).description
                == "num_0192f3c1a2b37c4d8e9f001122334455")
    }

    @Test(arguments: [
        "", "num_", "num", "num_0192f3c1a2b37c4d8e9f00112233445",
        "num_0192f3c1a2b37c4d8e9f0011223344550", "con_0192f3c1a2b37c4d8e9f001122334455",
        "num-0192f3c1a2b37c4d8e9f001122334455", "num_0192F3c1a2b37c4d8e9f001122334455",
        "num_0192f3c1a2b37c4d8e9f00112233445é",
    ])
    func `text of another form is no identifier`(_ text: String) {
        #expect(NumberID(text) == nil)
    }
}
