import CarrierSimulator
import Foundation
import Testing

@Suite struct ControlTests {
    private func control(
        _ scene: Scene, _ method: String, _ path: String, _ body: Any? = nil
    ) async throws -> Answer {
        try await scene.send(method, "/_control/" + path, as: .control, json: body)
    }

    @Test(
        "a fault is put in force over HTTP in every form",
        arguments: [
            #"{"action":{"drop":{"when":"after"}}}"#,
            #"{"action":{"delay":{"when":"before","milliseconds":5}},"count":null}"#,
            #"{"match":{"carrier":"twilio","method":"POST","path":"/v2/*"},"action":{"hang":{"when":"before"}}}"#,
            #"{"action":{"status":{"when":"before","code":429,"retry_after":"2"}},"skip":1}"#,
            #"{"action":{"cut":{"after_bytes":9}}}"#, #"{"action":{"list_lag":{"reads":3}}}"#,
            #"{"action":{"drip":{"chunk_bytes":1,"interval_milliseconds":10}}}"#,
            #"{"action":{"replace":{"body":"x"}}}"#,
            #"{"action":{"truncate":{"keeping_bytes":4}}}"#,
            #"{"action":{"content_length":{"off":-1}}}"#,
        ])
    func faults(text: String) async throws {
        try await Scene.with { scene in
            let body = try JSONSerialization.jsonObject(with: Data(text.utf8))
            let added = try await control(scene, "POST", "faults", body)
            #expect(added.status == 201, "\(added.text)")
            let list = try await control(scene, "GET", "faults")
            #expect(list.json["count"] as? Int == 1)
            let id = added["id"]
            #expect(try await control(scene, "DELETE", "faults/\(id)").status == 204)
            #expect(try await control(scene, "DELETE", "faults/\(id)").status == 404)
        }
    }

