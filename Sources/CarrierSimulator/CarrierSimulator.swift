import Foundation
import Synchronization

/// Twilio and Telnyx in one process on one port, as far as a customer of theirs can tell who buys,
/// sets up and releases numbers.
///
/// A path decides the carrier; the `Host` header, which names the carrier's own host, decides the
/// region. What is below `/_control` is for tests: the same that the methods here do.
///
///     let simulator = try await CarrierSimulator.start()
///     simulator.add(Fault(.drop(when: .after), on: RequestMatch(method: "POST")))
///     …
///     await simulator.stop()
public final class CarrierSimulator: Sendable {
    /// Where it listens.
    public let host: String
    /// The port that it listens on, also when a free one was asked for.
    public let port: Int
    /// `http://HOST:PORT`, without a slash at the end.
    public var url: String { "http://\(host):\(port)" }

    let world: SharedWorld
    private let service: Task<Void, any Error>

    /// The seed of the inventories when none is given.
    public static let defaultSeed: UInt64 = 7412

    /// Starts both carriers.
    ///
    /// - Parameters:
    ///   - host: The address to listen on.
    ///   - port: 0 takes a free one.
    ///   - seed: The same seed gives the same numbers at the same prices.
    ///   - ledger: The file that keeps what was executed, read at the start; `nil`: memory only.
    ///   - orderDelay: How long a Telnyx order is pending.
    /// - Throws: ``LedgerFailure`` when the ledger cannot be read; the operating system's error when
    ///   the port is taken.
    public static func start(
        host: String = "127.0.0.1", port: Int = 0, seed: UInt64 = defaultSeed,
        ledger: String? = nil, orderDelay: Duration = .milliseconds(200)
    ) async throws -> CarrierSimulator {
        let world = SharedWorld(
            try World(seed: seed, ledger: ledger, orderDelay: orderDelay))
        let server = try await HTTPServer(host: host, port: port)
        return CarrierSimulator(host: host, server: server, world: world)
    }

    private init(host: String, server: HTTPServer, world: SharedWorld) {
        self.host = host
        self.port = server.port
        self.world = world
        // The server runs from here until ``stop()``; no scope of the caller's encloses both.
        service = Task {
            try await server.run { request in
                request.path.hasPrefix("/_control")
                    ? Transmission(await world.control(request)) : try await world.serve(request)
            }
        }
    }

    /// Closes the port and every connection; returns when that is done.
    public func stop() async {
        service.cancel()
        // It ends with the cancellation: there is nothing else to learn.
        _ = await service.result
    }

    /// Returns when the simulator was stopped.
    ///
    /// - Throws: the operating system's error when the port failed.
    public func waitUntilStopped() async throws { try await service.value }
}

/// The world, of which every connection sees one state at a time.
final class SharedWorld: Sendable {
    private let world: Mutex<World>

    init(_ world: consuming sending World) { self.world = Mutex(world) }

    func withLock<Result: Sendable, Failure: Error>(
        _ body: (inout World) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try world.withLock { world throws(Failure) in try body(&world) }
    }
}
