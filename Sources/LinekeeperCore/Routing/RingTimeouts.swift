/// How long to let a line ring, by where the call goes.
///
/// Setting up a call across borders takes longer before the far end even begins to ring, so it is
/// given more time; within one calling code it is not.
public struct RingTimeouts: Sendable {
    /// Between numbers of one calling code.
    public static let domestic: UInt8 = 30
    /// Between numbers of different calling codes.
    public static let international: UInt8 = 45
    /// What every timeout, configured or set on a number, is kept within.
    public static let range: ClosedRange<UInt8> = 5...120

    /// Longest prefix first.
    private let extended: [(prefix: E164Prefix, seconds: UInt8)]

    /// Timeouts with longer ones for some destinations; the longest prefix that fits wins.
    public init(_ extended: [(prefix: E164Prefix, seconds: UInt8)] = []) {
        self.extended = extended.sorted {
            $0.prefix.description.count > $1.prefix.description.count
        }
    }

    /// Seconds to ring.
    ///
    /// - Parameters:
    ///   - override: The number's own setting, which wins.
    ///   - origin: Who calls; `nil` (an anonymous caller) counts as domestic.
    ///   - destination: Who is called.
    public func seconds(override: UInt8?, from origin: E164?, to destination: E164) -> UInt8 {
        if let override { return RingTimeouts.clamp(override) }
        for entry in extended where entry.prefix.matches(destination) {
            return RingTimeouts.clamp(entry.seconds)
        }
        guard let origin, origin.callingCode != destination.callingCode else {
            return RingTimeouts.domestic
        }
        return RingTimeouts.international
    }

    private static func clamp(_ seconds: UInt8) -> UInt8 {
        min(max(seconds, range.lowerBound), range.upperBound)
    }
}

extension E164 {
    /// The calling code of the number: one to three digits, by ITU-T's list of assigned codes.
    ///
    /// No code is the beginning of another: +1 and +7 stand alone, the two-digit codes are those
    /// below, and everything else has three digits.
    var callingCode: UInt64 {
        // E.164 has at least seven digits, and mostly eleven or more: this leaves the first three.
        var scale: UInt64 = digits >= 10_000_000_000 ? 100_000_000 : 10_000
        while digits >= scale * 1_000 { scale *= 10 }
        let three = digits / scale
        if three / 100 == 1 || three / 100 == 7 { return three / 100 }
        let two = three / 10
        switch two {
        case 20, 27, 28, 30...34, 36, 39...41, 43...49, 51...58, 60...66, 81, 82, 84, 86, 90...95,
            98:
            return two
        default:
            return three
        }
    }
}
