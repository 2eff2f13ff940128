import ArgumentParser
import LinekeeperProto

struct Diagnose: SessionCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check, step by step, why a number does not do what it should.")

    @Argument(help: "The number, or its id.", completion: Suggestions.numbers)
    var number: String
    @Option(
        help: "For what: \(choiceNames(Proto.DiagnosisUse.self).list). (default: each)",
        transform: enumArgument)
    var use: Proto.DiagnosisUse?
    @Flag(help: "Ask the carrier as well.")
    var askCarrier = false
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        let numberID = try await session.numberID(number, in: workspaceID)
        for use in use.map({ [$0] }) ?? [.inbound, .outbound, .sms] {
            let response = try await session.read(
                Proto.DiagnoseNumberRequest.with {
                    $0.workspaceID = workspaceID
                    $0.numberID = numberID
                    $0.use = use
                    $0.askCarrier = askCarrier
                }, "/linekeeper.v1.AssignmentService/DiagnoseNumber",
                Proto.DiagnoseNumberResponse.self)
            if session.output.isJSON {
                // Several uses are several documents: one a line.
                try session.output.json(response, pretty: self.use != nil)
            } else {
                show(response, use, session.output)
            }
        }
    }

    private func show(
        _ response: Proto.DiagnoseNumberResponse, _ use: Proto.DiagnosisUse, _ output: Output
    ) {
        let verdict =
            response.ok
            ? Style.good.applied(to: "works", color: output.out.color)
            : Style.bad.applied(to: "does not work", color: output.out.color)
        output.line("\(SafeText.shown(response.number?.e164 ?? number)) \(use.shown): \(verdict)")
        output.table(Self.table(response.checks))
        let refusals = response.refusals.filter { $0.use == use || $0.use == .unspecified }
        if !refusals.isEmpty { output.table(Self.refusalTable(refusals, output.times)) }
        output.line("")
    }

    static func table(_ checks: [Proto.DiagnosisCheck]) -> Table {
        var table = Table([
            .init("check"), .init("result", widthMin: 7), .init("found"), .init("what to do"),
        ])
        for check in checks {
            let style: Style =
                switch check.result {
                case .pass: .good
                case .fail: .bad
                case .unknown, .unspecified, .unrecognized: .doubtful
                }
            table.add([
                .init(check.check.lowercased().replacing("_", with: " ")),
                .init(check.result.shown, style), .init(check.message), .init(check.remedy),
            ])
        }
        return table
    }

    static func refusalTable(_ refusals: [Proto.Refusal], _ times: TimeText) -> Table {
        var table = Table([.init("refused"), .init("times", .right), .init("last")])
        for refusal in refusals {
            table.add([
                .init(refusal.reason), .init(String(refusal.count)),
                .init(times.text(refusal.lastAt)),
            ])
        }
        return table
    }
}
