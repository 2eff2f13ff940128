import ArgumentParser
import LinekeeperProto

/// Which numbers on sale are meant.
struct OfferFilter: ParsableArguments {
    @Option(
        help: ArgumentHelp("The area code, like 415; for the pool a prefix.", valueName: "digits"))
    var areaCode: String?
    @Option(help: ArgumentHelp("Digits in the number.", valueName: "digits"))
    var contains: String?
    @Option(
        help: "May be repeated. \(choices(Proto.NumberType.self))",
        completion: .list(choiceNames(Proto.NumberType.self)), transform: enumArgument)
    var type: [Proto.NumberType] = []
    @Option(
        help: "What it must be able to do; may be repeated. \(choices(Proto.Capability.self))",
        completion: .list(choiceNames(Proto.Capability.self)), transform: enumArgument)
    var capability: [Proto.Capability] = []
    @Flag(help: "Ask the carrier for more than what is stored.")
    var refresh = false

    func request(country: String, limit: Int, _ source: Proto.Source)
        -> Proto.SearchAvailableRequest
    {
        .with {
            $0.source = source
            $0.countryCode = country.uppercased()
            $0.areaCode = areaCode ?? ""
            $0.contains = contains ?? ""
            $0.types = type
            $0.capabilities = capability
            $0.limit = UInt32(clamping: limit)
            $0.refresh = refresh
        }
    }
}

struct Search: SessionCommand {
    static let configuration = CommandConfiguration(
        abstract: "Search numbers that can be bought.",
        discussion: """
            The cost is in credits a month. Papers: what the country's regulator asks for first.

              linekeeper search US --area-code 415
              linekeeper search US --type toll-free --refresh
              linekeeper search DE --source pool --type local --type mobile
            """)

    @Argument(help: "The country's two letters, like US.")
    var country: String
    @OptionGroup var filter: OfferFilter
    @Option(
        name: [.short, .long], help: ArgumentHelp("Show this many at most.", valueName: "count"))
    var limit = 20
    @OptionGroup var source: SourceOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit is at least 1.") }
    }

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        var request = filter.request(country: country, limit: limit, source.source)
        request.workspaceID = workspaceID
        let found = try await session.offers(request)
        try session.show(found) { found in
            guard !found.offers.isEmpty else {
                session.output.note("Nothing is on sale that matches.")
                for line in OfferView.suggestionLines(found.suggestions) {
                    session.output.note(line)
                }
                return
            }
            session.output.table(OfferView.table(found.offers))
            session.output.note(
                "Buy: linekeeper buy \(found.offers[0].e164) --source \(source.source.shown)",
                .faint)
        }
    }
}

extension Session {
    func offers(
        _ request: Proto.SearchAvailableRequest
    ) async throws(CLIError) -> Proto.SearchAvailableResponse {
        try await read(
            request, "/linekeeper.v1.NumberService/SearchAvailable",
            Proto.SearchAvailableResponse.self, patience: Self.carrierPatience)
    }
}

enum OfferView {
    static func table(_ offers: [Proto.Offer]) -> Table {
        var table = Table([
            .init("number", widthMin: 13), .init("type"), .init("can"), .init("region"),
            .init("credits a month", .right, widthMin: 7), .init("papers"),
        ])
        for offer in offers {
            table.add([
                .init(offer.e164), .init(offer.type.shown),
                .init(offer.capabilities.map(\.shown).joined(separator: " ")),
                .init(offer.regionLabel),
                .init(ProgressBar.grouped(Int(clamping: offer.monthlyCostCredits))),
                .init(papers(offer), .doubtful),
            ])
        }
        return table
    }

    static func papers(_ offer: Proto.Offer) -> String {
        offer.requirements.map { $0.description.isEmpty ? $0.kind.lowercased() : $0.description }
            .joined(separator: ", ")
    }

    /// What may be found instead, each with what to type.
    static func suggestionLines(_ suggestions: [Proto.Suggestion]) -> [String] {
        suggestions.map { suggestion in
            var options: [String] = []
            if suggestion.source == .import {
                options.append("linekeeper import")
            } else {
                if !suggestion.areaCode.isEmpty {
                    options.append("--area-code \(suggestion.areaCode)")
                }
                if suggestion.type != .unspecified {
                    options.append("--type \(suggestion.type.shown.replacing(" ", with: "-"))")
                }
                if suggestion.source != .unspecified {
                    options.append("--source \(suggestion.source.shown)")
                }
            }
            let hint = options.isEmpty ? "" : "  (\(options.joined(separator: " ")))"
            return "  \(suggestion.text)\(hint)"
        }
    }
}
