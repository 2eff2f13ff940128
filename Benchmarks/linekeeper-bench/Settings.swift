import CBench
import Foundation

/// How thorough the measures are, and where the programs and the disk are.
struct Settings {
    let isQuick: Bool
    let schedule: Schedule
    let population: Population
    let smallPopulation = Population(numbers: 1000)
    let idleConnections: UInt32
    let diskSyncs: UInt32
    let starts: Int

    let ownProgram: URL
    let serverProgram: URL
    let dataRoot: URL
    /// Server and generator have a core each; otherwise the system places them.
    let isPinned: Bool

    /// As ``RunningServer`` takes it: -1 for any.
    var serverCore: Int32 { isPinned ? 0 : -1 }

    init(isQuick: Bool, runs: Int?, numbers: UInt64?, server: String?) {
        self.isQuick = isQuick
        schedule = Schedule(
            runs: runs ?? (isQuick ? 2 : 5),
            warmUp: .milliseconds(isQuick ? 100 : 300), window: .milliseconds(isQuick ? 400 : 1200))
        population = Population(numbers: numbers ?? (isQuick ? 20_000 : 1_000_000))
        idleConnections = isQuick ? 1000 : 10_000
        diskSyncs = isQuick ? 500 : 2000
        starts = runs ?? (isQuick ? 2 : 5)
        ownProgram = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        serverProgram =
            server.map { URL(filePath: $0) }
            ?? ownProgram.deletingLastPathComponent().appending(path: "linekeeperd")
        dataRoot = URL(filePath: FileManager.default.currentDirectoryPath).appending(path: ".build")
        isPinned = cbench_cores() >= 2
    }

    /// Puts the generator on its core and says what makes the figures worth less.
    func prepareMachine() {
        if isPinned {
            _ = cbench_pin(1)
        } else {
            note(
                "one core only: server and generator share it, unpinned, so calls per second and "
                    + "latencies say little; CPU per call still does")
        }
        var load = [0.0]
        if getloadavg(&load, 1) == 1, let load = load.first, load > 0.5 {
            note("the machine is busy (load average \(load.readable)): figures will suffer")
        }
        _ = cbench_raise_file_limit()
    }

    /// Tells a person what goes on.
    func note(_ text: String) { FileHandle.standardError.write(Data("bench: \(text)\n".utf8)) }
}
