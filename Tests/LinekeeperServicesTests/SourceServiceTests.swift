import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import Testing

@testable import LinekeeperServices

struct SourceServiceTests {
    @Test(
        "B107 B121 With the platform's accounts every source is open, without them it is said why")
    func sources() async throws {
        for isConnected in [true, false] {
            try await PurchaseStage.run(isConnected: isConnected) { stage in
                let sources = try await stage.manager.call(
                    Proto.ListSourcesRequest(), PurchaseStage.service + "ListSources",
                    Proto.ListSourcesResponse.self
                ).sources
                let reason = isConnected ? "" : "SOURCE_NOT_OPEN"
                #expect(sources.map(\.source) == [.pool, .marketplace, .import])
                #expect(sources.map(\.open) == [isConnected, isConnected, true])
                #expect(sources.map(\.reason) == [reason, reason, ""])
                let refusal = await stage.manager.refusal(
                    Proto.SearchAvailableRequest.with {
                        $0.source = .marketplace
                        $0.countryCode = "US"
                    }, PurchaseStage.service + "SearchAvailable")
                #expect((refusal?.reason ?? "") == reason)
            }
        }
    }

    @Test(
        "B100 Countries are the carrier's, asked for once a day; area codes are known for US and CA"
    )
    func countries() async throws {
        try await PurchaseStage.run { stage in
            func countries() async throws -> [Proto.Country] {
                try await stage.manager.call(
                    Proto.ListCountriesRequest.with { $0.source = .pool },
                    PurchaseStage.service + "ListCountries", Proto.ListCountriesResponse.self
                ).countries
            }
            let found = try await countries()
            #expect(found.map(\.countryCode) == ["DE", "US"])
            #expect(found.first?.types == [.local, .mobile] && found.first?.name == "Germany")
            // The carrier may be away for a day, and longer.
            stage.pool.change { $0.failure = DomainError(.carrierUnavailable, "away") }
            #expect(try await countries() == found)
            stage.clock.advance(seconds: 90_000)
            #expect(try await countries() == found)

            func areaCodes(_ country: String) async throws -> [Proto.AreaCode] {
                try await stage.manager.call(
                    Proto.ListAreaCodesRequest.with {
                        $0.source = .marketplace
                        $0.countryCode = country
                    }, PurchaseStage.service + "ListAreaCodes", Proto.ListAreaCodesResponse.self
                ).areaCodes
            }
            let us = try await areaCodes("us")
            #expect(us.first { $0.areaCode == "415" }?.regionLabel == "California")
            #expect(try await areaCodes("CA").contains { $0.areaCode == "416" })
            #expect(try await areaCodes("DE") == [])
            for nowhere in ["XX", "U", "USA"] {
                let refusal = try await Status.refusal { try await areaCodes(nowhere) }
                #expect(refusal?.code == .invalidArgument)
                #expect(refusal?.violations.map(\.field) == ["country_code"])
            }
        }
    }

    @Test("The table of area codes has each code once, of three digits")
    func areaCodeTable() {
        let all = AreaCodes.of("US") + AreaCodes.of("CA")
        #expect(all.count > 350)
        #expect(Set(all.map(\.code)).count == all.count)
        #expect(all.allSatisfy { $0.code.count == 3 && Int($0.code).map { $0 > 200 } == true })
        let near = AreaCodes.neighbours(of: "415", in: "US").map(\.code)
        #expect(near.contains("628") && !near.contains("415") && !near.contains("212"))
        #expect(AreaCodes.neighbours(of: "999", in: "US") == [])
    }
}
