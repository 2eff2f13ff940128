import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperServices
import LinekeeperStorage
import LinekeeperTestSupport
import Testing

struct NumberAcquisitionServiceTests {
    private static func sources(_ stage: NumberStage) async throws -> [String] {
        try await stage.manager.call(
            Proto.ListSourcesRequest(), NumberStage.service + "ListSources",
            Proto.ListSourcesResponse.self
        ).sources.map { "\($0.source) \($0.open) \($0.reason)" }
    }

    private static func countries(
        _ source: Proto.Source
    ) -> (Proto.ListCountriesRequest, String) {
        (.with { $0.source = source }, NumberStage.service + "ListCountries")
    }

    @Test("B107 B120 A workspace is told which ways to acquire are open, and why not the others")
    func listSources() async throws {
        try await NumberStage.run { stage in
            #expect(
                try await Self.sources(stage) == [
                    "pool false PLAN_REQUIRED", "marketplace false SOURCE_NOT_OPEN",
                    "import true ",
                ])
            try await stage.change { writer, _ throws(DomainError) in
                _ = try WorkspaceChanges.update(
                    stage.acme.id, expectedVersion: nil, in: writer
                ) { workspace throws(DomainError) in
                    workspace.plan = .unlimited
                    workspace.featureFlags = [NumberSource.poolFlag]
                }
            }
            #expect(try await Self.sources(stage).first == "pool false SOURCE_NOT_OPEN")
        }
    }

    @Test("Countries are listed for imports; for the other ways the reason is the same as above")
    func listCountries() async throws {
        try await NumberStage.run { stage in
            let (request, path) = Self.countries(.import)
            let countries = try await stage.manager.call(
                request, path, Proto.ListCountriesResponse.self
            ).countries
            let germany = try #require(countries.first { $0.countryCode == "DE" })
            #expect(germany.name == "Germany" && germany.callingCode == "49")
            #expect(germany.types == [.local, .national, .mobile, .tollFree])
            let refusals: [(Proto.Source, String)] = [
                (.pool, "PLAN_REQUIRED"), (.marketplace, "SOURCE_NOT_OPEN"),
                (.unspecified, "INVALID_ARGUMENT"), (.unrecognized(9), "INVALID_ARGUMENT"),
            ]
            for (source, reason) in refusals {
                let (request, path) = Self.countries(source)
                #expect(await stage.manager.refusal(request, path)?.reason == reason)
            }
        }
    }

    @Test("B180 Instructions name the destination and warn while nobody answers there")
    func forwarding() async throws {
        try await NumberStage.run { stage in
            let number = try await stage.addNumber("+4930123456")
            func guide(_ country: String = "") async throws
                -> Proto.GetForwardingInstructionsResponse
            {
                try await stage.manager.call(
                    Proto.GetForwardingInstructionsRequest.with {
                        $0.numberID = number
                        $0.countryCode = country
                    }, NumberStage.service + "GetForwardingInstructions",
                    Proto.GetForwardingInstructionsResponse.self)
            }
            let first = try await guide()
            #expect(first.destinationE164 == "+4930123456")
            #expect(first.steps.first?.dial == "**21*+4930123456#")
            #expect(!first.considerations.isEmpty)
            #expect(first.warnings.map(\.code) == ["NO_INBOUND_AGENT"])
            #expect(try await guide("US").steps.first?.dial == "*720114930123456")

            try await stage.addAgent("support")
            try await stage.assign(number) {
                $0.inbound = AgentID("support").map { .assign($0) } ?? .keep
            }
            #expect(try await guide().warnings == [])
        }
    }

    @Test("B165 Credits and their ledger are shown to the workspace they belong to")
    func credits() async throws {
        try await NumberStage.run { stage in
            try await stage.change { writer, workspace throws(DomainError) in
                for (index, credits) in [Int64(900), -500].enumerated() {
                    _ = try Ledger.append(
                        NewCreditEntry(
                            id: CreditEntryID(high: 1, low: UInt64(index)), workspace: workspace,
                            credits: credits, kind: credits > 0 ? .grant : .purchase),
                        through: writer)
                }
            }
            func credits(_ client: RPCClient) async throws -> Proto.GetCreditsResponse {
                try await client.call(
                    Proto.GetCreditsRequest(), NumberStage.service + "GetCredits",
                    Proto.GetCreditsResponse.self)
            }
            #expect(try await credits(stage.manager).balance == 400)
            #expect(try await credits(stage.manager).shortfallCredits == 0)
            let entries = try await stage.manager.call(
                Proto.ListCreditEntriesRequest(), NumberStage.service + "ListCreditEntries",
                Proto.ListCreditEntriesResponse.self
            ).entries
            #expect(entries.map(\.credits) == [-500, 900])
            #expect(entries.map(\.balanceAfter) == [400, 900])
            #expect(entries.map(\.kind) == ["PURCHASE", "GRANT"])
            let stranger = try stage.client(.manager, of: stage.other)
            #expect(try await credits(stranger).balance == 0)
            await stranger.close()
        }
    }
}
