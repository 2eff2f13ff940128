import CBench
import Foundation

/// What a server takes before it does anything: time to serve, and memory for idle connections.
struct Footprint {
    let laboratory: Laboratory

    private var settings: Settings { laboratory.settings }

    /// From the start of the process until Health/Check answers SERVING.
    func start() throws(BenchError) -> [Report] {
        settings.note("time to serve")
        _ = try laboratory.large()
        var empty: [Double] = []
        var full: [Double] = []
        for run in 0..<settings.starts {
            // The first start in a directory makes the schema; operators see the second kind.
            let data = try laboratory.initialized("empty-\(run)")
            let server = try laboratory.start(data)
            empty.append(server.timeToServing.milliseconds)
            server.stop()
            full.append(try laboratory.restartLarge().timeToServing.milliseconds)
        }
        var none = Report("start", load: "no numbers", settings: settings)
        none.values["ms"] = empty.median
        none.require("ms to SERVING", empty.median, atMost: 100)
        var all = Report("start", load: "all numbers", settings: settings)
        all.numbers = settings.population.numbers
        all.values["ms"] = full.median
        all.values["resident MiB"] = try laboratory.large().residentMiB
        all.require("ms to SERVING", full.median, atMost: 1500)
        return [none, all]
    }

    /// Resident memory that idle connections add to an empty server; each has made one call.
    func idle() throws(BenchError) -> [Report] {
        settings.note("idle connections")
        return [
            try idle("plain", mebibytes: 60, tls: nil),
            try idle("TLS", mebibytes: 300, tls: try laboratory.tlsFiles()),
        ]
    }

    private func idle(
        _ kind: String, mebibytes: Double, tls: RunningServer.TLSFiles?
    ) throws(BenchError) -> Report {
        let data = try laboratory.initialized("idle-\(kind)")
        let server = try laboratory.start(data, tls: tls)
        defer { server.stop() }
        let count = settings.idleConnections
        let before = server.residentMiB
        let probe = try Population.healthCheck()
        let idle = try BenchError.explain { error in
            server.endpoint.withC { cbench_idle_open(&$0, count, probe.handle, error) }
        } isGood: {
            $0 != nil
        }
        Thread.sleep(forTimeInterval: 1)
        let added = server.residentMiB - before
        if let idle { cbench_idle_close(idle) }

        var report = Report("idle", load: "\(count) connections, \(kind)", settings: settings)
        report.values["empty server MiB"] = before
        report.values["KiB a connection"] = added * 1024 / Double(count)
        // The targets are for 10,000 connections.
        report.require(
            "MiB added", added, atMost: mebibytes * Double(count) / 10_000)
        return report
    }
}

extension Duration {
    fileprivate var milliseconds: Double { Double(wholeNanoseconds) / 1e6 }
}
