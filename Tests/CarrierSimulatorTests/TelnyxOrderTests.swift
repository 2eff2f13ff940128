import CarrierSimulator
import Testing

@Suite struct TelnyxOrderTests {
    private static let account = Demo.telnyxPool
    private static let caller = Scene.Caller.telnyx(account)

    private func status(_ scene: Scene, _ order: Answer) async throws -> String {
        let id = order.data["id"] as? String ?? ""
        let read = try await scene.send("GET", "/v2/number_orders/\(id)", as: Self.caller)
        return read.data["status"] as? String ?? ""
    }

    @Test func `an order is pending until its time, and found by its reference`() async throws {
        try await Scene.with(orderDelay: .seconds(60)) { scene in
            let e164 = try scene.free(.telnyx)
            let order = try await scene.order(e164, reference: "intent-1")
            #expect(order.status == 200)
            #expect(order.data["status"] as? String == "pending")
            let list = try await scene.send(
                "GET", "/v2/number_orders?filter%5Bcustomer_reference%5D=intent-1",
                as: Self.caller)
            #expect(list.items.count == 1)
            #expect(list.items.first?["id"] as? String == order.data["id"] as? String)
            let digits = e164.dropFirst()
            let numbers = "/v2/phone_numbers?filter%5Bphone_number%5D=\(digits)"
            let pending = try await scene.send("GET", numbers, as: Self.caller)
            #expect(pending.items.first?["status"] as? String == "purchase-pending")

            scene.simulator.advanceClock(by: .seconds(61))
            #expect(try await status(scene, order) == "success")
            let owned = try await scene.send("GET", numbers, as: Self.caller)
            #expect(owned.items.first?["status"] as? String == "active")
            #expect(owned.items.first?["phone_number_type"] as? String == "longcode")
            scene.simulator.advanceClock(by: .seconds(61))
            let later = try await scene.send("GET", numbers, as: Self.caller)
            #expect(later.items.first?["phone_number_type"] as? String == "local")
            let lines = order.data["phone_numbers"] as? [[String: Any]] ?? []
            #expect(lines.first?["id"] as? String != owned.items.first?["id"] as? String)
            #expect(
                scene.simulator.ledger.map(\.operation) == ["order.create", "order.success"])
        }
    }

    @Test(
        "an order ends as planned, and its money comes back unless it succeeds",
        arguments: [
            (OrderOutcome.success, "success", false), (.failure, "failure", true),
            (.cancelled, "cancelled", true), (.stuck, "pending", false),
        ])
    func outcome(_ outcome: OrderOutcome, status: String, isRefunded: Bool) async throws {
        try await Scene.with { scene in
            let e164 = try scene.free(.telnyx)
            let before = try #require(scene.simulator.account(Self.account.id)).balanceMicros
            scene.simulator.planOrders(outcome, for: e164)
            let order = try await scene.order(e164)
            scene.simulator.advanceClock(by: .seconds(3600))
            #expect(try await self.status(scene, order) == status)
            let after = try #require(scene.simulator.account(Self.account.id)).balanceMicros
            #expect((after == before) == isRefunded)
            #expect((scene.simulator.number(e164) == nil) == isRefunded)
        }
    }

    @Test func `what was not searched, or too long ago, is not sold`() async throws {
        try await Scene.with { scene in
            let e164 = try scene.free(.telnyx)
            func order() async throws -> Answer {
                try await scene.send(
                    "POST", "/v2/number_orders", as: Self.caller,
                    json: ["phone_numbers": [["phone_number": e164]]])
            }
            let unseen = try await order()
            #expect(unseen.status == 422)
            #expect(unseen.telnyxCode == "85000")
            _ = try await scene.send(
                "GET", "/v2/available_phone_numbers?filter[country_code]=US&filter[limit]=250",
                as: .telnyx(Demo.telnyxCustomer))
            #expect(try await order().telnyxCode == "85000", "another's search does not count")
            _ = try await scene.send(
                "GET", "/v2/available_phone_numbers?filter[country_code]=US&filter[limit]=250",
                as: Self.caller)
            scene.simulator.advanceClock(by: .seconds(31 * 60))
            #expect(try await order().telnyxCode == "85000")
            _ = try await scene.send(
                "GET", "/v2/available_phone_numbers?filter[country_code]=US&filter[limit]=250",
                as: Self.caller)
            #expect(try await order().status == 200)
        }
    }

    @Test func `what somebody has or is getting is no longer available`() async throws {
        try await Scene.with(orderDelay: .seconds(60)) { scene in
            let e164 = try scene.free(.telnyx)
            _ = try await scene.send(
                "GET", "/v2/available_phone_numbers?filter[country_code]=US&filter[limit]=250",
                as: .telnyx(Demo.telnyxCustomer))
            #expect(try await scene.order(e164).status == 200)
            for account in [Demo.telnyxCustomer, Self.account] {
                let again = try await scene.send(
                    "POST", "/v2/number_orders", as: .telnyx(account),
                    json: ["phone_numbers": [["phone_number": e164]]])
                #expect(again.status == 422)
                #expect(again.telnyxCode == "85001")
            }
        }
    }

    @Test func `an account without money orders nothing`() async throws {
        try await Scene.with { scene in
            let answer = try await scene.order(try scene.free(.telnyx), account: Demo.telnyxEmpty)
            #expect(answer.status == 402)
            #expect(answer.telnyxCode == "20100")
            #expect(scene.simulator.ledger.isEmpty)
        }
    }

    @Test func `a German local number waits for its papers`() async throws {
        try await Scene.with { scene in
            let e164 = try scene.free(.telnyx, country: "DE")
            let order = try await scene.order(e164, country: "DE")
            #expect(order.data["requirements_met"] as? Bool == false)
            scene.simulator.advanceClock(by: .seconds(3600))
            #expect(try await status(scene, order) == "pending")
            let id = order.data["id"] as? String ?? ""
            let paper = ["requirement_id": "r", "field_value": "v"]
            _ = try await scene.send(
                "PATCH", "/v2/number_orders/\(id)", as: Self.caller,
                json: ["regulatory_requirements": [paper]])
            scene.simulator.advanceClock(by: .seconds(1))
            #expect(try await status(scene, order) == "success")
        }
    }

    @Test func `a Swedish number needs a requirement group of the account`() async throws {
        try await Scene.with { scene in
            let e164 = try scene.free(.telnyx, country: "SE")
            #expect(try await scene.order(e164, country: "SE").status == 422)
            let group = try #require(Self.account.requirementGroups.keys.first)
            let answer = try await scene.send(
                "POST", "/v2/number_orders", as: Self.caller,
                json: [
                    "phone_numbers": [["phone_number": e164, "requirement_group_id": group]]
                ])
            #expect(answer.status == 200)
        }
    }

    @Test(
        "an order is refused for what is wrong with it",
        arguments: [
            ("{}", 422, "10004"), ("[]", 400, "10015"), ("{\"phone_numbers\":[{}]}", 422, "10004"),
            ("{\"phone_numbers\":[{\"phone_number\":\"555\"}]}", 422, "10016"),
        ])
    func malformed(body: String, status: Int, code: String) async throws {
        try await Scene.with { scene in
            let head =
                "POST /v2/number_orders HTTP/1.1\r\nHost: api.telnyx.com\r\nConnection: close\r\n"
                + "Authorization: \(Self.caller.authorization ?? "")\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n"
            let answer = Answer(try await scene.exchange(Array((head + body).utf8)))
            #expect(answer.status == status)
            #expect(answer.telnyxCode == code)
        }
    }

    @Test func `a reserved number is kept from others until its time`() async throws {
        try await Scene.with { scene in
            let e164 = try scene.free(.telnyx)
            let held = try await scene.send(
                "POST", "/v2/number_reservations", as: .telnyx(Demo.telnyxCustomer),
                json: ["phone_numbers": [["phone_number": e164]]])
            #expect(held.status == 200)
            #expect(scene.simulator.available(at: .telnyx).contains(e164) == false)
            scene.simulator.advanceClock(by: .seconds(31 * 60))
            #expect(try await scene.order(e164).status == 200)
        }
    }
}
