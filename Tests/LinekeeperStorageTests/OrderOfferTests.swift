import LinekeeperCore
import Synchronization
import Testing

@testable import LinekeeperStorage

struct OrderOfferTests {
    private func search(
        _ desk: OrderDesk, since: Timestamp = .start, limit: Int = 100,
        _ edit: (inout OfferFilter) -> Void = { _ in }
    ) async throws -> [String] {
        var filter = OfferFilter(
            source: .marketplace, countryCode: "US", foundSince: since, limit: limit)
        edit(&filter)
        let wanted = filter
        return try await desk.store.read { reader throws(DomainError) in
            try reader.offers(matching: wanted)
        }.map(\.e164.description)
    }

    @Test("B101 Offers stay in the order in which they were found, whatever is found again or new")
    func stableOrder() async throws {
        let desk = try await OrderDesk()
        let first = ["+14155550105", "+14155550101", "+14155550103"]
        try await desk.offer(first)
        #expect(try await search(desk) == first)
        let later = Timestamp.start.adding(seconds: 500)
        try await desk.offer(["+14155550100", "+14155550103"], at: later)
        #expect(try await search(desk) == first + ["+14155550100"])
        // What was not seen again leaves when it is too old.
        #expect(
            try await search(desk, since: later) == ["+14155550103", "+14155550100"])
        #expect(try await search(desk, limit: 2) == Array(first.prefix(2)))
        desk.desk.close()
    }

    @Test("B100 B122 Area code, digits, types and capabilities filter together")
    func filters() async throws {
        let desk = try await OrderDesk()
        try await desk.offer(["+14155550101", "+13125554155"])
        try await desk.offer(["+13125550177"]) { $0.capabilities = [.voice, .fax] }
        try await desk.offer(["+18005550101"]) { $0.type = .tollFree }
        try await desk.offer(["+14155550199"], source: .pool)
        try await desk.offer(["+442071838750"]) { $0.countryCode = "GB" }
        #expect(try await search(desk).count == 4)
        #expect(try await search(desk) { $0.prefix = "+1415" } == ["+14155550101"])
        #expect(
            try await search(desk) { $0.contains = "4155" } == ["+14155550101", "+13125554155"])
        #expect(try await search(desk) { $0.types = [.tollFree, .mobile] } == ["+18005550101"])
        #expect(try await search(desk) { $0.capabilities = [.voice, .fax] } == ["+13125550177"])
        #expect(try await search(desk) { $0.prefix = "+1212" } == [])
        desk.desk.close()
    }

    @Test("Numbers that are held here or kept apart are not offered")
    func heldNumbers() async throws {
        let desk = try await OrderDesk()
        try await desk.offer(["+14155550101", "+14155550102", "+14155550103"])
        try await desk.desk.addNumber("+14155550101", id: 1)
        let workspace = desk.workspace
        try await desk.desk.change { writer throws(DomainError) in
            guard let e164 = E164("+14155550102".utf8) else { return }
            try writer.quarantine(
                e164, releasedBy: workspace, until: Timestamp.start.adding(seconds: 60))
        }
        #expect(try await search(desk) == ["+14155550103"])
        desk.desk.close()
    }

    @Test("An offer keeps its papers, price and time; old ones are forgotten")
    func contents() async throws {
        let desk = try await OrderDesk()
        let papers = [
            PurchaseRequirement(kind: .address, description: "An address in \"Berlin\""),
            PurchaseRequirement(kind: .bundle, description: "A bundle"),
        ]
        try await desk.offer(["+14155550101"]) {
            $0.requirements = papers
            $0.fee = CarrierFee(dollars: "1")
        }
        let e164 = try #require(E164("+14155550101".utf8))
        let found = Carried<OfferRecord?>(nil)
        try await desk.desk.change { writer throws(DomainError) in
            let offer = try writer.offer(e164, from: .marketplace)
            found.value.withLock { $0 = offer }
            try writer.deleteOffers(foundBefore: .start, limit: 10)
        }
        let offer = try #require(found.value.withLock { $0 })
        #expect(offer.requirements == papers && offer.fee?.credits == 200)
        #expect(offer.listPrice == 500 && offer.monthlyCostCredits == 500)
        #expect(offer.expiresAt == Timestamp.start.adding(seconds: 1_800))
        #expect(try await search(desk).count == 1)
        try await desk.desk.change { writer throws(DomainError) in
            try writer.deleteOffers(
                foundBefore: Timestamp.start.adding(seconds: 1), limit: 10)
        }
        #expect(try await search(desk) == [])
        desk.desk.close()
    }

    @Test("What is due is found by an index, and orders are paged newest first")
    func orderQueries() async throws {
        let desk = try await OrderDesk(credits: 5_000)
        let texts = (0..<7).map { "+1415555010\($0)" }
        try await desk.offer(texts)
        let orders = try await desk.buy(texts, for: 3_500).get()
        _ = try await desk.settle(.owned(.bought(orders[3])), of: orders[3])
        let plan = try await desk.desk.plan(
            OrdersDue(moment: .start, source: .marketplace, limit: 3))
        #expect(plan.contains("number_order_due"))
        let workspace = desk.workspace
        func pages(_ state: OrderState?) async throws -> [[OrderKey]] {
            var pages: [[OrderKey]] = []
            var position: PagePosition?
            repeat {
                let page = Page(size: 3, after: position)
                let found = try await desk.store.read { reader throws(DomainError) in
                    try reader.orders(of: workspace, state: state, page: page)
                }
                pages.append(found.rows.map(\.key))
                position = found.next
            } while position != nil && pages.count < 9
            return pages
        }
        let newest = Array(orders.map(\.key).reversed())
        #expect(
            try await pages(nil) == [
                Array(newest[0..<3]), Array(newest[3..<6]), Array(newest[6...]),
            ])
        #expect(try await pages(.completed) == [[orders[3].key]])
        #expect(try await pages(.created).joined().count == 6)
        desk.desk.close()
    }
}
