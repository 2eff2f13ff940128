import Foundation

/// What a test in the same process can see and do.
extension CarrierSimulator {
    // Faults

    /// Puts a fault in force; answers its id.
    @discardableResult public func add(_ fault: Fault) -> String {
        world.withLock { $0.faults.add(fault) }
    }

    /// Ends all faults, and lets go of what hangs.
    public func clearFaults() { world.withLock { $0.faults.clear() } }

    /// How many more requests a fault will hit; `nil` when it is not in force or hits all.
    public func remaining(of fault: String) -> Int? {
        world.withLock { world in world.faults.faults.first { $0.id == fault }?.fault.count }
    }

    // What happened

    /// What the carriers really did, oldest first; orders that are due are ended first.
    public var ledger: [LedgerEntry] {
        world.withLock { world in
            world.settleOrders()
            return world.ledger
        }
    }

    /// The requests that came, oldest first.
    public var journal: [JournalEntry] { world.withLock { $0.journal.entries } }

    /// Forgets the requests that came.
    public func clearJournal() { world.withLock { $0.journal.clear() } }

    /// Waits until a matching request has come so far.
    ///
    /// - Parameters:
    ///   - after: Only requests with a higher number count: the last ``JournalEntry/sequence`` seen.
    ///   - count: How many of them.
    /// - Returns: The last of them; `nil` when the time is up.
    public func waitForRequest(
        _ match: RequestMatch, stage: JournalEntry.Stage = .received, after: Int = 0,
        count: Int = 1, timeout: Duration = .seconds(10)
    ) async throws -> JournalEntry? {
        try await world.waitForRequest(
            match, stage: stage, after: after, count: count, timeout: timeout)
    }

    // Accounts

    /// An account as it is now.
    public func account(_ id: String) -> Account? { world.withLock { $0.accounts[id] } }

    /// Adds an account, or replaces the one with its id.
    public func put(_ account: Account) throws {
        try world.withLock { try $0.control(put: account) }
    }

    /// Gives an account numbers that it did not buy: 1 to 100,000.
    @discardableResult public func seed(_ count: Int, account: String) throws -> [OwnedNumber] {
        try world.withLock { try $0.control(seed: count, account: account) }
    }

    /// Changes the money of an account.
    public func setBalance(_ micros: Int64, of account: String) throws {
        try world.withLock {
            try $0.control(account: account, "account.balance") { $0.balanceMicros = micros }
        }
    }

    /// Suspends or closes an account, or lets it work again.
    public func setStatus(_ status: Account.Status, of account: String) throws {
        try world.withLock {
            try $0.control(account: account, "account.status") { $0.status = status }
        }
    }

    /// Takes away an account's credentials, or only the one with an id.
    public func revokeCredentials(of account: String, id: String? = nil) throws {
        try world.withLock {
            try $0.control(account: account, "credentials.revoke") { account in
                account.credentials.removeAll { id == nil || $0.id == id }
            }
        }
    }

    /// Gives an account another credential.
    public func add(_ credential: Credential, to account: String) throws {
        try world.withLock {
            try $0.control(account: account, "credentials.add") {
                $0.credentials.append(credential)
            }
        }
    }

    // Numbers

    /// The numbers of an account, newest first; orders that are due are ended first.
    public func numbers(of account: String) -> [OwnedNumber] {
        world.withLock { world in
            world.settleOrders()
            return world.numbers(of: account)
        }
    }

    /// A number that somebody has.
    public func number(_ e164: String) -> OwnedNumber? { world.withLock { $0.numbers[e164] } }

    /// Numbers that nobody has yet, in the order in which a search finds them.
    public func available(
        at carrier: SimulatedCarrier, country: String = "US", type: NumberType = .local,
        limit: Int = 10
    ) -> [String] {
        world.withLock { world in
            world.forSale(at: carrier, to: "", limit: limit) {
                $0.country == country && $0.type == type
            }.map(\.e164)
        }
    }

    /// Changes settings of a number as if somebody did so in the carrier's console.
    ///
    /// - Parameter settings: By the names of the carrier's answers, such as `voice_url` or
    ///   `connection_id`.
    public func changeSettings(
        _ settings: [String: String], of e164: String, in region: Region = .us1
    ) throws {
        try world.withLock {
            try $0.control(number: e164) { number in
                number.settings[region, default: [:]].merge(settings) { _, new in new }
            }
        }
    }

    /// Telnyx: protects a number against release, or no longer.
    public func setDeletionLock(_ isLocked: Bool, of e164: String) throws {
        try world.withLock { try $0.control(number: e164) { $0.isLocked = isLocked } }
    }

    /// Takes a number out of its account, as when it is ported to another carrier.
    public func portOut(_ e164: String) throws {
        try world.withLock { try $0.control(portOut: e164) }
    }

    // Orders and time

    /// How long the Telnyx orders to come are pending.
    public func setOrderDelay(_ delay: Duration) {
        world.withLock { $0.orderPlan.delay = delay }
    }

    /// Decides how orders to come will end: those that name a number or a reference, or any (`*`).
    public func planOrders(_ outcome: OrderOutcome, for subject: String = "*", count: Int = 1) {
        world.withLock { $0.orderPlan.plan(outcome, for: subject, count: count) }
    }

    /// Ends the oldest pending order with an id, a reference or a number now.
    public func endOrder(_ subject: String, as outcome: OrderOutcome) throws {
        try world.withLock { try $0.control(endOrder: subject, as: outcome) }
    }

    /// The orders of an account, newest first; those that are due are ended first.
    public func orders(of account: String) -> [NumberOrder] {
        world.withLock { world in
            world.settleOrders()
            return world.orders(of: account)
        }
    }

    /// Moves the carriers' clock on.
    public func advanceClock(by duration: Duration) {
        world.withLock { $0.clock.advance(by: duration) }
    }
}

extension SharedWorld {
    func waitForRequest(
        _ match: RequestMatch, stage: JournalEntry.Stage, after: Int, count: Int,
        timeout: Duration
    ) async throws -> JournalEntry? {
        let deadline = ContinuousClock.now + timeout
        while true {
            let found = withLock { world in
                world.journal.entries.filter {
                    $0.sequence > after && $0.stage.reached(stage) && match.matches($0)
                }
            }
            if found.count >= max(1, count) { return found[max(1, count) - 1] }
            guard ContinuousClock.now < deadline else { return nil }
            // Looking again and again leaves nothing behind when the one who waits goes away.
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}

extension JournalEntry.Stage {
    /// Whether a request that is here has been there.
    func reached(_ other: JournalEntry.Stage) -> Bool {
        let order = Self.allCases
        return (order.firstIndex(of: self) ?? 0) >= (order.firstIndex(of: other) ?? 0)
    }
}
