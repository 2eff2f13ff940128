import Synchronization

/// An ``OpenTable`` in shards, each under a lock of its own.
///
/// A lock is held for one look-up or change, some hundred nanoseconds and never across I/O, and two
/// event loops rarely want the same of many shards: readers do not wait for each other in practice.
/// The alternative, immutable snapshots swapped by the writer, copies a shard for every change and
/// counts references on every call.
final class ShardedTable<Entry: Sendable>: Sendable {
    /// `@unchecked`: `table` is reached through ``withLock(_:)`` only. `Mutex` over the table itself
    /// would not lend an entry to a closure that captures a caller's variables.
    private final class Shard: @unchecked Sendable {
        private let lock = Mutex<Void>(())
        private var table = OpenTable<Entry>()

        func withLock<Result>(_ body: (inout OpenTable<Entry>) -> Result) -> Result {
            lock.withLock { _ in body(&table) }
        }
    }

    private let shards: [Shard]
    private let shift: UInt64

    /// A table of 2^`bits` shards.
    init(bits: UInt64) {
        shards = (0..<(1 << bits)).map { _ in Shard() }
        shift = 64 - bits
    }

    /// The high bits choose the shard, the low ones the place in it.
    private func shard(_ hash: UInt64) -> Shard { shards[Int(truncatingIfNeeded: hash >> shift)] }

    /// Lends the entry that matches to `body`, under its shard's lock; false where there is none.
    func with(
        _ hash: UInt64, _ matches: (borrowing Entry) -> Bool, _ body: (borrowing Entry) -> Void
    ) -> Bool {
        shard(hash).withLock { table in
            guard let index = table.find(hash, matches) else { return false }
            table.withEntry(index, body)
            return true
        }
    }

    /// A copy of the entry that matches.
    func entry(_ hash: UInt64, _ matches: (borrowing Entry) -> Bool) -> Entry? {
        shard(hash).withLock { table in
            table.find(hash, matches).map { table.entries[$0] }
        }
    }

    /// Replaces the entry that matches, or adds one.
    func put(_ entry: Entry, hash: UInt64, _ matches: (borrowing Entry) -> Bool) {
        shard(hash).withLock { $0.put(entry, hash: hash, matches) }
    }

    /// Takes the entry that matches away.
    func remove(_ hash: UInt64, _ matches: (borrowing Entry) -> Bool) {
        shard(hash).withLock { $0.remove(hash, matches) }
    }

    /// Makes room for a number of entries, spread evenly.
    func reserve(_ count: Int) {
        let each = count / shards.count + count / shards.count / 8 + 8
        for shard in shards { shard.withLock { $0.reserve(each) } }
    }

    /// How many entries there are.
    var count: Int { shards.reduce(0) { $0 + $1.withLock { $0.entries.count } } }

    /// Visits every entry, shard by shard: a check, not a snapshot.
    func forEach(_ body: (Entry) -> Void) {
        for shard in shards { shard.withLock { $0.entries }.forEach(body) }
    }
}

/// Hashes of keys: cheap, well spread, not against an adversary. What is kept under a lock here is
/// chosen by the customer's own administrators, and E.164 is mixed so that runs of numbers spread.
enum KeyHash {
    /// A bijection: different values have different hashes.
    static func of(_ value: UInt64) -> UInt64 {
        var x = value ^ (value >> 32)
        x = x &* 0xD6E8_FEB8_6659_FD93
        x ^= x >> 32
        x = x &* 0xD6E8_FEB8_6659_FD93
        return x ^ (x >> 32)
    }

    /// The hash of some bytes in a place, such as an agent's id in a workspace.
    static func of(_ bytes: RawSpan, in place: Int64) -> UInt64 {
        // The place is mixed first: places count up, as names in them do, and the one must not
        // undo the other.
        var hash = of(UInt64(bitPattern: place)) ^ UInt64(bytes.byteCount)
        var offset = 0
        while offset + 8 <= bytes.byteCount {
            // The offset is within the bytes: checked in the line above.
            let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
            hash = (hash ^ word) &* 0xD6E8_FEB8_6659_FD93
            hash ^= hash >> 29
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < bytes.byteCount {
            let byte = unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
            rest = rest << 8 ^ UInt64(byte)
            offset += 1
        }
        return of(hash ^ rest)
    }
}
