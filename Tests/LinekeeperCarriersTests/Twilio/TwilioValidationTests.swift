import LinekeeperCore
import Testing

@testable import LinekeeperCarriers

@Suite struct TwilioValidationTests {
    typealias F = TwilioFixtures
    private static let account = "GET \(F.host)\(F.account).json"
    private static let list = "GET \(F.host)\(F.numbers)"

    private static func body(status: String = "active", sid: String = F.accountSID) -> String {
        """
        {"sid": "\(sid)", "friendly_name": "Acme\\u0007 Voice", "status": "\(status)",
         "type": "Full", "auth_token": "token-of-the-answer", "owner_account_sid": "\(sid)"}
        """
    }

    @Test func `B141 a good Auth Token answers the account's name`() async throws {
        let transport = CannedTransport([Self.account: [.json(200, Self.body())]])
        #expect(try await F.carrier(transport).validate(F.credentials) == "Acme Voice")
        #expect(
            transport.transcript == [
                "GET https://api.twilio.com\(F.account).json\n\(F.authorization)"
            ])
    }

    @Test func `B141 an API key that may not read the account is tried on the numbers`()
        async throws
    {
        let credentials = [
            "account_sid": F.accountSID, "api_key_sid": F.keySID, "api_key_secret": "key-secret",
        ]
        let transport = CannedTransport([
            Self.account: [.json(401, F.error(20003, "Authenticate", status: 401))],
            Self.list: [.json(200, F.list([]))],
        ])
        #expect(try await F.carrier(transport).validate(credentials) == F.accountSID)
        #expect(transport.places == [Self.account, Self.list])
        let wrong = CannedTransport([
            Self.account: [.json(401, F.error(20003, "Authenticate", status: 401))],
            Self.list: [.json(401, F.error(20003, "Authenticate", status: 401))],
        ])
        let error = await #expect(throws: DomainError.self) {
            try await F.carrier(wrong).validate(credentials)
        }
        #expect(error?.reason == .credentialsRejected)
        #expect(error?.field == "credentials.api_key_secret")
    }

    @Test(
        "B141 a refusal says what is wrong in the carrier's words, and which field",
        arguments: [
            (
                HTTPOutcome.json(401, TwilioFixtures.error(20003, "Authenticate", status: 401)),
                DomainError.Reason.credentialsRejected, "credentials.auth_token", "Authenticate"
            ),
            (
                .json(403, TwilioFixtures.error(20403, "Account suspended", status: 403)),
                .credentialsRejected, "credentials.auth_token", "Account suspended"
            ),
            (
                .json(404, TwilioFixtures.error(20404, "no such account", status: 404)),
                .credentialsRejected, "credentials.account_sid", "no such account"
            ),
            (
                .json(200, body(status: "suspended")), .credentialsRejected,
                "credentials.account_sid", "suspended"
            ),
            (
                .json(200, body(status: "closed")), .credentialsRejected,
                "credentials.account_sid", "closed"
            ),
            (.status(401), .credentialsRejected, "credentials.auth_token", "status 401"),
            (.status(503), .carrierUnavailable, "", "503"),
            (
                .notSent(HTTPFailure(.unreachable, "no route")), .carrierUnavailable, "",
                "no route"
            ),
            (.status(429), .carrierBusy, "", "Try again"),
            (
                .json(200, body(sid: "AC00000000000000000000000000000000")),
                .carrierAnswerUnreadable, "", "another account"
            ),
        ])
    func refused(
        answer: HTTPOutcome, reason: DomainError.Reason, field: String, words: String
    ) async throws {
        let transport = CannedTransport([Self.account: [answer]])
        let error = await #expect(throws: DomainError.self) {
            try await F.carrier(transport).validate(F.credentials)
        }
        #expect(error?.reason == reason)
        #expect(error?.field ?? "" == field)
        #expect(error?.message.contains(words) == true)
    }

    @Test func `the answer's token goes nowhere`() async throws {
        for body in try HostileJSON.variants(of: Self.body()) {
            let transport = CannedTransport([Self.account: [.json(200, body)]])
            let carrier = F.carrier(transport)
            do throws(DomainError) {
                let name = try await carrier.validate(F.credentials)
                #expect(!name.contains("token-of-the-answer"))
            } catch {
                #expect(!"\(error)".contains("token-of-the-answer"))
            }
        }
    }

    @Test func `a region's token is checked at the region's host`() async throws {
        let regional = "GET \(F.ireland)\(F.account).json"
        let credentials = F.credentials.merging(["auth_token_ie1": "token-ie1"]) { $1 }
        let transport = CannedTransport([
            Self.account: [.json(200, Self.body())],
            regional: [.json(401, F.error(20003, "Authenticate", status: 401))],
        ])
        let error = await #expect(throws: DomainError.self) {
            try await F.carrier(transport).validate(credentials)
        }
        #expect(error?.field == "credentials.auth_token_ie1")
        #expect(transport.transcript.last?.contains(F.ie1Authorization) == true)
    }

    @Test(
        "B141 credentials of the wrong form are refused by name, and nobody is asked",
        arguments: [
            (["account_sid": "AC1", "auth_token": "x"], "credentials.account_sid"),
            (["account_sid": TwilioFixtures.accountSID], "credentials.auth_token"),
            (["auth_token": "x"], "credentials.account_sid"),
            (
                ["account_sid": TwilioFixtures.accountSID, "auth_token": "a b"],
                "credentials.auth_token"
            ),
            (
                ["account_sid": TwilioFixtures.accountSID, "api_key_sid": TwilioFixtures.keySID],
                "credentials.api_key_secret"
            ),
            (
                ["account_sid": TwilioFixtures.accountSID, "api_key_secret": "x"],
                "credentials.api_key_sid"
            ),
            (
                [
                    "account_sid": TwilioFixtures.accountSID, "api_key_sid": "SK1",
                    "api_key_secret": "x",
                ], "credentials.api_key_sid"
            ),
            (
                TwilioFixtures.credentials.merging(["bundles": "GB=AD1"]) { $1 },
                "credentials.bundles"
            ),
            (
                TwilioFixtures.credentials.merging(["addresses": "Germany=AD1"]) { $1 },
                "credentials.addresses"
            ),
            (TwilioFixtures.credentials.merging(["password": "x"]) { $1 }, "credentials"),
        ])
    func malformed(credentials: [String: String], field: String) async throws {
        let transport = CannedTransport([:])
        let error = await #expect(throws: DomainError.self) {
            try await F.carrier(transport).validate(credentials)
        }
        #expect(error?.reason == .invalidArgument)
        #expect(error?.field == field)
        #expect(throws: DomainError.self) { try F.carrier(transport).account(credentials) }
        #expect(transport.requests.isEmpty)
    }

    @Test func `two accounts' credentials never mix, whoever asks first`() async throws {
        let other = [
            "account_sid": "AC" + String(repeating: "9", count: 32), "auth_token": "other",
        ]
        let transport = CannedTransport([:])
        let carrier = F.carrier(transport)
        let one = try #require(try carrier.account(F.credentials))
        let two = try #require(try carrier.account(other))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask { _ = try? await one.countries() }
                group.addTask { _ = try? await two.countries() }
            }
        }
        #expect(transport.requests.count == 100)
        for request in transport.requests {
            let isFirst = request.url.contains(F.accountSID)
            #expect(
                ("Authorization: " + (request.headers["Authorization"] ?? "") == F.authorization)
                    == isFirst)
        }
    }
}
