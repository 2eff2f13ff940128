import LinekeeperCarriers
import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperServices
import LinekeeperStorage
import Logging
import ServiceLifecycle
import UnixSignals

/// What the command line decides.
struct AppConfiguration: Sendable {
    var dataDirectory: String
    /// `nil`: `master.key` in the data directory.
    var masterKeyFile: String?
    var server: ServerConfiguration
    var ringTimeouts: [(prefix: E164Prefix, seconds: UInt8)]
    /// Where carriers are to send webhooks; `nil`: none are managed.
    var webhooks: WebhookTargets?
    /// Where the carriers are: themselves, or a simulator.
    var carriers: CarrierEndpoints = .live
    /// Files with the credentials of the accounts that the platform buys from; `nil`: not open.
    var marketplaceCredentials: String?
    var poolCredentials: String?
}

/// The composed server: the store below, the services over it, the RPC server in front.
struct App {
    private let store: SQLiteStore
    private let server: RPCServer
    private let health: HealthState
    private let housekeeping: Housekeeping
    private let carrierWork: CarrierWork
    private let buying: Buying
    private let logger: Logger

    /// Opens the store, makes what a first start needs, and puts the parts together; nothing listens
    /// yet.
    static func build(_ configuration: AppConfiguration, logger: Logger) async throws -> App {
        let clock = SystemClock()
        let store = try openStore(in: configuration.dataDirectory, logger: logger)
        let secrets = SecretBox(
            try MasterKey.load(
                configured: configuration.masterKeyFile,
                dataDirectory: configuration.dataDirectory,
                isNeeded: try await holdsSecrets(store), logger: logger))
        let tokens = TokenAuthenticator(
            grants: try await liveTokens(
                in: store, dataDirectory: configuration.dataDirectory, clock: clock,
                logger: logger),
            clock: clock)
        let context = ServiceContext(
            store: store, clock: clock, identifiers: RandomIdentifierSource(),
            pageTokens: try await PageTokens.load(from: store, at: clock.now))

        let health = HealthState(
            overall: .notServing,
            services: ["AssignmentService", "NumberService", "CarrierService", "AdminService"]
                .map { "linekeeper.v1." + $0 })
        let status = ServerStatusSource(
            store: store, startedAt: clock.now, dataDirectory: configuration.dataDirectory)
        var methods = MethodTable()
        methods.health(health)
        methods.reflection(DescriptorSet.bytes)
        let refusals = RefusalMemory()
        HotCalls(
            routes: store.routes, ringTimeouts: RingTimeouts(configuration.ringTimeouts),
            refusals: refusals, clock: clock
        ).register(in: &methods)
        AssignmentService(context: context).register(in: &methods)
        let adapters = adapters(configuration.carriers, logger: logger)
        let connections = Connections(context: context, adapters: adapters, secrets: secrets)
        let accounts = try PlatformCredentials.accounts(configuration, adapters: adapters)
        let tasks = CarrierTasks(
            context: context, connections: connections, webhooks: configuration.webhooks,
            platform: { accounts.account(for: $0) })
        DiagnosisService(context: context, refusals: refusals, carriers: tasks)
            .register(in: &methods)
        let orders = OrderRunner(
            context: context, accounts: accounts, machine: OrderMachine(pace: TestAids.orderPace),
            logger: logger)
        let numbers = NumberService(context: context, tasks: tasks, orders: orders)
        numbers.register(in: &methods)
        CarrierService(context: context, connections: connections, tasks: tasks)
            .register(in: &methods)
        AdminService(
            context: context, tokens: tokens,
            closeConnections: { status.server?.closeConnections(of: $0) },
            status: { status.snapshot() }
        ).register(in: &methods)

        let server = RPCServer(
            configuration: configuration.server, methods: methods, authenticator: tokens,
            logger: logger)
        status.server = server
        return App(
            store: store, server: server, health: health,
            housekeeping: Housekeeping(
                tokens: tokens, numbers: numbers, connections: connections, server: server,
                logger: logger),
            carrierWork: CarrierWork(
                tasks: CarrierTaskRunner(tasks), discovery: DiscoveryRunner(connections),
                logger: logger),
            buying: Buying(
                orders: orders, sweep: InventorySweep(orders: orders, logger: logger),
                logger: logger),
            logger: logger)
    }

    /// What speaks to each carrier, over one thread for all.
    private static func adapters(
        _ endpoints: CarrierEndpoints, logger: Logger
    ) -> [any CarrierAdapter] {
        let transport = CurlTransport()
        return [
            TwilioCarrier(endpoints: endpoints, transport: transport, logger: logger),
            TelnyxCarrier(endpoints: endpoints, transport: transport, logger: logger),
            SIPCarrier(),
        ]
    }

    /// Serves until SIGTERM or SIGINT; then drains, and closes the store last.
    func run() async throws {
        let group = ServiceGroup(
            configuration: .init(
                services: [
                    .init(service: housekeeping),
                    .init(service: carrierWork),
                    .init(service: buying),
                    .init(service: DrainingServer(server: server, health: health)),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        do {
            try await group.run()
        } catch let error as ServerError {
            store.close()
            throw StartError(error)
        }
        store.close()
    }

    /// Opens the store of a data directory.
    static func openStore(in directory: String, logger: Logger) throws(StartError) -> SQLiteStore {
        do throws(DomainError) {
            return try SQLiteStore.open(directory: directory, clock: SystemClock(), logger: logger)
        } catch {
            throw error.reason == .corruptData
                ? .data(error.message) : .unavailable(error.message)
        }
    }

    /// Opens the store that is in a data directory, for a command beside the server: with a mistyped
    /// directory it would do its work on a new, empty one.
    static func openPresentStore(
        in directory: String, logger: Logger
    ) throws(StartError) -> SQLiteStore {
        guard SQLiteStore.isPresent(in: directory) else {
            throw .configuration(
                "There is no Linekeeper database in \(directory): name the server's data directory "
                    + "with --data-dir.")
        }
        return try openStore(in: directory, logger: logger)
    }

    /// Whether the store holds credentials of carriers, which only their master key opens.
    private static func holdsSecrets(_ store: SQLiteStore) async throws -> Bool {
        do throws(DomainError) {
            return try await store.read { reader throws(DomainError) in
                try !reader.sealedSecrets(after: nil, limit: 1).isEmpty
            }
        } catch {
            throw StartError.data(error.message)
        }
    }

    private static func liveTokens(
        in store: SQLiteStore, dataDirectory: String, clock: SystemClock, logger: Logger
    ) async throws -> [TokenGrant] {
        let grants: [TokenGrant]
        do throws(DomainError) {
            grants = try await store.read { reader throws(DomainError) in
                try reader.liveTokens()
            }
        } catch {
            throw StartError.data(error.message)
        }
        guard grants.isEmpty else { return grants }
        let file = dataDirectory + "/admin.token"
        let grant = try await AdminToken.issue(
            in: store, file: file, clock: clock, label: "first start")
        logger.notice("made an admin token", metadata: ["path": "\(file)"])
        return [grant]
    }
}

/// Runs the RPC server and drains it when the process is asked to stop.
private struct DrainingServer: Service {
    let server: RPCServer
    let health: HealthState

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                group.addTask {
                    _ = try await server.waitUntilListening()
                    health.setAll(.serving)
                }
                try await group.waitForAll()
            }
        } onGracefulShutdown: {
            health.setAll(.notServing)
            server.drain()
        }
    }
}
