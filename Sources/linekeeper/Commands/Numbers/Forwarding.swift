import ArgumentParser
import LinekeeperProto

struct Forwarding: SessionCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell how to forward an existing line to a number here.",
        discussion: """
              linekeeper forwarding +14155550100
              linekeeper forwarding +14155550100 --country DE
            """)

    @Argument(help: "The number to forward to, or its id.", completion: Suggestions.numbers)
    var number: String
    @Option(
        help: ArgumentHelp(
            "Where the line is that is forwarded. (default: the number's country)",
            valueName: "code"))
    var country: String?
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        let numberID = try await session.numberID(number, in: workspaceID)
        let response = try await session.read(
            Proto.GetForwardingInstructionsRequest.with {
                $0.workspaceID = workspaceID
                $0.numberID = numberID
                $0.countryCode = country?.uppercased() ?? ""
            }, "/linekeeper.v1.NumberService/GetForwardingInstructions",
            Proto.GetForwardingInstructionsResponse.self)
        try session.show(response) { response in
            session.output.line(SafeText.shown("Forward the line to \(response.destinationE164):"))
            session.output.table(Self.table(response.steps))
            for text in response.considerations {
                session.output.line(SafeText.shown("- \(text)"))
            }
        }
        session.output.warnings(response.warnings)
    }

    static func table(_ steps: [Proto.ForwardingStep]) -> Table {
        var table = Table([.init("what"), .init("dial", widthMin: 12), .init("note")])
        for step in steps {
            table.add([.init(step.title), .init(step.dial, .heading), .init(step.note)])
        }
        return table
    }
}
