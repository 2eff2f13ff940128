/// A country in which numbers are sold.
struct Country: Sendable {
    var code: String
    var name: String
    /// As in `+44`, without the plus.
    var dialCode: String
    var offers: [Offer]

    /// One type of number and the places it is sold for.
    struct Offer: Sendable {
        var type: NumberType
        /// What a number of this type costs a month at Twilio, in millionths of a US dollar.
        var monthlyMicros: Int64
        var features: [Feature]
        /// Twilio: whose address is asked for.
        var addressRequirements = "none"
        /// Twilio: a regulatory bundle is asked for.
        var needsBundle = false
        var areas: [Area]
        /// Digits after the area's code.
        var subscriberDigits: Int
        /// Numbers for each area at each carrier.
        var stock: Int
    }

    /// A place and the digits that its numbers begin with.
    struct Area: Sendable {
        var code: String
        var region: String
        var locality: String
    }

    func offer(_ type: NumberType) -> Offer? { offers.first { $0.type == type } }

    static func find(_ code: String) -> Country? { all.first { $0.code == code } }

    /// Telnyx: an order for numbers of these needs a requirement group.
    static let requirementGroups: Set<String> = ["CH", "DK", "IT", "NO", "PT", "SE"]

    /// Telnyx: an order for local numbers of these waits for papers.
    static let paperwork: Set<String> = ["DE"]

    static let all: [Country] = [
        northAmerica("US", "United States", tollFree: true, areas: usAreas),
        northAmerica("CA", "Canada", tollFree: false, areas: canadianAreas),
        abroad(
            "GB", "United Kingdom", "44",
            local: [
                Area(code: "207", region: "England", locality: "London"),
                Area(code: "161", region: "England", locality: "Manchester"),
                Area(code: "131", region: "Scotland", locality: "Edinburgh"),
            ], mobile: "77", tollFree: "800", national: "330", localNeeds: "any", bundle: true),
        abroad(
            "DE", "Germany", "49",
            local: [
                Area(code: "30", region: "Berlin", locality: "Berlin"),
                Area(code: "89", region: "Bayern", locality: "München"),
                Area(code: "40", region: "Hamburg", locality: "Hamburg"),
            ], mobile: "157", tollFree: "800", national: "32", localNeeds: "local"),
        abroad(
            "FR", "France", "33",
            local: [
                Area(code: "14", region: "Île-de-France", locality: "Paris"),
                Area(code: "49", region: "Provence", locality: "Marseille"),
            ], mobile: "7", tollFree: "805", national: "9", localNeeds: "local", bundle: true),
        abroad(
            "AU", "Australia", "61",
            local: [
                Area(code: "29", region: "New South Wales", locality: "Sydney"),
                Area(code: "39", region: "Victoria", locality: "Melbourne"),
            ], mobile: "4", tollFree: "1800", national: nil, localNeeds: "any"),
        abroad(
            "BR", "Brazil", "55",
            local: [
                Area(code: "113", region: "São Paulo", locality: "São Paulo"),
                Area(code: "213", region: "Rio de Janeiro", locality: "Rio de Janeiro"),
            ], mobile: nil, tollFree: "800", national: "4020", localNeeds: "foreign"),
        abroad(
            "SE", "Sweden", "46",
            local: [Area(code: "8", region: "Stockholm", locality: "Stockholm")],
            mobile: "70", tollFree: "20", national: "10", localNeeds: "none"),
    ]

    private static func northAmerica(
        _ code: String, _ name: String, tollFree: Bool, areas: [Area]
    ) -> Country {
        var offers = [
            Offer(
                type: .local, monthlyMicros: 1_150_000, features: [.voice, .sms, .mms, .fax],
                areas: areas, subscriberDigits: 7, stock: 120)
        ]
        if tollFree {
            offers.append(
                Offer(
                    type: .tollFree, monthlyMicros: 2_150_000,
                    features: [.voice, .sms, .mms, .fax],
                    areas: ["800", "833", "844", "855", "866", "877", "888"].map {
                        Area(code: $0, region: "", locality: "")
                    }, subscriberDigits: 7, stock: 40))
        }
        return Country(code: code, name: name, dialCode: "1", offers: offers)
    }

    private static func abroad(
        _ code: String, _ name: String, _ dialCode: String, local: [Area], mobile: String?,
        tollFree: String?, national: String?, localNeeds: String, bundle: Bool = false
    ) -> Country {
        var offers = [
            Offer(
                type: .local, monthlyMicros: 1_500_000, features: [.voice],
                addressRequirements: localNeeds, needsBundle: bundle, areas: local,
                subscriberDigits: 7, stock: 60)
        ]
        func place(_ code: String) -> [Area] { [Area(code: code, region: "", locality: "")] }
        if let mobile {
            offers.append(
                Offer(
                    type: .mobile, monthlyMicros: 3_500_000, features: [.voice, .sms],
                    needsBundle: bundle, areas: place(mobile), subscriberDigits: 8, stock: 60))
        }
        if let tollFree {
            offers.append(
                Offer(
                    type: .tollFree, monthlyMicros: 10_000_000, features: [.voice],
                    areas: place(tollFree), subscriberDigits: 6, stock: 40))
        }
        if let national {
            offers.append(
                Offer(
                    type: .national, monthlyMicros: 1_250_000, features: [.voice, .sms],
                    areas: place(national), subscriberDigits: 7, stock: 40))
        }
        return Country(code: code, name: name, dialCode: dialCode, offers: offers)
    }

    private static let usAreas: [Area] = [
        ("415", "CA", "San Francisco"), ("408", "CA", "San Jose"), ("213", "CA", "Los Angeles"),
        ("619", "CA", "San Diego"), ("916", "CA", "Sacramento"), ("212", "NY", "New York"),
        ("718", "NY", "Brooklyn"), ("716", "NY", "Buffalo"), ("312", "IL", "Chicago"),
        ("713", "TX", "Houston"), ("214", "TX", "Dallas"), ("512", "TX", "Austin"),
        ("305", "FL", "Miami"), ("407", "FL", "Orlando"), ("206", "WA", "Seattle"),
        ("617", "MA", "Boston"), ("303", "CO", "Denver"), ("602", "AZ", "Phoenix"),
        ("404", "GA", "Atlanta"), ("702", "NV", "Las Vegas"), ("503", "OR", "Portland"),
        ("215", "PA", "Philadelphia"), ("808", "HI", "Honolulu"), ("202", "DC", "Washington"),
    ].map { Area(code: $0.0, region: $0.1, locality: $0.2) }

    private static let canadianAreas: [Area] = [
        ("416", "ON", "Toronto"), ("613", "ON", "Ottawa"), ("514", "QC", "Montreal"),
        ("604", "BC", "Vancouver"), ("403", "AB", "Calgary"), ("204", "MB", "Winnipeg"),
    ].map { Area(code: $0.0, region: $0.1, locality: $0.2) }
}
