/// A moment in UTC, in whole microseconds since 1970, as the store keeps it.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public var microseconds: Int64

    /// A moment from microseconds since 1970.
    public init(microseconds: Int64) { self.microseconds = microseconds }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    /// The moment a number of seconds later (earlier if negative); clamped at the ends of time.
    public func adding(seconds: Int64) -> Timestamp {
        let (delta, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow else {
            return Timestamp(microseconds: seconds < 0 ? .min : .max)
        }
        let (sum, overflowed) = microseconds.addingReportingOverflow(delta)
        return Timestamp(microseconds: overflowed ? (delta < 0 ? .min : .max) : sum)
    }
}

/// Tells the time. Passed in, so that tests set it.
public protocol WallClock: Sendable {
    /// The present moment.
    var now: Timestamp { get }
}

/// Makes identifiers. Passed in, so that tests set them.
public protocol IdentifierSource: Sendable {
    /// A new identifier for the moment given; identifiers of one source never repeat.
    func make<Kind>(_ kind: Kind.Type, at moment: Timestamp) -> Identifier<Kind>
}

extension Identifier {
    /// Lays a UUIDv7 out (RFC 9562 section 5.7) from a moment and 74 random bits.
    public init(at moment: Timestamp, randomHigh: UInt64, randomLow: UInt64) {
        let milliseconds = UInt64(max(0, moment.microseconds) / 1000) & 0xFFFF_FFFF_FFFF
        self.init(
            high: milliseconds << 16 | 0x7000 | randomHigh & 0x0FFF,
            low: 0x8000_0000_0000_0000 | randomLow & 0x3FFF_FFFF_FFFF_FFFF)
    }
}

/// Identifiers from the system's random source.
public struct RandomIdentifierSource: IdentifierSource {
    /// A source; it has no state.
    public init() {}

    public func make<Kind>(_ kind: Kind.Type, at moment: Timestamp) -> Identifier<Kind> {
        Identifier(
            at: moment, randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max))
    }
}
