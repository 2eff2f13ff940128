/// How far something is, in one line: `██████░░░░  6,000 of 10,000`.
struct ProgressBar {
    private var shownPermille = -1

    /// The line to show now; `nil` while it would look as it did.
    mutating func line(done: Int, total: Int, width: Int) -> String? {
        guard total > 0 else { return nil }
        let share = min(max(done, 0), total)
        let permille = share * 1000 / total
        guard permille != shownPermille else { return nil }
        shownPermille = permille
        let label = "  \(Self.grouped(share)) of \(Self.grouped(total))"
        let cells = max(min(width - label.count - 1, 40), 0)
        let filled = cells * share / total
        return String(repeating: "█", count: filled)
            + String(repeating: "░", count: cells - filled) + label
    }

    /// `10,000`
    static func grouped(_ number: Int) -> String {
        var grouped = ""
        for (place, digit) in String(number).reversed().enumerated() {
            if place > 0, place % 3 == 0, digit != "-" { grouped.append(",") }
            grouped.append(digit)
        }
        return String(grouped.reversed())
    }
}
