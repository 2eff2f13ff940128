import LinekeeperCore
import Testing

struct OrderMachineTests {
    private let machine = TestOrder.machine

    /// Every kind of news once, by a name for the tables below.
    private static let news: [(name: String, news: OrderNews)] = [
        ("sending", .sending),
        ("outcome owned", .outcome(.owned(TestOrder.number()), attempt: 1)),
        ("outcome other", .outcome(.owned(TestOrder.number(TestOrder.other)), attempt: 1)),
        ("outcome pending", .outcome(.pending(carrierOrderID: "o1"), attempt: 1)),
        ("outcome taken", .outcome(.refused(TestOrder.refusal(.taken)), attempt: 1)),
        ("outcome funds", .outcome(.refused(TestOrder.refusal(.funds)), attempt: 1)),
        ("outcome credentials", .outcome(.refused(TestOrder.refusal(.credentials)), attempt: 1)),
        ("outcome notSent", .outcome(.notSent(TestOrder.unreachable), attempt: 1)),
        ("outcome unknown", .outcome(.unknown("timed out"), attempt: 1)),
        ("finding owned", .finding(.owned(TestOrder.number()))),
        ("finding other", .finding(.owned(TestOrder.number(TestOrder.other)))),
        ("finding pending", .finding(.pending(carrierOrderID: "o1", cause: "papers"))),
        ("finding refused", .finding(.refused(TestOrder.refusal(.other)))),
        ("finding absent", .finding(.absent)),
        ("not asked", .notAsked(TestOrder.unreachable)),
        ("no credentials", .notAsked(TestOrder.rejected)),
    ]

    /// State x news -> state, a second after the start. What is not named stays.
    private static let moves: [OrderState: [String: OrderState]] = [
        .created: [
            "sending": .unknown, "outcome owned": .completed, "outcome other": .unknown,
            "outcome pending": .submitted, "outcome unknown": .unknown,
            "finding owned": .completed, "finding other": .unknown,
            "finding pending": .submitted, "finding refused": .failed,
        ],
        .unknown: [
            "outcome owned": .completed, "outcome pending": .submitted,
            "outcome taken": .failed, "outcome funds": .failed,
            "outcome credentials": .created, "outcome notSent": .created,
            "finding owned": .completed, "finding pending": .submitted,
            "finding refused": .failed,
        ],
        .submitted: [
            "outcome owned": .completed, "finding owned": .completed, "finding refused": .failed,
        ],
        .completed: [:], .failed: [:],
    ]

