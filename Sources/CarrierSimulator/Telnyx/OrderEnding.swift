import Foundation

/// What Telnyx does by itself when an order's time has come.
extension World {
    /// Ends the orders that are due.
    mutating func settleOrders() {
        let now = clock.now
        let due = orders.values.filter {
            $0.status == .pending && $0.outcome != .stuck && $0.requirementsMet && $0.endsAt <= now
        }
        // In the order in which they were due, so that the ledger tells it the same each time.
        for order in due.sorted(by: { ($0.endsAt, $0.id) < ($1.endsAt, $1.id) }) {
            end(order, as: order.outcome, cause: .carrier)
        }
    }

    /// Ends an order one way or the other; `stuck` leaves it pending for good.
    ///
    /// A ledger that cannot be written leaves the order as it was: the next request tries again.
    mutating func end(_ order: NumberOrder, as outcome: OrderOutcome, cause: LedgerEntry.Cause) {
        var order = order
        order.outcome = outcome
        order.updatedAt = clock.now
        var changes: [Change] = []
        switch outcome {
        case .stuck: break
        case .success:
            order.status = .success
            for line in order.lines {
                guard var number = numbers[line.e164], number.account == order.account else {
                    continue
                }
                number.status = .active
                number.purchasedAt = clock.now
                number.updatedAt = clock.now
                changes.append(.number(number))
                lags.pass(from: order.id, to: number.id)
            }
        case .failure, .cancelled:
            order.status = outcome == .failure ? .failure : .cancelled
            for line in order.lines where numbers[line.e164]?.status == .purchasePending {
                changes.append(.numberGone(carrier: .telnyx, e164: line.e164, heldUntil: nil))
            }
            if var account = accounts[order.account] {
                account.balanceMicros += order.costMicros
                changes.append(.account(account))
            }
        }
        for index in order.lines.indices { order.lines[index].status = order.status }
        changes.append(.order(order))
        let deed = Deed(
            cause: cause, carrier: .telnyx, account: order.account,
            operation: outcome == .stuck ? "order.stuck" : "order.\(order.status.rawValue)",
            e164: order.lines.first?.e164 ?? "", reference: order.reference)
        do { try commit(deed, changes) } catch { return }
    }
}
