import LinekeeperCore
import Testing

@testable import LinekeeperCarriers

@Suite struct CarrierClientConcurrencyTests {
    private let time = FakeTime()
    private let get = HTTPRequest(.get, "https://api.twilio.com/x")

    @Test func `ten requests of an account are under way at a time, the rest wait their turn`()
        async
    {
        let running = Mutexed((now: 0, most: 0))
        let transport = FakeTransport([.ok]) {
            running.change { running in
                running.now += 1
                running.most = max(running.most, running.now)
            }
            await Task.yield()
            // Cancelled: the test is over anyway.
            try? await Task.sleep(for: .milliseconds(2))
            running.change { $0.now -= 1 }
        }
        time.stopped()
        let client = client(transport, time)
        await withTaskGroup { group in
            for _ in 0..<100 {
                group.addTask { [get] in #expect(await client.send(get).status == 200) }
            }
        }
        #expect(running.value.most == 10)
        #expect(running.value.now == 0)
    }

    @Test func `more waiting requests than there may be are refused`() async {
        var limits = patient
        limits.concurrency = 1
        limits.waitersMax = 1
        let isDone = Mutexed(false)
        let transport = FakeTransport([.ok]) {
            while !isDone.value { try? await Task.sleep(for: .milliseconds(2)) }
        }
        time.stopped()
        let client = client(transport, time, limits: limits)
        let outcomes = await withTaskGroup(of: CarrierOutcome.self) { group in
            for _ in 0..<10 { group.addTask { [get] in await client.send(get) } }
            var outcomes: [CarrierOutcome] = []
            while let outcome = await group.next() {
                outcomes.append(outcome)
                // The eight that found no place to wait are answered while the first is under way.
                if outcomes.count == 8 { isDone.value = true }
            }
            return outcomes
        }
        #expect(outcomes.prefix(8).allSatisfy { $0.notDone?.reason == .carrierBusy })
        #expect(outcomes.suffix(2).allSatisfy { $0.status == 200 })
    }

    @Test func `who waits for a turn waits no longer than its time, and frees nobody's place`()
        async
    {
        var limits = patient
        limits.concurrency = 1
        let isDone = Mutexed(false)
        let transport = FakeTransport([.ok]) {
            while !isDone.value { try? await Task.sleep(for: .milliseconds(2)) }
        }
        time.stopped()
        let client = client(transport, time, limits: limits)
        let first = Task { [get] in await client.send(get) }
        #expect(await eventually { transport.requests.isEmpty ? nil : true } == true)
        let late = Task { [get] in await client.send(get, within: .seconds(3)) }
        let gone = Task { [get] in await client.send(get) }
        try? await Task.sleep(for: .milliseconds(20))
        gone.cancel()
        #expect(await gone.value.notDone?.reason == .deadlineExceeded)
        time.advance(by: .seconds(4))
        #expect(await late.value.notDone?.reason == .carrierBusy)
        #expect(transport.requests.count == 1)
        isDone.value = true
        #expect(await first.value.status == 200)
        #expect(await client.send(get).status == 200)
    }

    @Test func `a turn that comes just as the time is over is not lost`() async {
        var limits = patient
        limits.concurrency = 1
        let transport = FakeTransport([.ok]) {
            for _ in 0..<Int.random(in: 0..<6) { await Task.yield() }
        }
        // Nobody sleeps for long on this clock: a time is over as soon as somebody waits for it.
        let client = client(transport, time, limits: limits)
        for _ in 0..<200 {
            await withTaskGroup { group in
                for _ in 0..<4 { group.addTask { [get] in _ = await client.send(get) } }
            }
            #expect(await client.send(get).status == 200)
        }
    }

    @Test func `a call that is cancelled between two tries makes no other`() async {
        let transport = FakeTransport([.down])
        time.stopped()
        let client = client(transport, time)
        let task = Task { [get] in await client.send(get) }
        #expect(await eventually { transport.requests.isEmpty ? nil : true } == true)
        task.cancel()
        #expect(await task.value.notDone?.reason == .carrierUnavailable)
        #expect(transport.requests.count == 1)
    }
}
