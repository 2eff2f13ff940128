/// What a client was told about a purchase.
struct AcknowledgedOrder: Hashable, Sendable {
    var id: String
    var e164: String
}

/// What the client side knows.
struct CheckedHistory: Sendable {
    /// Every order that an answer named.
    var acknowledged: Set<AcknowledgedOrder> = []
    /// Numbers that were asked for and whose request was refused: they are not bought.
    var refused: Set<String> = []
    /// Credits granted, by workspace.
    var grants: [String: Int] = [:]
}

/// Compares what the server has stored, what the carriers have done and what clients were told. It
/// answers everything that does not add up, one sentence each.
struct Checker {
    let store: CheckedStore
    let carrier: CheckedCarrier
    let history: CheckedHistory

    /// All that is wrong.
    ///
    /// It must be quiet: no order unfinished, no change at a carrier outstanding.
    func findings() -> [String] {
        purchases() + inventory() + credits() + acknowledgements() + states() + audit()
    }

    // MARK: - Carriers

    /// One purchase for each order at most, and none without an order.
    private func purchases() -> [String] {
        let known = Dictionary(grouping: store.orders, by: \.id)
        return Dictionary(grouping: carrier.purchases, by: \.reference).flatMap { reference, made in
            var found: [String] = []
            if made.count > 1 { found.append("order \(reference) was bought \(made.count) times") }
            guard let order = known[reference]?.first else {
                return found + ["a carrier sold \(made[0].e164) for an unknown order \(reference)"]
            }
            if made.contains(where: { $0.e164 != order.e164 }) {
                found.append("order \(reference) of \(order.e164) bought another number")
            }
            return found
        }
    }

    /// What the carriers hold for us is what we have, number by number.
    private func inventory() -> [String] {
        let ours = Set(store.numbers.filter { $0.isBought && $0.status.isHeld }.map(\.e164))
        let theirs = Set(carrier.holdings.map(\.e164))
        let completed = Dictionary(
            store.orders.filter { $0.state == .completed }.map { ($0.id, $0.e164) },
            uniquingKeysWith: { first, _ in first })
        return theirs.subtracting(ours).map { "orphan: a carrier holds \($0), and we do not" }
            + ours.subtracting(theirs).map { "phantom: we have \($0), and no carrier holds it" }
            + carrier.holdings.filter {
                ours.contains($0.e164) && completed[$0.reference] != $0.e164
            }.map { "\($0.e164) is held for \($0.reference), which did not complete" }
    }

    // MARK: - Credits

    /// Every credit is accounted for: granted, debited once for each order, returned once for each
    /// that failed.
    private func credits() -> [String] {
        var found: [String] = []
        for (workspace, entries) in Dictionary(grouping: store.entries, by: \.workspace) {
            var balance = 0
            for entry in entries {
                balance += entry.credits
                if balance != entry.balanceAfter {
                    found.append("\(entry.kind) left \(entry.balanceAfter), not \(balance)")
                }
            }
            if store.balances[workspace] != balance {
                found.append(
                    "\(workspace) has \(store.balances[workspace] ?? 0), its ledger says \(balance)"
                )
            }
            let granted = entries.filter { $0.kind == "GRANT" }.reduce(0) { $0 + $1.credits }
            if granted != history.grants[workspace] ?? 0 {
                found.append("\(workspace) was granted \(granted)")
            }
        }
        let byOrder = Dictionary(grouping: store.entries.filter { !$0.order.isEmpty }, by: \.order)
        for order in store.orders {
            let entries = (byOrder[order.id] ?? []).map { "\($0.kind) \($0.credits)" }
            var expected = ["PURCHASE -\(order.credits)"]
            if order.state == .failed { expected.append("REFUND \(order.credits)") }
            if entries != expected {
                found.append("order \(order.id) (\(order.state)) is booked as \(entries)")
            }
        }
        let known = Set(store.orders.map(\.id))
        found += byOrder.keys.filter { !known.contains($0) }.map { "credits for no order: \($0)" }
        return found
    }

    // MARK: - Clients

    /// What a client was told is so.
    private func acknowledgements() -> [String] {
        let known = Set(store.orders.map { AcknowledgedOrder(id: $0.id, e164: $0.e164) })
        let bought = Set(carrier.purchases.map(\.e164))
        return history.acknowledged.subtracting(known)
            .map { "acknowledged, and gone: order \($0.id) of \($0.e164)" }
            + history.refused.intersection(
                store.orders.filter { $0.state != .failed }.map(\.e164)
            ).map { "\($0) was refused, and ordered" }
            + history.refused.intersection(bought).map { "\($0) was refused, and bought" }
    }

    // MARK: - The store itself

    /// An order and its number tell the same.
    private func states() -> [String] {
        let numbers = Dictionary(
            store.numbers.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        var found = store.tasks == 0 ? [] : ["\(store.tasks) changes at carriers are outstanding"]
        for order in store.orders {
            guard let number = numbers[order.number], number.e164 == order.e164 else {
                found.append("order \(order.id) has no number")
                continue
            }
            let fits =
                switch order.state {
                case .completed: number.status.isHeld || number.status == .released
                case .failed: number.status == .failed
                case .created, .submitted, .unknown: false
                }
            if !fits { found.append("order \(order.id): \(order.state), \(number.status)") }
        }
        return found
    }

    /// One event for each change of an order's state and of its number's.
    private func audit() -> [String] {
        let byOrder = Dictionary(grouping: store.events, by: \.order)
        return store.orders.compactMap { order -> String? in
            let actions = (byOrder[order.id] ?? []).map(\.action)
            let endings =
                order.state == .completed
                ? ["order.completed", "number.activated"] : ["order.failed", "number.failed"]
            let others =
                order.state == .completed
                ? ["order.failed", "number.failed"] : ["order.completed", "number.activated"]
            func count(_ action: String) -> Int { actions.count { $0 == action } }
            guard count("number.ordered") == 1, endings.allSatisfy({ count($0) == 1 }),
                others.allSatisfy({ count($0) == 0 }), count("order.submitted") <= 1
            else { return "order \(order.id) (\(order.state)) has the events \(actions)" }
            return nil
        }
    }
}
