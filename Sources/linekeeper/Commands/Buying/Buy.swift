import ArgumentParser
import LinekeeperProto

struct Buy: SessionCommand {
    static let configuration = CommandConfiguration(
        abstract: "Buy numbers, after showing what they cost.",
        discussion: """
            Either the numbers that are named, or as many as --count says of those that a search in \
            --country finds. A month's credits are debited at once and nothing is refunded. A number \
            that cannot be bought does not stop the others; its credits come back.

              linekeeper buy +14155550100 +14155550101
              linekeeper buy --country US --area-code 415 --count 2
              linekeeper buy --source pool --country US --type local --count 2 --yes
            """)

    static let countMax = 100

    @Argument(help: "The numbers, as 'linekeeper search' shows them.")
    var numbers: [String] = []
    @Option(help: ArgumentHelp("The country's two letters, like US.", valueName: "code"))
    var country: String?
    @OptionGroup var filter: OfferFilter
    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Buy this many of those that are found.", valueName: "n"))
    var count: Int?
    @Flag(help: "Have the carrier send calls and messages here at once.")
    var managed = false
    @Option(
        help: ArgumentHelp(
            "What they cost together: no search is made before buying.", valueName: "credits"))
    var price: Int64?
    @Option(
        help: ArgumentHelp(
            "Repeat a purchase whose outcome is not known. (default: a new one)",
            valueName: "key"))
    var idempotencyKey: String?
    @OptionGroup var source: SourceOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if numbers.isEmpty {
            guard let count, country != nil else {
                throw ValidationError("Name the numbers, or say --country and --count.")
            }
            guard (1...Self.countMax).contains(count) else {
                throw ValidationError("--count is within 1 and \(Self.countMax).")
            }
        } else if count != nil {
            throw ValidationError("Name the numbers or say --count, not both.")
        }
        guard numbers.count <= Self.countMax else {
            throw ValidationError("At most \(Self.countMax) numbers are bought at once.")
        }
        if price != nil, numbers.isEmpty {
            throw ValidationError("--price goes with the numbers that it is for.")
        }
    }

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        var request = Proto.PurchaseNumbersRequest.with {
            $0.workspaceID = workspaceID
            $0.source = source.source
            $0.webhookMode = managed ? .managed : .outboundOnly
        }
        if let price {
            request.e164s = try numbers.map { text throws(CLIError) in try NumberText.parse(text) }
            request.expectedMonthlyCostCredits = price
            try session.question.confirm(
                "Buy \(request.e164s.list("and")) for \(ProgressBar.grouped(Int(clamping: price))) "
                    + "credits a month?")
        } else {
            let offers = try await chosen(workspaceID, session)
            request.e164s = offers.map(\.e164)
            request.expectedMonthlyCostCredits = try Self.total(offers)
            session.output.preview(OfferView.table(offers))
            try await confirm(request, session)
        }
        try await buy(request, session)
    }

    private func chosen(
        _ workspaceID: String, _ session: Session
    ) async throws(CLIError) -> [Proto.Offer] {
        let search = OfferSearch(
            session: session, workspaceID: workspaceID, source: source.source, filter: filter)
        guard numbers.isEmpty else {
            var wanted: [String] = []
            for number in numbers {
                let e164 = try NumberText.parse(number)
                if !wanted.contains(e164) { wanted.append(e164) }
            }
            return try await search.offers(of: wanted, country: country)
        }
        return try await search.some(count ?? 1, country: country ?? "")
    }

    /// What the offers cost together.
    static func total(_ offers: [Proto.Offer]) throws(CLIError) -> Int64 {
        var total: Int64 = 0
        for offer in offers {
            let (sum, overflow) = total.addingReportingOverflow(offer.monthlyCostCredits)
            guard !overflow else { throw .unreadable("The offers' prices do not add up.") }
            total = sum
        }
        return total
    }

    private func confirm(
        _ request: Proto.PurchaseNumbersRequest, _ session: Session
    ) async throws(CLIError) {
        let credits = try await session.read(
            Proto.GetCreditsRequest.with { $0.workspaceID = request.workspaceID },
            "/linekeeper.v1.NumberService/GetCredits", Proto.GetCreditsResponse.self)
        let total = request.expectedMonthlyCostCredits
        for (text, style) in Self.priceLines(total: total, balance: credits.balance) {
            session.output.note(text, style)
        }
        let noun = request.e164s.count == 1 ? "this number" : "these \(request.e164s.count) numbers"
        try session.question.confirm("Buy \(noun)?")
    }

    static func priceLines(total: Int64, balance: Int64) -> [(String, Style)] {
        func shown(_ credits: Int64) -> String { ProgressBar.grouped(Int(clamping: credits)) }
        var lines: [(String, Style)] = [
            (
                "Together \(shown(total)) credits a month, the first debited now; the balance is "
                    + "\(shown(balance)).", .plain
            )
        ]
        if total > balance {
            lines.append(
                ("The balance falls short by \(shown(total.subtractingSaturating(balance))).", .bad)
            )
        }
        return lines
    }

    private func buy(
        _ request: Proto.PurchaseNumbersRequest, _ session: Session
    ) async throws(CLIError) {
        let key = idempotencyKey ?? Session.freshKey()
        let response: Proto.PurchaseNumbersResponse
        do throws(CLIError) {
            response = try await session.change(
                request, "/linekeeper.v1.NumberService/PurchaseNumbers",
                Proto.PurchaseNumbersResponse.self, patience: Session.carrierPatience, key: key,
                doubt: nil)
        } catch {
            if error.exitStatus == .unreachable, !error.isBeforeSending {
                session.output.note(
                    "Whether they were bought is not known yet. Look with 'linekeeper orders', or say "
                        + "the same again; it buys nothing twice:", .doubtful)
                session.output.note("  " + Self.repetition(request, key: key))
            }
            throw error
        }
        try session.show(response) {
            session.output.table(OrderView.table($0.orders, session.output.times))
            if $0.orders.contains(where: \.isPending) {
                session.output.note(
                    "What is under way completes by itself; follow it with 'linekeeper orders "
                        + "watch'.", .faint)
            }
        }
        if response.orders.contains(where: { $0.state == .failed }) { throw .partlyRefused }
    }

    /// The command that repeats a purchase and nothing else.
    static func repetition(_ request: Proto.PurchaseNumbersRequest, key: String) -> String {
        "linekeeper buy \(request.e164s.joined(separator: " ")) --source \(request.source.shown)"
            + " --price \(request.expectedMonthlyCostCredits)"
            + (request.webhookMode == .managed ? " --managed" : "") + " --idempotency-key \(key)"
    }
}

extension Int64 {
    fileprivate func subtractingSaturating(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? .max : difference
    }
}
