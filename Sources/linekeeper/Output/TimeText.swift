import Foundation
import LinekeeperProto

/// Times as people read them.
struct TimeText {
    private let calendar: Calendar

    init(timeZone: TimeZone = .current) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        self.calendar = calendar
    }

    /// `2025-11-21 10:08:03` where the user is; empty for no time.
    func text(_ time: Proto.Timestamp?) -> String {
        guard let time else { return "" }
        let parts = calendar.dateComponents(
            [.year, .month, .day, .hour, .minute, .second],
            from: Date(timeIntervalSince1970: Double(time.seconds)))
        let day = [parts.year ?? 0, parts.month ?? 0, parts.day ?? 0].map(Self.twoDigits)
        let clock = [parts.hour ?? 0, parts.minute ?? 0, parts.second ?? 0].map(Self.twoDigits)
        return day.joined(separator: "-") + " " + clock.joined(separator: ":")
    }

    /// `in 3 h`, `2 d`: how long something lasts, in its largest unit.
    static func length(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        return switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min"
        case ..<86_400: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) d"
        }
    }

    /// `0.25 ms`
    static func milliseconds(_ duration: Duration) -> String {
        let parts = duration.components
        let microseconds = parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000
        return "\(microseconds / 1000).\(pad(microseconds % 1000, 3)) ms"
    }

    private static func twoDigits(_ number: Int) -> String { pad(Int64(number), 2) }

    private static func pad(_ number: Int64, _ count: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(count - digits.count, 0)) + digits
    }
}
