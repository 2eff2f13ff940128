import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import Testing

@testable import LinekeeperServices

struct SearchServiceTests {
    private func e164s(_ response: Proto.SearchAvailableResponse) -> [String] {
        response.offers.map(\.e164)
    }

    @Test("B101 B123 A search asks the carrier once in ten minutes; Refresh adds what is new")
    func storedInventory() async throws {
        try await PurchaseStage.run { stage in
            let first = ["+14155550103", "+14155550101"]
            stage.marketplace.stock(first)
            #expect(e164s(try await stage.search()) == first)
            let asked = stage.marketplace.searches.count
            stage.marketplace.change { $0.onSale = [] }
            stage.marketplace.stock(["+14155550100", "+14155550101"])
            stage.clock.advance(seconds: 600)
            #expect(e164s(try await stage.search()) == first)
            #expect(stage.marketplace.searches.count == asked)
            // What is new joins behind what is there.
            let refreshed = try await stage.search { $0.refresh = true }
            #expect(e164s(refreshed) == first + ["+14155550100"])
            // What was not seen again is gone after its ten minutes.
            stage.clock.advance(seconds: 1)
            #expect(e164s(try await stage.search()) == ["+14155550101", "+14155550100"])
        }
    }

    @Test(
        "B100 B122 B123 An offer tells type, features, region, cost, papers, and until when it holds"
    )
    func offers() async throws {
        try await PurchaseStage.run { stage in
            stage.marketplace.change {
                $0.fees = CarrierFee(dollars: "2.15").map { [.tollFree: $0] } ?? [:]
            }
            stage.marketplace.stock(["+14155550101"]) {
                $0.requirements = [PurchaseRequirement(kind: .address, description: "An address")]
            }
            stage.marketplace.stock(["+18005550101"]) {
                $0.type = .tollFree
                $0.capabilities = [.voice, .voicemail]
            }
            let all = try await stage.search()
            let local = try #require(all.offers.first)
            #expect(local.monthlyCostCredits == 500 && local.regionLabel == "San Francisco, CA")
            #expect(local.type == .local && local.capabilities == [.voice, .sms])
            #expect(local.requirements.map(\.kind) == ["ADDRESS"])
            #expect(
                local.expiresAt == Proto.Timestamp(stage.clock.now.adding(seconds: 1_800)))
            let free = try #require(all.offers.last)
            #expect(free.monthlyCostCredits == 430 && free.type == .tollFree)
            #expect(free.capabilities == [.voice, .voicemail])
            #expect(e164s(try await stage.search { $0.types = [.tollFree] }) == ["+18005550101"])
            #expect(e164s(try await stage.search { $0.areaCode = "415" }) == ["+14155550101"])
            #expect(e164s(try await stage.search { $0.contains = "0055" }) == ["+18005550101"])
            #expect(e164s(try await stage.search { $0.limit = 1 }).count == 1)
        }
    }

    @Test("B106 Nothing found: neighbouring area codes, other types and other ways are suggested")
    func suggestions() async throws {
        try await PurchaseStage.run { stage in
            let none = try await stage.search {
                $0.areaCode = "415"
                $0.types = [.local]
            }
            #expect(none.offers == [])
            let codes = none.suggestions.map(\.areaCode).filter { !$0.isEmpty }
            #expect(codes == ["209", "213", "279", "310", "323"])
            #expect(none.suggestions.contains { $0.type == .tollFree && $0.source == .marketplace })
            #expect(none.suggestions.suffix(2).map(\.source) == [.pool, .import])
            #expect(none.suggestions.allSatisfy { !$0.text.isEmpty })
            let elsewhere = try await stage.search { $0.countryCode = "FR" }
            #expect(elsewhere.suggestions.first?.text.contains("France") == true)
        }
    }

    @Test("A carrier that is away is told of, unless what is kept will do")
    func carrierAway() async throws {
        try await PurchaseStage.run { stage in
            stage.marketplace.stock(["+14155550101"])
            _ = try await stage.search()
            stage.marketplace.change { $0.failure = DomainError(.carrierUnavailable, "away") }
            #expect(e164s(try await stage.search()) == ["+14155550101"])
            let refusal = try await Status.refusal { try await stage.search { $0.refresh = true } }
            #expect(refusal?.code == .unavailable && refusal?.reason == "CARRIER_UNAVAILABLE")
        }
    }

    @Test("A search that cannot be is refused, naming the field")
    func form() async throws {
        try await PurchaseStage.run { stage in
            let cases:
                [(field: String, edit: @Sendable (inout Proto.SearchAvailableRequest) -> Void)] =
                    [
                        ("country_code", { $0.countryCode = "USA" }),
                        ("country_code", { $0.countryCode = "XX" }),
                        ("area_code", { $0.areaCode = "41x" }),
                        ("area_code", { $0.areaCode = "4155550" }),
                        ("contains", { $0.contains = "+1" }),
                        ("types", { $0.types = [.unspecified] }),
                        ("types", { $0.types = [.unrecognized(9)] }),
                        ("capabilities", { $0.capabilities = [.unspecified] }),
                        ("source", { $0.source = .unspecified }),
                        ("source", { $0.source = .import }),
                    ]
            for (field, edit) in cases {
                let refusal = try await Status.refusal { try await stage.search(.pool, edit) }
                #expect(refusal?.code == .invalidArgument)
                #expect(refusal?.violations.map(\.field) == [field])
            }
        }
    }
}
