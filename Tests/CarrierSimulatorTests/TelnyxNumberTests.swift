import CarrierSimulator
import Testing

@Suite struct TelnyxNumberTests {
    private static let account = Demo.telnyxCustomer
    private static let caller = Scene.Caller.telnyx(account)

    @Test(
        "a key opens what is its own",
        arguments: [
            (nil, 404, "10005"), ("Bearer KEYwrong", 401, "10009"), ("Basic x", 401, "10009"),
            ("Bearer KEYdemo-suspended-api-key", 403, "20012"),
            ("Bearer KEYdemo-customer-api-key", 200, ""),
        ] as [(String?, Int, String)])
    func access(authorization: String?, status: Int, code: String) async throws {
        try await Scene.with { scene in
            let answer = try await scene.send(
                "GET", "/v2/balance",
                as: Scene.Caller(authorization: authorization, host: "api.telnyx.com"))
            #expect(answer.status == status)
            #expect(answer.telnyxCode == code)
        }
    }

    @Test(
        "filters are read in every form that clients write them",
        arguments: [
            "filter[country_code]=US&filter[phone_number_type]=toll_free",
            "filter%5Bcountry_code%5D=US&filter%5Bphone_number_type%5D=toll_free",
            "filter%5bcountry_code%5d=US&filter%5bfeatures%5d%5b%5d=sms&filter[phone_number_type]=toll_free",
            "filter[country_code]=US&filter[features]=sms,voice&filter[phone_number_type]=toll_free",
        ])
    func filters(query: String) async throws {
        try await Scene.with { scene in
            let found = try await scene.send(
                "GET", "/v2/available_phone_numbers?" + query, as: Self.caller)
            let numbers = found.items.compactMap { $0["phone_number"] as? String }
            #expect(numbers.count == 100)
            #expect(numbers.allSatisfy { $0.hasPrefix("+18") })
        }
    }

    @Test(
        "a list is narrowed by digits of the number only",
        arguments: [("1415600", 3), ("%2B1415600", 0), ("14", 0), ("999999", 0)])
    func narrowed(text: String, count: Int) async throws {
        try await Scene.with { scene in
            let list = try await scene.send(
                "GET", "/v2/phone_numbers?filter[phone_number]=\(text)", as: Self.caller)
            #expect(list.items.count == count)
        }
    }

    @Test func `pages are counted from one`() async throws {
        try await Scene.with { scene in
            let page = try await scene.send(
                "GET", "/v2/phone_numbers?page%5Bnumber%5D=3&page%5Bsize%5D=25", as: Self.caller)
            #expect(page.items.count == 10)
            let meta = try #require(page.json["meta"] as? [String: Int])
            #expect(
                meta == [
                    "page_number": 3, "page_size": 25, "total_pages": 3, "total_results": 60,
                ])
        }
    }

    @Test func `a locked number is not released`() async throws {
        try await Scene.with { scene in
            let number = try #require(scene.simulator.numbers(of: Self.account.id).first)
            try scene.simulator.setDeletionLock(true, of: number.e164)
            let path = "/v2/phone_numbers/\(number.id)"
            #expect(try await scene.send("DELETE", path, as: Self.caller).status == 422)
            try scene.simulator.setDeletionLock(false, of: number.e164)
            let released = try await scene.send("DELETE", path, as: Self.caller)
            #expect(released.status == 200)
            #expect(released.data["status"] as? String == "deleted")
            #expect(try await scene.send("DELETE", path, as: Self.caller).status == 404)
        }
    }

    @Test func `a number takes a connection here and a messaging profile there`() async throws {
        try await Scene.with { scene in
            let number = try #require(scene.simulator.numbers(of: Self.account.id).first)
            let path = "/v2/phone_numbers/\(number.id)"
            let foreign = try await scene.send(
                "PATCH", path, as: Self.caller,
                json: ["connection_id": Demo.telnyxPoolConnection])
            #expect(foreign.telnyxCode == "85004")
            let ignored = try await scene.send(
                "PATCH", path, as: Self.caller, json: ["messaging_profile_id": ""])
            #expect(
                ignored.data["messaging_profile_id"] as? String == Demo.telnyxCustomerProfile)
            let kept = try await scene.send(
                "PATCH", path + "/messaging", as: Self.caller, json: ["tags": ["a"]])
            #expect(kept.data["messaging_profile_id"] as? String == Demo.telnyxCustomerProfile)
            let gone = try await scene.send(
                "PATCH", path + "/messaging", as: Self.caller, json: ["messaging_profile_id": ""])
            #expect(gone.data["messaging_profile_id"] as? String == nil)
            #expect(gone.status == 200)
        }
    }

    @Test func `an application needs a name and a voice URL, also when it is changed`() async throws
    {
        try await Scene.with { scene in
            let path = "/v2/texml_applications/\(Demo.telnyxCustomerConnection)"
            let partly = try await scene.send(
                "PATCH", path, as: Self.caller, json: ["voice_url": "https://example.com"])
            #expect(partly.status == 422)
            #expect(partly.telnyxCode == "10004")
            let whole = try await scene.send(
                "PATCH", path, as: Self.caller,
                json: ["voice_url": "https://example.com", "friendly_name": "x"])
            #expect(whole.data["voice_url"] as? String == "https://example.com")
        }
    }
}
