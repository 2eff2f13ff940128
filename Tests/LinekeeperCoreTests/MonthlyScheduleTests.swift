import Foundation
import LinekeeperCore
import Testing

@Suite struct MonthlyScheduleTests {
    private func moment(_ text: String) throws -> Timestamp {
        let date = try Date(text, strategy: .iso8601)
        return Timestamp(microseconds: Int64(date.timeIntervalSince1970) * 1_000_000)
    }

    @Test(
        "B160 A month later is the same day, or the month's last, and the day itself again after",
        arguments: [
            ("2026-01-15T09:30:00Z", "2026-01-15T09:30:00Z", "2026-02-15T09:30:00Z"),
            ("2026-01-31T00:00:00Z", "2026-01-31T00:00:00Z", "2026-02-28T00:00:00Z"),
            ("2026-01-31T00:00:00Z", "2026-02-28T00:00:00Z", "2026-03-31T00:00:00Z"),
            ("2024-01-31T23:59:59Z", "2024-01-31T23:59:59Z", "2024-02-29T23:59:59Z"),
            ("2100-01-30T12:00:00Z", "2100-01-30T12:00:00Z", "2100-02-28T12:00:00Z"),
            ("2026-12-31T12:00:00Z", "2026-12-31T12:00:00Z", "2027-01-31T12:00:00Z"),
            // Between two moments, before the anchor, and long after it.
            ("2026-01-31T12:00:00Z", "2026-02-28T11:59:59Z", "2026-02-28T12:00:00Z"),
            ("2026-01-31T12:00:00Z", "2026-03-01T00:00:00Z", "2026-03-31T12:00:00Z"),
            ("2026-05-10T12:00:00Z", "2020-01-01T00:00:00Z", "2026-06-10T12:00:00Z"),
            ("2020-02-29T08:00:00Z", "2027-02-10T00:00:00Z", "2027-02-28T08:00:00Z"),
            ("1969-12-31T23:00:00Z", "1969-12-31T23:00:00Z", "1970-01-31T23:00:00Z"),
        ])
    func next(_ anchor: String, _ after: String, _ expected: String) throws {
        let schedule = MonthlySchedule(anchor: try moment(anchor))
        #expect(try schedule.next(after: moment(after)) == moment(expected))
    }

    @Test
    func `the calendar agrees with Foundation's for six hundred months from every day of a year`()
        throws
    {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        let start = try Date("2024-01-01T06:00:00Z", strategy: .iso8601)
        for day in 0..<366 {
            let anchor = start.addingTimeInterval(Double(day) * 86_400)
            let schedule = MonthlySchedule(
                anchor: Timestamp(microseconds: Int64(anchor.timeIntervalSince1970) * 1_000_000))
            var at = schedule.anchor
            for month in stride(from: 1, through: 600, by: 1) {
                at = schedule.next(after: at)
                guard month % 37 == 0 || month < 14 else { continue }
                let expected = try #require(
                    calendar.date(byAdding: .month, value: month, to: anchor))
                #expect(at.microseconds == Int64(expected.timeIntervalSince1970) * 1_000_000)
            }
        }
    }

    @Test func `the ends of time do not trap`() {
        let ends = [Timestamp(microseconds: .min), Timestamp(microseconds: .max)]
        for anchor in ends {
            for moment in ends { _ = MonthlySchedule(anchor: anchor).next(after: moment) }
        }
    }
}
