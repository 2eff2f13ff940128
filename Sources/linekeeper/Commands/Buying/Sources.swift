import ArgumentParser
import LinekeeperProto

struct Sources: SessionCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show which ways of acquiring numbers are open, and why the others are not.")

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        let found = try await session.read(
            Proto.ListSourcesRequest.with { $0.workspaceID = workspaceID },
            "/linekeeper.v1.NumberService/ListSources", Proto.ListSourcesResponse.self)
        try session.show(found) { session.output.table(Self.table($0.sources)) }
    }

    static func table(_ sources: [Proto.SourceInfo]) -> Table {
        var table = Table([.init("source"), .init("open"), .init("reason"), .init("why")])
        for source in sources {
            table.add([
                .init(source.source.shown),
                source.open ? .init("yes", .good) : .init("no", .doubtful),
                .init(source.reason, .faint), .init(source.message),
            ])
        }
        return table
    }
}

/// Where numbers are bought.
struct SourceOption: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "Where to buy: the marketplace, or the platform's pool.",
            valueName: "marketplace|pool"),
        completion: .list(["marketplace", "pool"]), transform: Self.parse)
    var source: Proto.Source = .marketplace

    static func parse(_ text: String) throws -> Proto.Source {
        let source: Proto.Source = try enumArgument(text)
        guard source != .import else {
            throw ValidationError(
                "Numbers of a carrier of one's own are not bought: see 'linekeeper import'.")
        }
        return source
    }
}

struct Countries: SessionCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the countries whose numbers can be bought.")

    @OptionGroup var source: SourceOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        let found = try await session.countries(of: source.source, in: workspaceID)
        try session.show(found) { found in
            guard !found.countries.isEmpty else {
                session.output.note("There are no numbers on sale.")
                return
            }
            session.output.table(Self.table(found.countries))
        }
    }

    static func table(_ countries: [Proto.Country]) -> Table {
        var table = Table([
            .init("code"), .init("country"), .init("prefix", .right), .init("types"),
        ])
        for country in countries {
            table.add([
                .init(country.countryCode, .heading), .init(country.name),
                .init(CountryView.prefix(country)),
                .init(country.types.map(\.shown).joined(separator: ", ")),
            ])
        }
        return table
    }
}

enum CountryView {
    /// A country's calling code as a number begins with it.
    static func prefix(_ country: Proto.Country) -> String {
        guard !country.callingCode.isEmpty else { return "" }
        return country.callingCode.hasPrefix("+") ? country.callingCode : "+" + country.callingCode
    }
}

extension Session {
    func countries(
        of source: Proto.Source, in workspaceID: String
    ) async throws(CLIError) -> Proto.ListCountriesResponse {
        try await read(
            Proto.ListCountriesRequest.with {
                $0.workspaceID = workspaceID
                $0.source = source
            }, "/linekeeper.v1.NumberService/ListCountries", Proto.ListCountriesResponse.self,
            patience: Self.carrierPatience)
    }
}

struct AreaCodes: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "area-codes", abstract: "List the area codes of a country to search in.")

    @Argument(help: "The country's two letters, like US.")
    var country: String
    @OptionGroup var source: SourceOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        let found = try await session.read(
            Proto.ListAreaCodesRequest.with {
                $0.workspaceID = workspaceID
                $0.source = source.source
                $0.countryCode = country.uppercased()
            }, "/linekeeper.v1.NumberService/ListAreaCodes", Proto.ListAreaCodesResponse.self,
            patience: Session.carrierPatience)
        try session.show(found) { found in
            guard !found.areaCodes.isEmpty else {
                session.output.note("No area codes are known for \(country.uppercased()).")
                return
            }
            var table = Table([.init("area code"), .init("region")])
            for code in found.areaCodes {
                table.add([.init(code.areaCode, .heading), .init(code.regionLabel)])
            }
            session.output.table(table)
        }
    }
}