    @Test(
        "Every state and every piece of news lead where the table says",
        arguments: OrderState.allCases)
    func table(state: OrderState) throws {
        let moves = try #require(Self.moves[state])
        #expect(Set(moves.keys).isSubset(of: Self.news.map(\.name)))
        for (name, news) in Self.news {
            let before = TestOrder.record(state)
            let (after, effect) = machine.step(before, news, at: TestOrder.start.after(1))
            #expect(after.state == moves[name] ?? state, "\(state) + \(name)")
            // Money and service move exactly with the endings.
            let moved = after.state != before.state
            switch effect {
            case .activate(let number):
                #expect(moved && after.state == .completed && number.e164 == after.e164)
            case .refund: #expect(moved && after.state == .failed)
            case .none: #expect(!(moved && after.state.isFinal))
            }
            #expect((after.dueAt == nil) == after.state.isFinal)
            if state.isFinal { #expect(after == before) }
        }
    }

    @Test("An order is sent when created, asked about when unknown or submitted, and then left")
    func nextStep() {
        #expect(machine.nextStep(TestOrder.record(.created)) == .send)
        #expect(machine.nextStep(TestOrder.record(.unknown)) == .ask(carrierOrderID: nil))
        var submitted = TestOrder.record(.submitted)
        submitted.carrierOrderID = "o1"
        #expect(machine.nextStep(submitted) == .ask(carrierOrderID: "o1"))
        #expect(machine.nextStep(TestOrder.record(.completed)) == nil)
        #expect(machine.nextStep(TestOrder.record(.failed)) == nil)
    }

    @Test("Only the mark of a created order counts an attempt; nothing sends from unknown")
    func marks() {
        let (marked, _) = machine.step(TestOrder.record(), .sending, at: TestOrder.start.after(5))
        #expect(marked.state == .unknown && marked.attempt == 1)
        #expect(marked.sentAt == TestOrder.start.after(5) && marked.dueAt == marked.sentAt)
        for state in [OrderState.unknown, .submitted, .completed, .failed] {
            let before = TestOrder.record(state)
            let (after, _) = machine.step(before, .sending, at: TestOrder.start.after(5))
            #expect(after.attempt == before.attempt && after.state == state)
        }
    }

    @Test("A number that another attempt may have bought is asked about, not failed, when taken")
    func takenAfterAnotherAttempt() {
        let order = TestOrder.record(.unknown, attempt: 2)
        let taken = OrderNews.outcome(.refused(TestOrder.refusal(.taken)), attempt: 2)
        let (after, effect) = machine.step(order, taken, at: TestOrder.start.after(1))
        #expect(after.state == .unknown && effect == .none)
        #expect(after.dueAt == TestOrder.start.after(1))
        #expect(machine.nextStep(after) == .ask(carrierOrderID: nil))
    }

    @Test("Late news of an earlier attempt cannot undo the mark of the present one")
    func lateNews() {
        let order = TestOrder.record(.unknown, attempt: 2)
        for outcome in [
            PurchaseOutcome.notSent(TestOrder.unreachable), .refused(TestOrder.refusal(.funds)),
            .refused(TestOrder.refusal(.credentials)), .unknown("late"),
        ] {
            let (after, effect) = machine.step(
                order, .outcome(outcome, attempt: 1), at: TestOrder.start.after(1))
            #expect(after.state == .unknown && effect == .none, "\(outcome)")
        }
        let (done, _) = machine.step(
            order, .outcome(.owned(TestOrder.number()), attempt: 1), at: TestOrder.start.after(1))
        #expect(done.state == .completed)
    }

    @Test("Absence is proof only after three looks over 120 s that begin when no request can run")
    func absence() {
        func look(_ order: OrderRecord, _ second: Int64) -> OrderRecord {
            machine.step(order, .finding(.absent), at: TestOrder.start.after(second)).order
        }
        // Looks while the request may still be carried out prove nothing.
        var order = TestOrder.record(.unknown)
        for second in [Int64(1), 10, 29] { order = look(order, second) }
        #expect(order.state == .unknown && order.absentCount == 0)
        // Two looks, however far apart, are too few.
        var two = look(order, 30)
        two = look(two, 1_000)
        #expect(two.state == .unknown && two.absentCount == 2)
        #expect(look(two, 1_001).state == .failed)
        // Many looks within less than 120 s are too early; the next comes when it counts.
        for second in stride(from: Int64(30), to: 150, by: 17) { order = look(order, second) }
        #expect(order.state == .unknown && order.absentCount > 3)
        #expect(order.dueAt == TestOrder.start.after(150))
        let (failed, effect) = machine.step(
            order, .finding(.absent), at: TestOrder.start.after(150))
        #expect(failed.state == .failed && effect == .refund && failed.reason == "NOT_BOUGHT")
    }

    @Test("A number that shows up between the looks begins the proof anew")
    func absenceInterrupted() {
        var order = TestOrder.record(.unknown)
        let pending = OrderNews.finding(.pending(carrierOrderID: "o1", cause: nil))
        for second in [Int64(30), 60, 90] {
            order = machine.step(order, .finding(.absent), at: TestOrder.start.after(second)).order
        }
        order = machine.step(order, pending, at: TestOrder.start.after(100)).order
        #expect(order.absentCount == 0 && order.absentSince == nil)
        order = machine.step(order, .finding(.absent), at: TestOrder.start.after(200)).order
        #expect(order.state == .submitted)
    }

    @Test("What surely was not sent is tried again for ten minutes, then fails")
    func notSent() {
        func answer(_ second: Int64) -> (order: OrderRecord, effect: OrderEffect) {
            machine.step(
                TestOrder.record(.unknown), .outcome(.notSent(TestOrder.unreachable), attempt: 1),
                at: TestOrder.start.after(second))
        }
        #expect(answer(599).order.state == .created && answer(599).effect == .none)
        #expect(answer(599).order.reason == "CARRIER_UNAVAILABLE")
        #expect(answer(600).order.state == .failed && answer(600).effect == .refund)
    }

    @Test("A carrier's hint when to come back is kept")
    func retryAfter() {
        var busy = TestOrder.unreachable
        busy.retryAfterMilliseconds = 45_000
        let (order, _) = machine.step(
            TestOrder.record(.unknown), .outcome(.notSent(busy), attempt: 1),
            at: TestOrder.start.after(1))
        #expect(order.dueAt == TestOrder.start.after(46))
    }

    @Test("Refused credentials park an order for as long as it takes, with its credits held")
    func parked() {
        let news: [(OrderState, OrderNews, OrderState)] = [
            (.created, .notAsked(NumberSource.pool.notConnected), .created),
            (.unknown, .outcome(.notSent(TestOrder.rejected), attempt: 1), .created),
            (
                .unknown, .outcome(.refused(TestOrder.refusal(.credentials)), attempt: 1),
                .created
            ),
            (.submitted, .notAsked(TestOrder.rejected), .submitted),
        ]
        for (state, news, expected) in news {
            let (order, effect) = machine.step(
                TestOrder.record(state), news, at: TestOrder.start.after(90_000))
            #expect(order.state == expected && effect == .none)
            #expect(["NEEDS_CREDENTIALS", "CREDENTIALS_REJECTED"].contains(order.reason))
            #expect(order.dueAt == TestOrder.start.after(90_060))
            #expect(order.isOverdue(at: TestOrder.start.after(90_000)))
        }
    }

    @Test("Pauses grow from 2 s to 60 s and are spread by a fifth")
    func pauses() {
        func pause(_ spread: Double, age: Int64) -> Int64 {
            let machine = OrderMachine(spread: { spread })
            let now = TestOrder.start.after(age)
            let (order, _) = machine.step(
                TestOrder.record(.submitted), .notAsked(TestOrder.unreachable), at: now)
            return ((order.dueAt?.microseconds ?? 0) - now.microseconds) / 100_000
        }
        #expect(
            [0, 2, 10, 60, 120, 100_000].map { pause(1, age: $0) } == [20, 20, 50, 300, 600, 600])
        #expect(pause(0.8, age: 120) == 480 && pause(1.2, age: 120) == 720)
        #expect(pause(9, age: 120) == 720)
    }

    @Test("B128 An order is overdue when it is unfinished after ten minutes")
    func overdue() {
        #expect(!TestOrder.record(.submitted).isOverdue(at: TestOrder.start.after(600)))
        #expect(TestOrder.record(.submitted).isOverdue(at: TestOrder.start.after(601)))
        #expect(!TestOrder.record(.completed).isOverdue(at: TestOrder.start.after(601)))
    }

    @Test("A carrier's words reach the buyer, cut to what a row should hold")
    func words() {
        let refusal = PurchaseRefusal(
            .other, code: "10015", words: String(repeating: "x", count: 9_000))
        let (order, _) = machine.step(
            TestOrder.record(.unknown), .outcome(.refused(refusal), attempt: 1),
            at: TestOrder.start)
        #expect(order.message.hasPrefix("The carrier refused to sell the number (10015: x"))
        #expect(order.message.count == 500 && order.reason == "CARRIER_REFUSED")
    }
}
