import Foundation

/// All that the two carriers know, and the only place where it changes.
///
/// A change is written to the ledger before it is made, so that what was answered is never lost.
/// What a restart may forget (searches, faults, lags) is not in the ledger.
struct World: Sendable {
    private(set) var accounts: [String: Account] = [:]
    private(set) var numbers: [String: OwnedNumber] = [:]
    /// Telnyx's name for a number and Twilio's, to the carrier and number.
    private(set) var numbersByID: [String: String] = [:]
    /// An account's numbers in the order in which it got them.
    private(set) var numbersByAccount: [String: [String]] = [:]
    /// Numbers that were released lately, with their last account.
    private(set) var held: [String: Hold] = [:]
    private(set) var routes: [String: VoiceRoute] = [:]
    private(set) var orders: [String: NumberOrder] = [:]
    /// An account's orders, oldest first.
    private(set) var ordersByAccount: [String: [String]] = [:]
    private(set) var applications: [String: TexmlApplication] = [:]
    private(set) var profiles: [String: MessagingProfile] = [:]
    private(set) var reservations: [String: NumberReservation] = [:]

    private(set) var ledger: [LedgerEntry] = []
    private var file: LedgerFile?

    let inventories: [SimulatedCarrier: Inventory]
    var clock = SimulatorClock()
    var faults = FaultBook()
    var journal = Journal()
    var orderPlan: OrderPlan
    var lags = ListLags()
    /// Telnyx: when an account last saw a number in a search, by account and number.
    var searches: [String: [String: Date]] = [:]
    /// The numbers and orders that were written since somebody last emptied this.
    var touched: [String] = []
    /// How many numbers were seeded so far, by carrier.
    private var seeded: [SimulatedCarrier: Int] = [:]

    struct Hold: Sendable {
        var account: String
        var until: Date
    }

    /// What Twilio's routes know of a number.
    struct VoiceRoute: Sendable {
        var region: Region
        var name: String
        var createdAt: Date
        var updatedAt: Date
    }

    /// The demo accounts and, from the ledger, all that has happened since.
    init(seed: UInt64, ledger path: String?, orderDelay: Duration) throws {
        inventories =
            seed == CarrierSimulator.defaultSeed
            ? Inventory.standard : Inventory.ofAllCarriers(seed: seed)
        orderPlan = OrderPlan(delay: orderDelay)
        for account in Demo.accounts { apply(.account(account)) }
        for application in Demo.applications { apply(.application(application)) }
        for profile in Demo.profiles { apply(.profile(profile)) }
        for (account, count) in Demo.numbersOwned {
            apply(.seeded(account: account, count: count))
        }
        guard let path else { return }
        let (file, lines) = try LedgerFile.open(path)
        for line in lines { replay(line) }
        self.file = file
    }

    private mutating func replay(_ line: LedgerLine) {
        for change in line.changes { apply(change) }
        ledger.append(line.entry)
    }

    /// What is about to be written in the ledger.
    struct Deed {
        var cause = LedgerEntry.Cause.request
        var carrier: SimulatedCarrier
        var account: String
        var operation: String
        var e164 = ""
        var reference = ""
        var requestID = ""
    }

    /// Writes a deed in the ledger, and then does it.
    ///
    /// - Throws: the file's error when the ledger cannot be written; then nothing is changed.
    mutating func commit(_ deed: Deed, _ changes: [Change]) throws {
        let entry = LedgerEntry(
            sequence: ledger.count + 1, time: clock.now, cause: deed.cause, carrier: deed.carrier,
            account: deed.account, operation: deed.operation, e164: deed.e164,
            reference: deed.reference, requestID: deed.requestID)
        try file?.append(LedgerLine(entry: entry, changes: changes))
        for change in changes { apply(change) }
        ledger.append(entry)
    }

    private mutating func apply(_ change: Change) {
        switch change {
        case .account(let account): accounts[account.id] = account
        case .number(let number): put(number)
        case .seeded(let account, let count):
            for number in seedNumbers(count, account: account) { put(number) }
        case .numberGone(_, let e164, let until): remove(e164, heldUntil: until)
        case .route(let e164, let region, let name, let at):
            routes[e164] = VoiceRoute(
                region: region, name: name, createdAt: routes[e164]?.createdAt ?? at,
                updatedAt: at)
        case .order(let order):
            if orders[order.id] == nil {
                ordersByAccount[order.account, default: []].append(order.id)
            }
            orders[order.id] = order
            touched.append(order.id)
        case .application(let application): applications[application.id] = application
        case .applicationGone(let id): applications[id] = nil
        case .profile(let profile): profiles[profile.id] = profile
        case .reservation(let reservation): reservations[reservation.id] = reservation
        }
    }

