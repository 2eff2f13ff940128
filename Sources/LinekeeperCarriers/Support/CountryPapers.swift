import LinekeeperCore

/// Papers that a carrier has accepted, by country or by country and type, as a person lists them:
/// `GB/mobile=BU…, DE=BU…`.
struct CountryPapers: Hashable, Sendable {
    private static let entriesMax = 32

    private let ids: [String: String]

    /// Reads a list; empty: none.
    ///
    /// - Parameter isID: Whether a text has the form of the carrier's ids of such papers.
    /// - Throws: `invalidArgument` naming the field.
    init(
        _ text: String, field: String, isID: (Substring) -> Bool
    ) throws(DomainError) {
        var ids: [String: String] = [:]
        for entry in text.split(whereSeparator: { $0 == "," || $0 == " " || $0 == ";" }) {
            let parts = entry.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, let key = CountryPapers.key(parts[0]), isID(parts[1]),
                ids.count < CountryPapers.entriesMax, ids[key] == nil
            else {
                throw DomainError(
                    .invalidArgument,
                    "List the papers by country, or by country and type (local, national, mobile, "
                        + "toll_free), each with the carrier's id, like GB/mobile=ID, DE=ID; "
                        + "at most \(CountryPapers.entriesMax), each country and type once.",
                    field: field)
            }
            ids[key] = String(parts[1])
        }
        self.ids = ids
    }

    /// The paper for a country's numbers of a type.
    func id(country: String, type: NumberType) -> String? {
        ids["\(country)/\(CountryPapers.word(type))"] ?? ids[country]
    }

    private static func key(_ text: Substring) -> String? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let country = parts.first, country.utf8.count == 2,
            country.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        else { return nil }
        if parts.count == 1 { return String(country) }
        guard parts.count == 2,
            let type = NumberType.allCases.first(where: { word($0) == parts[1] })
        else { return nil }
        return "\(country)/\(word(type))"
    }

    private static func word(_ type: NumberType) -> String {
        switch type {
        case .local: "local"
        case .national: "national"
        case .mobile: "mobile"
        case .tollFree: "toll_free"
        }
    }
}
