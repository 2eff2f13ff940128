import CarrierSimulator
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import TestPrograms
import Testing

extension Integration {
    /// The rows of the carrier fault matrix that are stories of their own.
    @Suite struct CarrierFaultStoryTests {
        /// A workspace with a number in view, and what the story tells of it.
        private static func story(
            _ shop: Shop, _ body: (Story) async throws -> Void
        ) async throws {
            try await PurchaseScene.with { scene in
                let server = try await scene.start()
                let buyer = try await Buyer("Acme", on: server)
                let client = try server.client()
                let offers = try await buyer.search(shop, through: client)
                let story = Story(
                    scene: scene, shop: shop, buyer: buyer, offers: offers, client: client)
                try await body(story)
            }
        }

        /// The same at both shops, at the same time.
        private static func storyOfEachShop(
            _ body: @escaping @Sendable (Story) async throws -> Void
        ) async throws {
            try await atATime(2, Shop.allCases) { try await story($0, body) }
        }

        struct Story: Sendable {
            let scene: PurchaseScene
            let shop: Shop
            let buyer: Buyer
            let offers: [Proto.Offer]
            let client: RPCClient

            /// Buys the first offers.
            func buy(_ count: Int = 1) async throws -> Buyer.Answer {
                try await buyer.send(
                    buyer.purchase(Array(offers.prefix(count)), from: shop), through: client)
            }

            func orders() throws -> [CheckedStore.Order] {
                try CheckedStore(StoreFile(scene.home)).orders
            }

            /// Has the open orders seen to at once.
            func process() async throws {
                _ = try await client.call(
                    Proto.ProcessOrdersRequest.with { $0.workspaceID = buyer.workspace },
                    Method.number("ProcessOrders"), Proto.ProcessOrdersResponse.self,
                    CallOptions(timeout: .seconds(90)))
            }

            /// Waits for the end, and answers what does not add up then.
            func findings() async throws -> [String] {
                try await scene.waitUntilQuiet()
                return try await scene.findings(buyer.history)
            }
        }

        @Test(arguments: PurchaseRelay.Cut.allCases)
        func `CAR-03 a purchase that is cut off is asked about, and not sent again`(
            _ cut: PurchaseRelay.Cut
        ) async throws {
            try await Self.storyOfEachShop { story in
                let shop = story.shop
                story.scene.relay.cut(cut, of: shop.purchaseLine, closing: true)
                _ = try await story.buy()
                #expect(try await story.findings() == [])
                // Only a part of the request is nothing that a carrier could execute.
                let isBought = cut != .withinRequest
                #expect(try story.orders().map(\.state) == [isBought ? .completed : .failed])
                let posts = story.scene.simulator.journal.count { $0.method == "POST" }
                #expect(posts == (isBought ? 1 : 0))
            }
        }

        @Test func `CAR-03 a carrier that cannot be reached is sent nothing and costs nothing`()
            async throws
        {
            try await atATime(2, Shop.allCases) { try await buyFromNobody($0) }
        }

        private func buyFromNobody(_ shop: Shop) async throws {
            try await PurchaseScene.with { scene in
                var server = try await scene.start()
                let buyer = try await Buyer("Acme", on: server)
                let offers = try await buyer.search(shop, through: try server.client())
                #expect(await server.stop() == .code(0))
                // A port that nobody listens on.
                server = try await scene.start(carriers: "http://127.0.0.1:1")
                scene.simulator.clearJournal()
                let client = try server.client()
                let (answer, failures) = try await HotCallProbe.during(buyer.workspace, client) {
                    try await buyer.send(
                        buyer.purchase([offers[0]], from: shop), through: client)
                }
                #expect(failures == [])
                if case .refused(let status) = answer { #expect(!status.reason.isEmpty) }
                try await scene.waitUntilQuiet()
                #expect(try await scene.findings(buyer.history) == [])
                let orders = try CheckedStore(StoreFile(scene.home)).orders
                #expect(orders.allSatisfy { $0.state == .failed })
                #expect(scene.simulator.journal.isEmpty)
            }
        }

        @Test(arguments: Shop.allCases)
        func `CAR-12 asking over and over changes nothing`(_ shop: Shop) async throws {
            try await Self.story(shop) { story in
                story.scene.simulator.setOrderDelay(.milliseconds(500))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try await story.buy(3) }
                    for _ in 0..<10 { group.addTask { try await story.process() } }
                    try await group.waitForAll()
                }
                try await story.process()
                #expect(try await story.findings() == [])
                #expect(try story.orders().allSatisfy { $0.state == .completed })
            }
        }

        @Test
        func `CAR-15 an order that is stuck stays pending, and Process ends it when it is done`()
            async throws
        {
            try await Self.story(.pool) { story in
                let simulator = story.scene.simulator
                simulator.planOrders(.stuck, for: story.offers[0].e164)
                simulator.planOrders(.failure, for: story.offers[1].e164)
                guard case .orders = try await story.buy(3) else {
                    throw TestFailure("the purchase is not taken")
                }
                try await eventually("the two others end") {
                    try story.orders().map(\.state) == [.submitted, .failed, .completed]
                }
                try await story.process()
                #expect(try story.orders()[0].state == .submitted)
                try simulator.endOrder(story.offers[0].e164, as: .success)
                try await story.process()
                try await eventually("it ends") { try story.orders()[0].state == .completed }
                #expect(try await story.findings() == [])
            }
        }

        @Test func `CAR-16 revoked credentials park an order, which goes on with new ones`()
            async throws
        {
            try await Self.storyOfEachShop { story in
                let (simulator, shop) = (story.scene.simulator, story.shop)
                let account = try #require(simulator.account(shop.account))
                try simulator.revokeCredentials(of: account.id)
                let answer = try await story.buy()
                if case .refused(let status) = answer { #expect(!status.reason.isEmpty) }
                try await eventually("it is parked") {
                    try story.orders().map(\.reason) == ["CREDENTIALS_REJECTED"]
                }
                #expect(try story.orders().map(\.state) == [.created])
                for credential in account.credentials {
                    try simulator.add(credential, to: account.id)
                }
                #expect(try await story.findings() == [])
                #expect(try story.orders().map(\.state) == [.completed])
            }
        }

        @Test(arguments: Shop.allCases)
        func `CAR-17 while a carrier is down it is left alone, and everything else goes on`(
            _ shop: Shop
        ) async throws {
            try await Self.story(shop) { story in
                let simulator = story.scene.simulator
                simulator.add(
                    Fault(
                        .status(when: .before, code: 503),
                        on: RequestMatch(account: shop.account), count: nil))
                simulator.clearJournal()
                let (refusals, failures) = try await HotCallProbe.during(
                    story.buyer.workspace, story.client
                ) {
                    var refusals: [Status] = []
                    for _ in 0..<40 {
                        if let refusal = try await Status.refusal({
                            try await story.buyer.search(shop, through: story.client)
                        }) {
                            refusals.append(refusal)
                        }
                    }
                    return refusals
                }
                #expect(failures == [])
                #expect(refusals.count == 40)
                #expect(refusals.allSatisfy { $0.code == .unavailable && !$0.reason.isEmpty })
                // The circuit is open: few of the searches come through.
                #expect(simulator.journal.count < 20)
                simulator.clearFaults()
                try await eventually("it is asked again") {
                    try await Status.refusal {
                        try await story.buyer.search(shop, through: story.client)
                    } == nil
                }
                _ = try await story.buy()
                #expect(try await story.findings() == [])
                #expect(try story.orders().map(\.state) == [.completed])
            }
        }
    }
}