    private mutating func put(_ number: OwnedNumber) {
        let before = numbers[number.e164]
        if before?.account != number.account {
            if let before { numbersByAccount[before.account]?.removeAll { $0 == number.e164 } }
            numbersByAccount[number.account, default: []].append(number.e164)
        }
        numbers[number.e164] = number
        numbersByID[number.id] = number.e164
        touched.append(number.id)
        held[number.e164] = nil
    }

    private mutating func remove(_ e164: String, heldUntil until: Date?) {
        guard let number = numbers.removeValue(forKey: e164) else { return }
        numbersByID[number.id] = nil
        numbersByAccount[number.account]?.removeAll { $0 == e164 }
        routes[e164] = nil
        if let until { held[e164] = Hold(account: number.account, until: until) }
    }
}

extension World {
    /// The numbers of an account, newest first.
    func numbers(of account: String) -> [OwnedNumber] {
        (numbersByAccount[account] ?? []).reversed().compactMap { numbers[$0] }
    }

    /// The orders of an account, newest first.
    func orders(of account: String) -> [NumberOrder] {
        (ordersByAccount[account] ?? []).reversed().compactMap { orders[$0] }
    }

    /// The number for sale, when an account could buy it now.
    func available(_ e164: String, at carrier: SimulatedCarrier, to account: String) -> StockNumber?
    {
        guard let number = inventories[carrier]?[e164], isFree(e164, to: account) else {
            return nil
        }
        return number
    }

    /// The first numbers of a stock that an account could buy now.
    func forSale(
        at carrier: SimulatedCarrier, to account: String, limit: Int,
        where isWanted: (StockNumber) -> Bool
    ) -> [StockNumber] {
        var found: [StockNumber] = []
        for number in inventories[carrier]?.numbers ?? [] {
            guard found.count < limit else { break }
            if isWanted(number), isFree(number.e164, to: account) { found.append(number) }
        }
        return found
    }

    /// Whether nobody has a number, and nobody else a claim to it.
    func isFree(_ e164: String, to account: String) -> Bool {
        guard numbers[e164] == nil else { return false }
        if let hold = held[e164], hold.account != account, hold.until > clock.now { return false }
        return !reservations.values.contains { reservation in
            reservation.account != account
                && reservation.lines.contains { $0.e164 == e164 && $0.expiresAt > clock.now }
        }
    }

    /// Numbers that an account is given without buying them; the same at the same place in the
    /// ledger.
    private mutating func seedNumbers(_ count: Int, account id: String) -> [OwnedNumber] {
        guard let account = accounts[id] else { return [] }
        let first = seeded[account.carrier] ?? 0
        seeded[account.carrier] = first + count
        return (first..<first + count).map { index in
            let stock = Inventory.seeded(index, carrier: account.carrier)
            var number = own(
                stock, account: account, reference: account.carrier == .twilio ? "" : "seeded")
            number.purchasedAt = account.createdAt.addingTimeInterval(Double(index))
            number.updatedAt = number.purchasedAt
            number.settings[.us1] = Demo.settings(of: account.id)
            return number
        }
    }

    /// A number from the stock as an account's.
    func own(_ stock: StockNumber, account: Account, reference: String) -> OwnedNumber {
        let name = account.id + stock.e164 + String(ledger.count)
        return OwnedNumber(
            carrier: account.carrier, account: account.id, e164: stock.e164,
            id: account.carrier == .twilio
                ? Identifier.sid("PN", of: name) : Identifier.decimal(of: name),
            country: stock.country, type: stock.type, capabilities: stock.features,
            reference: reference, monthlyMicros: stock.monthlyMicros,
            addressRequirements: stock.addressRequirements, purchasedAt: clock.now,
            updatedAt: clock.now)
    }
}

/// The time of the simulated carriers: the machine's, moved on at will.
struct SimulatorClock: Sendable {
    private var offset: TimeInterval = 0

    var now: Date { Date(timeIntervalSinceNow: offset) }

    /// Moves it on.
    mutating func advance(by duration: Duration) { offset += duration.timeInterval }
}

extension Duration {
    var timeInterval: TimeInterval {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
