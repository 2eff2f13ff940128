import Foundation

/// How the orders to come will end.
struct OrderPlan: Sendable {
    /// How long an order is pending.
    var delay: Duration
    private var outcomes: [Planned] = []

    private struct Planned {
        /// A number, a reference, or `*` for any.
        var subject: String
        var outcome: OrderOutcome
        var count: Int
    }

    init(delay: Duration) { self.delay = delay }

    /// Decides the next orders that name a number or reference; `*`: whatever they name.
    mutating func plan(_ outcome: OrderOutcome, for subject: String, count: Int) {
        outcomes.append(Planned(subject: subject, outcome: outcome, count: count))
    }

    /// How a new order ends.
    mutating func outcome(numbers: [String], reference: String) -> OrderOutcome {
        let subjects = numbers + [reference, "*"]
        guard
            let index = outcomes.firstIndex(where: { $0.count > 0 && subjects.contains($0.subject) }
            )
        else { return .success }
        outcomes[index].count -= 1
        let outcome = outcomes[index].outcome
        outcomes.removeAll { $0.count <= 0 }
        return outcome
    }
}
