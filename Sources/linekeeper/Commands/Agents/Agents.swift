import ArgumentParser
import LinekeeperProto

struct Agents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List, add, change and delete agents.",
        subcommands: [List.self, Put.self, Delete.self, Show.self], defaultSubcommand: List.self)

    struct List: SessionCommand {
        static let configuration = CommandConfiguration(abstract: "List the workspace's agents.")

        @Option(help: "\(choices(Proto.AgentStatus.self))", transform: enumArgument)
        var status: Proto.AgentStatus?
        @Option(help: "Part of the name or id.")
        var text: String?
        @OptionGroup var list: ListOptions
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let workspaceID = try await session.workspaceID()
            let found = try await session.pages(list.countMax) { page throws(CLIError) in
                try await session.read(
                    Proto.ListAgentsRequest.with {
                        $0.workspaceID = workspaceID
                        $0.status = status ?? .unspecified
                        $0.text = text ?? ""
                        $0.page = page
                    }, "/linekeeper.v1.AssignmentService/ListAgents",
                    Proto.ListAgentsResponse.self)
            } next: {
                $0.nextPageToken
            } merge: {
                $0.agents += $1.agents
                $0.nextPageToken = $1.nextPageToken
            }
            try session.show(found) { found in
                guard !found.agents.isEmpty else {
                    session.output.note(
                        status == nil && text == nil
                            ? "No agents yet. Add one: linekeeper agents put ID NAME"
                            : "No agent matches.")
                    return
                }
                session.output.table(AgentView.table(found.agents))
            }
            session.noteRest(found.nextPageToken)
        }
    }

    struct Show: SessionCommand {
        static let configuration = CommandConfiguration(abstract: "Show an agent's numbers.")

        @Argument(help: "The agent's id.")
        var id: String
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let workspaceID = try await session.workspaceID()
            let found = try await session.read(
                Proto.GetAgentNumbersRequest.with {
                    $0.workspaceID = workspaceID
                    $0.agentID = id
                }, "/linekeeper.v1.AssignmentService/GetAgentNumbers",
                Proto.GetAgentNumbersResponse.self)
            try session.show(found) { found in
                var agent = found.agent ?? Proto.Agent()
                agent.inboundE164 = found.inbound?.e164 ?? agent.inboundE164
                agent.outboundE164 = found.outbound?.e164 ?? agent.outboundE164
                agent.smsE164 = found.sms?.e164 ?? agent.smsE164
                session.output.table(AgentView.table([agent]))
            }
        }
    }

    struct Put: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add an agent, or change one that is there.")

        @Argument(help: "The agent's id, as the agent builder has it.")
        var id: String
        @Argument(help: "Its name. (default: the id)")
        var name: String?
        @Option(help: "\(choices(Proto.AgentStatus.self))", transform: enumArgument)
        var status: Proto.AgentStatus = .published
        @Option(
            help: ArgumentHelp(
                "Whether it is set up to call out. (default: not known)", valueName: "yes|no"))
        var outboundConfigured: YesNo?
        @Option(
            help: ArgumentHelp(
                "Whether it is set up to text. (default: not known)", valueName: "yes|no"))
        var smsEnabled: YesNo?
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let workspaceID = try await session.workspaceID()
            let response = try await session.change(
                Proto.PutAgentsRequest.with {
                    $0.workspaceID = workspaceID
                    $0.agents = [agent()]
                }, "/linekeeper.v1.AssignmentService/PutAgents", Proto.PutAgentsResponse.self)
            try session.show(response) { response in
                let what =
                    response.created > 0
                    ? "added" : response.updated > 0 ? "changed" : "as it was before"
                session.output.line("The agent \(SafeText.shown(id)) is \(what).")
            }
        }

        func agent() -> Proto.Agent {
            .with {
                $0.agentID = id
                $0.name = name ?? id
                $0.status = status
                $0.outboundConfigured = outboundConfigured.map { $0 == .yes }
                $0.smsEnabled = smsEnabled.map { $0 == .yes }
            }
        }
    }

    struct Delete: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete an agent; its numbers are free then.")

        @Argument(help: "The agent's id.")
        var id: String
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let workspaceID = try await session.workspaceID()
            try session.question.confirm("Delete the agent \(id) and clear its assignments?")
            let response = try await session.change(
                Proto.DeleteAgentRequest.with {
                    $0.workspaceID = workspaceID
                    $0.agentID = id
                }, "/linekeeper.v1.AssignmentService/DeleteAgent", Proto.DeleteAgentResponse.self)
            try session.show(response) { response in
                let count = response.clearedNumberIDs.count
                session.output.line(
                    "The agent \(SafeText.shown(id)) is deleted; "
                        + (count == 0
                            ? "it had no number." : "numbers that are free now: \(count)."))
            }
        }
    }
}

enum AgentView {
    static func table(_ agents: [Proto.Agent]) -> Table {
        var table = Table([
            .init("agent"), .init("id"), .init("status", widthMin: 9), .init("inbound"),
            .init("outbound"), .init("sms"), .init("set up for"),
        ])
        for agent in agents {
            let style: Style =
                switch agent.status {
                case .published: .good
                case .draft: .doubtful
                case .inactive: .bad
                case .unspecified, .unrecognized: .plain
                }
            let setUp = [("calls out", agent.outboundConfigured), ("sms", agent.smsEnabled)]
                .map { use, isSetUp in
                    switch isSetUp {
                    case true?: use
                    case false?: "no \(use)"
                    case nil: ""
                    }
                }
            table.add([
                .init(agent.name), .init(agent.agentID, .faint),
                .init(agent.status.shown, style), .init(agent.inboundE164),
                .init(agent.outboundE164), .init(agent.smsE164), .init(setUp.joined(by: ", ")),
            ])
        }
        return table
    }
}
