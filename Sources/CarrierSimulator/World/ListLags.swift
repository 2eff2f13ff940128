import Foundation

/// What lists do not show yet although it is there.
struct ListLags: Sendable {
    private struct Lag {
        var until: Date?
        var readsLeft: Int
    }

    /// By the id of a number or an order.
    private var lags: [String: Lag] = [:]

    /// Hides something from lists until a time and for a number of reads, whichever lasts longer.
    mutating func hide(_ id: String, until: Date?, reads: Int) {
        lags[id] = Lag(until: until, readsLeft: reads)
    }

    /// Passes the lag of one thing on to another that came of it.
    mutating func pass(from id: String, to other: String) { lags[other] = lags[id] }

    /// What a list shows; a read that would have shown a hidden one counts as one of its reads.
    mutating func visible<Item>(_ items: [Item], at now: Date, id: (Item) -> String) -> [Item] {
        guard !lags.isEmpty else { return items }
        return items.filter { item in
            let id = id(item)
            guard var lag = lags[id] else { return true }
            guard lag.readsLeft > 0 || lag.until.map({ $0 > now }) ?? false else {
                lags[id] = nil
                return true
            }
            lag.readsLeft -= 1
            lags[id] = lag
            return false
        }
    }
}
