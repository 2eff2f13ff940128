import ArgumentParser
import Foundation
import LinekeeperProto
import LinekeeperRPC
import Testing

@testable import linekeeper

private let quiet = Output(
    out: Terminal(width: nil, color: false), err: Terminal(width: nil, color: false), isJSON: false,
    times: TimeText(timeZone: .gmt))

private func offer(_ e164: String, _ credits: Int64, papers: String? = nil) -> Proto.Offer {
    .with {
        $0.e164 = e164
        $0.type = .tollFree
        $0.capabilities = [.voice, .sms]
        $0.regionLabel = "San Francisco"
        $0.monthlyCostCredits = credits
        if let papers {
            $0.requirements = [
                .with {
                    $0.kind = "ADDRESS"
                    $0.description = papers
                }
            ]
        }
    }
}

@Suite struct OfferTests {
    @Test func `an offer is shown with type, features, region, price and papers`() {
        let table = OfferView.table([
            offer("+14155550100", 1500), offer("+493012345678", 900, papers: "A local address"),
            offer("+493012345679", 900, papers: ""),
        ])
        #expect(
            table.lines(width: nil, color: false) == [
                "NUMBER         TYPE       CAN        REGION         CREDITS A MONTH  PAPERS",
                "+14155550100   toll free  voice sms  San Francisco            1,500",
                "+493012345678  toll free  voice sms  San Francisco              900  A local address",
                "+493012345679  toll free  voice sms  San Francisco              900  address",
            ])
        for line in table.lines(width: 60, color: false) { #expect(DisplayWidth.of(line) <= 60) }
    }

    @Test func `a suggestion says what to type`() {
        let suggestions: [Proto.Suggestion] = [
            .with {
                $0.text = "Numbers nearby"
                $0.areaCode = "628"
            },
            .with {
                $0.text = "Free to call"
                $0.type = .tollFree
                $0.source = .pool
            },
            .with {
                $0.text = "Your own"
                $0.source = .import
            },
        ]
        #expect(
            OfferView.suggestionLines(suggestions) == [
                "  Numbers nearby  (--area-code 628)",
                "  Free to call  (--type toll-free --source pool)",
                "  Your own  (linekeeper import)",
            ])
    }

    @Test func `what needs papers first is not chosen for somebody`() {
        let offers = [
            offer("+1", 1, papers: "x"), offer("+2", 1), offer("+3", 1), offer("+4", 1),
        ]
        #expect(OfferSearch.buyable(offers, 2).map(\.e164) == ["+2", "+3"])
    }

    @Test func `a total that does not fit is refused`() throws {
        #expect(try Buy.total([offer("+1", 500), offer("+2", 700)]) == 1200)
        #expect(throws: CLIError.self) { try Buy.total([offer("+1", .max), offer("+2", 1)]) }
    }

    @Test(
        "a number is searched by its last digits, none of them of the calling code",
        arguments: [
            ("+14155550100", "5550100"), ("+2904567", "4567"), ("+35312345678", "2345678"),
        ])
    func ending(e164: String, digits: String) {
        #expect(OfferSearch.ending(e164) == digits)
    }

    @Test func `a number is looked for where its calling code leads`() {
        let countries: [Proto.Country] = [("US", "1"), ("CA", "+1"), ("DE", "49"), ("BS", "1242")]
            .map { code, prefix in
                .with {
                    $0.countryCode = code
                    $0.callingCode = prefix
                }
            }
        #expect(OfferSearch.countryCodes(of: "+14155550100", among: countries) == ["US", "CA"])
        #expect(OfferSearch.countryCodes(of: "+12425550100", among: countries) == ["BS"])
        #expect(OfferSearch.countryCodes(of: "+4930123456", among: countries) == ["DE"])
        #expect(OfferSearch.countryCodes(of: "+33123456789", among: countries) == [])
    }
}

@Suite struct BuyTests {
    @Test func `before buying, the price and the balance are said, and what is missing`() {
        #expect(
            Buy.priceLines(total: 1000, balance: 2500).map(\.0) == [
                "Together 1,000 credits a month, the first debited now; the balance is 2,500."
            ])
        #expect(
            Buy.priceLines(total: 1000, balance: 400).map(\.0).last
                == "The balance falls short by 600.")
        #expect(Buy.priceLines(total: .max, balance: .min).count == 2)
    }

    @Test func `the command that repeats a purchase parses to the same purchase`() throws {
        let request = Proto.PurchaseNumbersRequest.with {
            $0.source = .pool
            $0.e164s = ["+14155550100", "+14155550101"]
            $0.expectedMonthlyCostCredits = 1000
            $0.webhookMode = .managed
        }
        let words = Buy.repetition(request, key: "k-1").split(separator: " ").map(String.init)
        let again = try #require(try Linekeeper.parseAsRoot(Array(words.dropFirst())) as? Buy)
        #expect(again.numbers == request.e164s)
        #expect(again.source.source == .pool)
        #expect(again.price == 1000)
        #expect(again.managed)
        #expect(again.idempotencyKey == "k-1")
    }

    @Test func `a search sends every filter, and only what was said`() throws {
        let search = try #require(
            try Linekeeper.parseAsRoot([
                "search", "us", "--area-code", "415", "--type", "local", "--type", "toll-free",
                "--capability", "sms", "--contains", "77", "--refresh", "--source", "pool",
            ]) as? Search)
        let request = search.filter.request(
            country: search.country, limit: search.limit, search.source.source)
        #expect(
            request
                == .with {
                    $0.source = .pool
                    $0.countryCode = "US"
                    $0.areaCode = "415"
                    $0.contains = "77"
                    $0.types = [.local, .tollFree]
                    $0.capabilities = [.sms]
                    $0.limit = 20
                    $0.refresh = true
                })
    }
}

