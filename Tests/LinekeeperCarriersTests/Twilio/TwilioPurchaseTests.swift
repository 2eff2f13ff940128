import LinekeeperCore
import Testing

@testable import LinekeeperCarriers

/// What a purchase came to.
@Suite struct TwilioPurchaseTests {
    typealias F = TwilioFixtures

    @Test(
        "every code of Twilio's has its meaning",
        arguments: [
            (401, 20003, PurchaseRefusal.Kind.credentials), (403, 20403, .credentials),
            (400, 20005, .funds), (400, 10001, .funds), (400, 90010, .funds),
            (400, 21422, .taken), (400, 21452, .taken), (400, 21421, .other),
            (400, 21451, .other), (404, 20404, .other), (400, 21613, .requirements),
            (400, 21615, .requirements), (400, 21631, .requirements),
            (400, 21649, .requirements), (400, 21650, .requirements),
            (400, 21651, .requirements), (400, 21404, .notPermitted),
            (400, 10002, .notPermitted), (403, 70051, .notPermitted),
            (401, 70051, .notPermitted), (400, 22300, .notPermitted), (403, 99999, .notPermitted),
            (402, 99999, .funds), (400, 99999, .other),
        ])
    func refused(status: Int, code: Int, kind: PurchaseRefusal.Kind) async throws {
        let outcome = try await outcome(
            .json(status, F.error(code, "+15005550000 is not available", status: status)))
        #expect(
            outcome
                == .refused(
                    PurchaseRefusal(
                        kind, code: "\(code)", words: "+15005550000 is not available")))
    }

    @Test(
        "whatever proves nothing is not known",
        arguments: [
            HTTPOutcome.status(500), .status(502), .status(503), .status(504),
            .json(400, TwilioFixtures.error(20500, "Internal")),
            .json(400, TwilioFixtures.error(20503, "Unavailable")), .status(408), .status(409),
            .status(302), .status(200), .json(201, "{"), .json(201, "{}"),
            .json(201, TwilioFixtures.record("+15005550007")),
            .json(201, TwilioFixtures.record(sid: "CA0123456789abcdef0123456789abcdef")),
            .unknown(HTTPFailure(.unreachable, "reset")),
            .unknown(HTTPFailure(.answerTooLarge, "too large")),
            .unknown(HTTPFailure(.cancelled, "cancelled")),
        ])
    func unknown(answer: HTTPOutcome) async throws {
        #expect(try await outcome(answer).isUnknown)
    }

    @Test(
        "what surely did not reach Twilio, or was surely not processed, can be sent again",
        arguments: [
            (
                HTTPOutcome.notSent(HTTPFailure(.unreachable, "refused")),
                DomainError.Reason.carrierUnavailable
            ),
            (
                .json(429, TwilioFixtures.error(20429, "Too Many Requests", status: 429)),
                .carrierBusy
            ),
        ])
    func notSent(answer: HTTPOutcome, reason: DomainError.Reason) async throws {
        #expect(try await outcome(answer).notSent?.reason == reason)
    }

    @Test func `a refusal without a readable body is one all the same`() async throws {
        let outcome = try await outcome(.json(403, "<html>Forbidden</html>"))
        #expect(
            outcome == .refused(PurchaseRefusal(.notPermitted, code: "", words: "status 403")))
    }

    @Test func `a reference that Twilio would cut short is not sent`() async throws {
        let transport = CannedTransport([:])
        let account = try F.account(transport)
        let outcome = await account.purchase(
            try F.purchase(String(repeating: "x", count: 65)))
        #expect(outcome.refusal?.kind == .other)
        #expect(transport.requests.isEmpty)
    }

    @Test func `a purchase is sent once, whatever comes back`() async throws {
        for answer in [
            HTTPOutcome.status(503), .unknown(HTTPFailure(.unreachable, "reset")),
            .json(400, F.error(21422, "taken")),
        ] {
            let transport = CannedTransport(["POST \(F.host)\(F.numbers)": [answer]])
            let carrier = TwilioCarrier(
                endpoints: .live, transport: transport, logger: quietLogger)
            let account = try #require(try carrier.account(F.credentials))
            _ = await account.purchase(try F.purchase())
            #expect(transport.requests.count == 1)
        }
    }

    @Test func `no secret and no control character gets into a refusal's words`() async throws {
        let outcome = try await outcome(
            .json(
                400,
                F.error(
                    21499,
                    "token-0123456789\\r\\n\\u202E\\u0000 is wrong "
                        + String(repeating: "a", count: 900))))
        let words = try #require(outcome.refusal?.words)
        #expect(words.hasPrefix("(secret) is wrong aaa"))
        #expect(words.unicodeScalars.count <= 302)
    }

    // MARK: Afterwards

    @Test func `a purchase is found by its number`() async throws {
        let finding = try await find(byNumber: [F.record()], byName: [])
        #expect(finding.owned?.carrierID == F.numberSID)
    }

    @Test func `a purchase is found by its reference when the list by number lags`() async throws {
        let finding = try await find(byNumber: [], byName: [F.record()])
        #expect(finding.owned?.e164.description == "+15005550006")
    }

    @Test func `another number that a loose filter brings is not the one`() async throws {
        let finding = try await find(
            byNumber: [F.record("+15005550060")], byName: [F.record("+15005550007")])
        #expect(finding == .absent)
    }

    @Test func `a number that another order holds is refused`() async throws {
        let finding = try await find(byNumber: [F.record(name: "order-2")], byName: [])
        #expect(finding.refusal?.kind == .taken)
    }

    @Test(
        "what is there but cannot be read does not count as absent",
        arguments: [
            TwilioFixtures.record(sid: "?"), "{\"sid\": \"PN1\"}",
            TwilioFixtures.record("+1500555000x"),
        ])
    func unreadable(record: String) async throws {
        let error = await #expect(throws: DomainError.self) {
            try await find(byNumber: [record], byName: [])
        }
        #expect(error?.reason == .carrierAnswerUnreadable)
        #expect(error?.message.contains("incoming_phone_numbers[0]") == true)
    }

    private func find(
        byNumber: [String], byName: [String]
    ) async throws -> PurchaseFinding {
        let transport = CannedTransport([
            "GET \(F.host)\(F.numbers)": [
                .json(200, F.list(byNumber)), .json(200, F.list(byName)),
            ]
        ])
        let finding = try await F.account(transport).find(try F.purchase(), carrierOrderID: nil)
        let asked = [
            "GET https://api.twilio.com\(F.numbers)?PhoneNumber=%2B15005550006&PageSize=50\n\(F.authorization)",
            "GET https://api.twilio.com\(F.numbers)?FriendlyName=order-1&PageSize=50\n\(F.authorization)",
        ]
        #expect(transport.transcript == Array(asked.prefix(transport.requests.count)))
        return finding
    }

    private func outcome(_ answer: HTTPOutcome) async throws -> PurchaseOutcome {
        let transport = CannedTransport(["POST \(F.host)\(F.numbers)": [answer]])
        return await (try F.account(transport)).purchase(try F.purchase())
    }
}
