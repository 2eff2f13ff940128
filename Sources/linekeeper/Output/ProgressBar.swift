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

    /// `1 number`, `10,000 numbers`
    static func counted(_ number: some BinaryInteger, _ noun: String) -> String {
        "\(grouped(Int(clamping: number))) \(noun)\(number == 1 ? "" : "s")"
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

/// Progress on standard error: a bar that moves, on a terminal that can do that; elsewhere a line now
/// and then, so that a log tells that something goes on.
struct ProgressLine {
    /// Lines that a log gets at most.
    private static let linesMax = 5
    /// What is done sooner than anybody wonders gets no lines.
    private static let loggedMin = 20

    private let output: Output
    private var bar = ProgressBar()
    private var linesShown = 0
    private var isVisible = false

    init(_ output: Output) { self.output = output }

    mutating func show(done: Int, total: Int) {
        guard let width = output.err.width, output.err.canRewrite else {
            guard total >= Self.loggedMin, (0...total).contains(done) else { return }
            let lines = done * Self.linesMax / total
            guard lines > linesShown else { return }
            linesShown = lines
            output.note("  \(ProgressBar.grouped(done)) of \(ProgressBar.grouped(total))", .faint)
            return
        }
        guard let line = bar.line(done: done, total: total, width: width) else { return }
        isVisible = true
        output.prompt("\r\u{1B}[K" + line)
    }

    /// Makes room for other words.
    mutating func clear() {
        guard isVisible else { return }
        isVisible = false
        bar = ProgressBar()
        output.prompt("\r\u{1B}[K")
    }
}
