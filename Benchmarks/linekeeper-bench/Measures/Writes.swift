import CBench
import Foundation
import Synchronization

/// Durable changes: how fast, and what they do to the calls beside them.
struct Writes {
    let laboratory: Laboratory

    private var settings: Settings { laboratory.settings }
    private var lane: Lane {
        get throws(BenchError) {
            Lane(try laboratory.large(), try laboratory.updateAssignments())
        }
    }

    /// UpdateAssignments from 64 connections and from one, in turn with the disk on its own.
    func durable() throws(BenchError) -> [Report] {
        let lane = try lane
        settings.note("UpdateAssignments")
        var many: [Figures] = []
        var one: [Figures] = []
        var disk: [Double] = []
        for _ in 0..<settings.schedule.runs {
            disk.append(try diskRate())
            many.append(try lane.run(.wide, settings.schedule))
            one.append(try lane.run(.single, settings.schedule))
        }
        let single = try Figures(medianOf: one)
        let wide = try Figures(medianOf: many)

        var grouped = Report("writes", load: Load.wide.name, settings: settings)
        grouped.numbers = settings.population.numbers
        grouped.figures = wide
        grouped.compared["one connection"] = single
        grouped.require("calls/s", wide.callsPerSecond, atLeast: 30_000)
        grouped.require(
            "calls/s / one connection's", wide.callsPerSecond / single.callsPerSecond, atLeast: 7)

        var alone = Report("writes", load: Load.single.name, settings: settings)
        alone.numbers = settings.population.numbers
        alone.figures = single
        alone.values["disk, 4 KiB fdatasync/s"] = disk.median
        alone.require(
            "calls/s / disk's", single.callsPerSecond / disk.median, atLeast: 0.55)
        return [grouped, alone]
    }

    private func diskRate() throws(BenchError) -> Double {
        var rate = 0.0
        let directory = try laboratory.directory()
        _ = try BenchError.explain { error in
            cbench_disk_rate(directory.path, settings.diskSyncs, &rate, error)
        } isGood: {
            $0
        }
        return rate
    }

    /// RouteInbound on one connection, one call at a time, while 64 connections write.
    func mixed() throws(BenchError) -> [Report] {
        let writer = try lane
        let reader = Lane(try laboratory.large(), try settings.population.routeInbound())
        settings.note("RouteInbound while 64 connections write")
        var hot: [Figures] = []
        var writes: [Figures] = []
        for _ in 0..<settings.schedule.runs {
            let (read, written) = try together(reader, writer)
            hot.append(read)
            writes.append(written)
        }
        let figures = try Figures(medianOf: hot)
        var report = Report(
            "mixed", load: "\(Load.single.name) beside \(Load.wide.name) writers",
            settings: settings)
        report.numbers = settings.population.numbers
        report.figures = figures
        report.compared["writers"] = try Figures(medianOf: writes)
        report.require("p50 us", figures.p50, atMost: 150)
        report.require("p99 us", figures.p99, atMost: 1500)
        return [report]
    }

    /// The writers get a thread of their own, so that the reader waits for the server and not for
    /// the generator.
    private func together(
        _ reader: Lane, _ writer: Lane
    ) throws(BenchError) -> (read: Figures, written: Figures) {
        let outcome = Outcome()
        let schedule = settings.schedule
        let done = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            outcome.store(Result { () throws(BenchError) in try writer.run(.wide, schedule) })
            done.signal()
        }
        let read = Result { () throws(BenchError) in try reader.run(.single, schedule) }
        done.wait()
        return (try read.get(), try outcome.take())
    }

    /// What the writers' thread found.
    private final class Outcome: Sendable {
        private let result = Mutex<Result<Figures, BenchError>?>(nil)

        func store(_ found: Result<Figures, BenchError>) { result.withLock { $0 = found } }

        func take() throws(BenchError) -> Figures {
            guard let found = result.withLock({ $0 }) else { throw BenchError("no writer ran") }
            return try found.get()
        }
    }
}
