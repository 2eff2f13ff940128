import ArgumentParser
import LinekeeperProto

struct Numbers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List, show and change numbers.",
        subcommands: [List.self, Show.self, UpdateNumber.self],
        defaultSubcommand: List.self)

    struct List: SessionCommand {
        static let configuration = CommandConfiguration(abstract: "List the workspace's numbers.")

        @OptionGroup var filter: NumberFilterOptions
        @OptionGroup var list: ListOptions
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let workspaceID = try await session.workspaceID()
            let connectionID =
                filter.connection == nil
                ? "" : try await session.connection(filter.connection, in: workspaceID).connectionID
            let found = try await session.pages(list.countMax) { page throws(CLIError) in
                try await session.read(
                    Proto.ListNumbersRequest.with {
                        $0.workspaceID = workspaceID
                        $0.filter = filter.wire(connectionID: connectionID)
                        $0.orderBy = filter.sort ?? ""
                        $0.page = page
                    }, "/linekeeper.v1.NumberService/ListNumbers", Proto.ListNumbersResponse.self)
            } next: {
                $0.nextPageToken
            } merge: {
                $0.numbers += $1.numbers
                $0.nextPageToken = $1.nextPageToken
            }
            try session.show(found) { found in
                if found.numbers.isEmpty {
                    session.output.note(emptyText(found.discovery))
                } else {
                    session.output.table(NumberView.table(found.numbers))
                }
            }
            session.noteRest(found.nextPageToken)
        }

        private func emptyText(_ discovery: Proto.Discovery?) -> String {
            if !filter.isEmpty { return "No number matches." }
            switch discovery?.state {
            case .checking?:
                return "No numbers yet; the connected carriers are being asked. Try again shortly."
            case .done? where (discovery?.importableCount ?? 0) > 0:
                return "No numbers yet; \(discovery?.importableCount ?? 0) can be imported: "
                    + "linekeeper import --all"
            default:
                return "No numbers yet. Import some: linekeeper import +14155550100 ..."
            }
        }
    }

    struct Show: SessionCommand {
        static let configuration = CommandConfiguration(abstract: "Show everything about a number.")

        @Argument(help: "The number, or its id.", completion: Suggestions.numbers)
        var number: String
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let found = try await session.number(number, in: try await session.workspaceID())
            try session.show(found) {
                session.output.details(NumberView.details($0, session.output.times))
            }
        }
    }
}

/// Which numbers to list; every option that is given must match.
struct NumberFilterOptions: ParsableArguments {
    @Option(help: "Part of the number, label, region or an agent's name.")
    var text: String?
    @Option(
        help: ArgumentHelp("Numbers that this agent holds.", valueName: "id"),
        completion: Suggestions.agents)
    var agent: String?
    @Option(
        help: "Numbers without an agent for this: \(choiceNames(Proto.Profile.self).list).",
        transform: enumArgument)
    var unassigned: Proto.Profile?
    @Option(help: "\(choices(Proto.NumberStatus.self))", transform: enumArgument)
    var status: Proto.NumberStatus?
    @Option(help: "\(choices(Proto.Carrier.self))", transform: enumArgument)
    var carrier: Proto.Carrier?
    @Option(help: "\(choices(Proto.Origin.self))", transform: enumArgument)
    var origin: Proto.Origin?
    @Option(help: ArgumentHelp("Numbers imported through it.", valueName: "id|name"))
    var connection: String?
    @Option(help: ArgumentHelp("The country's two letters.", valueName: "code"))
    var country: String?
    @Option(help: "\(choices(Proto.NumberType.self))", transform: enumArgument)
    var type: Proto.NumberType?
    @Option(help: "\(choices(Proto.Capability.self))", transform: enumArgument)
    var capability: Proto.Capability?
    @Option(help: ArgumentHelp("Whether calls out are allowed: yes or no.", valueName: "yes|no"))
    var outbound: YesNo?
    @Option(help: ArgumentHelp("A tag, with its value or without.", valueName: "key[=value]"))
    var tag: String?
    @Option(
        help: ArgumentHelp(
            "Sort by created_at, e164 or label; 'label desc' turns it round.", valueName: "order"))
    var sort: String?

    var isEmpty: Bool { wire(connectionID: connection ?? "") == Proto.NumberFilter() }

    func wire(connectionID: String) -> Proto.NumberFilter {
        .with {
            $0.text = text ?? ""
            $0.agentID = agent ?? ""
            $0.unassignedProfile = unassigned ?? .unspecified
            $0.status = status ?? .unspecified
            $0.carrier = carrier ?? .unspecified
            $0.origin = origin ?? .unspecified
            $0.connectionID = connectionID
            $0.countryCode = country?.uppercased() ?? ""
            $0.type = type ?? .unspecified
            $0.capability = capability ?? .unspecified
            $0.outboundEnabled = outbound.map { $0 == .yes ? .yes : .no } ?? .any
            $0.tag = tag ?? ""
        }
    }
}

/// An answer that may also not be given.
enum YesNo: String, ExpressibleByArgument, CaseIterable {
    case yes, no
}

extension [String] {
    /// For a sentence: `a, b or c`.
    var list: String { list("or") }

    /// For a sentence, with another word before the last: `a, b and c`.
    func list(_ word: String) -> String {
        guard count > 1, let last else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " \(word) " + last
    }
}
