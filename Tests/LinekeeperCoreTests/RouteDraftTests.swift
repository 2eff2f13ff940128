import LinekeeperCore
import Synchronization
import Testing

@Suite struct RouteDraftTests {
    private let table = RouteTable()

    @Test func `a draft sees its own changes over what is committed`() throws {
        let committed = try Routing.number()
        table.put(committed)
        table.put(try Routing.agent())
        table.put(Routing.workspaceFacts())
        table.put(Routing.connection())
        let draft = RouteDraft(over: table)
        draft.begin()
        #expect(draft.number(committed.e164) == committed)
        #expect(draft.number(committed.id, in: Routing.workspace) == committed)

        let changed = try Routing.number { $0.version = 2 }
        draft.put(changed)
        draft.put(try Routing.agent("ann", .inactive))
        draft.put(Routing.workspaceFacts { $0.outboundLocked = true })
        draft.put(Routing.connection(2))
        #expect(draft.number(committed.e164) == changed)
        #expect(draft.number(committed.id, in: Routing.workspace) == changed)
        #expect(draft.agent(try Routing.agent().id, in: Routing.workspace)?.status == .inactive)
        #expect(draft.workspace(Routing.workspace)?.outboundLocked == true)
        #expect(draft.connection(Routing.connection(2).id, in: Routing.workspace) != nil)
        // Readers see none of it.
        #expect(table.number(committed.e164) == committed)
        #expect(table.workspace(Routing.workspace)?.outboundLocked == false)
        #expect(table.connection(Routing.connection(2).id) == nil)
    }

    @Test func `what is removed in a draft is gone there, and only there`() throws {
        let number = try Routing.number()
        let agent = try Routing.agent()
        table.put(number)
        table.put(agent)
        table.put(Routing.workspaceFacts())
        table.put(Routing.connection())
        let draft = RouteDraft(over: table)
        draft.begin()
        draft.remove(number: number.e164)
        draft.remove(agent: agent.id, in: Routing.workspace)
        draft.remove(workspace: Routing.workspace)
        draft.remove(connection: Routing.connection().id)
        #expect(draft.number(number.e164) == nil)
        #expect(draft.number(number.id, in: Routing.workspace) == nil)
        #expect(draft.agent(agent.id, in: Routing.workspace) == nil)
        #expect(draft.workspace(Routing.workspace) == nil)
        #expect(draft.connection(Routing.connection().id, in: Routing.workspace) == nil)
        #expect(table.number(number.id, in: Routing.workspace) == number)
        draft.publish()
        #expect(table.differences(from: RouteTable()).isEmpty)
        #expect(table.number(number.id, in: Routing.workspace) == nil)
        #expect(table.workspace(Routing.workspaceFacts().id) == nil)
        #expect(table.connection(Routing.connection().key) == nil)
    }

    @Test func `what belongs to another workspace is not there`() throws {
        table.put(try Routing.number())
        table.put(Routing.connection())
        let draft = RouteDraft(over: table)
        draft.begin()
        draft.put(Routing.connection(2))
        let other = WorkspaceKey(rawValue: 2)
        #expect(draft.number(try Routing.number().id, in: other) == nil)
        #expect(draft.connection(Routing.connection().id, in: other) == nil)
        #expect(draft.connection(Routing.connection(2).id, in: other) == nil)
    }

    @Test func `a mutation that is rolled back leaves those before and after it`() throws {
        let draft = RouteDraft(over: table)
        draft.begin()
        draft.put(try Routing.number { $0.version = 1 })
        draft.begin()
        draft.put(try Routing.number { $0.version = 2 })
        draft.put(try Routing.agent())
        draft.rollback()
        let number = try Routing.number()
        #expect(draft.number(number.e164)?.version == 1)
        #expect(draft.agent(try Routing.agent().id, in: Routing.workspace) == nil)
        draft.begin()
        draft.put(Routing.workspaceFacts())
        draft.publish()
        #expect(table.number(number.e164)?.version == 1)
        #expect(table.counts == (1, 0, 1))
    }

    @Test func `a rolled back removal keeps the number under its id`() throws {
        let number = try Routing.number()
        table.put(number)
        let draft = RouteDraft(over: table)
        draft.begin()
        draft.remove(number: number.e164)
        draft.rollback()
        #expect(draft.number(number.id, in: Routing.workspace) == number)
        draft.publish()
        #expect(table.number(number.id, in: Routing.workspace) == number)
    }

