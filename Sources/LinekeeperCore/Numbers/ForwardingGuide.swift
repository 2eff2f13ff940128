/// How an existing line is forwarded to a number here: what to dial, and what to know before.
///
/// The codes are those usual in a country's networks: ETSI's supplementary services (ETS 300 200,
/// 3GPP TS 22.030) nearly everywhere, the vertical service codes of North America there.
public struct ForwardingGuide: Hashable, Sendable {
    /// One thing to dial.
    public struct Step: Hashable, Sendable {
        public var title: String
        public var dial: String
        /// For whom or when; empty where the title says it all.
        public var note: String
    }

    public var destination: E164
    public var steps: [Step]
    public var considerations: [String]

    /// The guide for a line in a country.
    ///
    /// - Parameter countryCode: Where the line is, ISO 3166-1 alpha-2; empty: where the destination
    ///   is.
    /// - Throws: `invalidArgument` for a country that is not known.
    public init(to destination: E164, fromLineIn countryCode: String) throws(DomainError) {
        self.destination = destination
        let plan: Plan
        if countryCode.isEmpty {
            plan = Plan(of: destination)
        } else {
            let country = try Country.named(countryCode, field: "country_code")
            plan = country.callingCode == "1" ? .northAmerica : .etsi
        }
        steps =
            switch plan {
            case .northAmerica: ForwardingGuide.northAmerica(destination)
            case .etsi: ForwardingGuide.mobile(destination) + ForwardingGuide.landline(destination)
            }
        considerations = ForwardingGuide.considerations
    }

    private enum Plan {
        case northAmerica, etsi

        init(of number: E164) {
            self = CallingCode.contains(number, in: "US") ? .northAmerica : .etsi
        }
    }

    private static func northAmerica(_ destination: E164) -> [Step] {
        // Within the plan a number is dialled as 1 and ten digits; abroad, behind 011.
        let digits =
            CallingCode.contains(destination, in: "US")
            ? "\(destination.digits)" : "011\(destination.digits)"
        let wireline = "Landlines and most VoIP lines."
        return [
            Step(title: "Forward every call", dial: "*72\(digits)", note: wireline),
            Step(title: "Stop forwarding every call", dial: "*73", note: wireline),
            Step(title: "When busy", dial: "*90\(digits)", note: "\(wireline) *91 ends it."),
            Step(
                title: "When nobody answers", dial: "*92\(digits)", note: "\(wireline) *93 ends it."
            ),
        ] + mobile(destination)
    }

    private static func mobile(_ destination: E164) -> [Step] {
        let note = "Mobile phones on GSM, LTE or 5G."
        return [
            Step(title: "Forward every call", dial: "**21*\(destination)#", note: note),
            Step(title: "When nobody answers", dial: "**61*\(destination)#", note: note),
            Step(
                title: "When switched off or out of reach", dial: "**62*\(destination)#", note: note
            ),
            Step(title: "When busy", dial: "**67*\(destination)#", note: note),
            Step(title: "End all forwarding", dial: "##002#", note: note),
        ]
    }

    private static func landline(_ destination: E164) -> [Step] {
        let digits = "00\(destination.digits)"
        let note = "Landlines; 00 stands for the country's own international prefix."
        return [
            Step(title: "Forward every call", dial: "*21*\(digits)#", note: note),
            Step(title: "When nobody answers", dial: "*61*\(digits)#", note: note),
            Step(title: "When busy", dial: "*67*\(digits)#", note: note),
            Step(title: "Stop forwarding every call", dial: "#21#", note: note),
        ]
    }

    private static let considerations = [
        "These are the usual codes. Carriers differ: if one is refused, ask the line's carrier or "
            + "look for call forwarding in its portal.",
        "The forwarded leg is a call from the line to this number, and its carrier charges for it; "
            + "forwarding abroad may have to be allowed first.",
        "Forward every call if the agent is to answer first; with forwarding on no answer, callers "
            + "wait until the line gives up.",
        "Some carriers pass on the line's number instead of the caller's.",
        "Text messages are not forwarded with calls.",
        "Note the line in the number's forwarded_from, so that calls tell where they came from, and "
            + "make a test call.",
    ]
}
