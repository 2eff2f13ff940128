/// A hash table with open addressing: entries lie side by side, found by probing a row of places.
///
/// The standard dictionary hashes with SipHash and wants a key to compare; here the caller brings
/// a 64-bit hash that is cheap for its kind of key, and says which entry matches, so that a key can
/// be looked up where it lies in a request, without making a value of it.
struct OpenTable<Entry: Sendable>: Sendable {
    /// A power of two of them, or none. 0 is an empty place; in a filled one the upper half is that
    /// of the hash, and the lower the entry's index plus one. A look-up among many entries waits for
    /// memory and little else: one word a place, then the entry, is the least it can wait for.
    private var places: [UInt64] = []
    private(set) var entries: [Entry] = []
    /// In step with `entries`.
    private var hashes: [UInt64] = []

    private static var placesMin: Int { 8 }

    /// Lends the entry with a hash that matches; false where there is none.
    ///
    /// `inout` lends it where it lies; borrowed out of the array it would be copied, and everything
    /// it refers to counted, which takes several times as long as finding it. For the same reason
    /// what looks up is inlined, with the closures.
    @inline(__always)
    mutating func lend(
        _ hash: UInt64, _ matches: (inout Entry) -> Bool, _ body: (inout Entry) -> Void
    ) -> Bool {
        guard let place = place(of: hash, matches) else { return false }
        body(&entries[OpenTable.index(places[place])])
        return true
    }

    /// A copy of the entry with a hash that matches.
    @inline(__always)
    mutating func entry(_ hash: UInt64, _ matches: (inout Entry) -> Bool) -> Entry? {
        place(of: hash, matches).map { entries[OpenTable.index(places[$0])] }
    }

    /// Adds an entry, or replaces the one that matches and answers that.
    @inline(__always) @discardableResult
    mutating func put(
        _ entry: Entry, hash: UInt64, _ matches: (inout Entry) -> Bool
    ) -> Entry? {
        guard let place = place(of: hash, matches) else {
            add(entry, hash)
            return nil
        }
        let index = OpenTable.index(places[place])
        let former = entries[index]
        entries[index] = entry
        return former
    }

    private mutating func add(_ entry: Entry, _ hash: UInt64) {
        reserve(entries.count + 1)
        entries.append(entry)
        hashes.append(hash)
        insert(entries.count - 1)
    }

    /// Takes the entry that matches away; the last one moves into its place.
    mutating func remove(_ hash: UInt64, _ matches: (inout Entry) -> Bool) {
        guard let place = place(of: hash, matches) else { return }
        let index = OpenTable.index(places[place])
        vacate(place)
        let last = entries.count - 1
        if index != last {
            places[self.place(ofIndex: last)] = OpenTable.word(hashes[last], index)
            entries[index] = entries[last]
            hashes[index] = hashes[last]
        }
        entries.removeLast()
        hashes.removeLast()
    }

    /// Makes room for a number of entries without growing on the way.
    mutating func reserve(_ count: Int) {
        // At most three quarters full: probes stay short.
        guard count * 4 > places.count * 3 else { return }
        var placeCount = max(OpenTable.placesMin, places.count)
        while count * 4 > placeCount * 3 { placeCount *= 2 }
        places = [UInt64](repeating: 0, count: placeCount)
        for index in entries.indices { insert(index) }
        entries.reserveCapacity(count)
        hashes.reserveCapacity(count)
    }

    private static func word(_ hash: UInt64, _ index: Int) -> UInt64 {
        hash & 0xFFFF_FFFF_0000_0000 | UInt64(truncatingIfNeeded: index + 1) & 0xFFFF_FFFF
    }

    private static func index(_ word: UInt64) -> Int {
        Int(truncatingIfNeeded: word & 0xFFFF_FFFF) - 1
    }

    private func home(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash) & (places.count - 1)
    }

    private func next(_ place: Int) -> Int { (place + 1) & (places.count - 1) }

    @inline(__always)
    private mutating func place(of hash: UInt64, _ matches: (inout Entry) -> Bool) -> Int? {
        guard !places.isEmpty else { return nil }
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while places[place] != 0 {
            let word = places[place]
            if (word ^ hash) >> 32 == 0, matches(&entries[OpenTable.index(word)]) { return place }
            place = (place + 1) & mask
        }
        return nil
    }

    /// The place of an entry that is there.
    private func place(ofIndex index: Int) -> Int {
        var place = home(hashes[index])
        while OpenTable.index(places[place]) != index { place = next(place) }
        return place
    }

    private mutating func insert(_ index: Int) {
        var place = home(hashes[index])
        while places[place] != 0 { place = next(place) }
        places[place] = OpenTable.word(hashes[index], index)
    }

    /// Empties a place and closes the gap, so that no probe ends before its entry.
    private mutating func vacate(_ start: Int) {
        let mask = places.count - 1
        var gap = start
        var place = next(gap)
        while places[place] != 0 {
            let home = home(hashes[OpenTable.index(places[place])])
            // The entry may move back to the gap unless its home lies behind the gap.
            if (place &- home) & mask >= (place &- gap) & mask {
                places[gap] = places[place]
                gap = place
            }
            place = next(place)
        }
        places[gap] = 0
    }
}
