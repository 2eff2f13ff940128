import Foundation
import LinekeeperProto

/// Times and lengths of time as people type them.
enum TimeArgument {
    /// `90s`, `15m`, `2h`, `7d`, `4w`, or plain seconds.
    static func duration(_ text: String) -> Duration? {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
        var digits = text[...]
        var unit = 1
        if let last = text.last, let seconds = units[last] {
            unit = seconds
            digits = text.dropLast()
        }
        guard let number = Double(digits), number.isFinite, number >= 0, number <= 1e9 else {
            return nil
        }
        return .milliseconds(Int64(number * Double(unit) * 1000))
    }

    /// A moment: `2025-11-21T10:00:00Z`, `2025-11-21 10:00` and `2025-11-21` where the user is, or
    /// how long ago or from now: `2h`.
    ///
    /// - Parameter sign: -1 reads a length as ago, 1 as from now.
    static func time(
        _ text: String, now: Date, timeZone: TimeZone, sign: Double
    ) throws(CLIError) -> Proto.Timestamp {
        if let length = duration(text), !text.contains("-") {
            let seconds = Double(length.components.seconds)
            return timestamp(now.addingTimeInterval(sign * seconds))
        }
        for zone in [nil, timeZone] {
            if let date = date(text, in: zone) { return timestamp(date) }
        }
        throw .usage(
            "\(text) is no time. Write 2025-11-21, \"2025-11-21 10:00\", 2025-11-21T10:00:00Z, or "
                + "a length like 2h.")
    }

    private static func timestamp(_ date: Date) -> Proto.Timestamp {
        // Parsed years have four digits: the seconds fit.
        .with { $0.seconds = Int64(date.timeIntervalSince1970) }
    }

    /// - Parameter zone: What holds where the text names none; `nil` demands that it does.
    private static func date(_ text: String, in zone: TimeZone?) -> Date? {
        let formats =
            zone == nil
            ? ["yyyy-MM-dd'T'HH:mm:ssXXXXX", "yyyy-MM-dd'T'HH:mmXXXXX"]
            : ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"]
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = zone ?? .gmt
        formatter.isLenient = false
        for format in formats {
            formatter.dateFormat = format
            if let date = formatter.date(from: text) { return date }
        }
        return nil
    }
}
