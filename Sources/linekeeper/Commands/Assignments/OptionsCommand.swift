import ArgumentParser
import LinekeeperProto

struct OptionsCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "options",
        abstract: "List what an automation may call with: agents and numbers.")

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        let response = try await session.read(
            Proto.ListOutboundOptionsRequest.with { $0.workspaceID = workspaceID },
            "/linekeeper.v1.AssignmentService/ListOutboundOptions",
            Proto.ListOutboundOptionsResponse.self)
        try session.show(response) { response in
            guard !response.options.isEmpty else {
                session.output.note("No agents yet. Add one: linekeeper agents put ID NAME")
                return
            }
            session.output.table(Self.table(response.options))
        }
    }

    static func table(_ options: [Proto.OutboundOption]) -> Table {
        var table = Table([
            .init("agent"), .init("id"), .init("number", widthMin: 13), .init("calls out"),
            .init("warning"),
        ])
        for option in options {
            let state: Table.Cell =
                option.reason == .none
                ? .init("on", .good)
                : .init(option.reason.shownReason, option.outboundEnabled ? .doubtful : .bad)
            table.add([
                .init(option.label), .init(option.value, .faint), .init(option.e164), state,
                .init(option.warning),
            ])
        }
        return table
    }
}

extension Proto.OutboundReason {
    fileprivate var shownReason: String { name.lowercased().replacing("_", with: " ") }
}
