/// The calls that are answered from memory: every load once, all lanes of it in turn.
struct HotCalls {
    let laboratory: Laboratory
    let wanted: Set<Measure>

    private var settings: Settings { laboratory.settings }

    /// What is compared under one load. The floor and RouteInbound on the large server are the
    /// yardsticks, so they are always there; only the measure `floor` does without a server.
    private struct Results {
        let floor: Figures
        var route: Figures?
        var authorize: Figures?
        var small: Figures?
        var secure: Figures?
    }

    func measure(_ load: Load) throws(BenchError) -> [Report] {
        let results = try run(load)
        var reports: [Report] = []
        if wanted.contains(.floor) { reports.append(floor(load, results)) }
        guard let route = results.route else { return reports }
        if wanted.contains(.route) { reports.append(self.route(load, route, results)) }
        if let authorize = results.authorize {
            reports.append(self.authorize(load, authorize, route))
        }
        if let small = results.small { reports.append(scale(load, route, small)) }
        if let secure = results.secure { reports.append(tls(load, secure, route)) }
        return reports
    }

    private func run(_ load: Load) throws(BenchError) -> Results {
        let route = try settings.population.routeInbound()
        var lanes = [Lane(try laboratory.floor(), route)]
        var places: [WritableKeyPath<Results, Figures?>] = []
        func add(
            _ place: WritableKeyPath<Results, Figures?>, _ server: RunningServer,
            _ requests: RequestSet
        ) {
            server.awaitQuiet()
            places.append(place)
            lanes.append(Lane(server, requests))
        }
        let isClosed = load != .open
        if wanted != [.floor] { add(\.route, try laboratory.large(), route) }
        if wanted.contains(.authorize) {
            add(\.authorize, try laboratory.large(), try settings.population.authorizeOutbound())
        }
        if wanted.contains(.scale), isClosed {
            add(\.small, try laboratory.small(), try settings.smallPopulation.routeInbound())
        }
        if wanted.contains(.tls), isClosed { add(\.secure, try laboratory.secure(), route) }
        settings.note("RouteInbound and its like, \(load.name)")
        let figures = try Lane.interleave(lanes, load, settings.schedule)
        guard let floor = figures.first else { throw BenchError("nothing was run") }
        var results = Results(floor: floor)
        for (place, found) in zip(places, figures.dropFirst()) { results[keyPath: place] = found }
        return results
    }

    private func floor(_ load: Load, _ results: Results) -> Report {
        var report = Report("floor", load: load.name, settings: settings)
        report.figures = results.floor
        return report
    }

    private func route(_ load: Load, _ figures: Figures, _ results: Results) -> Report {
        var report = Report("route", load: load.name, settings: settings)
        let floor = results.floor
        report.numbers = settings.population.numbers
        report.figures = figures
        report.compared["floor"] = floor
        switch load {
        case .deep:
            report.require(
                "CPU / floor's", figures.serverCPU / floor.serverCPU, atMost: 1.5)
            // 900,000 calls a second where the floor does 1,600,000.
            report.require(
                "calls/s / floor's", figures.callsPerSecond / floor.callsPerSecond, atLeast: 0.5625)
        case .wide:
            report.require(
                "CPU / floor's", figures.serverCPU / floor.serverCPU, atMost: 1.65)
            report.require("p99 / floor's", figures.p99 / floor.p99, atMost: 1.6)
        default:
            report.require("p50 us", figures.p50, atMost: 40)
            report.require("p99 us", figures.p99, atMost: 120)
        }
        return report
    }

    private func authorize(_ load: Load, _ figures: Figures, _ route: Figures) -> Report {
        var report = Report("authorize", load: load.name, settings: settings)
        report.numbers = settings.population.numbers
        report.figures = figures
        report.compared["RouteInbound"] = route
        if load == .open {
            // Both get the same calls a second, so what they cost is compared.
            report.require(
                "RouteInbound's CPU / own", route.serverCPU / figures.serverCPU, atLeast: 0.9)
        } else {
            report.require(
                "calls/s / RouteInbound's", figures.callsPerSecond / route.callsPerSecond,
                atLeast: 0.9)
        }
        return report
    }

    private func scale(_ load: Load, _ figures: Figures, _ small: Figures) -> Report {
        var report = Report("scale", load: load.name, settings: settings)
        report.numbers = settings.population.numbers
        report.figures = figures
        report.compared["\(settings.smallPopulation.numbers) numbers"] = small
        report.require(
            "CPU / that of few numbers", figures.serverCPU / small.serverCPU, atMost: 1.15)
        return report
    }

    private func tls(_ load: Load, _ figures: Figures, _ plain: Figures) -> Report {
        var report = Report("tls", load: load.name, settings: settings)
        report.numbers = settings.population.numbers
        report.figures = figures
        report.compared["plain"] = plain
        report.require("CPU / plain's", figures.serverCPU / plain.serverCPU, atMost: 1.4)
        return report
    }
}
