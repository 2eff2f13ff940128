/// A hash table with open addressing: entries lie side by side, found by probing a row of hashes.
///
/// The standard dictionary hashes with SipHash and wants a key to compare; here the caller brings
/// a 64-bit hash that is cheap for its kind of key, and says which entry matches, so that a key can
/// be looked up where it lies in a request, without making a value of it.
struct OpenTable<Entry> {
    /// In step with `slots`; 0 marks an empty place, so no entry's hash is 0.
    private var hashes: [UInt64] = []
    /// For each filled place, where its entry is.
    private var slots: [UInt32] = []
    private(set) var entries: [Entry] = []
    /// In step with `entries`.
    private var entryHashes: [UInt64] = []

    private static var placesMin: Int { 8 }

    /// The entry with a hash that matches.
    func find(_ hash: UInt64, _ matches: (borrowing Entry) -> Bool) -> Int? {
        guard let place = place(of: hash, matches) else { return nil }
        return Int(slots[place])
    }

    /// Lends an entry.
    func withEntry(_ index: Int, _ body: (borrowing Entry) -> Void) { body(entries[index]) }

    /// Replaces the entry that matches, or adds one.
    mutating func put(_ entry: Entry, hash: UInt64, _ matches: (borrowing Entry) -> Bool) {
        let hash = OpenTable.nonZero(hash)
        if let index = find(hash, matches) {
            entries[index] = entry
            return
        }
        reserve(entries.count + 1)
        entries.append(entry)
        entryHashes.append(hash)
        insert(hash, UInt32(truncatingIfNeeded: entries.count - 1))
    }

    /// Takes the entry that matches away; the last one moves into its place.
    mutating func remove(_ hash: UInt64, _ matches: (borrowing Entry) -> Bool) {
        guard let place = place(of: hash, matches) else { return }
        let index = Int(slots[place])
        vacate(place)
        let last = entries.count - 1
        if index != last, let moved = self.place(ofSlot: last, hash: entryHashes[last]) {
            slots[moved] = UInt32(truncatingIfNeeded: index)
            entries[index] = entries[last]
            entryHashes[index] = entryHashes[last]
        }
        entries.removeLast()
        entryHashes.removeLast()
    }

    /// Makes room for a number of entries without growing on the way.
    mutating func reserve(_ count: Int) {
        // At most three quarters full: probes stay short.
        guard count * 4 > hashes.count * 3 else { return }
        var places = max(OpenTable.placesMin, hashes.count)
        while count * 4 > places * 3 { places *= 2 }
        hashes = [UInt64](repeating: 0, count: places)
        slots = [UInt32](repeating: 0, count: places)
        for (index, hash) in entryHashes.enumerated() {
            insert(hash, UInt32(truncatingIfNeeded: index))
        }
        entries.reserveCapacity(count)
        entryHashes.reserveCapacity(count)
    }

    private static func nonZero(_ hash: UInt64) -> UInt64 { hash == 0 ? 1 : hash }

    private func place(of hash: UInt64, _ matches: (borrowing Entry) -> Bool) -> Int? {
        guard !hashes.isEmpty else { return nil }
        let hash = OpenTable.nonZero(hash)
        let mask = hashes.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while hashes[place] != 0 {
            if hashes[place] == hash, matches(entries[Int(slots[place])]) { return place }
            place = (place + 1) & mask
        }
        return nil
    }

    private func place(ofSlot slot: Int, hash: UInt64) -> Int? {
        let mask = hashes.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while hashes[place] != 0 {
            if Int(slots[place]) == slot { return place }
            place = (place + 1) & mask
        }
        return nil
    }

    private mutating func insert(_ hash: UInt64, _ slot: UInt32) {
        let mask = hashes.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while hashes[place] != 0 { place = (place + 1) & mask }
        hashes[place] = hash
        slots[place] = slot
    }

    /// Empties a place and closes the gap, so that no probe ends before its entry.
    private mutating func vacate(_ start: Int) {
        let mask = hashes.count - 1
        var gap = start
        var place = (gap + 1) & mask
        while hashes[place] != 0 {
            let home = Int(truncatingIfNeeded: hashes[place]) & mask
            // The entry may move back to the gap unless its home lies behind the gap.
            if (place &- home) & mask >= (place &- gap) & mask {
                hashes[gap] = hashes[place]
                slots[gap] = slots[place]
                gap = place
            }
            place = (place + 1) & mask
        }
        hashes[gap] = 0
        slots[gap] = 0
    }
}
