import ArgumentParser
import CarrierSimulator
import Foundation

/// The command that runs the simulated carriers.
@main
struct CarrierSimulatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "carrier-simulator",
        abstract: "Plays Twilio and Telnyx on one port, for demonstrations and tests.",
        discussion: """
            Send the carriers' requests to the address that is printed, with the carrier's own \
            name in the Host header. Faults are scripted, and what happened is told, below \
            /_control.
            """)

    @Option(help: "The port; 0 takes a free one.")
    var port = 7412

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The file that keeps what was executed. Without one it is lost at the end.")
    var ledger: String?

    @Option(help: "The same seed gives the same numbers at the same prices.")
    var seed = CarrierSimulator.defaultSeed

    @Option(help: "How long a Telnyx order is pending, in milliseconds.")
    var orderDelayMs = 2000

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port must be 0 to 65535.")
        }
        guard (0...86_400_000).contains(orderDelayMs) else {
            throw ValidationError("--order-delay-ms must be 0 to 86400000.")
        }
    }

    func run() async throws {
        let simulator = try await CarrierSimulator.start(
            host: host, port: port, seed: seed, ledger: ledger,
            orderDelay: .milliseconds(orderDelayMs))
        var lines = ["carrier-simulator listens on \(simulator.url)"]
        for account in Demo.accounts {
            for credential in account.credentials where credential.region == .us1 {
                lines.append(
                    "  \(account.carrier.rawValue) \(account.name): \(Self.line(credential))")
            }
        }
        lines.append("  telnyx connection_id of the pool: \(Demo.telnyxPoolConnection)")
        lines.append("  telnyx connection_id of Acme Voice: \(Demo.telnyxCustomerConnection)")
        // Not print: into a pipe it would wait for more, and a script reads the address from there.
        try FileHandle.standardOutput.write(
            contentsOf: Data((lines.joined(separator: "\n") + "\n").utf8))
        try await simulator.waitUntilStopped()
    }

    private static func line(_ credential: Credential) -> String {
        switch credential.kind {
        case .authToken: "account \(credential.id) token \(credential.secret)"
        case .mainKey: "main key \(credential.id) secret \(credential.secret)"
        case .standardKey: "standard key \(credential.id) secret \(credential.secret)"
        case .apiKey: "key \(credential.secret)"
        }
    }
}
