import Foundation
import LinekeeperCore
import Testing

@testable import LinekeeperCarriers

private func json(_ text: String) throws(DomainError) -> CarrierJSON {
    try CarrierJSON(Array(text.utf8), from: "Telnyx")
}

@Suite struct CarrierJSONTests {
    @Test func `what a carrier sends is read`() throws {
        let answer = try json(
            """
            {"data": [{"phone_number": "+15005550006", "cost": {"monthly": "1.00", "upfront": 1.10},
             "features": ["sms", "voice"], "code": 20003, "locked": false, "flag": "true",
             "note": null, "name": "\\u00dcber \\ud83d\\ude00 \\"\\\\\\/\\b\\f\\n\\r\\t"}],
             "meta": {"total": "12", "page": -3}, "unknown": [[[{}]]], "empty": {}, "none": []}
            """)
        let number = try #require(try answer.array("data").first)
        #expect(try number.string("phone_number") == "+15005550006")
        #expect(try number.object("cost").text("monthly") == "1.00")
        #expect(try number.object("cost").text("upfront") == "1.10")
        #expect(try number.strings("features") == ["sms", "voice"])
        #expect(try number.text("code") == "20003")
        #expect(try number.integer("code") == 20003)
        #expect(try number.bool("locked") == false)
        #expect(try number.bool("flag") == true)
        #expect(try number.optionalString("note") == nil)
        #expect(try number.optionalObject("absent") == nil)
        #expect(try number.string("name") == "Über 😀 \"\\/\u{8}\u{C}\n\r\t")
        #expect(try answer.object("meta").integer("total") == 12)
        #expect(try answer.object("meta").integer("page") == -3)
        #expect(try answer.array("none").isEmpty)
        #expect(try answer.object("meta").names() == ["page", "total"])
    }

    @Test(
        "CAR-09 a field that is not as it should be is named with its place",
        arguments: [
            ("{}", "data is missing"), ("{\"data\":null}", "data is missing"),
            ("{\"data\":{}}", "data is not an array"), ("[]", "the answer is not an object"),
            ("{\"data\":[1]}", "data[0] is not an object"),
            ("{\"data\":[{\"n\":\"1\"},{}]}", "data[1].n is missing"),
            ("{\"data\":[{\"n\":\"1.5\"}]}", "data[0].n is not a whole number"),
            ("{\"data\":[{\"n\":1e400}]}", "data[0].n is not a whole number"),
            ("{\"data\":[{\"n\":9223372036854775808}]}", "data[0].n is not a whole number"),
            ("{\"data\":[{\"n\":true}]}", "data[0].n is neither a string nor a number"),
            ("{\"data\":[{\"n\":1,\"s\":5}]}", "data[0].s is not a string"),
            ("{\"data\":[{\"n\":1,\"b\":1}]}", "data[0].b is neither true nor false"),
            ("{\"data\":[{\"n\":1,\"t\":[\"a\",2]}]}", "data[0].t[1] is not a string"),
            ("{\"data\":[{\"n\":1,\"o\":[]}]}", "data[0].o is not an object"),
        ])
    func named(text: String, words: String) {
        let error = #expect(throws: DomainError.self) {
            for element in try json(text).array("data") {
                _ = try element.integer("n")
                _ = try element.optionalString("s")
                _ = try element.optionalBool("b")
                _ = try element.optionalStrings("t")
                _ = try element.optionalObject("o")
            }
        }
        #expect(error?.reason == .carrierAnswerUnreadable)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(error?.message.hasPrefix("Telnyx answered with ") == true)
        let field = words.split(separator: " ").first.map(String.init)
        #expect(error?.facts["field"] == (field == "the" ? nil : field))
    }

    @Test(
        "CAR-09 what is no JSON is an error, never a trap",
        arguments: [
            "", " ", "{", "}", "[", "[1", "[1,", "[1,]", "{\"a\"", "{\"a\":", "{\"a\":1",
            "{\"a\":1,",
            "{\"a\":1,}", "{a:1}", "{'a':1}", "tru", "nul", "truex", "1 2", "01", "-", "1.", ".5",
            "1e", "1e+", "+1", "0x1", "NaN", "Infinity", "\"", "\"a", "\"\\", "\"\\u", "\"\\u12",
            "\"\\u12g4\"", "\"\\x\"", "\"\\ud800\"", "\"\\ud800\\", "\"\\ud800\\u0041\"",
            "\"\\udc00\"", "\"\u{1}\"", "\"\n\"", "<html></html>", "\u{FEFF}{}", "{} {}",
            "{\"a\":1,\"a\":2}", "[{\"a\":{\"b\":1,\"\\u0062\":2}}]",
        ])
    func improper(text: String) {
        let error = #expect(throws: DomainError.self) { try json(text) }
        #expect(error?.reason == .carrierAnswerUnreadable)
    }

    @Test(
        "CAR-09 bytes that are not UTF-8 are refused",
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0xFF],
        ])
    func encoding(bytes: [UInt8]) {
        #expect(throws: DomainError.self) { try CarrierJSON(bytes, from: "Twilio") }
    }

    @Test("CAR-09 any depth is survived", arguments: ["[", "{\"a\":", "[{\"a\":"])
    func depth(opening: String) throws {
        let error = #expect(throws: DomainError.self) {
            try json(String(repeating: opening, count: 200_000))
        }
        #expect(error?.message.contains("nested too deeply") == true)
        let deepest = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        _ = try json(deepest)
        #expect(throws: DomainError.self) { try json("[\(deepest)]") }
    }

    @Test(
        "numbers keep their text",
        arguments: ["0", "-0", "1e400", "0.0085", "1.10", "1E-5", "123456789012345678901234567890"])
    func numbers(text: String) throws {
        #expect(try json("{\"n\":\(text)}").text("n") == text)
    }

    /// Compares with Foundation on texts made by damaging a real answer.
    @Test func `CAR-09 whatever the damage, the answer is read like elsewhere or refused`() throws {
        let whole = Array(
            #"{"data":[{"id":"12","n":[1.5,-2,true,false,null],"s":"a\u00e9\n\ud83d\ude00é"}]}"#
                .utf8)
        var random = SystemRandomNumberGenerator()
        var accepted = 0
        for _ in 0..<20_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: index)
                default: bytes.insert(whole[Int.random(in: 0..<whole.count)], at: index)
                }
            }
            guard (try? CarrierJSON(bytes, from: "Twilio")) != nil else { continue }
            accepted += 1
            #expect(
                throws: Never.self, "\(String(decoding: bytes, as: UTF8.self))"
            ) { try JSONSerialization.jsonObject(with: Data(bytes)) }
        }
        #expect(accepted > 100)
    }
}
