/// A telephone number in E.164 form: a plus sign and 7 to 15 digits, the first of them 1 to 9.
///
/// Kept as one integer, which is what the route table is keyed by; 15 digits need 50 bits. E.164
/// has no leading zero, so the integer loses nothing.
public struct E164: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The digits after the plus sign, read as a decimal number.
    public let digits: UInt64

    /// How a missing plus sign is taken.
    public enum Form: Sendable {
        /// Only `+` and digits.
        case canonical
        /// The plus sign may be missing: Telnyx leaves it out by default.
        case plusOptional
    }

    private static let digitsMin = 7
    private static let digitsMax = 15

    /// Reads ASCII bytes; `nil` for anything that is not the form asked for, look-alike digits of
    /// other scripts, spaces and punctuation included.
    public init?(_ bytes: some Collection<UInt8>, form: Form = .canonical) {
        var count = 0
        var value: UInt64 = 0
        var sawPlus = false
        for byte in bytes {
            if byte == UInt8(ascii: "+"), !sawPlus, count == 0 {
                sawPlus = true
                continue
            }
            let digit = byte &- UInt8(ascii: "0")
            guard digit <= 9, count < E164.digitsMax, count > 0 || digit > 0 else { return nil }
            // At most 15 digits: below 10^15, so this cannot overflow.
            value = value &* 10 &+ UInt64(digit)
            count += 1
        }
        guard count >= E164.digitsMin, sawPlus || form == .plusOptional else { return nil }
        digits = value
    }

    /// Reads a request field.
    ///
    /// - Throws: ``DomainError`` with reason `invalidE164` naming the field.
    public init(
        _ text: String, field: String, form: Form = .canonical
    ) throws(DomainError) {
        guard let parsed = E164(text.utf8, form: form) else {
            throw DomainError(
                .invalidE164,
                "\(field) must be an E.164 number: a plus sign and 7 to 15 digits, like +14155550100.",
                field: field)
        }
        self = parsed
    }

    /// A number known to be in range, as the store kept it; `nil` where it is not.
    public init?(digits: UInt64) {
        guard digits >= 1_000_000, digits < 1_000_000_000_000_000 else { return nil }
        self.digits = digits
    }

    /// The canonical text, with the plus sign.
    public var description: String { "+\(digits)" }

    /// Whether the digits begin with those of a prefix such as `+4930`.
    public func hasPrefix(_ prefix: E164Prefix) -> Bool { prefix.matches(self) }

    public static func < (left: E164, right: E164) -> Bool {
        left.description < right.description
    }
}

/// The beginning of an E.164 number, 1 to 15 digits, used to limit destinations.
public struct E164Prefix: Hashable, Sendable, CustomStringConvertible {
    private let digits: UInt64
    private let count: Int

    /// Reads `+` and 1 to 15 digits, the first of them 1 to 9; the plus sign may be missing.
    public init?(_ bytes: some Collection<UInt8>) {
        var value: UInt64 = 0
        var count = 0
        for (index, byte) in bytes.enumerated() {
            if index == 0, byte == UInt8(ascii: "+") { continue }
            let digit = byte &- UInt8(ascii: "0")
            guard digit <= 9, count < 15, count > 0 || digit > 0 else { return nil }
            value = value &* 10 &+ UInt64(digit)
            count += 1
        }
        guard count > 0 else { return nil }
        digits = value
        self.count = count
    }

    /// Whether a number begins with this prefix.
    public func matches(_ number: E164) -> Bool {
        var rest = number.digits
        var length = 1
        var probe = rest
        while probe >= 10 {
            probe /= 10
            length += 1
        }
        guard length >= count else { return false }
        for _ in count..<length { rest /= 10 }
        return rest == digits
    }

    public var description: String { "+\(digits)" }
}
