import CarrierSimulator
import Testing

@Suite struct TwilioAccessTests {
    private static let account = Demo.twilioCustomer

    @Test(
        "credentials open what they may in their own region and nothing else",
        arguments: [
            (.authToken, .us1, "api.twilio.com", ".json", 200, 0),
            (.mainKey, .us1, "api.twilio.com", ".json", 200, 0),
            (.standardKey, .us1, "api.twilio.com", ".json", 401, 20003),
            (.standardKey, .us1, "api.twilio.com", "/Keys.json", 401, 20003),
            (.standardKey, .us1, "api.twilio.com", "/IncomingPhoneNumbers.json", 200, 0),
            (.authToken, .ie1, "api.dublin.ie1.twilio.com", ".json", 200, 0),
            (.authToken, .us1, "api.dublin.ie1.twilio.com", ".json", 401, 20003),
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
}
