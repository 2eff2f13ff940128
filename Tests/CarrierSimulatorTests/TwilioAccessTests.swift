import CarrierSimulator
import Testing

@Suite struct TwilioAccessTests {
    private static let account = Demo.twilioCustomer

    @Test(
        "credentials open what they may in their own region and nothing else",
        arguments: [
            (.authToken, .us1, "api.twilio.com", ".json", 200, 0),
            (.mainKey, .us1, "api.twilio.com", ".json", 200, 0),
            (.mainKey, .us1, "api.twilio.com", "/Keys.json", 200, 0),
            (.standardKey, .us1, "api.twilio.com", ".json", 401, 20003),
            (.standardKey, .us1, "api.twilio.com", "/Keys.json", 401, 20003),
            (.standardKey, .us1, "api.twilio.com", "/IncomingPhoneNumbers.json", 200, 0),
            (.authToken, .ie1, "api.dublin.ie1.twilio.com", ".json", 200, 0),
            (.authToken, .us1, "api.dublin.ie1.twilio.com", ".json", 401, 20003),
            (.authToken, .au1, "api.sydney.au1.twilio.com", ".json", 200, 0),
            (.authToken, .au1, "api.twilio.com", ".json", 401, 20003),
            (.authToken, .us1, "somewhere.example", ".json", 200, 0),
        ] as [(Credential.Kind, Region, String, String, Int, Int)])
    func access(
        kind: Credential.Kind, region: Region, host: String, path: String, status: Int, code: Int
    ) async throws {
        try await Scene.with { scene in
            let answer = try await scene.send(
                "GET", Scene.path(Self.account, path),
                as: .twilio(Self.account, kind, region: region, host: host))
            #expect(answer.status == status)
            #expect(answer.code == code)
        }
    }

    @Test func `nobody, a stranger and another account are refused alike`() async throws {
        try await Scene.with { scene in
            let path = Scene.path(Self.account)
            var nobody = Scene.Caller.twilio(Self.account)
            nobody.authorization = nil
            var stranger = nobody
            stranger.authorization = "Basic bm9ib2R5OndpdGhvdXQ="
            for caller in [nobody, stranger, .twilio(Demo.twilioMarketplace)] {
                let answer = try await scene.send("GET", path, as: caller)
                #expect(answer.status == 401)
                #expect(answer.code == 20003)
                #expect(answer.headers["www-authenticate"] != nil)
                #expect(answer["more_info"] == "https://www.twilio.com/docs/errors/20003")
            }
        }
    }

    @Test func `a suspended account can be read and nothing more`() async throws {
        try await Scene.with { scene in
            let account = Demo.twilioSuspended
            let read = try await scene.send("GET", Scene.path(account), as: .twilio(account))
            #expect(read.status == 200)
            #expect(read["status"] == "suspended")
            let list = try await scene.send(
                "GET", Scene.path(account, "/IncomingPhoneNumbers.json"), as: .twilio(account))
            #expect(list.status == 403)
            #expect(list.code == 20403)
        }
    }

    @Test(
        "what is not there is told",
        arguments: [
            ("GET", "/Nothing.json", 404, 20404), ("DELETE", "/Balance.json", 405, 20004),
            ("GET", "/IncomingPhoneNumbers/PN00.json", 404, 20404),
            ("GET", "/AvailablePhoneNumbers/XX/Local.json", 404, 20404),
            ("GET", "/AvailablePhoneNumbers/US/Mobile.json", 404, 20404),
        ])
    func absent(method: String, path: String, status: Int, code: Int) async throws {
        try await Scene.with { scene in
            let answer = try await scene.send(
                method, Scene.path(Self.account, path), as: .twilio(Self.account))
            #expect(answer.status == status)
            #expect(answer.code == code)
        }
    }

    @Test func `without json in its path the 2010 API answers in XML`() async throws {
        try await Scene.with { scene in
            let caller = Scene.Caller.twilio(Self.account)
            let answer = try await scene.send("GET", Scene.path(Self.account, ""), as: caller)
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == "application/xml")
            #expect(answer.text.contains("<Sid>\(Self.account.id)</Sid>"))
            let error = try await scene.send(
                "GET", Scene.path(Self.account, "/Nothing"), as: caller)
            #expect(error.text.contains("<RestException><Code>20404</Code>"))
        }
    }

    @Test(
        "test credentials sell magic numbers and do nothing else",
        arguments: [
            ("PhoneNumber", "+15005550000", 400, 21422),
            ("PhoneNumber", "+15005550001", 400, 21421), ("PhoneNumber", "+15005550006", 201, 0),
            ("AreaCode", "533", 400, 21452), ("AreaCode", "500", 201, 0),
        ])
    func magic(field: String, value: String, status: Int, code: Int) async throws {
        try await Scene.with { scene in
            let account = Demo.twilioTest
            let path = Scene.path(account, "/IncomingPhoneNumbers.json")
            let answer = try await scene.send(
                "POST", path, as: .twilio(account), form: [field: value])
            #expect(answer.status == status)
            #expect(answer.code == code)
            if status == 201 { #expect(answer["status"] == "new") }
            #expect(scene.simulator.ledger.isEmpty)
            let list = try await scene.send("GET", path, as: .twilio(account))
            #expect(list.status == 403)
        }
    }
}
