import ArgumentParser
import LinekeeperProto

struct Prices: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keep the price list of bought numbers. Needs an admin token.",
        discussion: """
            Where the list has no price for a country and type, the carrier's fee counts, 200 \
            credits a dollar.
            """,
        subcommands: [List.self, Set.self, Delete.self], defaultSubcommand: List.self)

    struct List: SessionCommand {
        static let configuration = CommandConfiguration(abstract: "List the prices.")

        @OptionGroup var list: ListOptions
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let found = try await session.pages(list.countMax) { page throws(CLIError) in
                try await session.read(
                    Proto.ListPricesRequest.with { $0.page = page },
                    "/linekeeper.v1.AdminService/ListPrices", Proto.ListPricesResponse.self)
            } next: {
                $0.nextPageToken
            } merge: {
                $0.prices += $1.prices
                $0.nextPageToken = $1.nextPageToken
            }
            try session.show(found) { found in
                guard !found.prices.isEmpty else {
                    session.output.note("No price is fixed: the carriers' fees count.")
                    return
                }
                session.output.table(Prices.table(found.prices, session.output.times))
            }
            session.noteRest(found.nextPageToken)
        }
    }

    struct Set: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fix what a kind of number costs a month.",
            discussion: "  linekeeper prices set US local 500")

        @OptionGroup var kind: PriceKind
        @Argument(help: "Credits a month.")
        var credits: Int64
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let response = try await session.change(
                Proto.SetPriceRequest.with {
                    $0.price = .with {
                        $0.countryCode = kind.country.uppercased()
                        $0.type = kind.type
                        $0.monthlyCostCredits = credits
                    }
                }, "/linekeeper.v1.AdminService/SetPrice", Proto.SetPriceResponse.self)
            try session.show(response) {
                session.output.table(
                    Prices.table([$0.price].compactMap { $0 }, session.output.times))
            }
        }
    }

    struct Delete: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let the carrier's fee count again for a kind of number.",
            discussion: "  linekeeper prices delete US local")

        @OptionGroup var kind: PriceKind
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let country = kind.country.uppercased()
            try session.question.confirm(
                "Delete the price of \(country) \(kind.type.shown) numbers?")
            let response = try await session.change(
                Proto.DeletePriceRequest.with {
                    $0.countryCode = country
                    $0.type = kind.type
                }, "/linekeeper.v1.AdminService/DeletePrice", Proto.DeletePriceResponse.self)
            try session.show(response) { _ in
                session.output.line(
                    SafeText.shown("\(country) \(kind.type.shown) numbers have no fixed price now.")
                )
            }
        }
    }

    static func table(_ prices: [Proto.Price], _ times: TimeText) -> Table {
        var table = Table([
            .init("country"), .init("type"), .init("credits a month", .right), .init("changed"),
        ])
        for price in prices {
            table.add([
                .init(price.countryCode, .heading), .init(price.type.shown),
                .init(ProgressBar.grouped(Int(clamping: price.monthlyCostCredits))),
                .init(price.updatedAt?.seconds == 0 ? "" : times.text(price.updatedAt), .faint),
            ])
        }
        return table
    }
}

/// What a price is for.
struct PriceKind: ParsableArguments {
    @Argument(help: "The country's two letters, like US.")
    var country: String
    @Argument(
        help: "\(choices(Proto.NumberType.self))",
        completion: .list(choiceNames(Proto.NumberType.self)), transform: enumArgument)
    var type: Proto.NumberType
}
