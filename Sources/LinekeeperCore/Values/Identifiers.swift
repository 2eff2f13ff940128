/// What an identifier names; gives the prefix that its text carries.
public protocol IdentifierKind: Sendable {
    /// The letters before the underscore, such as `num`.
    static var prefix: String { get }
}

/// An identifier made here: a prefix and a UUIDv7 (RFC 9562) as 32 lower-case hex digits.
///
/// UUIDv7 begins with the milliseconds since 1970, so identifiers sort by the time they were made,
/// as integers and as text.
public struct Identifier<Kind: IdentifierKind>: Hashable, Comparable, Sendable,
    CustomStringConvertible
{
    /// The first 64 bits of the UUID: time, version and twelve random bits.
    public let high: UInt64
    /// The last 64 bits: variant and random bits.
    public let low: UInt64

    /// An identifier from the two halves of a UUID.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads the text form; `nil` when the prefix, the length or a digit is wrong.
    public init?(_ text: String) {
        guard let halves = IdentifierText.read(text, prefix: Kind.prefix) else { return nil }
        self.init(high: halves.high, low: halves.low)
    }

    /// The text form, such as `num_0192f3c1a2b37c4d8e9f001122334455`.
    public var description: String {
        IdentifierText.make(prefix: Kind.prefix, high: high, low: low)
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

/// An identifier's text, whatever its kind. Not part of the generic type, because the loops of a
/// generic type are compiled once for all kinds, and run many times as long.
private enum IdentifierText {
    static func read(_ text: String, prefix: String) -> (high: UInt64, low: UInt64)? {
        guard text.utf8.count == prefix.utf8.count + 33 else { return nil }
        var digits = text.utf8.makeIterator()
        for expected in prefix.utf8 where digits.next() != expected { return nil }
        guard digits.next() == UInt8(ascii: "_"), let high = readHalf(&digits),
            let low = readHalf(&digits)
        else { return nil }
        return (high, low)
    }

    private static func readHalf(_ digits: inout String.UTF8View.Iterator) -> UInt64? {
        var half: UInt64 = 0
        for _ in 0..<16 {
            switch digits.next() {
            case .some(let digit) where UInt8(ascii: "0") <= digit && digit <= UInt8(ascii: "9"):
                half = half << 4 | UInt64(digit &- UInt8(ascii: "0"))
            case .some(let digit) where UInt8(ascii: "a") <= digit && digit <= UInt8(ascii: "f"):
                half = half << 4 | UInt64(digit &- UInt8(ascii: "a") &+ 10)
            default: return nil
            }
        }
        return half
    }

    static func make(prefix: String, high: UInt64, low: UInt64) -> String {
        let count = prefix.utf8.count + 33
        return unsafe String(unsafeUninitializedCapacity: count) { text in
            // The capacity was asked for in the line above, and is filled exactly.
            let end = unsafe text.initialize(fromContentsOf: prefix.utf8)
            unsafe text.initializeElement(at: end, to: UInt8(ascii: "_"))
            for place in 0..<32 {
                let half = place < 16 ? high : low
                let nibble = UInt8(truncatingIfNeeded: half >> UInt64(60 - place % 16 * 4)) & 15
                let digit =
                    nibble < 10 ? UInt8(ascii: "0") &+ nibble : UInt8(ascii: "a") - 10 &+ nibble
                unsafe text.initializeElement(at: end + 1 + place, to: digit)
            }
            return count
        }
    }
}

/// Names a phone number held here: `num_…`.
public enum NumberKind: IdentifierKind { public static let prefix = "num" }
/// Names a workspace: `wsp_…`.
public enum WorkspaceKind: IdentifierKind { public static let prefix = "wsp" }
/// Names a carrier connection: `con_…`.
public enum ConnectionKind: IdentifierKind { public static let prefix = "con" }
/// Names a token (never its secret): `tok_…`.
public enum TokenKind: IdentifierKind { public static let prefix = "tok" }
/// Names a recorded message: `msg_…`.
public enum MessageIDKind: IdentifierKind { public static let prefix = "msg" }
/// Names a credit ledger entry: `cre_…`.
public enum CreditEntryKind: IdentifierKind { public static let prefix = "cre" }

public typealias NumberID = Identifier<NumberKind>
public typealias WorkspaceID = Identifier<WorkspaceKind>
public typealias ConnectionID = Identifier<ConnectionKind>
public typealias TokenID = Identifier<TokenKind>
public typealias MessageID = Identifier<MessageIDKind>
public typealias CreditEntryID = Identifier<CreditEntryKind>

/// The agent builder's own name for an agent: 1 to 64 of `A-Z a-z 0-9 . _ : -`.
public struct AgentID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The text as it was given.
    public let text: String

    /// `nil` when the text is empty, longer than 64 bytes or has another character.
    public init?(_ text: String) {
        guard AgentID.isValid(text.utf8.span) else { return nil }
        self.text = text
    }

    /// An id whose text was checked before.
    init(checked text: String) { self.text = text }

    /// Whether the bytes are the text of an id.
    static func isValid(_ bytes: Span<UInt8>) -> Bool {
        guard (1...64).contains(bytes.count) else { return false }
        for index in bytes.indices where !isAllowed(bytes[index]) { return false }
        return true
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: ":"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    public var description: String { text }
    public static func < (left: AgentID, right: AgentID) -> Bool { left.text < right.text }
}

/// A workspace's key in the store: what every store function is scoped by.
///
/// Only the authenticator and the loading of the store make one, so a function that takes it cannot
/// be called with a workspace that the caller merely named.
public struct WorkspaceKey: Hashable, Sendable {
    /// The row's key, positive.
    public let rawValue: Int64
    /// Wraps a row's key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// An agent's key in the store.
public struct AgentKey: Hashable, Sendable {
    /// The row's key, positive.
    public let rawValue: Int64
    /// Wraps a row's key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A carrier connection's key in the store.
public struct ConnectionKey: Hashable, Sendable {
    /// The row's key, positive.
    public let rawValue: Int64
    /// Wraps a row's key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A number's key in the store.
public struct NumberKey: Hashable, Sendable {
    /// The row's key, positive.
    public let rawValue: Int64
    /// Wraps a row's key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}
