import ArgumentParser
import LinekeeperProto

struct Route: SessionCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask who answers a call or message to a number.")

    @Argument(help: "The number that is called.")
    var number: String
    @Option(help: "\(choices(Proto.Channel.self))", transform: enumArgument)
    var channel: Proto.Channel = .voice
    @Option(help: ArgumentHelp("The number that calls.", valueName: "e164"))
    var from: String?
    @Option(help: ArgumentHelp("The line that was forwarded here.", valueName: "e164"))
    var forwardedFrom: String?
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let called: String
        // A telephone network may leave the plus out; so may who asks in its place.
        let digits = number.allSatisfy(\.isNumber)
        switch try NumberReference(digits ? "+" + number : number) {
        case .e164(let e164): called = e164
        case .id:
            called = try await session.number(number, in: try await session.workspaceID()).e164
        }
        let answer = try await session.read(
            Proto.RouteInboundRequest.with {
                $0.calledE164 = called
                $0.channel = channel
                $0.callerE164 = from ?? ""
                $0.forwardedFrom = forwardedFrom ?? ""
            }, "/linekeeper.v1.AssignmentService/RouteInbound", Proto.RouteInboundResponse.self)
        try session.show(answer) { session.output.details(Self.details($0)) }
    }

    static func details(_ answer: Proto.RouteInboundResponse) -> Details {
        var details = Details()
        switch answer.action {
        case .forward:
            details.add("forward to", answer.forwardToE164, .heading)
        case .reject:
            details.add("answer", "reject the call", .bad)
        case .agent, .unspecified, .unrecognized:
            let name = [answer.agentName, "(\(answer.agentID))"].joined(by: " ")
            details.add("agent", name, .heading)
        }
        details.add("fallback", answer.fallbackUsed ? "yes: the number's agent cannot answer" : "")
        details.add(
            "ring for", answer.ringTimeoutSeconds > 0 ? "\(answer.ringTimeoutSeconds) s" : "")
        details.add("number", [answer.calledE164, answer.numberID].joined(by: "  "))
        details.add("forwarded from", answer.forwardedFrom)
        details.add("connection", answer.connectionID)
        details.add("workspace", answer.workspaceID)
        return details
    }
}

struct Authorize: SessionCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask whether a call may start, and from which number.")

    @Option(help: ArgumentHelp("The number to call.", valueName: "e164"))
    var to: String
    @Option(
        help: ArgumentHelp("The agent that calls.", valueName: "id"), completion: Suggestions.agents
    )
    var agent: String?
    @Option(help: ArgumentHelp("Or the number to call from.", valueName: "e164"))
    var from: String?
    @Option(
        help: "What starts the call: \(choiceNames(Proto.Initiator.self).list).",
        transform: enumArgument)
    var initiator: Proto.Initiator = .api
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard (agent == nil) != (from == nil) else {
            throw ValidationError("Say who calls: --agent ID or --from NUMBER.")
        }
    }

    func run(_ session: Session) async throws(CLIError) {
        let to = try NumberText.parse(to)
        let workspaceID = try await session.workspaceID()
        let answer = try await session.read(
            Proto.AuthorizeOutboundRequest.with {
                $0.workspaceID = workspaceID
                $0.agentID = agent ?? ""
                $0.fromE164 = from ?? ""
                $0.toE164 = to
                $0.initiator = initiator
            }, "/linekeeper.v1.AssignmentService/AuthorizeOutbound",
            Proto.AuthorizeOutboundResponse.self)
        try session.show(answer) { session.output.details(Self.details($0)) }
    }

    static func details(_ answer: Proto.AuthorizeOutboundResponse) -> Details {
        var details = Details()
        details.add("call from", answer.fromE164, .good)
        details.add("to", answer.toE164)
        details.add("agent", answer.agentID)
        details.add("carrier", answer.carrier.shown)
        details.add("connection", answer.connectionID)
        details.add("region", [answer.region, answer.edge].joined(by: ", "))
        details.add(
            "ring for", answer.ringTimeoutSeconds > 0 ? "\(answer.ringTimeoutSeconds) s" : "")
        details.add("number", answer.numberID)
        return details
    }
}
