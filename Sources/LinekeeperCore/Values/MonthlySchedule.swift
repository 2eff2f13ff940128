/// Moments a month apart from one that fixes day and time: on a shorter month's last day where the
/// day does not exist, and back on the day itself afterwards. UTC, proleptic Gregorian calendar.
public struct MonthlySchedule: Hashable, Sendable {
    /// The moment that fixes day and time.
    public let anchor: Timestamp

    /// A schedule through a moment.
    public init(anchor: Timestamp) { self.anchor = anchor }

    private static let dayMicroseconds: Int64 = 86_400_000_000

    /// The first moment of the schedule that lies after another and after the anchor.
    public func next(after moment: Timestamp) -> Timestamp {
        guard moment >= anchor else { return self.moment(month: 1) }
        let (start, now) = (CivilDate(daysOf: anchor), CivilDate(daysOf: moment))
        let months = (now.year - start.year) * 12 + (now.month - start.month)
        // The moment within `moment`'s own month may still lie ahead.
        let candidate = self.moment(month: max(1, months))
        return candidate > moment ? candidate : self.moment(month: months + 1)
    }

    private func moment(month offset: Int64) -> Timestamp {
        let start = CivilDate(daysOf: anchor)
        let months = start.year * 12 + (start.month - 1) + offset
        let year = months / 12
        let month = months % 12 + 1
        let date = CivilDate(
            year: year, month: month,
            day: min(start.day, CivilDate.daysIn(month: month, of: year)))
        let day = Self.dayMicroseconds
        let time = ((anchor.microseconds % day) + day) % day
        return Timestamp(microseconds: date.daysSinceEpoch * day + time)
    }
}

/// A day of the proleptic Gregorian calendar, by H. Hinnant's method, which counts in eras of 400
/// years ("chrono-Compatible Low-Level Date Algorithms").
private struct CivilDate {
    let year: Int64
    let month: Int64
    let day: Int64

    init(year: Int64, month: Int64, day: Int64) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day of a moment; years before 0 and after 9999 are read as those, so that sums of them
    /// stay far from overflow.
    init(daysOf moment: Timestamp) {
        let bounded = min(
            max(moment.microseconds, -62_167_219_200_000_000), 253_402_300_799_000_000)
        let dayLength: Int64 = 86_400_000_000
        let days = (bounded - ((bounded % dayLength) + dayLength) % dayLength) / dayLength
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var daysSinceEpoch: Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    static func daysIn(month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
