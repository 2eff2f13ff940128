import Synchronization

/// What a number is used for. Raw values are those of the published protos.
public enum RouteUse: UInt8, Hashable, Sendable, CaseIterable {
    case inbound = 1, outbound, sms
}

/// Why calls of a number were refused since the server started, for whoever asks why one did not
/// arrive. Kept in memory and bounded: it explains the present, it is no record.
public final class RefusalMemory: Sendable {
    /// One reason, how often and when last.
    public struct Refusal: Hashable, Sendable {
        public var reason: DomainError.Reason
        public var use: RouteUse
        public var lastAt: Timestamp
        public var count: UInt64
    }

    private struct Shard {
        var numbers: [E164: [Refusal]] = [:]
        /// Numbers by when their first refusal came, oldest first; the front leaves when full.
        var order: [E164] = []
    }

    private final class LockedShard: Sendable {
        let state = Mutex(Shard())
    }

    private static let shardCount: UInt64 = 16
    /// Reasons kept for one number.
    static let reasonsMax = 8

    private let shards: [LockedShard]
    private let numbersMax: Int

    /// - Parameter numbersMax: Numbers remembered at most; past it the oldest are forgotten.
    public init(numbersMax: Int = 16_384) {
        self.numbersMax = max(1, numbersMax / Int(RefusalMemory.shardCount))
        shards = (0..<RefusalMemory.shardCount).map { _ in LockedShard() }
    }

    /// Notes one refusal.
    public func record(
        _ reason: DomainError.Reason, use: RouteUse, number: E164, at: Timestamp
    ) {
        shard(of: number).state.withLock { shard in
            var refusals = shard.numbers[number] ?? []
            if let index = refusals.firstIndex(where: { $0.reason == reason && $0.use == use }) {
                refusals[index].count &+= 1
                refusals[index].lastAt = at
            } else {
                if refusals.count >= RefusalMemory.reasonsMax { refusals.removeFirst() }
                refusals.append(Refusal(reason: reason, use: use, lastAt: at, count: 1))
            }
            if shard.numbers.updateValue(refusals, forKey: number) == nil {
                shard.order.append(number)
                if shard.order.count > numbersMax {
                    // A sixteenth at a time, so that forgetting costs little per refusal.
                    let gone = shard.order.prefix(max(1, numbersMax / 16))
                    for number in gone { shard.numbers[number] = nil }
                    shard.order.removeFirst(gone.count)
                }
            }
        }
    }

    /// What was refused of a number, the latest first.
    public func refusals(of number: E164) -> [Refusal] {
        let refusals = shard(of: number).state.withLock { $0.numbers[number] ?? [] }
        return refusals.sorted { $0.lastAt > $1.lastAt }
    }

    private func shard(of number: E164) -> LockedShard {
        shards[Int(truncatingIfNeeded: KeyHash.of(number.digits) % RefusalMemory.shardCount)]
    }
}
