import ArgumentParser
import LinekeeperProto

struct Importable: SessionCommand {
    static let configuration = CommandConfiguration(
        abstract: "List what a connected carrier account holds, and what of it can be imported.",
        discussion: """
            With the webhooks as they are at the carrier now; nothing is changed there.

              linekeeper importable "Our Twilio"
              linekeeper importable "Our Twilio" --all --json
            """)

    @Argument(
        help: "The connection, by id or name. (default: the only one)",
        completion: Suggestions.connections)
    var connection: String?
    @OptionGroup var list: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        let connection = try await session.connection(connection, in: workspaceID)
        try await session.showImportable(of: connection, countMax: list.countMax)
    }
}

extension Session {
    func showImportable(
        of connection: Proto.Connection, countMax: Int?
    ) async throws(CLIError) {
        let found = try await pages(countMax) { page throws(CLIError) in
            try await read(
                Proto.ListImportableNumbersRequest.with {
                    $0.workspaceID = connection.workspaceID
                    $0.connectionID = connection.connectionID
                    $0.page = page
                }, "/linekeeper.v1.CarrierService/ListImportableNumbers",
                Proto.ListImportableNumbersResponse.self, patience: Self.carrierPatience)
        } next: {
            $0.nextPageToken
        } merge: {
            $0.numbers += $1.numbers
            $0.nextPageToken = $1.nextPageToken
        }
        try show(found) { found in
            guard !found.numbers.isEmpty else {
                output.note("\(connection.name) holds no numbers.")
                return
            }
            output.table(ImportableView.table(found.numbers))
            let count = found.numbers.count { $0.importable }
            output.note(
                "\(ProgressBar.grouped(count)) of \(ProgressBar.grouped(found.numbers.count)) can be "
                    + "imported"
                    + (count > 0 ? ": linekeeper import '\(connection.name)' --all" : "."), .faint)
        }
        noteRest(found.nextPageToken)
    }
}

enum ImportableView {
    static func table(_ numbers: [Proto.ImportableNumber]) -> Table {
        var table = Table([
            .init("number", widthMin: 13), .init("type"), .init("can"), .init("region"),
            .init("import", widthMin: 3), .init("voice url"), .init("sms url"),
        ])
        for number in numbers {
            table.add([
                .init(number.e164), .init(number.type.shown),
                .init(number.capabilities.map(\.shown).joined(separator: " ")),
                .init(number.regionLabel), importable(number),
                .init(number.webhooks?.voiceURL ?? "", .faint),
                .init(number.webhooks?.smsURL ?? "", .faint),
            ])
        }
        return table
    }

    private static func importable(_ number: Proto.ImportableNumber) -> Table.Cell {
        guard !number.importable else { return .init("yes", .good) }
        let reason = number.reason.isEmpty ? number.message : number.reason
        return .init(reason.lowercased().replacing("_", with: " "), .doubtful)
    }
}
