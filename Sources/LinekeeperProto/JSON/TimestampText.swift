/// `google.protobuf.Timestamp` as RFC 3339 text, without Foundation's calendars.
enum TimestampText {
    /// 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z, in seconds since 1970.
    static let seconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    /// The moment in UTC, with as many groups of three decimals as it needs; `nil` out of range.
    static func text(seconds: Int64, nanos: Int32) -> String? {
        guard TimestampText.seconds.contains(seconds), (0..<1_000_000_000).contains(nanos) else {
            return nil
        }
        let day = floorDivide(seconds, 86_400)
        let time = seconds - day * 86_400
        let (year, month, dayOfMonth) = date(day: day)
        var text = "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))T"
        text += "\(padded(time / 3600, 2)):\(padded(time / 60 % 60, 2)):\(padded(time % 60, 2))"
        if nanos != 0 {
            var digits = padded(Int64(nanos), 9)[...]
            while digits.hasSuffix("000") { digits = digits.dropLast(3) }
            text += ".\(digits)"
        }
        return text + "Z"
    }

    /// Reads `2026-01-31T09:30:00Z`, with up to nine decimals and `Z` or an offset; `nil` for
    /// anything else, and for a day or time that does not exist.
    static func parse(_ text: String) -> (seconds: Int64, nanos: Int32)? {
        var rest = text.utf8[...]
        guard let year = number(&rest, 4), skip(&rest, "-"),
            let month = number(&rest, 2), skip(&rest, "-"),
            let dayOfMonth = number(&rest, 2), skip(&rest, "T") || skip(&rest, "t"),
            let hour = number(&rest, 2), skip(&rest, ":"),
            let minute = number(&rest, 2), skip(&rest, ":"),
            let second = number(&rest, 2),
            let nanos = decimals(&rest), let offset = offset(&rest), rest.isEmpty,
            hour < 24, minute < 60, second < 60, (1...12).contains(month)
        else { return nil }
        let day = day(year: year, month: month, dayOfMonth: dayOfMonth)
        // A day that does not exist is another day when it is read back.
        guard date(day: day) == (year, month, dayOfMonth) else { return nil }
        let seconds = day * 86_400 + hour * 3600 + minute * 60 + second - offset
        guard TimestampText.seconds.contains(seconds) else { return nil }
        return (seconds, nanos)
    }

    // The calendar: years begin in March, so that the leap day is their last day; 400 years
    // have 146,097 days, and day 0 (1970-01-01) is 719,468 days after 0000-03-01.

    private static func date(day: Int64) -> (year: Int64, month: Int64, dayOfMonth: Int64) {
        let shifted = day + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func day(year: Int64, month: Int64, dayOfMonth: Int64) -> Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = floorDivide(marchYear, 400)
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + dayOfMonth - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : (value + 1) / divisor - 1
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func digit(_ rest: inout Substring.UTF8View) -> Int64? {
        guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
            return nil
        }
        rest = rest.dropFirst()
        return Int64(byte - UInt8(ascii: "0"))
    }

    private static func number(_ rest: inout Substring.UTF8View, _ width: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<width {
            guard let digit = digit(&rest) else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    private static func skip(_ rest: inout Substring.UTF8View, _ character: Unicode.Scalar) -> Bool
    {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// What follows a decimal point, in billionths; 0 where there is none.
    private static func decimals(_ rest: inout Substring.UTF8View) -> Int32? {
        guard skip(&rest, ".") else { return 0 }
        var nanos: Int64 = 0
        var count = 0
        while count < 9, let digit = digit(&rest) {
            nanos = nanos * 10 + digit
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in count..<9 { nanos *= 10 }
        return Int32(truncatingIfNeeded: nanos)
    }

    /// Seconds east of UTC.
    private static func offset(_ rest: inout Substring.UTF8View) -> Int64? {
        if skip(&rest, "Z") || skip(&rest, "z") { return 0 }
        let sign: Int64 = skip(&rest, "+") ? 1 : -1
        guard sign == 1 || skip(&rest, "-"), let hours = number(&rest, 2), skip(&rest, ":"),
            let minutes = number(&rest, 2), hours < 24, minutes < 60
        else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