    @Test(
        "a request of a test that makes no sense is refused with the reason",
        arguments: [
            ("POST", "faults", #"{"action":{"explode":{"when":"now"}}}"#),
            ("POST", "faults", #"{"action":{"cut":{"after_bytes":1}},"skip":-1}"#),
            ("POST", "faults", #"{"action":{"cut":{"after_bytes":1}},"count":-9}"#),
            ("POST", "clock", #"{"advance_ms":9223372036854775807}"#),
            ("PATCH", "orders", #"{"delay_ms":-1}"#),
            ("POST", "accounts", #"{"carrier":"sip","secret":"x"}"#),
            (
                "PATCH", "accounts/AC00000000000000000000000000000002",
                #"{"balance_micros":9223372036854775807}"#
            ),
            ("POST", "accounts/AC00000000000000000000000000000002/numbers", #"{"count":0}"#),
        ])
    func refused(method: String, path: String, text: String) async throws {
        try await Scene.with { scene in
            let body = try JSONSerialization.jsonObject(with: Data(text.utf8))
            let answer = try await control(scene, method, path, body)
            #expect(answer.status == 400)
            #expect(!answer["error"].isEmpty)
        }
    }

    @Test func `what came and what was done is told over HTTP`() async throws {
        try await Scene.with { scene in
            let e164 = try scene.free(.twilio)
            _ = try await scene.buy(e164, name: "intent-5")
            _ = try await scene.send(
                "GET", Scene.path(Demo.twilioCustomer), as: .twilio(Demo.twilioCustomer))
            let journal = try await control(scene, "GET", "journal?method=POST")
            let entries = try #require(journal.json["entries"] as? [[String: Any]])
            #expect(entries.count == 1)
            #expect(entries[0]["e164"] as? String == e164)
            #expect(entries[0]["account"] as? String == Demo.twilioCustomer.id)
            #expect(entries[0]["host"] as? String == "api.twilio.com")
            #expect(entries[0]["status"] as? Int == 201)
            let ledger = try await control(scene, "GET", "ledger?reference=intent-5")
            #expect(ledger.json["count"] as? Int == 1)
            let others = try await control(scene, "GET", "ledger?reference=other")
            #expect(others.json["count"] as? Int == 0)
        }
    }

    @Test func `who waits is told when a request has come, or that none has`() async throws {
        try await Scene.with { scene in
            let none = try await control(scene, "GET", "wait?method=DELETE&timeout_ms=20")
            #expect(none.status == 408)
            scene.simulator.add(
                Fault(.hang(when: .before), on: RequestMatch(method: "POST")))
            let e164 = try scene.free(.twilio)
            async let bought = scene.buy(e164)
            let come = try await control(
                scene, "GET", "wait?method=POST&stage=received&timeout_ms=60000")
            #expect(come.status == 200)
            #expect(come["stage"] == "received")
            #expect(scene.simulator.number(e164) == nil)
            #expect(try await control(scene, "DELETE", "faults").status == 204)
            #expect(try await bought.status == 0)
        }
    }

    @Test func `accounts are made, filled, emptied and shut out over HTTP`() async throws {
        try await Scene.with { scene in
            let made = try await control(
                scene, "POST", "accounts",
                ["carrier": "telnyx", "name": "New", "secret": "KEYnew", "balance_micros": 5])
            #expect(made.status == 201, "\(made.text)")
            let id = made["id"]
            let seeded = try await control(
                scene, "POST", "accounts/\(id)/numbers", ["count": 10_000])
            #expect(seeded.json["count"] as? Int == 10_000)
            let caller = Scene.Caller(authorization: "Bearer KEYnew", host: "api.telnyx.com")
            let list = try await scene.send(
                "GET", "/v2/phone_numbers?page[size]=1", as: caller)
            let meta = try #require(list.json["meta"] as? [String: Int])
            #expect(meta["total_results"] == 10_000)

            let numbers = scene.simulator.numbers(of: id)
            #expect(Set(numbers.map(\.id)).count == 10_000)
            let first = "numbers/%2B\(numbers[0].e164.dropFirst())"
            let changed = try await control(
                scene, "PATCH", first, ["settings": ["connection_id": "7"], "is_locked": true])
            #expect(changed.status == 200, "\(changed.text)")
            #expect(scene.simulator.number(numbers[0].e164)?.isLocked == true)
            #expect(try await control(scene, "DELETE", first).status == 204)
            #expect(scene.simulator.number(numbers[0].e164) == nil)

            _ = try await control(scene, "PATCH", "accounts/\(id)", ["status": "suspended"])
            #expect(try await scene.send("GET", "/v2/balance", as: caller).status == 403)
            _ = try await control(scene, "PATCH", "accounts/\(id)", ["status": "active"])
            #expect(try await scene.send("GET", "/v2/balance", as: caller).status == 200)
            _ = try await control(scene, "DELETE", "accounts/\(id)/credentials")
            #expect(try await scene.send("GET", "/v2/balance", as: caller).status == 401)
        }
    }

    @Test(
        "a page beyond the last one is empty",
        arguments: [2, 1_000_000, 9_223_372_036_854_775_807])
    func beyond(page: Int) async throws {
        try await Scene.with { scene in
            let twilio = try await scene.send(
                "GET",
                Scene.path(
                    Demo.twilioCustomer, "/IncomingPhoneNumbers.json?PageSize=60&Page=\(page)"),
                as: .twilio(Demo.twilioCustomer))
            #expect((twilio.json["incoming_phone_numbers"] as? [Any])?.isEmpty == true)
            let telnyx = try await scene.send(
                "GET", "/v2/phone_numbers?page[size]=60&page[number]=\(page)",
                as: .telnyx(Demo.telnyxCustomer))
            #expect(telnyx.status == 200)
            #expect(telnyx.items.isEmpty)
        }
    }

    @Test func `orders and the clock are moved over HTTP`() async throws {
        try await Scene.with { scene in
            #expect(
                try await control(scene, "PATCH", "orders", ["delay_ms": 60_000]).status == 204)
            _ = try await scene.order(try scene.free(.telnyx), reference: "first")
            #expect(
                try await control(scene, "PATCH", "orders/first", ["outcome": "failure"]).status
                    == 204)
            let plan: [String: Any] = ["outcome": "failure", "subject": "third"]
            #expect(try await control(scene, "POST", "orders/plan", plan).status == 204)
            _ = try await scene.order(try scene.free(.telnyx), reference: "second")
            _ = try await scene.order(try scene.free(.telnyx), reference: "third")
            #expect(
                try await control(scene, "POST", "clock", ["advance_ms": 60_000]).status == 204)
            let orders = scene.simulator.orders(of: Demo.telnyxPool.id)
            #expect(orders.map(\.reference) == ["third", "second", "first"])
            #expect(orders.map(\.status) == [.failure, .success, .failure])
        }
    }

    @Test func `the same seed sells the same numbers, and the carriers share none`() async throws {
        try await Scene.with { first in
            try await Scene.with { second in
                for carrier in SimulatedCarrier.allCases {
                    #expect(
                        first.simulator.available(at: carrier, limit: 5_000)
                            == second.simulator.available(at: carrier, limit: 5_000))
                }
                let twilio = Set(first.simulator.available(at: .twilio, limit: 5_000))
                let telnyx = Set(first.simulator.available(at: .telnyx, limit: 5_000))
                #expect(twilio.count > 2_000)
                #expect(twilio.isDisjoint(with: telnyx))
            }
        }
    }
}