@Suite struct OrderTests {
    private func order(_ id: String, _ state: Proto.OrderState) -> Proto.Order {
        .with {
            $0.orderID = id
            $0.e164 = "+14155550100"
            $0.source = .marketplace
            $0.state = state
            $0.monthlyCostCredits = 500
            $0.failureReason = state == .failed ? "NUMBER_TAKEN" : ""
            $0.overdue = true
        }
    }

    @Test func `an order shows its state, why it failed, and that it takes long`() {
        let lines = OrderView.table(
            [order("ord_1", .submitted), order("ord_2", .failed)], quiet.times
        ).lines(width: nil, color: false)
        #expect(
            lines[1] == "+14155550100  submitted, overdue  marketplace      500  ord_1")
        #expect(
            lines[2]
                == "+14155550100  failed              marketplace      500  ord_2         NUMBER_TAKEN"
        )
        #expect(OrderView.line(order("o", .completed), quiet) == "+14155550100  completed")
    }

    @Test func `watching ends when each order has ended, and tells of one that failed`() throws {
        var watching = WatchingOrders(["a", "b"], quiet)
        try watching.take(order("a", .submitted))
        try watching.take(order("a", .completed))
        #expect(!watching.isComplete)
        try watching.take(order("b", .unknown))
        #expect(!watching.isComplete)
        try watching.take(order("b", .failed))
        #expect(watching.isComplete)
        #expect(throws: CLIError.self) { try watching.summarise(.complete) }
        var good = WatchingOrders(["a"], quiet)
        try good.take(order("a", .completed))
        try good.summarise(.complete)
    }
}

@Suite struct SyncTests {
    private func result(
        _ finding: Proto.SyncFinding, repaired: Bool = false, _ done: UInt32
    ) -> Proto.SyncResult {
        .with {
            $0.e164 = "+1415555010\(done)"
            $0.finding = finding
            $0.repaired = repaired
            $0.message = "As \u{1B}found."
            $0.done = done
            $0.total = 4
        }
    }

    @Test func `a comparison counts all and lists what differs`() throws {
        var syncing = Syncing(output: quiet, repairs: true, removes: false)
        try syncing.take(result(.unchanged, 1))
        try syncing.take(result(.gone, 2))
        try syncing.take(result(.webhooksDrifted, repaired: true, 3))
        try syncing.take(result(.importable, 4))
        #expect(
            syncing.summary
                == "1 unchanged, 1 gone, 1 with other webhooks, 1 new at the carrier")
        let lines = Syncing.table(syncing.findings).lines(width: nil, color: false)
        #expect(lines.count == 4)
        #expect(lines[2] == "+14155550103  webhooks drifted  yes       As \\u{1B}found.")
        // Nobody asked for the one that is gone to be dropped.
        try syncing.summarise(.complete)
    }

    @Test(
        "what could not be set right as asked ends with a refusal",
        arguments: [
            (.webhooksDrifted, true, false), (.gone, false, true),
        ] as [(Proto.SyncFinding, Bool, Bool)])
    func left(finding: Proto.SyncFinding, repairs: Bool, removes: Bool) throws {
        var syncing = Syncing(output: quiet, repairs: repairs, removes: removes)
        try syncing.take(result(finding, 1))
        #expect(throws: CLIError.self) { try syncing.summarise(.complete) }
    }
}

@Suite struct EarlyEndTests {
    private func importing(done: Int) throws -> Importing {
        var importing = Importing(total: 10, output: quiet)
        for number in 0..<done {
            try importing.take(
                .with {
                    $0.e164 = "+1415555010\(number)"
                    $0.outcome = .imported
                    $0.done = UInt32(number + 1)
                    $0.total = 10
                })
        }
        return importing
    }

    @Test func `an import that ends early ends with why, one that is interrupted as refused`()
        throws
    {
        var lost = try importing(done: 3)
        let status = Status(.unavailable, "Lost.", reason: "CONNECTION_LOST")
        let error = #expect(throws: CLIError.self) {
            try lost.summarise(.failed(.status(status)))
        }
        #expect(error?.exitStatus == .unreachable)
        #expect(lost.summaryLines(color: false) == ["3 imported"])
        var interrupted = try importing(done: 3)
        let other = #expect(throws: CLIError.self) { try interrupted.summarise(.interrupted) }
        #expect(other?.exitStatus == .refused)
        var whole = try importing(done: 10)
        try whole.summarise(.complete)
    }
}

@Suite struct ImportableTests {
    @Test func `a number at the carrier is shown with whether it can be imported and its webhooks`()
    {
        let table = ImportableView.table([
            .with {
                $0.e164 = "+14155550100"
                $0.type = .local
                $0.capabilities = [.voice]
                $0.importable = true
                $0.webhooks = .with { $0.voiceURL = "https://old.example.com" }
            },
            .with {
                $0.e164 = "+14155550101"
                $0.reason = "HELD_ELSEWHERE"
            },
        ])
        let lines = table.lines(width: nil, color: false)
        #expect(
            lines[1]
                == "+14155550100  local  voice          yes             https://old.example.com")
        #expect(lines[2] == "+14155550101                        held elsewhere")
    }

    @Test func `an import can say who serves the number, and whether it is managed`() throws {
        let command = try #require(
            try Linekeeper.parseAsRoot([
                "import", "Twilio", "+14155550100", "--managed", "--inbound", "a", "--sms", "b",
            ]) as? ImportNumbers)
        let item = try #require(try command.numberList().items.first)
        #expect(item.inboundAgentID == "a")
        #expect(item.outboundAgentID == "")
        #expect(item.smsAgentID == "b")
        #expect(command.managed)
    }
}
