import LinekeeperProto

/// An import under way: counts what becomes of each number, and shows how far it is.
struct Importing: StreamTally {
    private static let refusalsShownMax = 20

    private let output: Output
    private var total: Int
    private(set) var done = 0
    /// Numbers of the requests before the present one.
    private var doneBefore = 0
    private var outcomes: [Proto.ImportOutcome: Int] = [:]
    private var refusals: [Proto.ImportResult] = []
    private var warnings: [String: Int] = [:]
    private var progress: ProgressLine

    let isComplete = false

    /// - Parameter total: How many numbers there are, as far as is known.
    init(total: Int, output: Output) {
        self.total = total
        self.output = output
        progress = ProgressLine(output)
    }

    mutating func take(_ result: Proto.ImportResult) throws(CLIError) {
        // A request's own count begins anew with the next one.
        if result.done == 1 { doneBefore = done }
        done += 1
        outcomes[result.outcome, default: 0] += 1
        for warning in result.warnings { warnings[warning.code, default: 0] += 1 }
        if result.outcome == .refused, refusals.count < Self.refusalsShownMax {
            refusals.append(result)
        }
        total = max(total, doneBefore + Int(result.total))
        if output.isJSON { try output.json(result, pretty: false) }
        progress.show(done: done, total: total)
    }

    /// Says what became of the numbers.
    ///
    /// - Throws: ``CLIError/partlyRefused`` where some were not imported, or why it ended early.
    mutating func summarise(_ ending: StreamEnding) throws(CLIError) {
        progress.clear()
        if !output.isJSON, done > 0 || ending.isComplete {
            output.lines(summaryLines(color: output.out.color))
        }
        for (code, count) in warnings.sorted(by: { $0.key < $1.key }) {
            output.note("warning: \(code) for \(ProgressBar.counted(count, "number"))", .doubtful)
        }
        try ending.finish(output, done: done, total: total, what: "number")
        if outcomes[.refused, default: 0] > 0 { throw .partlyRefused }
    }

    func summaryLines(color: Bool) -> [String] {
        let names: [(Proto.ImportOutcome, String, Style)] = [
            (.imported, "imported", .good), (.alreadyImported, "here already", .plain),
            (.refused, "refused", .bad),
        ]
        let counts = names.compactMap { outcome, name, style -> String? in
            guard let count = outcomes[outcome], count > 0 else { return nil }
            return style.applied(
                to: "\(ProgressBar.grouped(count)) \(name)", color: color)
        }
        var lines = [
            counts.isEmpty ? "There was nothing to import." : counts.joined(separator: ", ")
        ]
        for refusal in refusals {
            lines.append(
                SafeText.shown("  \(refusal.e164)  \(refusal.reason)  \(refusal.message)"))
        }
        let more = outcomes[.refused, default: 0] - refusals.count
        if more > 0 { lines.append("  and \(ProgressBar.grouped(more)) more; --json shows each") }
        return lines
    }
}

extension StreamEnding {
    var isComplete: Bool {
        if case .complete = self { return true }
        return false
    }

    /// Says how far it came where it ended early: what was done stays done.
    ///
    /// - Throws: Why it ended early.
    func finish(_ output: Output, done: Int, total: Int, what: String) throws(CLIError) {
        if case .failed(let error) = self, done == 0 {
            if let remark = Doubt.harmless.remark(on: error) { output.note(remark, .doubtful) }
            throw error
        }
        if isComplete { return }
        let share =
            total > done
            ? "\(ProgressBar.grouped(done)) of \(ProgressBar.counted(total, what)) were"
            : ProgressBar.counted(done, what) + (done == 1 ? " was" : " were")
        output.note(
            "It ended early: \(share) done, which stays so. Doing the same again is safe: it goes on "
                + "with the rest.", .doubtful)
        switch self {
        case .complete: return
        case .interrupted: throw .partlyRefused
        case .failed(let error): throw error
        }
    }
}
