import ArgumentParser
import LinekeeperProto

struct Regions: SessionCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the regions that a number's calls can be processed in.",
        discussion: """
            Only Twilio numbers have one.

              linekeeper regions
              linekeeper regions +14155550100
            """)

    @Argument(
        help: "What this number may choose from. (default: every region)",
        completion: Suggestions.numbers)
    var number: String?
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        let found = try await number.asyncMap { text throws(CLIError) in
            try await session.number(text, in: workspaceID)
        }
        let response = try await session.read(
            Proto.ListRegionsRequest.with {
                $0.workspaceID = workspaceID
                $0.numberID = found?.numberID ?? ""
            }, "/linekeeper.v1.NumberService/ListRegions", Proto.ListRegionsResponse.self)
        try session.show(response) { response in
            guard !response.regions.isEmpty else {
                session.output.note("\(found?.e164 ?? "It") has no regions to choose from.")
                return
            }
            session.output.table(Self.table(response.regions, chosen: found?.region))
            if let found, found.region.isEmpty {
                session.output.note("\(found.e164) is at its carrier's default.", .faint)
            }
        }
    }

    static func table(_ regions: [Proto.Region], chosen: String?) -> Table {
        var table = Table([
            .init("region", widthMin: 9), .init("where"), .init("carrier's region"), .init("edge"),
            .init(""),
        ])
        for region in regions {
            table.add([
                .init(region.id, .heading), .init(region.label), .init(region.carrierRegion),
                .init(region.edge), region.id == chosen ? .init("chosen", .good) : .init(""),
            ])
        }
        return table
    }
}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncMap<Value>(
        _ transform: (Wrapped) async throws(CLIError) -> Value
    ) async throws(CLIError) -> Value? {
        guard let self else { return nil }
        return try await transform(self)
    }
}

struct RegionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "region", abstract: "Choose where a number's calls are processed.",
        subcommands: [Set.self])

    struct Set: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have a number's calls processed in a region.",
            discussion: """
                It is in force at the carrier when this returns.

                  linekeeper region set +14155550100 europe
                  linekeeper region set +14155550100 default
                """)

        @Argument(help: "The number, or its id.", completion: Suggestions.numbers)
        var number: String
        @Argument(
            help: "The region, as 'linekeeper regions' lists it; default is the carrier's own.",
            completion: Suggestions.regions)
        var region: String
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let workspaceID = try await session.workspaceID()
            let numberID = try await session.numberID(number, in: workspaceID)
            let wanted = region == "default" ? "" : region
            let response = try await session.change(
                Proto.UpdateNumberRequest.with {
                    $0.workspaceID = workspaceID
                    $0.numberID = numberID
                    $0.region = wanted
                }, "/linekeeper.v1.NumberService/UpdateNumber", Proto.UpdateNumberResponse.self,
                patience: Session.carrierPatience)
            try session.show(response) {
                let number = $0.number ?? Proto.PhoneNumber()
                session.output.line(SafeText.shown(Self.outcome(number, wanted: wanted)))
            }
        }

        /// What has become of the wish, as the number tells.
        static func outcome(_ number: Proto.PhoneNumber, wanted: String) -> String {
            func place(_ region: String) -> String {
                region.isEmpty ? "its carrier's default" : region
            }
            guard number.region != wanted else {
                return "Calls of \(number.e164) are processed in \(place(wanted))."
            }
            return "Calls of \(number.e164) are still processed in \(place(number.region)): the "
                + "carrier is being told, and 'linekeeper numbers show \(number.e164)' says when it "
                + "is done."
        }
    }
}
