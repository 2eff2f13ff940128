import LinekeeperCore
import Testing

@testable import LinekeeperCarriers

@Suite struct TelnyxValidationTests {
    typealias F = TelnyxFixtures
    private static let balance = "GET \(F.host)/balance"
    private static let good = HTTPOutcome.json(
        200, F.data("{\"record_type\": \"balance\", \"balance\": \"10.00\", \"currency\": \"USD\"}")
    )

    @Test(
        "B141 a good key is one that reads the balance, or may not",
        arguments: [good, .json(403, TelnyxFixtures.error("10010", "Authorization failed"))])
    func accepted(balance: HTTPOutcome) async throws {
        let transport = CannedTransport([
            Self.balance: [balance],
            "GET \(F.application)": [.json(200, F.data(F.applicationEntry()))],
        ])
        #expect(try await F.carrier(transport).validate(F.credentials) == "call-router")
        #expect(
            transport.transcript == [
                "GET https://api.telnyx.com/v2/balance\n\(F.authorization)",
                "GET https://\(F.application)\n\(F.authorization)",
            ])
    }

    @Test(
        "B141 a refusal says what is wrong in the carrier's words",
        arguments: [
            (
                HTTPOutcome.json(401, TelnyxFixtures.error("10009", "Authentication failed")),
                DomainError.Reason.credentialsRejected, "Authentication failed"
            ),
            (
                .json(403, TelnyxFixtures.error("20013", "Account blocked")),
                .credentialsRejected, "Account blocked"
            ),
            (
                .json(404, TelnyxFixtures.error("10005", "Resource not found")),
                .credentialsRejected, "Resource not found"
            ),
            (.status(503), .carrierUnavailable, "503"),
            (.notSent(HTTPFailure(.unreachable, "no route")), .carrierUnavailable, "no route"),
            (.status(429), .carrierBusy, "Try again"),
        ])
    func refused(answer: HTTPOutcome, reason: DomainError.Reason, words: String) async throws {
        let transport = CannedTransport([Self.balance: [answer]])
        let error = await #expect(throws: DomainError.self) {
            try await F.carrier(transport).validate(F.credentials)
        }
        #expect(error?.reason == reason)
        #expect(error?.message.contains(words) == true)
        #expect(transport.requests.count == 1)
    }

    @Test(
        "B142 an id that is of no TeXML application is refused with how to find one",
        arguments: [
            HTTPOutcome.json(404, TelnyxFixtures.error("10005", "Resource not found")),
            .json(422, TelnyxFixtures.error("10027", "Unprocessable")),
            .json(400, TelnyxFixtures.error("10015", "Bad request")),
        ])
    func connectionID(answer: HTTPOutcome) async throws {
        let transport = CannedTransport([
            Self.balance: [Self.good], "GET \(F.application)": [answer],
        ])
        let error = await #expect(throws: DomainError.self) {
            try await F.carrier(transport).validate(F.credentials)
        }
        #expect(error?.reason == .connectionIDInvalid)
        #expect(error?.field == "credentials.connection_id")
        #expect(error?.message.contains("TeXML Applications") == true)
    }

    @Test func `B142 an id that is no number is refused before anybody is asked`() async throws {
        let transport = CannedTransport([:])
        for id in ["my-app", "12/../34", "", String(repeating: "1", count: 21)] {
            let error = await #expect(throws: DomainError.self) {
                try await F.carrier(transport).validate(["api_key": "KEY1", "connection_id": id])
            }
            #expect(error?.field == "credentials.connection_id")
        }
        #expect(transport.requests.isEmpty)
    }

    @Test func `a messaging profile that is not there is refused`() async throws {
        var credentials = F.credentials
        credentials["messaging_profile_id"] = F.profileID
        let transport = CannedTransport([
            Self.balance: [Self.good],
            "GET \(F.application)": [.json(200, F.data(F.applicationEntry()))],
            "GET \(F.profiles)/\(F.profileID)": [.json(404, F.error("10005", "Not found"))],
        ])
        let error = await #expect(throws: DomainError.self) {
            try await F.carrier(transport).validate(credentials)
        }
        #expect(error?.reason == .invalidArgument)
        #expect(error?.field == "credentials.messaging_profile_id")
    }

    @Test(
        "B141 credentials of the wrong form are refused by name",
        arguments: [
            (["connection_id": "1"], "credentials.api_key"),
            (["api_key": "KEY1"], "credentials.connection_id"),
            (["api_key": "KEY 1", "connection_id": "1"], "credentials.api_key"),
            (
                ["api_key": "KEY1", "connection_id": "1", "messaging_profile_id": "1"],
                "credentials.messaging_profile_id"
            ),
            (
                ["api_key": "KEY1", "connection_id": "1", "public_key": "abc"],
                "credentials.public_key"
            ),
            (
                ["api_key": "KEY1", "connection_id": "1", "requirement_groups": "DE=1"],
                "credentials.requirement_groups"
            ),
        ])
    func malformed(credentials: [String: String], field: String) async throws {
        let transport = CannedTransport([:])
        let error = await #expect(throws: DomainError.self) {
            try await F.carrier(transport).validate(credentials)
        }
        #expect(error?.reason == .invalidArgument)
        #expect(error?.field == field)
        #expect(transport.requests.isEmpty)
    }

    @Test func `a public key as the portal shows it is taken`() throws {
        var credentials = F.credentials
        credentials["public_key"] = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
        #expect(try F.carrier(CannedTransport([:])).account(credentials) != nil)
    }

    @Test func `two accounts' keys never mix, whoever asks first`() async throws {
        let transport = CannedTransport([:])
        let carrier = F.carrier(transport)
        let one = try #require(try carrier.account(F.credentials))
        let two = try #require(
            try carrier.account(["api_key": "KEY-other", "connection_id": F.connectionID]))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask { _ = try? await one.fees(in: "US") }
                group.addTask { _ = try? await one.ownedNumbers(after: "1") }
                group.addTask { _ = try? await two.ownedNumbers(after: "2") }
            }
        }
        #expect(transport.requests.count == 100)
        for request in transport.requests {
            let isFirst = request.url.contains("page%5Bnumber%5D=1&")
            #expect((request.headers["Authorization"] == "Bearer KEY0123456789") == isFirst)
        }
    }
}
