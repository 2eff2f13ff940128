/// A country or territory that has telephone numbers of its own.
public struct Country: Hashable, Sendable {
    /// ISO 3166-1 alpha-2.
    public let countryCode: String
    /// The digits that its international numbers begin with: `49`.
    public let callingCode: String
    /// In English.
    public let name: String

    /// Reads an ISO 3166-1 alpha-2 code, in either case; answers it in capitals.
    ///
    /// - Throws: `invalidArgument` naming the field when it is no country's.
    public static func code(_ text: String, field: String) throws(DomainError) -> String {
        let isWord =
            text.utf8.count == 2
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: false
                }
            }
        let code = text.uppercased()
        guard isWord, CallingCode.country(code) != nil || CountryTable.withoutNumbers.contains(code)
        else {
            throw DomainError(
                .invalidArgument,
                "\(field) must be a country's two letters (ISO 3166-1), such as US or DE"
                    + (isWord ? "; no country has the code \(code)." : "."),
                field: field)
        }
        return code
    }

    /// Reads the code of a country that has telephone numbers of its own.
    ///
    /// - Throws: `invalidArgument` naming the field.
    public static func named(_ text: String, field: String) throws(DomainError) -> Country {
        let code = try code(text, field: field)
        guard let country = CallingCode.country(code) else {
            throw DomainError(
                .invalidArgument,
                "\(code) has no telephone numbers of its own: ListCountries names those that have.",
                field: field)
        }
        return country
    }
}

/// The beginning of an international number that says which numbering plan it is of (ITU-T E.164,
/// list of assigned codes).
public enum CallingCode {
    /// Every country that is known here, in the order of its English name.
    public static let countries: [Country] = CountryTable.text.split(separator: "\n").compactMap {
        let parts = $0.split(separator: " ", maxSplits: 2)
        guard parts.count == 3 else { return nil }
        return Country(
            countryCode: String(parts[0]), callingCode: String(parts[1]), name: String(parts[2]))
    }

    private static let byCode: [UInt64: [Country]] = {
        var byCode: [UInt64: [Country]] = [:]
        for country in countries {
            if let code = UInt64(country.callingCode) { byCode[code, default: []].append(country) }
        }
        return byCode
    }()

    private static let byCountry: [String: Country] = Dictionary(
        countries.map { ($0.countryCode, $0) }, uniquingKeysWith: { first, _ in first })

    /// The country whose numbers begin like this one; `nil` where several share the code (+1, +7,
    /// +44, …) or the code is no country's (+800).
    public static func country(of number: E164) -> Country? {
        guard let shared = sharers(of: number), shared.count == 1 else { return nil }
        return shared.first
    }

    /// Whether a number can belong to a country: its calling code is the country's.
    public static func contains(_ number: E164, in countryCode: String) -> Bool {
        sharers(of: number)?.contains { $0.countryCode == countryCode } ?? false
    }

    /// A country by its ISO 3166-1 alpha-2 code, in capitals.
    public static func country(_ countryCode: String) -> Country? { byCountry[countryCode] }

    /// The countries of a number's calling code. No code is the beginning of another, so the first
    /// that fits is the one.
    private static func sharers(of number: E164) -> [Country]? {
        var divisor: UInt64 = 1
        while number.digits / divisor >= 10 { divisor *= 10 }
        for _ in 0..<3 where divisor > 0 {
            if let found = byCode[number.digits / divisor] { return found }
            divisor /= 10
        }
        return nil
    }
}
