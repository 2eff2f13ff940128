public import ArgumentParser
import LinekeeperCarriers
import LinekeeperCore
import LinekeeperRPC
public import Logging

/// Serves until SIGTERM or SIGINT.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve until SIGTERM or Ctrl-C (the default).",
        discussion: """
            On its first start in an empty data directory the server makes an admin token and writes
            it to admin.token there. Keep a copy of master.key outside the directory: without it the
            carrier credentials in the store cannot be read.
            """)

    @Option(help: "Where the store, the keys and the admin token are kept; made when missing.")
    var dataDir = "./var"

    @Option(
        help: ArgumentHelp(
            "Address and port to listen on; [::1]:7411 for IPv6.", valueName: "host:port"))
    var listen = "127.0.0.1:7411"

    @Option(help: "PEM file with the server's certificate, leaf first; turns TLS on.")
    var tlsCert: String?

    @Option(help: "PEM file with the certificate's private key (ECDSA is cheaper than RSA).")
    var tlsKey: String?

    @Option(help: "PEM file with the authorities that clients' certificates must come from (mTLS).")
    var tlsClientCa: String?

    @Option(help: "PEM or hex file with the master key that credentials are sealed with.")
    var masterKeyFile: String?

    @Option(
        help: ArgumentHelp(
            "Where carriers reach this platform's webhooks, like https://voice.example.com.",
            valueName: "url"))
    var webhookBaseUrl: String?

    @Option(
        help: ArgumentHelp(
            "Speak to a carrier simulator here instead of to the carriers.", valueName: "url"))
    var carrierSimulator: String?

    @Option(
        help: ArgumentHelp(
            "JSON file with the credential fields of the platform's Twilio account, which the "
                + "marketplace sells from.", valueName: "file"))
    var marketplaceCredentials: String?

    @Option(
        help: ArgumentHelp(
            "JSON file with the credential fields of the platform's Telnyx account, which the "
                + "pool sells from.", valueName: "file"))
    var poolCredentials: String?

    @Option(help: "Seconds that calls in flight may take to end after SIGTERM.")
    var drainTimeout = 30

    @Option(help: "Threads that serve connections; the number of cores by default.")
    var eventLoops: Int?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Ring longer for destinations with this prefix, 5 to 120 seconds; repeatable.",
            valueName: "+prefix=seconds"))
    var ringTimeout: [String] = []

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Change a limit; repeatable. " + LimitOption.help, valueName: "name=value"))
    var limit: [String] = []

    @Option(help: "trace, debug, info, notice, warning, error or critical.")
    var logLevel: Logger.Level = .info

    func run() async throws {
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        var logger = Logger(label: "linekeeperd")
        logger.logLevel = logLevel
        do {
            let configuration = try configuration()
            if let carrierSimulator {
                logger.warning(
                    "every carrier is a simulator: no number is real",
                    metadata: ["url": "\(carrierSimulator)"])
            }
            try TestAids.arm(logger: logger)
            let app = try await App.build(configuration, logger: logger)
            try await app.run()
        } catch let error as StartError {
            logger.critical("\(error.message)")
            throw ExitCode(error.exitCode)
        }
    }

    private func configuration() throws -> AppConfiguration {
        let (host, port) = try ListenAddress.parse(listen)
        var server = ServerConfiguration(host: host, port: port)
        switch (tlsCert, tlsKey) {
        case (let certificate?, let key?):
            server.tls = .init(
                certificateChainPath: certificate, privateKeyPath: key,
                clientAuthoritiesPath: tlsClientCa)
        case (nil, nil):
            guard tlsClientCa == nil else {
                throw StartError.configuration("--tls-client-ca needs --tls-cert and --tls-key.")
            }
        default:
            throw StartError.configuration("--tls-cert and --tls-key go together.")
        }
        guard (0...3600).contains(drainTimeout) else {
            throw StartError.configuration("--drain-timeout must be 0 to 3600 seconds.")
        }
        server.drainTimeout = .seconds(drainTimeout)
        if let eventLoops {
            guard (1...256).contains(eventLoops) else {
                throw StartError.configuration("--event-loops must be 1 to 256.")
            }
            server.eventLoopCount = eventLoops
        }
        for text in limit { try LimitOption.apply(text, to: &server.limits) }
        var configuration = AppConfiguration(
            dataDirectory: dataDir, masterKeyFile: masterKeyFile, server: server,
            ringTimeouts: try ringTimeout.map(RingTimeoutOption.parse))
        if let webhookBaseUrl {
            guard let targets = WebhookTargets(base: webhookBaseUrl) else {
                throw StartError.configuration(
                    "--webhook-base-url must be an https URL without query and fragment, like "
                        + "https://voice.example.com, not \(webhookBaseUrl).")
            }
            configuration.webhooks = targets
        }
        if let carrierSimulator {
            try SimulatorOption.check(carrierSimulator)
            configuration.carriers = .simulator(carrierSimulator)
        }
        configuration.marketplaceCredentials = marketplaceCredentials
        configuration.poolCredentials = poolCredentials
        return configuration
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
