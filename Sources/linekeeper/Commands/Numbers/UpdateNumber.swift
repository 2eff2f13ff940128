import ArgumentParser
import LinekeeperProto

struct UpdateNumber: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Change a number's settings.")

    @Argument(help: "The number, or its id.", completion: Suggestions.numbers)
    var number: String

    @Option(help: "What the number is called; '' for nothing.")
    var label: String?
    @Option(help: ArgumentHelp("Set a tag; may be repeated.", valueName: "key=value"))
    var tag: [String] = []
    @Option(help: ArgumentHelp("Remove a tag; may be repeated.", valueName: "key"))
    var untag: [String] = []
    @Option(
        help: ArgumentHelp(
            "Who answers when the agent cannot: agent:ID, forward:+14155550100, reject or none.",
            valueName: "fallback"))
    var fallback: String?
    @Option(
        help: ArgumentHelp(
            "How long to ring, 5 to 120; 0 leaves it to the server.",
            valueName: "seconds"))
    var ringTimeout: UInt32?
    @Option(
        help: ArgumentHelp("A line that is forwarded here; may be repeated.", valueName: "e164"))
    var forwardedFrom: [String] = []
    @Flag(help: "Forget the lines that are forwarded here.")
    var noForwardedFrom = false
    @Option(
        help: ArgumentHelp(
            "Where it may call: a prefix like +49; may be repeated.", valueName: "prefix"))
    var allowPrefix: [String] = []
    @Flag(help: "Let it call everywhere.")
    var allowAll = false
    @Flag(inversion: .prefixedNo, help: "Whether it is kept from being released.")
    var protected: Bool?
    @Option(help: "The carrier's region; '' for its default.")
    var region: String?
    @Option(
        help: "Who handles calls and messages: \(choiceNames(Proto.WebhookMode.self).list).",
        transform: enumArgument)
    var webhookMode: Proto.WebhookMode?
    @Option(help: ArgumentHelp("Only if it has this version still.", valueName: "version"))
    var expectedVersion: UInt64?
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if !forwardedFrom.isEmpty, noForwardedFrom {
            throw ValidationError("--forwarded-from and --no-forwarded-from exclude each other.")
        }
        if !allowPrefix.isEmpty, allowAll {
            throw ValidationError("--allow-prefix and --allow-all exclude each other.")
        }
    }

    func run(_ session: Session) async throws(CLIError) {
        var request = try request()
        guard request != Proto.UpdateNumberRequest() else {
            throw .usage("Say what to change; see 'linekeeper numbers update --help'.")
        }
        request.workspaceID = try await session.workspaceID()
        request.numberID = try await session.numberID(number, in: request.workspaceID)
        let updated = try await session.change(
            request, "/linekeeper.v1.NumberService/UpdateNumber", Proto.UpdateNumberResponse.self,
            patience: Session.carrierPatience)
        try session.show(updated) {
            session.output.details(
                NumberView.details($0.number ?? Proto.PhoneNumber(), session.output.times))
            session.output.warnings($0.warnings)
        }
    }

    /// What is to change; the workspace and the number come later.
    func request() throws(CLIError) -> Proto.UpdateNumberRequest {
        var request = Proto.UpdateNumberRequest()
        request.label = label
        request.tags = try tagChanges()
        if let fallback { request.fallbackChange = try Self.fallback(fallback) }
        request.ringTimeoutSeconds = ringTimeout
        if !forwardedFrom.isEmpty || noForwardedFrom {
            request.forwardedFrom = .with { $0.e164s = [] }
            request.forwardedFrom?.e164s = try forwardedFrom.map { line throws(CLIError) in
                try NumberText.parse(line)
            }
        }
        if !allowPrefix.isEmpty || allowAll {
            request.allowedDestinationPrefixes = .with { $0.prefixes = allowPrefix }
        }
        request.releaseProtected = protected
        request.region = region
        request.webhookMode = webhookMode ?? .unspecified
        request.expectedVersion = expectedVersion
        return request
    }

    private func tagChanges() throws(CLIError) -> [Proto.TagChange] {
        var changes = try tag.map { text throws(CLIError) -> Proto.TagChange in
            let parts = text.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else {
                throw .usage("\(text) is no tag: write key=value, or remove one with --untag key.")
            }
            return .with {
                $0.key = String(parts[0])
                $0.value = String(parts[1])
            }
        }
        changes += untag.map { key in .with { $0.key = key } }
        return changes
    }

    private static func fallback(
        _ text: String
    ) throws(CLIError) -> Proto.UpdateNumberRequest.FallbackChange {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count) {
        case ("none", 1): return .clearFallback(true)
        case ("reject", 1): return .fallback(.with { $0.action = .reject(true) })
        case ("agent", 2): return .fallback(.with { $0.action = .agentID(parts[1]) })
        case ("forward", 2):
            let e164 = try NumberText.parse(parts[1])
            return .fallback(.with { $0.action = .forwardToE164(e164) })
        default:
            throw .usage(
                "\(text) is no fallback: write agent:ID, forward:+14155550100, reject or none.")
        }
    }
}
