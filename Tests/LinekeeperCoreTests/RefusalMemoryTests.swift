import LinekeeperCore
import Testing

@Suite struct RefusalMemoryTests {
    private func id(_ low: UInt64) -> NumberID { NumberID(high: 1, low: low) }
    private func time(_ seconds: Int64) -> Timestamp {
        Timestamp(microseconds: seconds * 1_000_000)
    }

    @Test func `refusals are counted by reason and use, the latest first`() {
        let memory = RefusalMemory()
        memory.record(.notAssigned, use: .inbound, number: id(1), at: time(10))
        memory.record(.outboundDisabled, use: .outbound, number: id(1), at: time(20))
        memory.record(.notAssigned, use: .sms, number: id(1), at: time(25))
        memory.record(.notAssigned, use: .inbound, number: id(1), at: time(30))
        let refusals = memory.refusals(of: id(1))
        #expect(refusals.map(\.reason) == [.notAssigned, .notAssigned, .outboundDisabled])
        #expect(refusals.map(\.use) == [.inbound, .sms, .outbound])
        #expect(refusals.map(\.count) == [2, 1, 1])
        #expect(refusals.map(\.lastAt) == [time(30), time(25), time(20)])
    }

    @Test func `a number that was never refused has no refusals`() {
        let memory = RefusalMemory()
        memory.record(.notAssigned, use: .inbound, number: id(1), at: time(1))
        #expect(memory.refusals(of: id(2)).isEmpty)
        // The same digits got again have another id.
        #expect(memory.refusals(of: NumberID(high: 2, low: 1)).isEmpty)
    }

    @Test func `of eight kinds of refusal the one unseen for longest makes room`() {
        let memory = RefusalMemory()
        let reasons = Array(DomainError.Reason.allCases.prefix(8))
        for (second, reason) in reasons.enumerated() {
            memory.record(reason, use: .outbound, number: id(1), at: time(Int64(second)))
        }
        memory.record(reasons[0], use: .outbound, number: id(1), at: time(100))
        memory.record(.corruptData, use: .outbound, number: id(1), at: time(101))
        let kept = memory.refusals(of: id(1))
        #expect(kept.count == 8)
        #expect(kept.first?.reason == .corruptData)
        #expect(kept.contains { $0.reason == reasons[0] && $0.count == 2 })
        #expect(!kept.contains { $0.reason == reasons[1] })
    }

    @Test func `the memory is bounded, and forgets the oldest numbers first`() {
        let memory = RefusalMemory(numbersMax: 160)
        for low in 0..<10_000 as Range<UInt64> {
            memory.record(.notAssigned, use: .inbound, number: id(low), at: time(Int64(low)))
        }
        let kept = (0..<10_000 as Range<UInt64>).filter { !memory.refusals(of: id($0)).isEmpty }
        #expect(kept.count <= 160)
        #expect(kept.count >= 100)
        #expect(kept.allSatisfy { $0 >= 9_800 })
    }

    @Test func `a number refused again and again does not push others out`() {
        // Sixteen shards of two numbers; 0 and 16 share one.
        let memory = RefusalMemory(numbersMax: 32)
        memory.record(.notAssigned, use: .inbound, number: id(0), at: time(0))
        for second in 1...1_000 as ClosedRange<Int64> {
            memory.record(.notAssigned, use: .inbound, number: id(16), at: time(second))
        }
        #expect(memory.refusals(of: id(16)).map(\.count) == [1_000])
        #expect(memory.refusals(of: id(0)).map(\.count) == [1])
    }

    @Test func `threads record at the same time and nothing is lost`() async {
        let memory = RefusalMemory()
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<4 as Range<UInt64> {
                group.addTask {
                    for step in 0..<2_000 as Range<UInt64> {
                        memory.record(
                            .numberNotFound, use: .inbound,
                            number: NumberID(high: 1, low: (step &+ task) % 40),
                            at: Timestamp(microseconds: Int64(step)))
                    }
                }
            }
        }
        let counts = (0..<40 as Range<UInt64>).map { memory.refusals(of: id($0))[0].count }
        #expect(counts.reduce(0, +) == 8_000)
    }
}
