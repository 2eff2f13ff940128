import ArgumentParser
import CBench
import Foundation

/// Measures linekeeperd over real sockets, beside a floor that does the same protobuf work in C.
@main
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "linekeeper-bench",
        abstract: "Measures linekeeperd and compares it with its targets.",
        subcommands: [Run.self, SelfTest.self, Floor.self], defaultSubcommand: Run.self)
}

/// Takes measures; one line of JSON each on stdout, a table at the end on stderr.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Takes measures (the default): a JSON line each, and a table at the end.",
        discussion: """
            MEASURES: floor (needs no server), route, authorize, scale, tls, writes, mixed, idle, \
            start. Without any: all but floor, which the others measure too. Exits 1 when a \
            measure could not be taken; a missed target is no failure.
            """)

    @Flag(help: "Shorter windows, fewer runs and 20,000 numbers: does it work?")
    var quick = false

    @Option(help: "Runs of each load; medians are reported.")
    var runs: Int?

    @Option(help: "Numbers in the large server.")
    var numbers: UInt64?

    @Option(help: "The server; linekeeperd beside this program by default.")
    var server: String?

    @Argument(help: "What to measure.")
    var measures: [Measure] = []

    func validate() throws {
        guard (runs ?? 1) > 0 else { throw ValidationError("--runs must be 1 or more.") }
        guard (1000...100_000_000).contains(numbers ?? 1000) else {
            throw ValidationError("--numbers must be 1,000 to 100,000,000.")
        }
    }

    func run() throws {
        let settings = Settings(isQuick: quick, runs: runs, numbers: numbers, server: server)
        settings.prepareMachine()
        let laboratory = Laboratory(settings)
        defer { laboratory.tearDown() }
        let wanted = Set(measures.isEmpty ? Measure.standard : measures)

        var reports: [Report] = []
        func take(_ name: String, _ body: () throws(BenchError) -> [Report]) throws {
            let taken: [Report]
            do {
                taken = try body()
            } catch {
                var failed = Report(name, load: "", settings: settings)
                failed.failure = error.description
                settings.note("\(name): \(error)")
                taken = [failed]
            }
            for report in taken {
                FileHandle.standardOutput.write(Data("\(try report.line())\n".utf8))
            }
            reports += taken
        }

        let hot: Set<Measure> = [.floor, .route, .authorize, .scale, .tls]
        if !wanted.isDisjoint(with: hot) {
            let calls = HotCalls(laboratory: laboratory, wanted: wanted.intersection(hot))
            for load in [Load.deep, .wide, .open] {
                try take("hot calls, \(load.name)") { () throws(BenchError) in
                    try calls.measure(load)
                }
            }
        }
        let writes = Writes(laboratory: laboratory)
        if wanted.contains(.writes) { try take("writes", writes.durable) }
        if wanted.contains(.mixed) { try take("mixed", writes.mixed) }
        let footprint = Footprint(laboratory: laboratory)
        if wanted.contains(.start) { try take("start", footprint.start) }
        if wanted.contains(.idle) { try take("idle", footprint.idle) }

        settings.note("done\n\n" + reports.map(\.table).joined(separator: "\n\n"))
        if reports.contains(where: { $0.failure != nil }) { throw ExitCode.failure }
    }
}

/// The floor as a process of its own; started by the measures.
struct Floor: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve-floor", abstract: "Serves canned answers on 127.0.0.1.",
        shouldDisplay: false)

    @Option(help: "The port to listen on.")
    var port: UInt16

    func run() throws {
        _ = try BenchError.explain { error in
            cbench_floor_serve(port, error)
        } isGood: {
            $0
        }
    }
}
