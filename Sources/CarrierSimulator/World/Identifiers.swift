/// Random numbers that are the same for the same seed.
struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Ids as the carriers form them.
enum Identifier {
    /// A Twilio SID: two letters and 32 hexadecimal digits, the same for the same text.
    static func sid(_ prefix: String, of text: String) -> String { prefix + hex(of: text) }

    /// A UUID, the same for the same text.
    static func uuid(of text: String) -> String {
        let digits = Array(hex(of: text))
        let groups = [digits[0..<8], digits[8..<12], digits[13..<16], digits[17..<20]]
        return String(groups[0]) + "-" + String(groups[1]) + "-4" + String(groups[2]) + "-8"
            + String(groups[3]) + "-" + String(digits[20..<32])
    }

    /// A decimal id of 19 digits as Telnyx gives to numbers, the same for the same text.
    static func decimal(of text: String) -> String {
        var generator = SeededGenerator(seed: hash(text))
        return String(1_200_000_000_000_000_000 + generator.next() % 800_000_000_000_000_000)
    }

    private static func hex(of text: String) -> String {
        var generator = SeededGenerator(seed: hash(text))
        return (0..<2).map { _ in
            let digits = String(generator.next(), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// FNV-1a.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
