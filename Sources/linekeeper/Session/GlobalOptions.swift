import ArgumentParser
import Foundation
import LinekeeperRPC

/// What every command takes: where the server is, as whom, and how to show the answer.
struct GlobalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where the server is. (env LINEKEEPER_SERVER; default: 127.0.0.1:7411)",
            valueName: "host:port"))
    var server: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "The workspace, by id or name. (env LINEKEEPER_WORKSPACE; default: the only one)",
            valueName: "id|name"), completion: Suggestions.workspaces)
    var workspace: String?

    @Option(
        help: ArgumentHelp(
            "The file that holds the token. (default: env LINEKEEPER_TOKEN, else the file "
                + "admin.token in the directory of env LINEKEEPER_DATA_DIR or ./var)",
            valueName: "path"), completion: .file())
    var tokenFile: String?

    @Flag(help: "Speak TLS.")
    var tls = false

    @Option(
        help: ArgumentHelp(
            "The authorities to trust, as PEM; implies --tls. (default: the system's)",
            valueName: "path"), completion: .file())
    var caFile: String?

    @Option(
        help: ArgumentHelp("The client's certificate, as PEM; implies --tls.", valueName: "path"),
        completion: .file())
    var clientCert: String?

    @Option(
        help: ArgumentHelp("The client's private key, as PEM.", valueName: "path"),
        completion: .file())
    var clientKey: String?

    @Option(
        help: ArgumentHelp(
            "The name in the server's certificate. (default: the host)", valueName: "name"))
    var serverName: String?

    @Flag(help: "Print JSON: one document, or one line an item where items stream.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "How long to wait for an answer, like 0.5, 10 or 2m. (default: 30; 300 where a carrier "
                + "is asked to do something)", valueName: "seconds"))
    var timeout: String?

    @Flag(name: [.short, .long], help: "Do not ask before acting.")
    var yes = false
}

extension GlobalOptions {
    /// What the environment says where the command line does not.
    struct Environment: Sendable {
        let values: [String: String]

        static var process: Environment {
            Environment(values: ProcessInfo.processInfo.environment)
        }

        subscript(name: String) -> String? {
            values[name].flatMap { $0.isEmpty ? nil : $0 }
        }
    }

    func configuration(_ environment: Environment) throws(CLIError) -> ClientConfiguration {
        let address = try ServerAddress(
            server ?? environment["LINEKEEPER_SERVER"] ?? "127.0.0.1")
        var configuration = ClientConfiguration(host: address.host, port: address.port)
        guard (clientCert == nil) == (clientKey == nil) else {
            throw .usage("--client-cert and --client-key belong together.")
        }
        if tls || caFile != nil || clientCert != nil {
            configuration.tls = ClientConfiguration.TLS(
                authoritiesPath: caFile, certificateChainPath: clientCert,
                privateKeyPath: clientKey, serverName: serverName)
        }
        configuration.token = try token(environment)
        configuration.userAgent = "linekeeper-cli/\(linekeeperVersion)"
        return configuration
    }

    /// The token, or `nil` where none is to be found: the server says then what needs one.
    private func token(_ environment: Environment) throws(CLIError) -> String? {
        if let tokenFile { return try Files.firstLine(tokenFile) }
        if let token = environment["LINEKEEPER_TOKEN"] {
            return token.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let file = (environment["LINEKEEPER_DATA_DIR"] ?? "./var") + "/admin.token"
        return Files.exists(file) ? try Files.firstLine(file) : nil
    }

    /// How long to wait for an answer; `nil`: as long as is right for the call.
    func callTimeout() throws(CLIError) -> Duration? {
        guard let text = timeout else { return nil }
        guard let timeout = TimeArgument.duration(text), timeout >= .milliseconds(1),
            timeout <= .seconds(86_400)
        else {
            throw .usage("--timeout is a length of time up to a day, like 10 or 2m.")
        }
        return timeout
    }
}