    @Test func `what is discarded is never published`() throws {
        let draft = RouteDraft(over: table)
        draft.begin()
        draft.put(try Routing.number())
        draft.begin()
        draft.put(try Routing.agent())
        draft.discard()
        #expect(draft.number(try Routing.number().e164) == nil)
        draft.publish()
        #expect(table.counts == (0, 0, 0))
    }

    @Test func `a published change is published once`() throws {
        let draft = RouteDraft(over: table)
        draft.begin()
        draft.put(try Routing.number())
        draft.publish()
        // Somebody else's change must not be undone by publishing again.
        table.put(try Routing.number { $0.version = 9 })
        draft.publish()
        #expect(table.number(try Routing.number().e164)?.version == 9)
    }

    @Test(arguments: [true, false])
    func `a number released and imported again in one commit has its new id only`(
        _ inOneMutation: Bool
    ) throws {
        let first = try Routing.number(id: 1)
        table.put(first)
        let second = try Routing.number(id: 2, in: WorkspaceKey(rawValue: 2))
        let draft = RouteDraft(over: table)
        draft.begin()
        draft.remove(number: first.e164)
        if !inOneMutation { draft.begin() }
        draft.put(second)
        #expect(draft.number(first.id, in: first.workspace) == nil)
        #expect(draft.number(second.id, in: second.workspace) == second)
        draft.publish()
        #expect(table.number(first.id, in: first.workspace) == nil)
        #expect(table.number(second.id, in: second.workspace) == second)
        #expect(table.number(first.e164) == second)
        #expect(table.counts.numbers == 1)
    }

    @Test func `a number imported and released in one commit leaves nothing`() throws {
        let number = try Routing.number()
        let draft = RouteDraft(over: table)
        draft.begin()
        draft.put(number)
        draft.begin()
        draft.remove(number: number.e164)
        draft.publish()
        #expect(table.counts.numbers == 0)
        #expect(table.number(number.id, in: Routing.workspace) == nil)
    }

    @Test func `random batches end as a plain model does, rolled back ones without a trace`() throws
    {
        let draft = RouteDraft(over: table)
        var model: [E164: NumberFacts] = [:]
        var random = SeededGenerator(seed: 3)
        var lastID: UInt64 = 0
        for _ in 0..<400 {
            var batch = model
            for _ in 0..<(random.next() % 6) {
                draft.begin()
                var mutation = batch
                for _ in 0..<(random.next() % 4) {
                    let e164 = try #require(E164(digits: 14_155_550_000 + random.next() % 12))
                    if random.next() % 3 == 0 {
                        draft.remove(number: e164)
                        mutation[e164] = nil
                    } else {
                        lastID += 1
                        let facts = try Routing.number(e164.description, id: lastID)
                        draft.put(facts)
                        mutation[e164] = facts
                    }
                }
                if random.next() % 3 == 0 { draft.rollback() } else { batch = mutation }
            }
            if random.next() % 4 == 0 {
                draft.discard()
            } else {
                draft.publish()
                model = batch
            }
            let expected = RouteTable()
            for number in model.values { expected.put(number) }
            #expect(table.differences(from: expected).isEmpty)
            let byID = Dictionary(uniqueKeysWithValues: model.values.map { ($0.id, $0) })
            let wrong = (0...lastID).map { NumberID(high: 1, low: $0) }.filter {
                draft.number($0, in: Routing.workspace) != byID[$0]
                    || table.number($0, in: Routing.workspace) != byID[$0]
            }
            #expect(wrong.isEmpty)
        }
    }
}

@Suite struct RouteDraftReaderTests {
    /// What the threads of a test share.
    private final class Race: Sendable {
        let readers = Atomic(0)
        let isDone = Atomic(false)
        let faults = Atomic(0)

        /// Waits until readers run: other tests may hold every thread at first.
        func awaitReaders(_ count: Int) async {
            for _ in 0..<5_000_000 where readers.load(ordering: .acquiring) < count {
                await Task.yield()
            }
        }
    }

