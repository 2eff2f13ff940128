import Testing

@testable import LinekeeperCore

@Suite struct OpenTableTests {
    struct Entry: Equatable {
        var key: UInt64
        var value: UInt64
    }

    /// How well a key's hash spreads: the table must be right with the worst.
    enum Spread: CaseIterable {
        case mixed, identity, sevenValues, oneValue, aroundTheEnd, zero

        func hash(_ key: UInt64) -> UInt64 {
            switch self {
            case .mixed: KeyHash.of(key)
            case .identity: key
            case .sevenValues: key % 7
            case .oneValue: 5
            case .aroundTheEnd: UInt64.max &- key % 3
            case .zero: 0
            }
        }

        /// Keys in play: few where they all collide.
        var keys: UInt64 {
            switch self {
            case .mixed, .identity: 600
            default: 60
            }
        }
    }

    @Test(arguments: Spread.allCases)
    func `a table holds what a dictionary would, however badly hashes spread`(
        _ spread: Spread
    ) {
        var table = OpenTable<Entry>()
        var model: [UInt64: UInt64] = [:]
        var random = SeededGenerator(seed: 7)
        for step in 0..<20_000 {
            let key = random.next() % spread.keys
            let hash = spread.hash(key)
            // Grows for a while, then shrinks, again and again.
            if random.next() % 8 < (step / 2_000 % 2 == 0 ? 6 : 2) {
                let value = random.next()
                table.put(Entry(key: key, value: value), hash: hash) { $0.pointee.key == key }
                model[key] = value
            } else {
                table.remove(hash) { $0.pointee.key == key }
                model[key] = nil
            }
            let asked = step % 500 == 0 ? Array(0..<spread.keys) : [random.next() % spread.keys]
            let wrong = asked.filter { value(of: $0, in: &table, spread) != model[$0] }
            let count = table.count
            #expect(wrong.isEmpty && count == model.count, "step \(step): \(wrong)")
        }
    }

    private func value(
        of key: UInt64, in table: inout OpenTable<Entry>, _ spread: Spread
    ) -> UInt64? {
        table.entry(spread.hash(key)) { $0.pointee.key == key }?.value
    }

    @Test func `an empty table finds and removes nothing`() {
        var table = OpenTable<Entry>()
        let found = table.entry(1) { _ in true }
        #expect(found == nil)
        table.remove(1) { _ in true }
        let count = table.count
        #expect(count == 0)
    }

    @Test func `two entries of one hash are told apart by what matches`() {
        var table = OpenTable<Entry>()
        table.put(Entry(key: 1, value: 10), hash: 99) { $0.pointee.key == 1 }
        table.put(Entry(key: 2, value: 20), hash: 99) { $0.pointee.key == 2 }
        table.put(Entry(key: 1, value: 11), hash: 99) { $0.pointee.key == 1 }
        let all = table.all()
        #expect(all == [Entry(key: 1, value: 11), Entry(key: 2, value: 20)])
        table.remove(99) { $0.pointee.key == 1 }
        #expect(table.all() == [Entry(key: 2, value: 20)])
        let left = table.entry(99) { $0.pointee.key == 2 }
        #expect(left == Entry(key: 2, value: 20))
    }

    @Test func `making room loses nothing and adds nothing`() {
        var table = OpenTable<Entry>()
        for key in 0..<100 as Range<UInt64> {
            table.put(Entry(key: key, value: key), hash: KeyHash.of(key)) { $0.pointee.key == key }
        }
        table.reserve(5_000)
        table.reserve(3)
        let count = table.count
        #expect(count == 100)
        for key in 0..<100 as Range<UInt64> {
            let found = value(of: key, in: &table, .mixed)
            #expect(found == key)
        }
        let missing = value(of: 100, in: &table, .mixed)
        #expect(missing == nil)
    }

