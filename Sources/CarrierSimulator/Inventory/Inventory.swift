/// A number that a carrier has for sale.
struct StockNumber: Sendable {
    var e164: String
    var country: String
    var type: NumberType
    /// The digits after the country's code that say where it is.
    var areaCode: String
    var region: String
    var locality: String
    var postalCode: String
    var features: [Feature]
    var addressRequirements: String
    var needsBundle: Bool
    /// Millionths of a US dollar; at Twilio the same for all of a country and type.
    var monthlyMicros: Int64
    /// Millionths of a US dollar; Telnyx only.
    var upfrontMicros: Int64
    /// Telnyx: it can be held before it is ordered.
    var reservable: Bool

    /// The digits after the country's code.
    var nationalNumber: Substring
}

/// All that a carrier sells; the same for the same seed.
struct Inventory: Sendable {
    /// In the order in which a search meets them.
    let numbers: [StockNumber]
    private let positions: [String: Int]

    subscript(e164: String) -> StockNumber? { positions[e164].map { numbers[$0] } }

    /// Those of the usual seed, made once for all simulators of a process.
    static let standard = ofAllCarriers(seed: CarrierSimulator.defaultSeed)

    static func ofAllCarriers(seed: UInt64) -> [SimulatedCarrier: Inventory] {
        Dictionary(
            uniqueKeysWithValues: SimulatedCarrier.allCases.map {
                ($0, Inventory(carrier: $0, seed: seed))
            })
    }

    /// Makes the stock of a carrier.
    ///
    /// The two carriers' numbers never meet: the first subscriber digits after `555` (or the first,
    /// where numbers are shorter) are 1…4 at Twilio and 5…8 at Telnyx.
    init(carrier: SimulatedCarrier, seed: UInt64) {
        var generator = SeededGenerator(seed: seed &+ (carrier == .twilio ? 1 : 2))
        var numbers: [StockNumber] = []
        for country in Country.all {
            for offer in country.offers {
                for area in offer.areas {
                    numbers += Self.stock(of: area, offer, country, carrier, &generator)
                }
            }
        }
        numbers.shuffle(using: &generator)
        self.numbers = numbers
        positions = Dictionary(
            numbers.enumerated().map { ($1.e164, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func stock(
        of area: Country.Area, _ offer: Country.Offer, _ country: Country,
        _ carrier: SimulatedCarrier, _ generator: inout SeededGenerator
    ) -> [StockNumber] {
        let prefix = offer.subscriberDigits == 7 ? "555" : ""
        let digits = offer.subscriberDigits - prefix.count
        let first = carrier == .twilio ? 1...4 : 5...8
        var taken: Set<String> = []
        while taken.count < offer.stock {
            var line = String(Int.random(in: first, using: &generator))
            while line.count < digits { line += String(Int.random(in: 0...9, using: &generator)) }
            taken.insert(prefix + line)
        }
        return taken.sorted().map { line in
            // Telnyx asks more for numbers that end in what people remember.
            let isMemorable = line.suffix(2).first == line.last
            let telnyx: Int64 = offer.type == .tollFree ? 1_000_000 : 1_100_000
            let isTwilio = carrier == .twilio
            var features = offer.features
            if !isTwilio, offer.type == .local { features.append(.emergency) }
            let national = area.code + line
            return StockNumber(
                e164: "+" + country.dialCode + national, country: country.code,
                type: offer.type, areaCode: area.code, region: area.region,
                locality: area.locality,
                postalCode: country.dialCode == "1" ? "9" + area.code + "0" : "",
                features: features, addressRequirements: offer.addressRequirements,
                needsBundle: offer.needsBundle,
                monthlyMicros: isTwilio
                    ? offer.monthlyMicros : telnyx + (isMemorable ? 900_000 : 0),
                upfrontMicros: isTwilio ? 0 : (isMemorable ? 5_000_000 : 1_000_000),
                reservable: country.dialCode == "1", nationalNumber: national[...])
        }
    }

    /// The number that an account is given for its n-th seeded one: real-looking, US, and never in
    /// the stock.
    static func seeded(_ index: Int, carrier: SimulatedCarrier) -> StockNumber {
        let areas = Country.find("US")?.offer(.local)?.areas ?? []
        let area = areas[index % areas.count]
        let line = (carrier == .twilio ? 200_0000 : 600_0000) + index / areas.count
        return StockNumber(
            e164: "+1\(area.code)\(line)", country: "US", type: .local, areaCode: area.code,
            region: area.region, locality: area.locality, postalCode: "9\(area.code)0",
            features: [.voice, .sms, .mms], addressRequirements: "none", needsBundle: false,
            monthlyMicros: 1_150_000, upfrontMicros: 0, reservable: true,
            nationalNumber: "\(area.code)\(line)")
    }
}
