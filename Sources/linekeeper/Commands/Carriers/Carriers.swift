import ArgumentParser
import LinekeeperProto

struct Carriers: SessionCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show which carriers can be connected, and what each asks for.",
        discussion: "Connect one with 'linekeeper connect twilio|telnyx|sip'.")

    @Option(
        help: "Only one. \(choices(Proto.Carrier.self))",
        completion: .list(choiceNames(Proto.Carrier.self)), transform: enumArgument)
    var carrier: Proto.Carrier?
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        var found = try await session.carriers(in: workspaceID)
        if let carrier { found.carriers.removeAll { $0.carrier != carrier } }
        try session.show(found) { found in
            session.output.table(CarrierView.table(found.carriers))
            for carrier in found.carriers where !carrier.credentialFields.isEmpty {
                session.output.line("")
                session.output.lines(CarrierView.fieldLines(carrier, session.output.out))
            }
        }
    }
}

extension Session {
    func carriers(in workspaceID: String) async throws(CLIError) -> Proto.ListCarriersResponse {
        try await read(
            Proto.ListCarriersRequest.with { $0.workspaceID = workspaceID },
            "/linekeeper.v1.CarrierService/ListCarriers", Proto.ListCarriersResponse.self)
    }

    /// What the server says about one carrier.
    func carrier(
        _ carrier: Proto.Carrier, in workspaceID: String
    ) async throws(CLIError) -> Proto.CarrierInfo {
        let all = try await carriers(in: workspaceID).carriers
        guard let info = all.first(where: { $0.carrier == carrier }), info.available else {
            let open = all.filter(\.available).map(\.name)
            throw .usage(
                "This server cannot connect \(carrier.shown)."
                    + (open.isEmpty ? "" : " It can connect \(open.list)."))
        }
        return info
    }
}

enum CarrierView {
    static func table(_ carriers: [Proto.CarrierInfo]) -> Table {
        var table = Table([
            .init("carrier"), .init("here"), .init("lists"), .init("search"), .init("regions"),
            .init("webhooks"), .init("webhook url, to set by hand", widthMin: 20),
        ])
        for carrier in carriers {
            table.add([
                .init(carrier.name), yes(carrier.available), yes(carrier.supportsListing),
                yes(carrier.supportsSearch), yes(carrier.supportsRegions),
                yes(carrier.supportsWebhooks), .init(carrier.webhookURL, .faint),
            ])
        }
        return table
    }

    private static func yes(_ value: Bool) -> Table.Cell {
        value ? .init("yes", .good) : .init("no", .faint)
    }

    /// What a carrier asks for, field by field; how to come by it stands below, within the terminal.
    static func fieldLines(_ carrier: Proto.CarrierInfo, _ terminal: Terminal) -> [String] {
        let name = Style.heading.applied(to: SafeText.shown(carrier.name), color: terminal.color)
        var lines = [name + " asks for"]
        for field in carrier.credentialFields {
            var marks = [field.required ? "required" : "optional"]
            if field.secret { marks.append("secret") }
            if !field.choices.isEmpty { marks.append(field.choices.list) }
            let label = field.label.isEmpty ? "" : ", \(field.label)"
            lines.append(
                SafeText.shown("  \(field.name)\(label) (\(marks.joined(separator: ", ")))"))
            let help = SafeText.shown(field.help)
            for line in DisplayWidth.wrap(help, terminal.width.map { $0 - 4 }) {
                lines.append("    " + Style.faint.applied(to: line, color: terminal.color))
            }
        }
        return lines
    }
}
