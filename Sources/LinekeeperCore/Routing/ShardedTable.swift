import Synchronization

/// An ``OpenTable`` in shards, each under a lock of its own.
///
/// A lock is held for one look-up or change, some hundred nanoseconds and never across I/O, and two
/// event loops rarely want the same of many shards: readers do not wait for each other in practice.
/// The alternative, immutable snapshots swapped by the writer, copies a shard for every change and
/// counts references on every call.
final class ShardedTable<Entry: Sendable>: Sendable {
    // In the object itself: an array of objects would be one more place in memory to wait for.
    private let shards = InlineArray<512, Mutex<OpenTable<Entry>>> { _ in Mutex(OpenTable()) }

    /// The high bits choose the shard, the low ones the place in it.
    private static func shard(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 55) }

    /// Lends the entry that matches to `body`, under its shard's lock; false where there is none.
    @inline(__always)
    func with(
        _ hash: UInt64, _ matches: (UnsafePointer<Entry>) -> Bool,
        _ body: (UnsafePointer<Entry>) -> Void
    ) -> Bool {
        shards[Self.shard(hash)].withLock { unsafe $0.lend(hash, matches, body) }
    }

    /// A copy of the entry that matches.
    @inline(__always)
    func entry(_ hash: UInt64, _ matches: (UnsafePointer<Entry>) -> Bool) -> Entry? {
        shards[Self.shard(hash)].withLock { unsafe $0.entry(hash, matches) }
    }

    /// Adds an entry, or replaces the one that matches and answers that.
    @inline(__always) @discardableResult
    func put(
        _ entry: Entry, hash: UInt64, _ matches: (UnsafePointer<Entry>) -> Bool
    ) -> Entry? {
        shards[Self.shard(hash)].withLock { unsafe $0.put(entry, hash: hash, matches) }
    }

    /// Takes the entry that matches away.
    func remove(_ hash: UInt64, _ matches: (UnsafePointer<Entry>) -> Bool) {
        shards[Self.shard(hash)].withLock { unsafe $0.remove(hash, matches) }
    }

    /// Where the look-up of a hash begins; not to be read from.
    @inline(__always)
    func placeAddress(_ hash: UInt64) -> UnsafeRawPointer {
        unsafe shards[Self.shard(hash)].withLock { unsafe $0.placeAddress(hash) }
    }

    /// Where the entry of a hash lies, if there is one; not to be read from.
    @inline(__always)
    func entryAddress(_ hash: UInt64) -> UnsafeRawPointer? {
        unsafe shards[Self.shard(hash)].withLock { unsafe $0.entryAddress(hash) }
    }

    /// Makes room for a number of entries that are appended, spread evenly.
    func reserve(_ count: Int) {
        let each = count / shards.count + count / shards.count / 8 + 8
        for index in shards.indices { shards[index].withLock { $0.reserveEntries(each) } }
    }

    /// Adds an entry that is found after ``index(_:of:areSame:)`` only.
    func append(_ entry: consuming Entry, hash: UInt64) {
        var slot = Optional(consume entry)
        shards[Self.shard(hash)].withLock { $0.append(&slot, hash: hash) }
    }

    /// Makes what was appended to one of some equal parts of the shards findable.
    ///
    /// - Returns: an entry that is the same as another; the table is of no use then.
    func index(
        _ part: Int, of parts: Int,
        areSame: (UnsafePointer<Entry>, UnsafePointer<Entry>) -> Bool
    ) -> Entry? {
        for shard in shards.count * part / parts..<shards.count * (part + 1) / parts {
            let double = shards[shard].withLock { unsafe $0.index(areSame) }
            if let double { return double }
        }
        return nil
    }

    /// How many entries there are.
    var count: Int {
        shards.indices.reduce(0) { $0 + shards[$1].withLock { $0.count } }
    }

    /// Visits every entry, shard by shard: a check, not a snapshot.
    func forEach(_ body: (Entry) -> Void) {
        for index in shards.indices { shards[index].withLock { $0.all() }.forEach(body) }
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