    /// Two states that both forbid a call: the number switched off in an unlocked workspace, and
    /// switched on in a locked one. A reader that mixed them would grant one.
    @Test func `B048 no call is granted by halves of two states`() async throws {
        let table = RouteTable()
        let on = try Routing.number { $0.outbound = try Routing.binding() }
        let off = try Routing.number {
            $0.outbound = on.outbound
            $0.outboundEnabled = false
        }
        let unlocked = Routing.workspaceFacts()
        let locked = Routing.workspaceFacts { $0.outboundLocked = true }
        let destination = try Routing.e164("+493012345678")
        table.put(unlocked)
        table.put(off)

        let race = Race()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await race.awaitReaders(1)
                let draft = RouteDraft(over: table)
                for step in 0..<60 {
                    draft.begin()
                    // Makes the publishing long enough for a reader to come between.
                    for filler in 2..<1_000 as Range<Int64> {
                        draft.put(Routing.connection(filler))
                    }
                    draft.put(step % 2 == 0 ? on : off)
                    draft.put(step % 2 == 0 ? locked : unlocked)
                    draft.publish()
                }
                race.isDone.store(true, ordering: .releasing)
            }
            group.addTask {
                race.readers.add(1, ordering: .releasing)
                // Bounded, whatever the scheduler does.
                for turn in 0..<5_000_000 where !race.isDone.load(ordering: .acquiring) {
                    // Readers on every thread would leave none to the writer.
                    if turn % 1_000 == 0 { await Task.yield() }
                    _ = table.withNumber(on.e164) { number in
                        var limits = OutboundLimits(isLocked: true, allowsDestination: false)
                        _ = table.withWorkspace(number.pointee.workspace) {
                            limits = $0.pointee.outboundLimits(from: on.e164, to: destination)
                        }
                        if number.outboundRefusal(to: destination, limits: limits) == nil {
                            race.faults.add(1, ordering: .relaxed)
                        }
                    }
                }
            }
        }
        #expect(race.readers.load(ordering: .relaxed) > 0)
        #expect(race.faults.load(ordering: .relaxed) == 0)
    }

    @Test func `readers see every number whole, and always there, while it changes`() async throws {
        let table = RouteTable()
        let count = 64 as UInt64
        let numbers = try (0..<count).map {
            try Routing.number("+1415555\(1_000 + $0)", id: $0 + 1) { $0.ringTimeoutOverride = 5 }
        }
        for number in numbers { table.put(number) }
        let race = Race()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await race.awaitReaders(1)
                let draft = RouteDraft(over: table)
                for step in 0..<300 as Range<UInt64> {
                    draft.begin()
                    for number in numbers {
                        var number = number
                        number.version = step
                        // Goes with the version: a torn entry shows.
                        number.ringTimeoutOverride = UInt8(5 + step % 100)
                        draft.put(number)
                    }
                    // The table grows meanwhile, and shrinks.
                    for extra in 0..<20 as Range<UInt64> {
                        guard let e164 = E164(digits: 15_000_000 + extra) else { continue }
                        if step % 2 == 0 {
                            draft.put(
                                NumberFacts(
                                    e164: e164, id: NumberID(high: 9, low: extra),
                                    key: NumberKey(rawValue: 1), workspace: Routing.workspace,
                                    connection: nil, version: 1, status: .active,
                                    capabilities: [], origin: .imported, carrier: .sip,
                                    webhookMode: .managed))
                        } else {
                            draft.remove(number: e164)
                        }
                    }
                    draft.publish()
                }
                race.isDone.store(true, ordering: .releasing)
            }
            for _ in 0..<2 {
                group.addTask {
                    race.readers.add(1, ordering: .releasing)
                    var random = SeededGenerator(seed: 5)
                    for turn in 0..<5_000_000 where !race.isDone.load(ordering: .acquiring) {
                        if turn % 1_000 == 0 { await Task.yield() }
                        let number = numbers[Int(random.next() % count)]
                        var isWhole = false
                        let isThere = table.withNumber(number.e164) {
                            isWhole =
                                $0.pointee.version == 1
                                || $0.pointee.ringTimeoutOverride
                                    == UInt8(5 + $0.pointee.version % 100)
                        }
                        let byID = table.number(number.id, in: Routing.workspace)
                        if !isThere || !isWhole || byID?.e164 != number.e164 {
                            race.faults.add(1, ordering: .relaxed)
                        }
                    }
                }
            }
        }
        #expect(race.readers.load(ordering: .relaxed) > 0)
        #expect(race.faults.load(ordering: .relaxed) == 0)
    }
}