    @Test(arguments: Spread.allCases)
    func `what was appended is found once it is indexed, however badly hashes spread`(
        _ spread: Spread
    ) {
        var table = OpenTable<Entry>()
        for key in 0..<spread.keys {
            var slot = Optional(Entry(key: key, value: key + 1))
            table.append(&slot, hash: spread.hash(key))
        }
        let double = table.index { $0.pointee.key == $1.pointee.key }
        #expect(double == nil)
        for key in 0..<spread.keys where key % 2 == 0 {
            table.remove(spread.hash(key)) { $0.pointee.key == key }
        }
        let wrong = (0..<spread.keys).filter {
            value(of: $0, in: &table, spread) != ($0 % 2 == 0 ? nil : $0 + 1)
        }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: Spread.allCases)
    func `an entry that is there twice is told when the table is indexed`(_ spread: Spread) {
        var table = OpenTable<Entry>()
        for (key, value) in [(1, 1), (2, 2), (3, 3), (2, 4)] as [(UInt64, UInt64)] {
            var slot = Optional(Entry(key: key, value: value))
            table.append(&slot, hash: spread.hash(key))
        }
        let double = table.index { $0.pointee.key == $1.pointee.key }
        #expect(double == Entry(key: 2, value: 4))
    }

    @Test func `a lent entry is the one that was found`() {
        var table = OpenTable<Entry>()
        table.put(Entry(key: 4, value: 44), hash: 4) { $0.pointee.key == 4 }
        var seen: [UInt64] = []
        let lent = [(4, 4), (4, 5), (5, 4)].map { hash, key in
            table.lend(hash, { $0.pointee.key == key }, { seen.append($0.pointee.value) })
        }
        #expect(lent == [true, false, false])
        #expect(seen == [44])
    }
}

@Suite struct OpenTableHashTests {
    @Test func `numbers in a row spread over the shards`() {
        var counts = [Int](repeating: 0, count: 512)
        for digits in 14_155_550_000..<14_155_601_200 as Range<UInt64> {
            counts[Int(truncatingIfNeeded: KeyHash.of(digits) >> 55)] += 1
        }
        // A hundred for each on average.
        #expect(counts.allSatisfy { (40...200).contains($0) })
    }

    @Test func `numbers in a row have hashes of their own, in the low bits too`() {
        let range = 14_155_550_000..<14_155_601_200 as Range<UInt64>
        #expect(Set(range.map { KeyHash.of($0) }).count == range.count)
        // 51,200 into 2^20 places: a random hash leaves some 48,750 different ones.
        #expect(Set(range.map { KeyHash.of($0) & 0xF_FFFF }).count > 47_500)
    }

    @Test func `an agent's hash depends on every byte, its length and its workspace`() {
        var hashes: Set<UInt64> = []
        var count = 0
        for place in 1...3 as ClosedRange<Int64> {
            for length in 1...64 {
                var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: length)
                hashes.insert(KeyHash.of(bytes.span.bytes, in: place))
                count += 1
                for index in bytes.indices {
                    bytes[index] = UInt8(ascii: "b")
                    hashes.insert(KeyHash.of(bytes.span.bytes, in: place))
                    bytes[index] = UInt8(ascii: "a")
                    count += 1
                }
            }
        }
        #expect(hashes.count == count)
    }

    @Test func `a sharded table keeps, lends, lists and forgets`() {
        let table = ShardedTable<OpenTableTests.Entry>()
        table.reserve(1_000)
        for key in 0..<1_000 as Range<UInt64> {
            table.put(.init(key: key, value: key), hash: KeyHash.of(key)) { $0.pointee.key == key }
        }
        #expect(table.count == 1_000)
        for key in 0..<500 as Range<UInt64> {
            table.remove(KeyHash.of(key)) { $0.pointee.key == key }
        }
        var listed: Set<UInt64> = []
        table.forEach { listed.insert($0.key) }
        #expect(listed == Set(500..<1_000))
        var lent: UInt64?
        #expect(table.with(KeyHash.of(700), { $0.pointee.key == 700 }, { lent = $0.pointee.value }))
        #expect(lent == 700)
        #expect(!table.with(KeyHash.of(3), { $0.pointee.key == 3 }, { _ in Issue.record("lent") }))
        #expect(table.entry(KeyHash.of(3)) { $0.pointee.key == 3 } == nil)
    }
}

@Suite struct OpenTableMemoryTests {
    /// What an entry refers to.
    private final class Thing: Sendable {}

    private struct Entry: Sendable {
        let key: UInt64
        let thing: Thing
    }

    private struct Watched {
        weak var thing: Thing?
    }

