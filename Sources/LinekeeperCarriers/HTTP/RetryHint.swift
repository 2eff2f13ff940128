import LinekeeperCore

/// How long a carrier asks to be left alone.
enum RetryHint {
    /// No hint is taken for longer: a mistaken one is not to stop an account for a day.
    static let max: Duration = .seconds(60)

    /// From `Retry-After` (seconds or a date), or else `x-ratelimit-reset` (seconds, or seconds since
    /// 1970); `nil` when neither is there or can be read.
    static func wait(_ headers: HTTPHeaders, at date: Timestamp) -> Duration? {
        if let text = headers["retry-after"] {
            if let seconds = Int64(text) { return bounded(seconds: seconds) }
            if let moment = HTTPDate.parse(text) {
                return bounded(seconds: secondsUntil(moment, from: date))
            }
        }
        guard let text = headers["x-ratelimit-reset"], let number = Int64(text) else { return nil }
        let isMoment = number > 1_000_000_000
        return bounded(seconds: isMoment ? secondsUntil(number, from: date) : number)
    }

    private static func secondsUntil(_ secondsSince1970: Int64, from date: Timestamp) -> Int64 {
        let (seconds, overflow) = secondsSince1970.subtractingReportingOverflow(
            date.microseconds / 1_000_000)
        return overflow ? 0 : seconds
    }

    private static func bounded(seconds: Int64) -> Duration {
        .seconds(Swift.min(Swift.max(seconds, 0), max.components.seconds))
    }
}

/// A date in a header (RFC 9110 section 5.6.7), in the one form that may still be sent.
enum HTTPDate {
    /// Seconds since 1970 of a text like `Sun, 06 Nov 1994 08:49:37 GMT`.
    static func parse(_ text: String) -> Int64? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT",
            let day = number(words[1], digits: 2), (1...31).contains(day),
            let month = months.firstIndex(of: words[2]),
            let year = number(words[3], digits: 4), year >= 1970
        else { return nil }
        let time = words[4].split(separator: ":", omittingEmptySubsequences: false)
        guard time.count == 3,
            let hour = number(time[0], digits: 2), hour < 24,
            let minute = number(time[1], digits: 2), minute < 60,
            let second = number(time[2], digits: 2), second <= 60
        else { return nil }
        return days(year: year, month: month + 1, day: day) * 86_400 + hour * 3_600 + minute * 60
            + second
    }

    private static let months: [Substring] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func number(_ text: Substring, digits: Int) -> Int64? {
        guard text.utf8.count == digits,
            text.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") })
        else { return nil }
        return Int64(text)
    }

    /// Days since 1970-01-01, counted in years that start in March so that the leap day is the last.
    private static func days(year: Int64, month: Int, day: Int64) -> Int64 {
        let marchYear = month > 2 ? year : year - 1
        let marchMonth = Int64((month + 9) % 12)
        let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
        return marchYear * 365 + leapDays + (marchMonth * 153 + 2) / 5 + day - 1 - 719_468
    }
}
