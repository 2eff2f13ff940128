import Foundation

/// A request of a test that cannot be met, with the reason for a person.
public struct ControlFailure: Error, CustomStringConvertible {
    var status: Int
    /// What was wrong and what would do.
    public var description: String

    static func notFound(_ what: String) -> ControlFailure {
        ControlFailure(status: 404, description: "There is no \(what).")
    }

    static func invalid(_ description: String) -> ControlFailure {
        ControlFailure(status: 400, description: description)
    }
}

/// What tests do behind the customers' backs. All of it is in the ledger, with the cause `control`.
extension World {
    /// Far from where sums would not fit any more.
    private static let balances: ClosedRange<Int64> = -1_000_000_000_000_000...1_000_000_000_000_000

    /// Adds an account, or replaces the one with its id.
    mutating func control(put account: Account) throws {
        guard Self.balances.contains(account.balanceMicros) else {
            throw ControlFailure.invalid("The balance must be within ±1,000,000,000 dollars.")
        }
        try commit(deed("account.put", account), [.account(account)])
    }

    /// Gives an account numbers that it did not buy.
    mutating func control(seed count: Int, account id: String) throws -> [OwnedNumber] {
        guard (1...100_000).contains(count) else {
            throw ControlFailure.invalid("count must be 1 to 100,000.")
        }
        let account = try known(id)
        try commit(deed("account.seed", account), [.seeded(account: id, count: count)])
        return numbers(of: id).prefix(count).reversed()
    }

    /// Changes an account.
    mutating func control(
        account id: String, _ operation: String, _ change: (inout Account) -> Void
    ) throws {
        var account = try known(id)
        change(&account)
        guard Self.balances.contains(account.balanceMicros) else {
            throw ControlFailure.invalid("The balance must be within ±1,000,000,000 dollars.")
        }
        try commit(deed(operation, account), [.account(account)])
    }

    /// Changes a number.
    mutating func control(number e164: String, _ change: (inout OwnedNumber) -> Void) throws {
        guard var number = numbers[e164] else { throw ControlFailure.notFound("number \(e164)") }
        change(&number)
        number.updatedAt = clock.now
        try commit(deed("number.update", number), [.number(number)])
    }

    /// Takes a number out of its account, as when it is ported to another carrier; it is not sold
    /// again.
    mutating func control(portOut e164: String) throws {
        guard let number = numbers[e164] else { throw ControlFailure.notFound("number \(e164)") }
        try commit(
            deed("number.ported-out", number),
            [.numberGone(carrier: number.carrier, e164: e164, heldUntil: .distantFuture)])
    }

    /// Ends the pending order with an id, a reference or a number.
    mutating func control(endOrder subject: String, as outcome: OrderOutcome) throws {
        let order = orders.values.filter { order in
            order.status == .pending
                && (order.id == subject || order.reference == subject
                    || order.lines.contains { $0.e164 == subject })
        }.min { $0.createdAt < $1.createdAt }
        guard let order else { throw ControlFailure.notFound("pending order \(subject)") }
        end(order, as: outcome, cause: .control)
    }

    private func known(_ id: String) throws -> Account {
        guard let account = accounts[id] else { throw ControlFailure.notFound("account \(id)") }
        return account
    }

    private func deed(_ operation: String, _ account: Account) -> Deed {
        Deed(
            cause: .control, carrier: account.carrier, account: account.id, operation: operation)
    }

    private func deed(_ operation: String, _ number: OwnedNumber) -> Deed {
        Deed(
            cause: .control, carrier: number.carrier, account: number.account,
            operation: operation, e164: number.e164, reference: number.reference)
    }
}
