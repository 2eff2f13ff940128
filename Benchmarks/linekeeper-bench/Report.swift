import Foundation

/// One measure's outcome: a line of JSON for a program, a few lines for a person.
struct Report: Encodable {
    let measure: String
    let load: String
    var numbers: UInt64?
    let runs: Int
    let pinned: Bool
    var figures: Figures?
    /// What the figures are compared with, from the same run: the floor, plain TCP, one connection.
    var compared: [String: Figures] = [:]
    /// Other values that were read, such as the disk's rate.
    var values: [String: Double] = [:]
    var criteria: [Criterion] = []
    /// Why there are no figures.
    var failure: String?

    /// A target of the project.
    struct Criterion {
        let what: String
        let value: Double
        let limit: Double
        let isUpperLimit: Bool

        var isMet: Bool { isUpperLimit ? value <= limit : value >= limit }
        var target: String { "\(isUpperLimit ? "<=" : ">=") \(limit.readable)" }
    }

    init(_ measure: String, load: String, settings: Settings) {
        self.measure = measure
        self.load = load
        runs = settings.schedule.runs
        pinned = settings.isPinned
    }

    mutating func require(_ what: String, _ value: Double, atMost limit: Double) {
        criteria.append(
            Criterion(what: what, value: value, limit: limit, isUpperLimit: true))
    }

    mutating func require(_ what: String, _ value: Double, atLeast limit: Double) {
        criteria.append(
            Criterion(what: what, value: value, limit: limit, isUpperLimit: false))
    }

    // MARK: For a program

    private enum CodingKeys: String, CodingKey {
        case measure, load, numbers, runs, pinned, figures, compared, values, criteria, met, failure
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(measure, forKey: .measure)
        try container.encode(load, forKey: .load)
        try container.encodeIfPresent(numbers, forKey: .numbers)
        try container.encode(runs, forKey: .runs)
        try container.encode(pinned, forKey: .pinned)
        try container.encodeIfPresent(figures, forKey: .figures)
        if !compared.isEmpty { try container.encode(compared, forKey: .compared) }
        if !values.isEmpty {
            try container.encode(values.mapValues(\.fourDigits), forKey: .values)
        }
        if !criteria.isEmpty {
            try container.encode(criteria, forKey: .criteria)
            try container.encode(criteria.allSatisfy(\.isMet), forKey: .met)
        }
        try container.encodeIfPresent(failure, forKey: .failure)
    }

    /// The report as one line.
    func line() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    // MARK: For a person

    /// The report as lines of a table.
    var table: String {
        let size = numbers.map { "\(Double($0).readable) numbers" }
        var lines = [Report.row(measure, [load.isEmpty ? nil : load, size])]
        if let failure { lines.append("    FAILED: \(failure)") }
        if let figures { lines.append(Report.row("    measured", [figures.readable])) }
        for (name, figures) in compared.sorted(by: { $0.key < $1.key }) {
            lines.append(Report.row("    \(name)", [figures.readable]))
        }
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            lines.append(Report.row("    \(name)", [value.readable]))
        }
        for criterion in criteria {
            let verdict = criterion.isMet ? "met" : "MISSED"
            lines.append(
                Report.row(
                    "    \(criterion.what)",
                    ["\(criterion.value.readable)  (\(criterion.target)) \(verdict)"]))
        }
        return lines.joined(separator: "\n")
    }

    private static func row(_ head: String, _ rest: [String?]) -> String {
        head.padding(toLength: max(40, head.count + 1), withPad: " ", startingAt: 0)
            + rest.compactMap(\.self).joined(separator: ", ")
    }
}

extension Report.Criterion: Encodable {
    private enum CodingKeys: String, CodingKey { case what, value, target, met }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(what, forKey: .what)
        try container.encode(value.fourDigits, forKey: .value)
        try container.encode(target, forKey: .target)
        try container.encode(isMet, forKey: .met)
    }
}

extension Figures: Encodable {
    private enum CodingKeys: String, CodingKey {
        case callsPerSecond = "calls_per_s"
        case p50 = "p50_us"
        case p99 = "p99_us"
        case p999 = "p99_9_us"
        case serverCPU = "server_cpu_us"
        case generatorBusy = "generator_busy"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(callsPerSecond.fourDigits, forKey: .callsPerSecond)
        try container.encode(p50.fourDigits, forKey: .p50)
        try container.encode(p99.fourDigits, forKey: .p99)
        try container.encode(p999.fourDigits, forKey: .p999)
        try container.encode(serverCPU.fourDigits, forKey: .serverCPU)
        try container.encode(generatorBusy.fourDigits, forKey: .generatorBusy)
    }

    var readable: String {
        "\(callsPerSecond.readable)/s, p50 \(p50.readable) p99 \(p99.readable) p99.9 "
            + "\(p999.readable) us, CPU \(serverCPU.readable) us a call"
    }
}

extension Double {
    /// Rounded to four significant digits.
    var fourDigits: Double { Double(String(format: "%.4g", self)) ?? self }

    /// Three significant digits below 1,000; whole numbers in groups of three from there on.
    var readable: String {
        switch magnitude {
        case 1000...:
            let digits = String(format: "%.0f", self)
            let groups = stride(from: digits.count, to: 0, by: -3).map { end in
                digits.prefix(end).suffix(min(3, end))
            }
            return groups.reversed().joined(separator: ",")
        case 100...: return String(format: "%.0f", self)
        case 10...: return String(format: "%.1f", self)
        default: return String(format: "%.2f", self)
        }
    }
}
