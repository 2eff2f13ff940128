import LinekeeperCore
import Testing

@testable import LinekeeperCarriers

private func milliseconds(_ values: Int...) -> [Duration] { values.map { .milliseconds($0) } }

@Suite struct CarrierClientTests {
    private let time = FakeTime()
    private let get = HTTPRequest(.get, "https://api.twilio.com/x")
    private let buy = HTTPRequest(.post, "https://api.twilio.com/x")

    // MARK: What is repeated

    @Test(
        "CAR-03 CAR-05 a read is repeated after any trouble",
        arguments: [
            HTTPOutcome.down, .lost, .status(429), .status(500), .status(503), .status(408),
        ])
    func readRepeated(trouble: HTTPOutcome) async {
        let transport = FakeTransport([trouble, trouble, .ok])
        let outcome = await client(transport, time).send(get)
        #expect(outcome.status == 200)
        #expect(transport.requests.count == 3)
        #expect(time.slept == milliseconds(250, 500))
    }

    @Test(
        "CAR-03 CAR-04 what changes something is repeated only when it surely did not happen",
        arguments: HTTPRequest.Method.allCases.filter { !$0.isRead },
        [
            (HTTPOutcome.down, 2), (.status(429), 2), (.lost, 1), (.status(500), 1),
            (.status(503), 1),
        ])
    func changeRepeated(method: HTTPRequest.Method, trouble: (HTTPOutcome, tries: Int)) async {
        let transport = FakeTransport([trouble.0, .status(201)])
        let outcome = await client(transport, time).send(HTTPRequest(method, buy.url))
        #expect(transport.requests.count == trouble.tries)
        if trouble.tries == 2 {
            #expect(outcome.status == 201)
        } else {
            #expect(outcome.unknown?.reason == .carrierUnavailable)
        }
    }

    @Test(
        "what the carrier decided is not asked again",
        arguments: [200, 201, 204, 302, 400, 401, 402, 403, 404, 409, 422])
    func decided(status: Int) async throws {
        let transport = FakeTransport([.status(status)])
        #expect(await client(transport, time).send(get).status == status)
        #expect(try await client(transport, time).answer(to: buy).status == status)
        #expect(transport.requests.count == 2)
    }

    @Test(
        "what would fail again is not tried again",
        arguments: [
            (HTTPFailure.Kind.answerTooLarge, DomainError.Reason.carrierUnavailable),
            (.refused, .invalidArgument), (.busy, .carrierBusy), (.cancelled, .deadlineExceeded),
            (.shuttingDown, .shuttingDown),
        ])
    func hopeless(kind: HTTPFailure.Kind, reason: DomainError.Reason) async {
        let failure = HTTPFailure(kind, "Why.")
        let transport = FakeTransport([.notSent(failure), .unknown(failure)])
        let client = client(transport, time)
        #expect(await client.send(get).notDone?.reason == reason)
        #expect(await client.send(buy).unknown?.reason == reason)
        #expect(transport.requests.count == 2)
    }

    @Test func `a read whose outcome is not known was not done`() async {
        let client = client(FakeTransport([.lost]), time)
        #expect(await client.send(get).notDone?.reason == .carrierUnavailable)
        let error = await #expect(throws: DomainError.self) { try await client.answer(to: get) }
        #expect(error?.message == "Twilio: It broke the connection off.")
    }

    @Test(
        "tries are five, each pause twice the one before, a fifth more or less",
        arguments: [
            (0.0, milliseconds(200, 400, 800, 1_600)), (0.5, milliseconds(250, 500, 1_000, 2_000)),
            (1.0, milliseconds(300, 600, 1_200, 2_400)),
        ])
    func backoff(jitter: Double, pauses: [Duration]) async {
        let transport = FakeTransport([.down])
        let outcome = await client(transport, time, jitter: jitter).send(buy)
        #expect(outcome.notDone?.reason == .carrierUnavailable)
        #expect(transport.requests.count == 5)
        let off = zip(time.slept, pauses).map { abs(($0 - $1) / .microseconds(1)) }
        #expect(time.slept.count == 4 && off.allSatisfy { $0 < 10 }, "\(time.slept)")
    }

    @Test func `nothing is tried beyond the time that the caller gives`() async {
        let transport = FakeTransport([.down])
        _ = await client(transport, time).send(get, within: .milliseconds(800))
        // 250 and 500 milliseconds are within it, another second is not.
        #expect(transport.requests.count == 3)
        #expect(transport.requests.map(\.timeout) == milliseconds(800, 550, 50))
    }

    @Test func `retries are a tenth of an account's traffic once what was in hand is used`() async {
        let transport = FakeTransport([.down])
        let client = client(transport, time)
        for _ in 0..<1_000 { _ = await client.send(get) }
        // 1,000 requests, a tenth as many retries, and the ten in hand at the start.
        #expect((1_100...1_110).contains(transport.requests.count))
    }

    // MARK: Limits of the carrier

    @Test(
        "CAR-04 a limit is waited for as long as the carrier says",
        arguments: [
            (["Retry-After": "3"], 3_000), (["retry-after": "0"], 0),
            (["Retry-After": "Thu, 01 Jan 2026 00:00:05 GMT"], 5_000),
            (["Retry-After": "Wed, 31 Dec 2025 23:59:00 GMT"], 0),
            (["x-ratelimit-reset": "2"], 2_000), (["x-ratelimit-reset": "1767225604"], 4_000),
            (["Retry-After": "soon", "x-ratelimit-reset": "7"], 7_000),
            (["Retry-After": "1", "x-ratelimit-reset": "7"], 1_000),
            (["Retry-After": "-5"], 0), (["Retry-After": "soon"], 250), ([:], 250),
        ] as [(HTTPHeaders, Int)])
    func hint(headers: HTTPHeaders, wait: Int) async {
        let transport = FakeTransport([.status(429, headers), .status(201)])
        let outcome = await client(transport, time, jitter: 0.5).send(buy)
        #expect(outcome.status == 201)
        let slept = time.slept.reduce(.zero, +)
        // Never before the hint, at most a fifth after it.
        #expect(slept >= .milliseconds(wait) && slept <= .milliseconds(wait + wait / 5))
    }

