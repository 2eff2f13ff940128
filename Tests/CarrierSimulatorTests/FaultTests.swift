import CarrierSimulator
import Foundation
import Testing

@Suite struct FaultTests {
    /// What a purchase comes to under a fault.
    struct Case: Sendable, CustomTestStringConvertible {
        var action: Fault.Action
        /// 0: not even a status line came.
        var status: Int
        var isBought: Bool
        var body: String?
        var headers: [String: String] = [:]
        var testDescription: String { "\(action)" }
    }

    @Test(
        "a purchase is done or not, and answered or not, as the fault says",
        arguments: [
            Case(action: .drop(when: .before), status: 0, isBought: false),
            Case(action: .drop(when: .after), status: 0, isBought: true),
            Case(action: .cut(afterBytes: 40), status: 0, isBought: true),
            Case(
                action: .status(when: .before, code: 503), status: 503, isBought: false,
                body: "20503"),
            Case(
                action: .status(when: .after, code: 500), status: 500, isBought: true,
                body: "20500"),
            Case(
                action: .status(when: .before, code: 429), status: 429, isBought: false,
                body: "20429"),
            Case(
                action: .status(when: .before, code: 429, retryAfter: "3"), status: 429,
                isBought: false, headers: ["retry-after": "3"]),
            Case(
                action: .status(when: .before, code: 429, rateLimitReset: "7"), status: 429,
                isBought: false, headers: ["x-ratelimit-reset": "7"]),
            Case(action: .delay(when: .before, milliseconds: 5), status: 201, isBought: true),
            Case(action: .delay(when: .after, milliseconds: 5), status: 201, isBought: true),
            Case(
                action: .drip(chunkBytes: 500, intervalMilliseconds: 1), status: 201,
                isBought: true, body: "in-use"),
            Case(
                action: .replace(body: "{\"sid\":7}"), status: 201, isBought: true,
                body: "{\"sid\":7}"),
            Case(
                action: .truncate(keepingBytes: 10), status: 201, isBought: true,
                headers: ["content-length": "10"]),
        ])
    func purchase(_ fault: Case) async throws {
        try await Scene.with { scene in
            let e164 = try scene.free(.twilio)
            scene.simulator.add(Fault(fault.action, on: RequestMatch(method: "POST", e164: e164)))
            let answer = try await scene.buy(e164)
            #expect(answer.status == fault.status)
            #expect((scene.simulator.number(e164) != nil) == fault.isBought)
            #expect(scene.simulator.ledger.count == (fault.isBought ? 1 : 0))
            if let body = fault.body { #expect(answer.text.contains(body)) }
            for (name, value) in fault.headers { #expect(answer.headers[name] == value) }
            if case .cut(let bytes) = fault.action { #expect(answer.bytes.count == bytes) }
            if case .truncate(let bytes) = fault.action {
                #expect(answer.body.count == bytes)
                #expect(answer.json.isEmpty)
            }
        }
    }

    @Test(
        "a wrong Content-Length is told and not kept", arguments: [-5, 5])
    func contentLength(off: Int) async throws {
        try await Scene.with { scene in
            scene.simulator.add(Fault(.contentLength(off: off)))
            let answer = try await scene.buy(try scene.free(.twilio))
            #expect(answer.headers["content-length"] == "\(answer.body.count + off)")
        }
    }

    @Test func `a fault hits the requests that it means, from one on, and so many`() async throws {
        try await Scene.with { scene in
            let path = Scene.path(Demo.twilioCustomer)
            scene.simulator.add(
                Fault(
                    .status(when: .before, code: 503),
                    on: RequestMatch(
                        carrier: .twilio, method: "GET", path: "/2010-04-01/*.json",
                        account: Demo.twilioCustomer.id),
                    skip: 1, count: 2))
            var statuses: [Int] = []
            for account in [Demo.twilioCustomer, Demo.twilioMarketplace] {
                for _ in 0..<4 {
                    let path = account.id == Demo.twilioCustomer.id ? path : Scene.path(account)
                    statuses.append(
                        try await scene.send("GET", path, as: .twilio(account)).status)
                }
            }
            #expect(statuses == [200, 503, 503, 200, 200, 200, 200, 200])
        }
    }

    @Test(
        "a lag hides from lists what was made, for a number of reads or a time",
        arguments: [(0, 2), (60_000, 0)])
    func lag(milliseconds: Int, reads: Int) async throws {
        try await Scene.with(orderDelay: .zero) { scene in
            scene.simulator.add(
                Fault(
                    .listLag(milliseconds: milliseconds, reads: reads),
                    on: RequestMatch(method: "POST"), count: nil))
            let account = Demo.twilioMarketplace
            _ = try await scene.buy(try scene.free(.twilio), account: account)
            _ = try await scene.order(try scene.free(.telnyx), reference: "intent")
            func seen() async throws -> [Int] {
                let twilio = try await scene.send(
                    "GET", Scene.path(account, "/IncomingPhoneNumbers.json"),
                    as: .twilio(account))
                let telnyx = Scene.Caller.telnyx(Demo.telnyxPool)
                let orders = try await scene.send("GET", "/v2/number_orders", as: telnyx)
                let numbers = try await scene.send("GET", "/v2/phone_numbers", as: telnyx)
                let listed = twilio.json["incoming_phone_numbers"] as? [Any] ?? []
                return [listed.count, orders.items.count, numbers.items.count]
            }
            for _ in 0..<max(1, reads) { #expect(try await seen() == [0, 0, 0]) }
            scene.simulator.advanceClock(by: .milliseconds(milliseconds))
            #expect(try await seen() == [1, 1, 1])
        }
    }

    @Test func `what hangs is let go when the faults are cleared`() async throws {
        try await Scene.with { scene in
            let e164 = try scene.free(.twilio)
            scene.simulator.add(Fault(.hang(when: .after)))
            async let answer = scene.buy(e164)
            let received = try await scene.simulator.waitForRequest(
                RequestMatch(e164: e164), stage: .executed, timeout: .seconds(60))
            #expect(received?.stage == .executed)
            #expect(scene.simulator.number(e164) != nil)
            scene.simulator.clearFaults()
            #expect(try await answer.status == 0)
        }
    }

    @Test func `a reused connection serves one request after the other`() async throws {
        try await Scene.with { scene in
            let authorization = Scene.Caller.telnyx(Demo.telnyxPool).authorization ?? ""
            let head =
                "GET /v2/balance HTTP/1.1\r\nHost: api.telnyx.com\r\n"
                + "Authorization: \(authorization)\r\n"
            let both = head + "\r\n" + head + "Connection: close\r\n\r\n"
            let bytes = try await scene.exchange(Array(both.utf8))
            let answers = String(decoding: bytes, as: UTF8.self).components(
                separatedBy: "HTTP/1.1 200 OK")
            #expect(answers.count == 3)
        }
    }
}
