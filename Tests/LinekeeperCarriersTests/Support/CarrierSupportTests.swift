import LinekeeperCore
import Testing

@testable import LinekeeperCarriers

@Suite struct CarrierSupportTests {
    @Test(
        "papers are listed by country, or by country and type",
        arguments: [
            ("", "US", NumberType.local, nil), ("US=A1", "US", .local, "A1"),
            ("US=A1", "CA", .local, nil), ("US=A1, US/mobile=A2", "US", .mobile, "A2"),
            ("US/toll_free=A3;US=A1", "US", .tollFree, "A3"),
            ("US/national=A4 US=A1", "US", .local, "A1"), ("US/local=A5", "US", .national, nil),
        ] as [(String, String, NumberType, String?)])
    func papers(text: String, country: String, type: NumberType, id: String?) throws {
        let papers = try CountryPapers(text, field: "credentials.x") { $0.hasPrefix("A") }
        #expect(papers.id(country: country, type: type) == id)
    }

    @Test(
        "a list of papers that cannot be meant is refused by name",
        arguments: [
            "US", "US=", "=A1", "US=B1", "us=A1", "USA=A1", "US/fixed=A1", "US/local/x=A1",
            "US=A1,US=A2", "US=A1=A2", "ÜS=A1",
            String(repeating: "US=A1 ", count: 2),
            (0..<33).map { "\(letters($0))=A1" }.joined(separator: " "),
        ])
    func strangePapers(text: String) {
        let error = #expect(throws: DomainError.self) {
            try CountryPapers(text, field: "credentials.x") { $0.hasPrefix("A") }
        }
        #expect(error?.reason == .invalidArgument)
        #expect(error?.field == "credentials.x")
    }

    private static func letters(_ index: Int) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return "\(letters[index / 26])\(letters[index % 26])"
    }

    @Test(
        "a carrier's words become one clean, short line",
        arguments: [
            ("plain", "plain"), ("  a \r\n\t b  ", "a b"), ("a\u{0}b\u{202E}c\u{2028}d", "a b c d"),
            ("key SECRET-1 and SECRET-2!", "key (secret) and (secret)!"), ("", ""), ("\u{7}", ""),
            ("Zürich – ok", "Zürich – ok"),
        ])
    func words(text: String, clean: String) {
        #expect(CarrierWords.clean(text, without: ["SECRET-1", "SECRET-2", ""]) == clean)
    }

    @Test func `words that do not end are cut`() {
        for text in [
            String(repeating: "a", count: 100_000), String(repeating: "a ", count: 100_000),
            "e" + String(repeating: "\u{301}", count: 100_000),
        ] {
            let words = CarrierWords.clean(text, without: [])
            #expect(words.hasSuffix("…"))
            #expect((300...302).contains(words.unicodeScalars.count))
        }
    }

    @Test func `accounts with the same credentials share a client, and few are kept`() {
        let clients = CarrierClients(
            carrier: "Test", transport: CannedTransport([:]), logger: quietLogger,
            limits: .once, time: SystemCarrierTime())
        let first = clients.client(for: ["a", "1"], account: "a")
        #expect(clients.client(for: ["a", "1"], account: "a") === first)
        #expect(clients.client(for: ["a", "2"], account: "a") !== first)
        for index in 0..<2_000 {
            _ = clients.client(for: ["b", "\(index)"], account: "b")
            if index % 100 == 0 { _ = clients.client(for: ["a", "1"], account: "a") }
        }
        // Used all the time, it is still there; the other one has made room.
        #expect(clients.client(for: ["a", "1"], account: "a") === first)
        weak let forgotten = clients.client(for: ["c"], account: "c")
        for index in 0..<1_024 { _ = clients.client(for: ["d", "\(index)"], account: "d") }
        #expect(forgotten == nil)
    }

    @Test
    func
        `a carrier that is down for an account is not asked again through another of its accounts`()
        async throws
    {
        var limits = CarrierLimits.once
        limits.failuresMax = 2
        let down = CannedTransport([
            "GET \(TwilioFixtures.host)\(TwilioFixtures.numbers)": [.status(503)]
        ])
        let carrier = TwilioCarrier(
            endpoints: .live, transport: down, logger: quietLogger, limits: limits)
        for _ in 0..<5 {
            let account = try #require(try carrier.account(TwilioFixtures.credentials))
            let error = await #expect(throws: DomainError.self) {
                try await account.ownedNumbers(after: nil)
            }
            #expect(error?.reason == .carrierUnavailable)
        }
        #expect(down.requests.count == 2)
    }
}
