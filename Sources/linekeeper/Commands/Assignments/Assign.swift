import ArgumentParser
import LinekeeperProto

struct Assign: SessionCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say which agents a number serves: all at once, or not at all.")

    @Argument(help: "The number, or its id.", completion: Suggestions.numbers)
    var number: String

    @Option(
        help: ArgumentHelp("Who answers calls.", valueName: "agent"), completion: Suggestions.agents
    )
    var inbound: String?
    @Option(
        help: ArgumentHelp("Who calls from it.", valueName: "agent"), completion: Suggestions.agents
    )
    var outbound: String?
    @Option(
        help: ArgumentHelp("Who texts from it and is texted.", valueName: "agent"),
        completion: Suggestions.agents)
    var sms: String?
    @Flag(help: "Nobody answers calls.")
    var clearInbound = false
    @Flag(help: "Nobody calls from it.")
    var clearOutbound = false
    @Flag(help: "Nobody texts from it.")
    var clearSms = false
    @Flag(help: "Let its agent call out.")
    var enable = false
    @Flag(help: "Let nobody call out from it.")
    var disable = false
    @Flag(help: "Take over what another agent holds.")
    var replace = false
    @Option(help: ArgumentHelp("Only if it has this version still.", valueName: "version"))
    var expectedVersion: UInt64?
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        let pairs = [
            ("inbound", inbound, clearInbound), ("outbound", outbound, clearOutbound),
            ("sms", sms, clearSms),
        ]
        for (name, agent, clear) in pairs where agent != nil && clear {
            throw ValidationError("--\(name) and --clear-\(name) exclude each other.")
        }
        if enable, disable { throw ValidationError("--enable and --disable exclude each other.") }
    }

    func run(_ session: Session) async throws(CLIError) {
        var request = request()
        guard
            request.inbound ?? request.outbound ?? request.sms != nil
                || request.outboundEnabled != nil
        else {
            throw .usage(
                "Say what to assign: --inbound AGENT, --outbound AGENT, --sms AGENT, --clear-..., "
                    + "--enable or --disable.")
        }
        request.workspaceID = try await session.workspaceID()
        request.numberID = try await session.numberID(number, in: request.workspaceID)
        let response = try await session.change(
            request, "/linekeeper.v1.AssignmentService/UpdateAssignments",
            Proto.UpdateAssignmentsResponse.self)
        try session.show(response) {
            session.output.table(NumberView.table($0.number.map { [$0] } ?? []))
            session.output.warnings($0.warnings)
        }
    }

    /// What is to change; the workspace and the number come later.
    func request() -> Proto.UpdateAssignmentsRequest {
        .with {
            $0.inbound = Self.change(inbound, clear: clearInbound)
            $0.outbound = Self.change(outbound, clear: clearOutbound)
            $0.sms = Self.change(sms, clear: clearSms)
            $0.outboundEnabled = enable ? true : disable ? false : nil
            $0.replace = replace
            $0.expectedVersion = expectedVersion
        }
    }

    private static func change(_ agent: String?, clear: Bool) -> Proto.ProfileChange? {
        if clear { return .with { $0.change = .clear(true) } }
        return agent.map { agent in .with { $0.change = .agentID(agent) } }
    }
}
