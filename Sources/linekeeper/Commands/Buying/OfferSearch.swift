import LinekeeperProto

/// Finds what a purchase is to buy, with its price.
struct OfferSearch {
    let session: Session
    let workspaceID: String
    let source: Proto.Source
    let filter: OfferFilter

    /// What a server shows at most of one search.
    private static let limitMax = 100

    /// The first offers of a search that can be bought as they are.
    ///
    /// - Throws: Where there are fewer.
    func some(_ count: Int, country: String) async throws(CLIError) -> [Proto.Offer] {
        var request = filter.request(country: country, limit: Self.limitMax, source)
        request.workspaceID = workspaceID
        let found = try await session.offers(request)
        let offers = Self.buyable(found.offers, count)
        guard offers.count < count else { return offers }
        for line in OfferView.suggestionLines(found.suggestions) { session.output.note(line) }
        let papers = found.offers.count { !$0.requirements.isEmpty }
        throw .usage(
            (offers.isEmpty ? "Nothing" : "Only \(offers.count)")
                + " on sale matches and can be bought at once"
                + (papers > 0 ? " (\(papers) need papers first)" : "")
                + ": search wider, or add --refresh.")
    }

    static func buyable(_ offers: [Proto.Offer], _ count: Int) -> [Proto.Offer] {
        Array(offers.lazy.filter(\.requirements.isEmpty).prefix(count))
    }

    /// The offers of these very numbers, in their order.
    ///
    /// - Parameter country: Where they are; `nil` goes by what the numbers begin with.
    /// - Throws: For a number that is not on sale.
    func offers(of e164s: [String], country: String?) async throws(CLIError) -> [Proto.Offer] {
        var countries: [Proto.Country] = []
        if country == nil {
            countries = try await session.countries(of: source, in: workspaceID).countries
        }
        var offers: [Proto.Offer] = []
        for e164 in e164s {
            let codes =
                country.map { [$0.uppercased()] } ?? Self.countryCodes(of: e164, among: countries)
            guard let offer = try await offer(of: e164, in: codes) else {
                throw .usage(
                    "\(e164) is not on sale in the \(source.shown). See what is with 'linekeeper "
                        + "search COUNTRY --source \(source.shown)'; --country says where to look.")
            }
            offers.append(offer)
        }
        return offers
    }

    private func offer(
        of e164: String, in countryCodes: [String]
    ) async throws(CLIError) -> Proto.Offer? {
        for code in countryCodes {
            let found = try await session.offers(
                .with {
                    $0.workspaceID = workspaceID
                    $0.source = source
                    $0.countryCode = code
                    $0.contains = Self.ending(e164)
                    $0.limit = UInt32(Self.limitMax)
                })
            if let offer = found.offers.first(where: { $0.e164 == e164 }) { return offer }
        }
        return nil
    }

    /// A number's last digits, without any that could belong to its calling code: what carriers can
    /// search for.
    static func ending(_ e164: String) -> String {
        String(e164.suffix(min(7, max(e164.count - 4, 2))))
    }

    /// The countries whose calling code a number begins with, those of the longest first; several
    /// share +1.
    static func countryCodes(of e164: String, among countries: [Proto.Country]) -> [String] {
        let matching = countries.filter {
            let prefix = CountryView.prefix($0)
            return !prefix.isEmpty && e164.hasPrefix(prefix)
        }
        let longest = matching.map { CountryView.prefix($0).count }.max()
        return matching.filter { CountryView.prefix($0).count == longest }.map(\.countryCode)
    }
}
