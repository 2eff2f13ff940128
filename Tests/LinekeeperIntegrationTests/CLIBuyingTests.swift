import Foundation
import Glibc
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import Testing

extension Integration {
    /// What the command line makes of answers that a real server gives too rarely.
    @Suite struct CLIBuyingTests {
        private static func offer(_ e164: String, _ credits: Int64, papers: Bool = false)
            -> Proto.Offer
        {
            .with {
                $0.e164 = e164
                $0.type = .local
                $0.capabilities = [.voice, .sms]
                $0.monthlyCostCredits = credits
                if papers { $0.requirements = [.with { $0.kind = "ADDRESS" }] }
            }
        }

        private static func order(
            _ id: String, _ e164: String, _ state: Proto.OrderState, why: String = ""
        ) -> Proto.Order {
            .with {
                $0.orderID = id
                $0.e164 = e164
                $0.state = state
                $0.failureReason = why
                $0.monthlyCostCredits = 500
            }
        }

        private static func request<Message: ProtoMessage>(
            _ call: ScriptedServer.Call?, _ type: Message.Type
        ) throws -> Message {
            try Message(decoding: try #require(call).payload, budget: 1 << 20)
        }

        private static let offers = [
            offer("+14155550100", 500, papers: true), offer("+14155550101", 500),
            offer("+14155550102", 700), offer("+14155550103", 700),
        ]

        private static func market(
            _ purchase: @escaping ScriptedServer.Answer
        ) -> ScriptedServer {
            ScriptedServer([
                "SearchAvailable": { call, _ throws(Status) in
                    Proto.SearchAvailableResponse.with { $0.offers = offers }.encoded()
                },
                "ListCountries": { _, _ throws(Status) in
                    Proto.ListCountriesResponse.with {
                        $0.countries = [
                            .with {
                                $0.countryCode = "US"
                                $0.callingCode = "1"
                            }
                        ]
                    }.encoded()
                },
                "GetCredits": { _, _ throws(Status) in
                    Proto.GetCreditsResponse.with { $0.balance = 1100 }.encoded()
                },
                "PurchaseNumbers": purchase,
            ])
        }

        @Test func `a purchase sends the price that was shown, and tells each outcome`()
            async throws
        {
            let server = Self.market { _, _ throws(Status) in
                Proto.PurchaseNumbersResponse.with {
                    $0.orders = [
                        Self.order("ord_1", "+14155550101", .completed),
                        Self.order("ord_2", "+14155550102", .failed, why: "NUMBER_TAKEN"),
                    ]
                }.encoded()
            }
            try await server.serve { cli in
                let bought = try await cli.run([
                    "buy", "--country", "us", "--count", "2", "--managed", "--yes",
                ])
                // One failed.
                #expect(bought.code == 1, "\(bought.err)")
                #expect(bought.err.contains("Together 1,200 credits"), "\(bought.err)")
                #expect(bought.err.contains("falls short by 100"), "\(bought.err)")
                #expect(bought.out.contains("completed") && bought.out.contains("NUMBER_TAKEN"))
                let call = try #require(server.calls("PurchaseNumbers").first)
                #expect(call.key?.isEmpty == false)
                let sent = try Self.request(call, Proto.PurchaseNumbersRequest.self)
                // The first offer needs papers.
                #expect(sent.e164s == ["+14155550101", "+14155550102"])
                #expect(sent.expectedMonthlyCostCredits == 1200)
                #expect(sent.webhookMode == .managed)
                #expect(sent.source == .marketplace)

                let named = try await cli.run(["buy", "+14155550103", "--json", "--yes"])
                #expect(try named.document()["orders"] != nil)
                let again = try Self.request(
                    server.calls("PurchaseNumbers").last, Proto.PurchaseNumbersRequest.self)
                #expect(again.e164s == ["+14155550103"])
                #expect(again.expectedMonthlyCostCredits == 700)
            }
        }

        @Test func `nothing is bought that was not answered for or is not on sale`() async throws {
            let server = Self.market { _, _ throws(Status) in
                throw Status(.internal, "Never reached.")
            }
            try await server.serve { cli in
                try await cli.refused("buy", "+14155550101", code: 2, saying: "add --yes")
                try await cli.refused(
                    "buy", "+14155559999", "--yes", code: 2, saying: "not on sale")
                try await cli.refused(
                    "buy", "--country", "US", "--count", "9", "--yes", code: 2,
                    saying: "Only 3", "1 need papers")
                #expect(server.calls("PurchaseNumbers").isEmpty)
            }
        }

        @Test func `a purchase without an answer says how to repeat it under its key`() async throws
        {
            let server = Self.market { call, _ throws(Status) in
                if call.key == "as-said" { return Proto.PurchaseNumbersResponse().encoded() }
                throw Status(.deadlineExceeded, "Too late.", reason: "DEADLINE_EXCEEDED")
            }
            try await server.serve { cli in
                let lost = try await cli.run(["buy", "+14155550101", "--yes"])
                #expect(lost.code == 3, "\(lost.err)")
                let key = try #require(server.calls("PurchaseNumbers").first?.key)
                let command =
                    "linekeeper buy +14155550101 --source marketplace --price 500 "
                    + "--idempotency-key \(key)"
                #expect(lost.err.contains(command), "\(lost.err)")

                let first = try #require(server.calls("PurchaseNumbers").first)
                let searches = server.calls("SearchAvailable").count
                try await cli(
                    "buy", "+14155550101", "--source", "marketplace", "--price", "500",
                    "--idempotency-key", "as-said", "--yes")
                let second = try #require(server.calls("PurchaseNumbers").last)
                #expect(second.payload == first.payload)
                #expect(server.calls("SearchAvailable").count == searches)
            }
        }

        @Test func `orders are watched until each has ended`() async throws {
            let server = ScriptedServer(
                [
                    "ListOrders": { call, _ throws(Status) in
                        let request = try? Proto.ListOrdersRequest(
                            decoding: call.payload, budget: 1 << 16)
                        return Proto.ListOrdersResponse.with {
                            if request?.state == .submitted {
                                $0.orders = [
                                    Self.order("ord_1", "+14155550101", .submitted),
                                    Self.order("ord_2", "+14155550102", .submitted),
                                ]
                            }
                        }.encoded()
                    }
                ],
                streams: [
                    "WatchOrders": { call, writer throws(Status) in
                        for (id, state) in [
                            ("ord_1", Proto.OrderState.submitted), ("ord_1", .completed),
                            ("ord_2", .submitted), ("ord_2", .completed),
                        ] {
                            try await writer?.write(
                                Self.order(id, "+14155550101", state).encoded())
                        }
                        // The stream itself goes on; whoever has seen enough leaves.
                        do { try await Task.sleep(for: .seconds(60)) } catch {}
                        return []
                    }
                ])
            try await server.serve { cli in
                let watched = try await cli("orders", "watch")
                #expect(watched.lines.count == 4)
                #expect(watched.lines.last?.contains("completed") == true)
                let sent = try Self.request(
                    server.calls("WatchOrders").first, Proto.WatchOrdersRequest.self)
                #expect(sent.orderIDs.sorted() == ["ord_1", "ord_2"])
                let lines = try await cli("orders", "watch", "ord_1", "ord_2", "--json").documents()
                #expect(lines.count == 4)
            }
        }

        @Test func `an empty search suggests what to type instead`() async throws {
            let server = ScriptedServer([
                "SearchAvailable": { _, _ throws(Status) in
                    Proto.SearchAvailableResponse.with {
                        $0.suggestions = [
                            .with {
                                $0.text = "Numbers nearby"
                                $0.areaCode = "628"
                            }
                        ]
                    }.encoded()
                }
            ])
            try await server.serve { cli in
                let found = try await cli("search", "US", "--area-code", "415")
                #expect(found.err.contains("--area-code 628"), "\(found.err)")
                #expect(try await cli("search", "US", "--json").document()["suggestions"] != nil)
            }
        }

        @Test func `a comparison that breaks off says how far it came`() async throws {
            let server = ScriptedServer(
                [
                    "ListConnections": { _, _ throws(Status) in
                        Proto.ListConnectionsResponse.with {
                            $0.connections = [
                                .with {
                                    $0.connectionID = "con_1"
                                    $0.name = "Twilio"
                                }
                            ]
                        }.encoded()
                    }
                ],
                streams: [
                    "SyncConnection": { _, writer throws(Status) in
                        for number in 1...3 {
                            try await writer?.write(
                                Proto.SyncResult.with {
                                    $0.e164 = "+1415555010\(number)"
                                    $0.finding = number == 2 ? .webhooksDrifted : .unchanged
                                    $0.done = UInt32(number)
                                    $0.total = 60
                                }.encoded())
                        }
                        throw Status(
                            .unavailable, "Twilio does not answer.", reason: "CARRIER_UNAVAILABLE")
                    }
                ])
            try await server.serve { cli in
                let broken = try await cli.run(["sync"])
                #expect(broken.code == 1, "\(broken.err)")
                #expect(broken.err.contains("3 of 60 numbers"), "\(broken.err)")
                #expect(broken.err.contains("CARRIER_UNAVAILABLE"))
                #expect(broken.out.contains("webhooks drifted"))
                let lines = try await cli.run(["sync", "--json"]).documents()
                #expect(lines.count == 3)
            }
        }
    }
}
