import Testing

@testable import LinekeeperProto

@Suite struct Base64Tests {
    @Test(
        "is RFC 4648's",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ])
    func vectors(plain: String, encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded.utf8) == Array(plain.utf8))
        #expect(Base64.decode(encoded.filter { $0 != "=" }.utf8) == Array(plain.utf8))
    }

    @Test func `takes both alphabets`() {
        #expect(Base64.decode("-_+/".utf8) == [0xFB, 0xFF, 0xBF])
    }

    @Test(arguments: [
        "Z", "Zg=", "Zg===", "Z===", "=", "Zm9v=", "Zm 9v", "Zm9v\n", "Zg==Zg==", "Zé",
    ])
    func `refuses anything else`(text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }
}

@Suite struct TimestampTextTests {
    @Test(
        "times are written in UTC with as many decimals as they need",
        arguments: [
            (0, 0, "1970-01-01T00:00:00Z"), (-1, 0, "1969-12-31T23:59:59Z"),
            (1_709_164_800, 0, "2024-02-29T00:00:00Z"), (951_782_399, 0, "2000-02-28T23:59:59Z"),
            (-2_203_977_600, 0, "1900-02-28T00:00:00Z"),
            (0, 500_000_000, "1970-01-01T00:00:00.500Z"),
            (0, 120_000, "1970-01-01T00:00:00.000120Z"),
            (-1, 999_999_999, "1969-12-31T23:59:59.999999999Z"),
            (-62_135_596_800, 0, "0001-01-01T00:00:00Z"),
            (253_402_300_799, 999_999_999, "9999-12-31T23:59:59.999999999Z"),
        ] as [(Int64, Int32, String)])
    func written(seconds: Int64, nanos: Int32, text: String) throws {
        #expect(TimestampText.text(seconds: seconds, nanos: nanos) == text)
        let parsed = try #require(TimestampText.parse(text))
        #expect(parsed == (seconds, nanos))
    }

    @Test(
        "times that protobuf does not allow have no text",
        arguments: [
            (-62_135_596_801, 0), (253_402_300_800, 0), (.max, 0), (.min, 0), (0, -1),
            (0, 1_000_000_000),
        ] as [(Int64, Int32)])
    func outOfRange(seconds: Int64, nanos: Int32) {
        #expect(TimestampText.text(seconds: seconds, nanos: nanos) == nil)
    }

    @Test(
        "offsets are taken off",
        arguments: [
            ("1970-01-01T02:00:00+02:00", 0), ("1969-12-31T18:30:00-05:30", 0),
            ("1970-01-01t00:00:01z", 1),
        ] as [(String, Int64)])
    func offsets(text: String, seconds: Int64) {
        #expect(TimestampText.parse(text)?.seconds == seconds)
    }

    @Test(
        arguments: [
            "", "1970-01-01", "1970-01-01T00:00:00", "1970-01-01 00:00:00Z", "1970-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z", "1970-13-01T00:00:00Z", "1970-00-01T00:00:00Z",
            "1970-01-00T00:00:00Z", "1970-04-31T00:00:00Z", "1970-01-01T24:00:00Z",
            "1970-01-01T00:60:00Z", "1970-01-01T00:00:60Z", "1970-01-01T00:00:00.Z",
            "1970-01-01T00:00:00.1234567890Z", "1970-01-01T00:00:00Zx", "1970-01-01T00:00:00+0200",
            "0000-12-31T00:00:00Z", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-00:01",
        ])
    func `what is no time is refused`(text: String) {
        #expect(TimestampText.parse(text) == nil)
    }
}

@Suite struct JSONIntegerTests {
    @Test(
        "whole numbers are exact to 64 bits, however they are written",
        arguments: [
            ("9223372036854775807", .max), ("-9223372036854775808", .min), ("0", 0), ("-0", 0),
            ("1e3", 1000), ("1.50e2", 150), ("100e-2", 1), ("0.0", 0), ("0e-9", 0), ("-2.0", -2),
            ("9.223372036854775807e18", .max), ("9223372036854775808", nil), ("1e19", nil),
            ("1.5", nil), ("1e-1", nil), ("", nil), ("-", nil), ("+1", nil), (".5", nil),
            ("1.", nil),
            ("1e", nil), ("1e5e5", nil), ("--1", nil), ("1_000", nil), ("٣", nil), ("0x10", nil),
            ("1e99999999999999999999", nil), (" 1", nil),
        ] as [(String, Int64?)])
    func whole(text: String, value: Int64?) {
        #expect(JSONInteger.parse(text, as: Int64.self) == value)
    }
}
