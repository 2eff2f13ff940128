import ArgumentParser
import LinekeeperProto

struct Credits: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show a workspace's credits, or grant some.",
        subcommands: [Show.self, Grant.self], defaultSubcommand: Show.self)

    struct Show: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the balance and what will be due.")

        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let workspaceID = try await session.workspaceID()
            let response = try await session.read(
                Proto.GetCreditsRequest.with { $0.workspaceID = workspaceID },
                "/linekeeper.v1.NumberService/GetCredits", Proto.GetCreditsResponse.self)
            try session.show(response) { response in
                var details = Details()
                details.add("balance", String(response.balance), .heading)
                details.add("allowance", "\(response.monthlyAllowanceCredits) a month")
                details.add("next", session.output.times.text(response.nextAllowanceAt))
                details.add("renewals until then", String(response.renewalsDueCredits))
                if response.shortfallCredits > 0 {
                    details.add("missing", String(response.shortfallCredits), .bad)
                }
                session.output.details(details)
            }
        }
    }

    struct Grant: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a workspace credits, or take some back. Needs an admin token.")

        @Argument(help: "How many; a negative count (after --) takes them back.")
        var credits: Int64
        @Option(help: "Why, for the ledger.")
        var note = ""
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let workspaceID = try await session.workspaceID()
            let response = try await session.change(
                Proto.GrantCreditsRequest.with {
                    $0.workspaceID = workspaceID
                    $0.credits = credits
                    $0.note = note
                }, "/linekeeper.v1.AdminService/GrantCredits", Proto.GrantCreditsResponse.self,
                doubt: .look("linekeeper ledger"))
            try session.show(response) { session.output.line("The balance is \($0.balance) now.") }
        }
    }
}

struct Ledger: SessionCommand {
    static let configuration = CommandConfiguration(
        abstract: "List every change of a workspace's credits.")

    @OptionGroup var range: TimeRangeOptions
    @OptionGroup var list: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        let range = try range.wire()
        let found = try await session.pages(list.countMax) { page throws(CLIError) in
            try await session.read(
                Proto.ListCreditEntriesRequest.with {
                    $0.workspaceID = workspaceID
                    $0.range = range
                    $0.page = page
                }, "/linekeeper.v1.NumberService/ListCreditEntries",
                Proto.ListCreditEntriesResponse.self)
        } next: {
            $0.nextPageToken
        } merge: {
            $0.entries += $1.entries
            $0.nextPageToken = $1.nextPageToken
        }
        try session.show(found) { found in
            guard !found.entries.isEmpty else {
                session.output.note("No credits have moved.")
                return
            }
            session.output.table(Self.table(found.entries, session.output.times))
        }
        session.noteRest(found.nextPageToken)
    }

    static func table(_ entries: [Proto.CreditEntry], _ times: TimeText) -> Table {
        var table = Table([
            .init("time", widthMin: 19), .init("credits", .right), .init("balance", .right),
            .init("kind"), .init("note"), .init("number"),
        ])
        for entry in entries {
            table.add([
                .init(times.text(entry.at), .faint),
                .init(
                    entry.credits > 0 ? "+\(entry.credits)" : String(entry.credits),
                    entry.credits < 0 ? .bad : .good),
                .init(String(entry.balanceAfter)), .init(entry.kind.lowercased()),
                .init(entry.note), .init(entry.numberID, .faint),
            ])
        }
        return table
    }
}
