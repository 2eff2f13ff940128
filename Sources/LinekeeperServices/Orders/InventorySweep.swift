public import LinekeeperCore
public import Logging

/// Compares what the platform's accounts hold with what the store says: the last net under buying.
public struct InventorySweep: Sendable {
    /// What a comparison has found.
    public struct Findings: Hashable, Sendable {
        /// Numbers that the carrier has and nobody here: they go back.
        public var givenBack = 0
        /// Unfinished orders whose number has turned up: they are asked about now.
        public var hurried = 0
        /// Numbers in service that the carrier lacks.
        public var missing = 0
        /// Nothing.
        public init() {}
    }

    /// Pages of an account at most, so that a carrier that repeats itself cannot hold us up.
    private static let pagesMax = 10_000
    private static let rowsAtOnce = 1_000

    private let context: ServiceContext
    private let orders: OrderRunner
    private let logger: Logger

    /// A sweep over the accounts that a runner buys with.
    public init(orders: OrderRunner, logger: Logger) {
        context = orders.context
        self.orders = orders
        self.logger = logger
    }

    /// Goes through both accounts once.
    ///
    /// - Throws: what the carrier or the store throws; what was found before stays written.
    public func run() async throws(DomainError) -> Findings {
        var findings = Findings()
        for source in [NumberSource.pool, .marketplace] {
            guard let account = orders.accounts.account(for: source) else { continue }
            try await sweep(account, of: source, &findings)
        }
        if findings != Findings() {
            logger.warning(
                "the platform's accounts and the store differed",
                metadata: [
                    "given_back": "\(findings.givenBack)", "hurried": "\(findings.hurried)",
                    "missing": "\(findings.missing)",
                ])
        }
        if findings.hurried > 0 { orders.wake() }
        return findings
    }

    private func sweep(
        _ account: any CarrierAccount, of source: NumberSource, _ findings: inout Findings
    ) async throws(DomainError) {
        let began = context.clock.now
        var held: Set<E164> = []
        var isComplete = true
        var cursor: String?
        for page in 0..<Self.pagesMax {
            let numbers = try await account.ownedNumbers(after: cursor)
            for number in numbers.numbers {
                held.insert(number.e164)
                try await see(number, &findings)
            }
            if !numbers.unreadable.isEmpty { isComplete = false }
            cursor = numbers.next
            if cursor == nil { break }
            if page == Self.pagesMax - 1 { isComplete = false }
        }
        // What could not be read may be what seems to be missing.
        guard isComplete else { return }
        try await compare(held, with: source.origin, before: began, &findings)
    }

    private func see(
        _ number: CarrierNumber, _ findings: inout Findings
    ) async throws(DomainError) {
        guard let id = OrderID(number.reference) else { return }
        let order = try await context.store.read { reader throws(DomainError) in
            try reader.orderRecord(id)
        }
        // Most numbers are where they belong: no need to ask the writer.
        guard let order, order.state != .completed || context.store.routes.number(order.e164) == nil
        else { return }
        let wrote = try await write { writer throws(DomainError) in
            try SweepChange.sawTagged(number, order: id, in: writer)
        }
        guard wrote else { return }
        if order.state.isFinal { findings.givenBack += 1 } else { findings.hurried += 1 }
    }

    /// Tells of numbers that were in service before the carrier was asked and that it did not name.
    private func compare(
        _ held: Set<E164>, with origin: Origin, before began: Timestamp,
        _ findings: inout Findings
    ) async throws(DomainError) {
        var last = NumberKey(rawValue: 0)
        while true {
            let after = last
            let ours = try await context.store.read { reader throws(DomainError) in
                try reader.boughtNumbers(from: origin, after: after, limit: Self.rowsAtOnce)
            }
            for number in ours where !held.contains(number.e164) && number.updatedAt < began {
                let wrote = try await write { writer throws(DomainError) in
                    try SweepChange.missed(number, in: writer)
                }
                if wrote { findings.missing += 1 }
            }
            guard let end = ours.last, ours.count == Self.rowsAtOnce else { return }
            last = end.key
        }
    }

    private func write(
        _ body: @escaping @Sendable (any StoreWriter) throws(DomainError) -> Bool
    ) async throws(DomainError) -> Bool {
        try await context.store.perform(
            MutationRequest(
                workspace: nil, actor: "linekeeperd", requestID: "inventory_sweep",
                at: context.clock.now)
        ) { writer throws(DomainError) in
            [try body(writer) ? 1 : 0]
        } == [1]
    }
}