    @Test func `what entries refer to lives as long as they do, and no longer`() {
        var watched: [Watched] = []
        func entry(_ key: UInt64) -> Entry {
            let thing = Thing()
            watched.append(Watched(thing: thing))
            return Entry(key: key, thing: thing)
        }
        do {
            var table = OpenTable<Entry>()
            for key in 0..<100 as Range<UInt64> {
                table.put(entry(key), hash: KeyHash.of(key)) { $0.pointee.key == key }
            }
            for key in 0..<10 as Range<UInt64> {
                table.put(entry(key), hash: KeyHash.of(key)) { $0.pointee.key == key }
                table.remove(KeyHash.of(key + 50)) { $0.pointee.key == key + 50 }
            }
            table.reserve(1_000)
            let alive = watched.indices.filter { watched[$0].thing != nil }
            #expect(alive == Array(10..<50) + Array(60..<110))
            let count = table.count
            #expect(count == 90)
        }
        #expect(watched.allSatisfy { $0.thing == nil })
    }
}

@Suite struct AgentBindingTests {
    @Test func `what a call reads of a number lies in the first of two cache lines`() {
        #expect(MemoryLayout<NumberFacts>.stride == 128)
        #expect(MemoryLayout<NumberFacts>.offset(of: \.inbound) == 48)
    }

    @Test(arguments: ["", "Ann", "Ånn – Empfang 📞"])
    func `a binding has the id and the name in one piece, each with a zero behind it`(
        name: String
    ) throws {
        var agent = try Routing.agent("front-desk")
        agent.name = name
        let binding = agent.binding
        #expect(agent.name == name)
        #expect(binding.idText == "front-desk")
        #expect(binding.name == name)
        #expect(binding.key == agent.key)
        #expect(binding.status == agent.status)
        binding.withText { id, text in
            #expect(id.elementsEqual("front-desk".utf8))
            #expect(text.elementsEqual(name.utf8))
            #expect((id.baseAddress! + id.count).load(as: UInt8.self) == 0)
            #expect((text.baseAddress! + text.count).load(as: UInt8.self) == 0)
        }
    }

    @Test(
        "a binding is made of an agent's id and of UTF-8 only",
        arguments: [
            (Array("a.B_9:-".utf8), Array("Ånn".utf8), true), (Array("a".utf8), [], true),
            (Array(repeating: 0x61, count: 64), [], true),
            (Array(repeating: 0x61, count: 65), [], false), ([], Array("Ann".utf8), false),
            (Array("a b".utf8), Array("Ann".utf8), false), ([0xC3, 0xA5], [], false),
            (Array("a".utf8), [0xC3], false), (Array("a".utf8), [0x41, 0xFF], false),
        ] as [([UInt8], [UInt8], Bool)])
    func stored(id: [UInt8], name: [UInt8], isGood: Bool) {
        let binding = AgentBinding(
            key: AgentKey(rawValue: 5), id: id.span, name: name.span, status: .published,
            outboundConfigured: nil, smsEnabled: true)
        #expect((binding != nil) == isGood)
        guard let binding else { return }
        #expect(Array(binding.idText.utf8) == id)
        #expect(Array(binding.name.utf8) == name)
        let facts = AgentFacts(binding, in: WorkspaceKey(rawValue: 2))
        #expect(facts.id.text == binding.idText)
        #expect(facts.smsEnabled == true)
    }

    @Test func `an agent takes 64 bytes beside its text`() {
        #expect(MemoryLayout<AgentFacts>.stride == 64)
    }

    @Test func `bindings are equal when all of the agent is`() throws {
        let agent = try Routing.agent("front-desk")
        func binding(_ change: (inout AgentFacts) -> Void) -> AgentBinding {
            var agent = agent
            change(&agent)
            return agent.binding
        }
        let own = agent.binding
        #expect(own == binding { _ in })
        #expect(own.hashValue == binding { _ in }.hashValue)
        #expect(own != binding { $0.name += "!" })
        #expect(own != binding { $0.status = .draft })
        #expect(own != binding { $0.smsEnabled = false })
        #expect(own != binding { $0.outboundConfigured = true })
        let other = try Routing.agent("front-desj").binding
        #expect(own != other)
    }
}