    @Test(
        "CAR-04 a limit that lasts longer than the caller waits is told at once",
        arguments: [("45", 45_000), ("86400", 60_000), ("99999999999999", 60_000)])
    func longLimit(seconds: String, retryAfter: Int) async throws {
        let transport = FakeTransport([.status(429, ["Retry-After": seconds])])
        let client = client(transport, time, jitter: 0)
        let outcome = await client.send(buy, within: .seconds(10))
        #expect(outcome.notDone?.reason == .carrierBusy)
        #expect(outcome.notDone?.retryAfterMilliseconds == UInt32(retryAfter))
        #expect(time.slept.isEmpty)
        // And the account's other requests do not even ask.
        time.advance(by: .seconds(15))
        let next = await client.send(get, within: .seconds(10))
        #expect(next.notDone?.reason == .carrierBusy)
        #expect(next.notDone?.retryAfterMilliseconds == UInt32(retryAfter - 15_000))
        #expect(transport.requests.count == 1)
    }

    @Test func `CAR-04 all requests of an account wait for the end of its limit`() async {
        let transport = FakeTransport([.status(429, ["Retry-After": "20"]), .ok])
        let client = client(transport, time)
        _ = await client.send(get, within: .seconds(5))
        #expect(await client.send(buy).status == 200)
        #expect(time.slept == [.seconds(20)])
    }

    @Test func `CAR-04 of two limits that are told at a time the longer one holds`() async {
        let arrived = Mutexed(0)
        let transport = FakeTransport([
            .status(429, ["Retry-After": "20"]), .status(429, ["Retry-After": "8"]),
        ]) {
            arrived.change { $0 += 1 }
            _ = await eventually { arrived.value >= 2 ? true : nil }
        }
        let client = client(transport, time)
        await withTaskGroup { group in
            for _ in 0..<2 {
                group.addTask { [get] in _ = await client.send(get, within: .seconds(5)) }
            }
        }
        let third = await client.send(get, within: .seconds(10))
        #expect(third.notDone?.retryAfterMilliseconds == 20_000)
        #expect(transport.requests.count == 2)
    }

    @Test func `CAR-04 a limit that does not end is told after five tries`() async {
        let transport = FakeTransport([.status(429)])
        let outcome = await client(transport, time).send(buy)
        #expect(outcome.notDone?.reason == .carrierBusy)
        #expect(outcome.notDone?.retryAfterMilliseconds == 4_000)
        #expect(transport.requests.count == 5)
    }

    // MARK: The circuit

    @Test func `CAR-17 a carrier that is down is not asked, but now and then`() async {
        var limits = CarrierLimits()
        limits.triesMax = 1
        let transport = FakeTransport([.down])
        let client = client(transport, time, limits: limits)
        for _ in 0..<5 { _ = await client.send(get) }
        #expect(transport.requests.count == 5)

        let refused = await client.send(buy)
        #expect(refused.notDone?.reason == .carrierUnavailable)
        #expect(refused.notDone?.retryAfterMilliseconds == 1_000)
        #expect(transport.requests.count == 5)

        // An hour: probes after 1, 2, 4, … 60 seconds, and every minute from then on.
        for _ in 0..<3_600 {
            time.advance(by: .seconds(1))
            _ = await client.send(get)
        }
        #expect((60...72).contains(transport.requests.count - 5))

        transport.become([.ok])
        time.advance(by: .seconds(60))
        #expect(await client.send(get).status == 200)
        #expect(await client.send(buy).status == 200)
        #expect(time.slept.isEmpty)
    }

    @Test func `CAR-17 the answer while a carrier is down takes less than 5 ms`() async {
        let client = client(FakeTransport([.down]), time, limits: CarrierLimits())
        _ = await client.send(get)
        let best = await fastest { #expect(await client.send(get).notDone != nil) }
        #expect(best < .milliseconds(5))
    }

    /// The fastest of many: the machine may be busy, but not each time.
    private func fastest(_ body: () async -> Void) async -> Duration {
        var best = Duration.seconds(1)
        for _ in 0..<100 {
            let start = ContinuousClock.now
            await body()
            best = min(best, start.duration(to: .now))
        }
        return best
    }

    @Test func `CAR-17 trouble of one account is not that of another`() async {
        let broken = client(FakeTransport([.down]), time, limits: CarrierLimits())
        let healthy = client(FakeTransport([.ok]), time, limits: CarrierLimits())
        _ = await broken.send(get)
        #expect(await broken.send(get).notDone != nil)
        #expect(await healthy.send(get).status == 200)
    }

    @Test(
        "CAR-17 any answer interrupts a row of failures, and a cancelled call does not",
        arguments: [
            (HTTPOutcome.status(200), false), (.status(401), false), (.status(429), false),
            (.cancelled, true), (.status(500), true), (.lost, true),
        ])
    func interruption(between: HTTPOutcome, opens: Bool) async {
        var limits = CarrierLimits()
        limits.triesMax = 1
        let rows = [HTTPOutcome](repeating: .down, count: 4) + [between] + [.down, .ok]
        let transport = FakeTransport(rows)
        let client = client(transport, time, limits: limits)
        for _ in 0..<6 { _ = await client.send(get) }
        #expect((await client.send(get).status == nil) == opens)
    }
}
