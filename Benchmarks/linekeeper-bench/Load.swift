import CBench
import Foundation

/// How a server is asked: how many connections, and what brings the next call on each.
struct Load: Hashable, Sendable {
    let connections: UInt32
    let pace: Pace

    enum Pace: Hashable, Sendable {
        /// So many calls in flight on each connection; an answer brings the next call.
        case depth(UInt32)
        /// So many calls a second over all connections, whatever the answers do.
        case rate(UInt64)
    }

    static let deep = Load(connections: 64, pace: .depth(16))
    static let wide = Load(connections: 64, pace: .depth(1))
    static let single = Load(connections: 1, pace: .depth(1))
    static let open = Load(connections: 64, pace: .rate(50_000))

    var name: String {
        switch pace {
        case .depth(let depth): "\(connections)x\(depth)"
        case .rate(let rate): "open loop \(rate)/s over \(connections)"
        }
    }
}

/// How long and how often a load runs.
struct Schedule: Sendable {
    let runs: Int
    let warmUp: Duration
    let window: Duration
}

/// What one run, or the median of several, came to; times in microseconds.
struct Figures: Sendable {
    var callsPerSecond: Double
    var p50: Double
    var p99: Double
    var p999: Double
    /// On-CPU time of the server for each call, kernel included.
    var serverCPU: Double
    /// The part of the window that the generator's thread was on its core; near 1 it is the limit.
    var generatorBusy: Double

    init(_ result: cbench_result) {
        let seconds = Double(result.window_ns) / 1e9
        callsPerSecond = Double(result.calls) / seconds
        p50 = Double(result.p50_ns) / 1e3
        p99 = Double(result.p99_ns) / 1e3
        p999 = Double(result.p999_ns) / 1e3
        serverCPU = Double(result.server_cpu_ns) / 1e3 / Double(result.calls)
        generatorBusy = Double(result.generator_cpu_ns) / Double(result.window_ns)
    }

    /// The median of each figure on its own.
    init(medianOf runs: [Figures]) throws(BenchError) {
        guard var median = runs.first else { throw BenchError("nothing was run") }
        for path: WritableKeyPath<Figures, Double> in [
            \.callsPerSecond, \.p50, \.p99, \.p999, \.serverCPU, \.generatorBusy,
        ] {
            median[keyPath: path] = runs.map { $0[keyPath: path] }.median
        }
        self = median
    }
}

extension [Double] {
    /// The middle value, the mean of the two middle ones, or 0 when there is none.
    var median: Double {
        let sorted = self.sorted()
        guard let upper = sorted.dropFirst(count / 2).first else { return 0 }
        guard count.isMultiple(of: 2), let lower = sorted.dropFirst(count / 2 - 1).first else {
            return upper
        }
        return (lower + upper) / 2
    }
}

/// A server under a kind of request: what is compared.
struct Lane: Sendable {
    private let process: pid_t
    private let endpoint: Endpoint
    private let requests: RequestSet

    init(_ server: RunningServer, _ requests: RequestSet) {
        process = server.process
        endpoint = server.endpoint
        self.requests = requests
    }

    /// Runs a load once. A refused call makes the run worthless, so it throws.
    func run(_ load: Load, _ schedule: Schedule) throws(BenchError) -> Figures {
        var request = cbench_load()
        request.connections = load.connections
        switch load.pace {
        case .depth(let depth): request.depth = depth
        case .rate(let rate): request.rate = rate
        }
        request.warm_up_ns = schedule.warmUp.wholeNanoseconds
        request.window_ns = schedule.window.wholeNanoseconds
        request.server = process
        var result = cbench_result()
        do {
            _ = try BenchError.explain { error in
                endpoint.withC { endpoint in
                    cbench_run(&endpoint, &request, requests.handle, &result, error)
                }
            } isGood: {
                $0
            }
        } catch {
            throw BenchError("\(load.name): \(error) \(Lane.firstRefusal(in: &result))")
        }
        let refused = Lane.refusedCount(in: &result)
        guard refused == 0, result.calls > 0 else {
            throw BenchError(
                "\(load.name): \(result.calls) calls were answered and \(refused) refused, the "
                    + "first \(Lane.firstRefusal(in: &result))")
        }
        return Figures(result)
    }

    private static func refusedCount(in result: inout cbench_result) -> UInt64 {
        withUnsafeBytes(of: &result.refused) { $0.bindMemory(to: UInt64.self).reduce(0, +) }
    }

    private static func firstRefusal(in result: inout cbench_result) -> String {
        let length = result.first_refusal_length
        guard length > 0 else { return "" }
        return withUnsafeBytes(of: &result.first_refusal) {
            Refusal.sentence(Array($0.prefix(length)))
        }
    }

    /// Runs a load on several lanes in turn, again and again, so that what else the machine does
    /// meets all of them alike; answers the medians in the lanes' order.
    static func interleave(
        _ lanes: [Lane], _ load: Load, _ schedule: Schedule
    ) throws(BenchError) -> [Figures] {
        var runs = [[Figures]](repeating: [], count: lanes.count)
        for _ in 0..<schedule.runs {
            for (index, lane) in lanes.enumerated() {
                runs[index].append(try lane.run(load, schedule))
            }
        }
        var medians: [Figures] = []
        for run in runs { medians.append(try Figures(medianOf: run)) }
        return medians
    }
}
