import Synchronization

/// Why calls of a number were refused since the server started, for whoever asks why one did not
/// arrive. Kept in memory and bounded: it explains the present, it is no record.
public final class RefusalMemory: Sendable {
    /// One reason, how often and when last.
    public struct Refusal: Hashable, Sendable {
        public var reason: DomainError.Reason
        public var use: Profile
        public var lastAt: Timestamp
        public var count: UInt64
    }

    /// Keyed by the number's id and not its digits: whoever holds the same digits later must not
    /// learn what the holder before was refused.
    private struct Shard {
        var numbers: [NumberID: [Refusal]] = [:]
        /// Numbers by when their first refusal came, oldest first; the front leaves when full.
        var order: [NumberID] = []
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
        _ reason: DomainError.Reason, use: Profile, number: NumberID, at: Timestamp
    ) {
        shard(of: number).state.withLock { shard in
            let isNew = shard.numbers[number] == nil
            RefusalMemory.note(reason, use, at, in: &shard.numbers[number, default: []])
            guard isNew else { return }
            shard.order.append(number)
            guard shard.order.count > numbersMax else { return }
            // A sixteenth at a time, so that forgetting costs little per refusal.
            let gone = shard.order.prefix(max(1, numbersMax / 16))
            for number in gone { shard.numbers[number] = nil }
            shard.order.removeFirst(gone.count)
        }
    }

    private static func note(
        _ reason: DomainError.Reason, _ use: Profile, _ at: Timestamp, in refusals: inout [Refusal]
    ) {
        if let index = refusals.firstIndex(where: { $0.reason == reason && $0.use == use }) {
            refusals[index].count &+= 1
            refusals[index].lastAt = at
            return
        }
        if refusals.count >= reasonsMax {
            // The one that has not been seen for longest makes room.
            let oldest = refusals.indices.min { refusals[$0].lastAt < refusals[$1].lastAt }
            if let oldest { refusals.remove(at: oldest) }
        }
        refusals.append(Refusal(reason: reason, use: use, lastAt: at, count: 1))
    }

    /// What was refused of a number, the latest first.
    public func refusals(of number: NumberID) -> [Refusal] {
        let refusals = shard(of: number).state.withLock { $0.numbers[number] ?? [] }
        return refusals.sorted { $0.lastAt > $1.lastAt }
    }

    private func shard(of number: NumberID) -> LockedShard {
        shards[Int(truncatingIfNeeded: number.low % RefusalMemory.shardCount)]
    }
}
