import CBench
import Foundation
import LinekeeperProto

/// A process that serves: linekeeperd, or the floor. It ends with this program, or when stopped.
final class RunningServer {
    let process: pid_t
    let endpoint: Endpoint
    /// From before the process was made until it answered that it serves.
    let timeToServing: Duration

    private var hasEnded = false

    /// How long a server may take to serve, and to end.
    private static let patience = Duration.seconds(60)

    /// Resident memory in MiB.
    var residentMiB: Double { Double(cbench_process_rss(process)) / 1_048_576 }

    /// Starts a program and waits until `serves` finds that it does.
    private init(
        _ arguments: [String], core: Int32, log: URL, endpoint: Endpoint,
        serves: () throws(BenchError) -> Bool
    ) throws(BenchError) {
        self.endpoint = endpoint
        let clock = ContinuousClock()
        let start = clock.now
        process = try RunningServer.spawn(arguments, core: core, log: log)
        var hindrance = "it does not listen"
        while true {
            do throws(BenchError) {
                if try serves() { break }
                hindrance = "it says that it does not serve"
            } catch {
                hindrance = error.description
            }
            var status: Int32 = 0
            let hasEnded = cbench_wait(process, 1_000_000, &status)
            guard !hasEnded, clock.now - start < RunningServer.patience else {
                kill(process, SIGKILL)
                throw BenchError(
                    "\(arguments.joined(separator: " ")) did not come to serve: \(hindrance)\n"
                        + RunningServer.tail(of: log))
            }
        }
        timeToServing = clock.now - start
    }

    /// Waits until the server does nothing of its own accord: after the start of a large one a thread
    /// checks the file for seconds, and on one core it would be counted among the calls.
    func awaitQuiet() {
        let clock = ContinuousClock()
        let limit = clock.now + RunningServer.patience
        var before = cbench_process_cpu_ns(process)
        while clock.now < limit {
            Thread.sleep(forTimeInterval: 0.2)
            let now = cbench_process_cpu_ns(process)
            // A twentieth of the core is not work any more.
            if now - before < 10_000_000 { return }
            before = now
        }
    }

    deinit { stop() }

    /// Asks the process to end, as an operator would, and waits for it.
    func stop() {
        guard !hasEnded else { return }
        hasEnded = true
        var status: Int32 = 0
        for signal in [SIGTERM, SIGKILL] {
            kill(process, signal)
            if cbench_wait(process, RunningServer.patience.wholeNanoseconds, &status) { return }
        }
    }

    /// Starts this program as the floor.
    static func floor(program: URL, core: Int32, log: URL) throws(BenchError) -> RunningServer {
        let endpoint = Endpoint(port: try freePort())
        let probe = try Population(numbers: 4).routeInbound()
        return try RunningServer(
            [program.path, "serve-floor", "--port", String(endpoint.port)], core: core, log: log,
            endpoint: endpoint
        ) { () throws(BenchError) in
            try !endpoint.call(probe, timeout: .seconds(1)).isEmpty
        }
    }

    /// A certificate and its key, both PEM files.
    struct TLSFiles {
        let certificate: URL
        let key: URL
    }

    /// Starts linekeeperd on a data directory; one event loop, because it gets one core.
    static func linekeeperd(
        program: URL, data: URL, tls: TLSFiles? = nil, core: Int32
    ) throws(BenchError) -> RunningServer {
        var endpoint = Endpoint(port: try freePort(), usesTLS: tls != nil)
        var arguments = [
            program.path, "serve", "--data-dir", data.path,
            "--listen", "\(Endpoint.host):\(endpoint.port)", "--event-loops", "1",
        ]
        if let tls {
            arguments += ["--tls-cert", tls.certificate.path, "--tls-key", tls.key.path]
        }
        let tokenFile = data.appending(path: "admin.token")
        if let token = try? String(contentsOf: tokenFile, encoding: .utf8) {
            endpoint.hello = Endpoint.hello(token: token.trimmingCharacters(in: .newlines))
        }
        let probe = try Population.healthCheck()
        let log = data.deletingLastPathComponent().appending(path: "linekeeperd.log")
        return try RunningServer(arguments, core: core, log: log, endpoint: endpoint) {
            [endpoint] () throws(BenchError) in
            let answer = try endpoint.call(probe, timeout: .seconds(1))
            return (try? Proto.HealthCheckResponse(decoding: answer))?.status == .serving
        }
    }

    /// Runs a program to its end.
    static func run(_ arguments: [String], log: URL) throws(BenchError) {
        var status: Int32 = 0
        let process = try spawn(arguments, core: -1, log: log)
        guard cbench_wait(process, patience.wholeNanoseconds, &status), status == 0 else {
            throw BenchError("\(arguments.joined(separator: " ")) failed: \(tail(of: log))")
        }
    }

    private static func spawn(
        _ arguments: [String], core: Int32, log: URL
    ) throws(BenchError) -> pid_t {
        let copies = arguments.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        let pointers = copies.map { UnsafePointer($0) } + [nil]
        return try BenchError.explain { error in
            cbench_spawn(pointers, log.path, core, error)
        } isGood: {
            $0 > 0
        }
    }

    private static func freePort() throws(BenchError) -> UInt16 {
        let port = cbench_free_port()
        guard port > 0 else { throw BenchError("no TCP port is free") }
        return port
    }

    private static func tail(of log: URL) -> String {
        let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(5).joined(separator: "\n")
    }
}
