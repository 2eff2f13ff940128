import ArgumentParser
import Foundation
import LinekeeperProto
import LinekeeperRPC

/// One run of a command: the client, as whom it speaks, and where its words go.
struct Session: Sendable {
    let client: RPCClient
    let output: Output
    let question: Question
    /// What the user waits for an answer; `nil`: as long as is right for the call.
    let timeout: Duration?
    /// As given; resolved by ``workspaceID()``.
    let workspace: String?

    /// Calls a method that changes nothing.
    func read<Response: ProtoMessage>(
        _ request: some ProtoMessage, _ method: String, _ response: Response.Type,
        patience: Duration = answerPatience
    ) async throws(CLIError) -> Response {
        try await call(request, method, response, options(isRead: true, patience: patience))
    }

    /// Calls a method that changes something, under a key of its own: a retry changes it once.
    ///
    /// - Parameters:
    ///   - patience: How long to wait where the user does not say.
    ///   - key: The key of the change; `nil` makes one.
    ///   - doubt: What is said where the outcome is not known; `nil` where the caller says it.
    func change<Response: ProtoMessage>(
        _ request: some ProtoMessage, _ method: String, _ response: Response.Type,
        patience: Duration = answerPatience, key: String? = nil, doubt: Doubt? = .harmless
    ) async throws(CLIError) -> Response {
        var options = options(isRead: false, patience: patience)
        options.idempotencyKey = key ?? options.idempotencyKey
        do throws(CLIError) {
            return try await call(request, method, response, options)
        } catch {
            if let remark = doubt?.remark(on: error) { output.note(remark, .doubtful) }
            throw error
        }
    }

    /// How long an answer of the server's own may take.
    static let answerPatience = Duration.seconds(30)
    /// The same where a carrier is asked to do something first, perhaps a hundred times.
    static let carrierPatience = Duration.seconds(300)

    /// How a call is made: it fails at once where there is no server.
    func options(isRead: Bool, patience: Duration = answerPatience) -> CallOptions {
        CallOptions(
            timeout: timeout ?? patience, idempotencyKey: isRead ? nil : Self.freshKey(),
            isRead: isRead, waitsForServer: false)
    }

    static func freshKey() -> String { UUID().uuidString.lowercased() }

    private func call<Response: ProtoMessage>(
        _ request: some ProtoMessage, _ method: String, _ response: Response.Type,
        _ options: CallOptions
    ) async throws(CLIError) -> Response {
        do throws(Status) {
            return try await client.call(request, method, response, options)
        } catch {
            throw .status(error)
        }
    }

    /// Shows a result: as JSON where that was asked for, else as `show` does.
    func show<Message: ProtoMessage>(
        _ message: Message, _ show: (Message) throws(CLIError) -> Void
    ) throws(CLIError) {
        if output.isJSON { try output.json(message, pretty: true) } else { try show(message) }
    }
}

/// A command that speaks with the server.
protocol SessionCommand: AsyncParsableCommand {
    var global: GlobalOptions { get }

    /// What the command does; an error of it is shown and becomes the exit code.
    func run(_ session: Session) async throws(CLIError)
}

extension SessionCommand {
    func run() async throws {
        let output = Output(isJSON: global.json)
        do throws(CLIError) {
            var configuration = try global.configuration(.process)
            configuration.onRetry = { output.note(RetryText.line($0), .faint) }
            let client: RPCClient
            do throws(Status) {
                client = try RPCClient(configuration)
            } catch {
                throw .status(error)
            }
            let environment = GlobalOptions.Environment.process
            try await run(
                Session(
                    client: client, output: output,
                    question: Question(output: output, isAnswered: global.yes),
                    timeout: try global.callTimeout(),
                    workspace: global.workspace ?? environment["LINEKEEPER_WORKSPACE"]))
            await client.close()
        } catch {
            for line in ErrorText.lines(error, color: output.err.color) {
                output.prompt(line + "\n")
            }
            throw ExitCode(error.exitStatus.rawValue)
        }
    }
}
