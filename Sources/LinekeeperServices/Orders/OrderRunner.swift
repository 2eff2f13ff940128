public import LinekeeperCore
public import Logging
import Synchronization

/// Drives orders to their end: sends, asks, writes down what came of it, waits, and does it again.
///
/// All it knows is in the store, so what a crash left behind is found like everything else: an order
/// that is due. One order is in one hand at a time, and a few dozen are at work at once.
public final class OrderRunner: Sendable {
    /// Orders at work at the same time at one carrier: one that hangs does not hold up the other.
    private static let concurrencyMax = 16
    /// What can be bought from.
    private static let sources: [NumberSource] = [.pool, .marketplace]

    let context: ServiceContext
    let accounts: PlatformAccounts
    let signals = OrderSignals()
    private let machine: OrderMachine
    private let logger: Logger
    private let hands = Mutex(Hands())
    private let wakes: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation

    /// Which orders are at work, and who waits for an order to have been.
    private struct Hands {
        var busy: [OrderKey: NumberSource] = [:]
        func count(of source: NumberSource) -> Int { busy.values.count { $0 == source } }
        var nextTicket = 0
        var tickets: [Int: Set<OrderKey>] = [:]
        var isStopping = false
    }

    /// A runner; ``run()`` starts it.
    public init(
        context: ServiceContext, accounts: PlatformAccounts,
        machine: OrderMachine = OrderMachine(), logger: Logger
    ) {
        self.context = context
        self.accounts = accounts
        self.machine = machine
        self.logger = logger
        (wakes, waker) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Drives orders as they fall due, until ``stop()`` or cancellation; what is at work then is
    /// finished first. Called once.
    public func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.tick() }
            for await _ in wakes {
                for order in await claimDue() {
                    group.addTask {
                        await self.drive(order)
                        self.wake()
                    }
                }
            }
        }
    }

    /// Drives what is due at this moment, once; for tests, which have a clock of their own.
    package func driveDue() async {
        await withDiscardingTaskGroup { group in
            for order in await claimDue() { group.addTask { await self.drive(order) } }
        }
    }

    /// Begins nothing new and has ``run()`` return.
    public func stop() {
        hands.withLock { $0.isStopping = true }
        waker.finish()
    }

    /// Has due orders looked for now.
    func wake() { waker.yield() }

    /// Waits until each of some due orders has been driven once more, or the time is over.
    func driven(_ keys: [OrderKey], within limit: Duration) async {
        let ticket = hands.withLock { hands in
            hands.nextTicket += 1
            hands.tickets[hands.nextTicket] = Set(keys)
            return hands.nextTicket
        }
        wake()
        await signals.wait(atMost: limit) {
            self.hands.withLock { $0.tickets[ticket]?.isEmpty ?? true }
        }
        hands.withLock { hands in _ = hands.tickets.removeValue(forKey: ticket) }
    }

    /// Waits until some orders are final, or the time is over.
    func finished(_ keys: [OrderKey], within limit: Duration) async {
        wake()
        let store = context.store
        await signals.wait(atMost: limit) {
            do {
                return try await store.read { reader throws(DomainError) in
                    for key in keys {
                        guard try reader.orderRecord(key)?.state.isFinal ?? true else {
                            return false
                        }
                    }
                    return true
                }
            } catch {
                // Whoever waits reads the orders next, and meets the same trouble.
                return true
            }
        }
    }

    // MARK: - Claiming

    /// Orders fall due by the clock; a second is fine enough.
    private func tick() async {
        while !hands.withLock({ $0.isStopping }) {
            wake()
            do { try await Task.sleep(for: .seconds(1)) } catch { return }
        }
    }

    private func claimDue() async -> [OrderRecord] {
        let open = hands.withLock { hands in
            hands.isStopping
                ? [] : Self.sources.filter { hands.count(of: $0) < Self.concurrencyMax }
        }
        guard !open.isEmpty else { return [] }
        let now = context.clock.now
        let due: [OrderRecord]
        do {
            due = try await context.store.read { reader throws(DomainError) in
                var due: [OrderRecord] = []
                for source in open {
                    // Those at work may be among the longest due.
                    due += try reader.ordersDue(
                        by: now, from: source, limit: 2 * Self.concurrencyMax)
                }
                return due
            }
        } catch {
            logger.warning(
                "due orders could not be read", metadata: ["reason": "\(error.reason.rawValue)"])
            return []
        }
        return hands.withLock { hands in
            due.filter { order in
                guard hands.busy[order.key] == nil,
                    hands.count(of: order.source) < Self.concurrencyMax
                else { return false }
                hands.busy[order.key] = order.source
                return true
            }
        }
    }

    private func release(_ key: OrderKey) {
        hands.withLock { hands in
            hands.busy[key] = nil
            for ticket in hands.tickets.keys { hands.tickets[ticket]?.remove(key) }
        }
        signals.tell()
    }

    // MARK: - One step

    private func drive(_ order: OrderRecord) async {
        do throws(DomainError) {
            try await step(order)
        } catch {
            // The store refuses; the order stands as it was written last and is due again.
            logger.error(
                "what became of an order could not be written down",
                metadata: [
                    "order": "\(order.id)", "reason": "\(error.reason.rawValue)",
                    "error": "\(error.message)",
                ])
            // Not at once: a full disk stays full for a while.
            do { try await Task.sleep(for: .seconds(1)) } catch {}
        }
        release(order.key)
    }

    private func step(_ order: OrderRecord) async throws(DomainError) {
        guard let account = accounts.account(for: order.source) else {
            _ = try await apply(.notAsked(order.source.notConnected), to: order)
            return
        }
        switch machine.nextStep(order) {
        case .send: try await send(order, through: account)
        case .ask(let carrierOrderID):
            try await ask(about: order, carrierOrderID: carrierOrderID, through: account)
        case nil: return
        }
    }

    private func send(
        _ order: OrderRecord, through account: any CarrierAccount
    ) async throws(DomainError) {
        Failpoint.beforeMark.hit()
        let marked = try await apply(.sending, to: order)
        // The order was read before it was claimed: only who wrote the mark may send.
        guard marked.hasMoved, marked.order.state == .unknown else { return }
        Failpoint.afterMark.hit()
        let outcome = await account.purchase(order.purchase)
        Failpoint.afterAnswer.hit()
        let after = try await apply(
            .outcome(outcome, attempt: marked.order.attempt), to: marked.order)
        log(after.order)
    }

    private func ask(
        about order: OrderRecord, carrierOrderID: String?, through account: any CarrierAccount
    ) async throws(DomainError) {
        let news: OrderNews
        do throws(DomainError) {
            news = .finding(
                try await account.find(order.purchase, carrierOrderID: carrierOrderID))
        } catch {
            news = .notAsked(error)
        }
        Failpoint.duringRecovery.hit()
        log(try await apply(news, to: order).order)
    }

    private typealias Applied = (order: OrderRecord, hasMoved: Bool)

    /// Writes some news down; when this returns, it is durable.
    private func apply(
        _ news: OrderNews, to order: OrderRecord
    ) async throws(DomainError) -> Applied {
        let machine = machine
        let now = context.clock.now
        let entry = context.identifiers.make(CreditEntryKind.self, at: now)
        let written = Written()
        _ = try await context.store.perform(
            MutationRequest(
                workspace: order.workspace, actor: "linekeeperd",
                requestID: order.id.description, at: now)
        ) { writer throws(DomainError) in
            let applied = try OrderChange.apply(
                news, to: order.key, by: machine, newEntryID: entry, in: writer)
            written.value.withLock { $0 = applied }
            return []
        }
        guard let applied = written.value.withLock({ $0 }) else { throw OrderRecord.notFound }
        return applied
    }

    /// Carries what was written from the writer's thread.
    private final class Written: Sendable {
        let value = Mutex<Applied?>(nil)
    }

    private func log(_ order: OrderRecord) {
        let metadata: Logger.Metadata = [
            "order": "\(order.id)", "state": "\(order.state.apiName)",
            "attempt": "\(order.attempt)", "reason": "\(order.reason)",
        ]
        switch order.state {
        case .completed: logger.info("a number was bought", metadata: metadata)
        case .failed: logger.warning("a number was not bought", metadata: metadata)
        case .created, .submitted, .unknown:
            logger.debug("an order is under way", metadata: metadata)
        }
    }
}
