/// A hash table with open addressing: entries lie side by side, found by probing a row of places.
///
/// The standard dictionary hashes with SipHash and wants a key to compare; here the caller brings
/// a 64-bit hash that is cheap for its kind of key, and says which entry matches, so that a key can
/// be looked up where it lies in a request, without making a value of it.
///
/// It keeps its memory itself. An array has its count in front of its elements, one more place in
/// memory to wait for; and an entry that is borrowed out of it is copied, and everything it refers to
/// counted, which takes several times as long as finding it.
// Within: `places` has `mask + 1` elements, and whatever is found in one of them is 0 or points to
// one of the first `count` entries and hashes, which are the initialised ones. The memory belongs to
// this value alone, which cannot be copied: it may go to another thread as a whole.
@safe struct OpenTable<Entry: Sendable>: ~Copyable, @unchecked Sendable {
    /// A power of two of them. 0 is an empty place; in a filled one the upper half is that of the
    /// hash, and the lower the entry's index plus one. A look-up among many entries waits for memory
    /// and little else: one word a place, then the entry, is the least it can wait for.
    private var places: UnsafeMutablePointer<UInt64>
    private var mask: Int
    private var entries: UnsafeMutablePointer<Entry>
    /// In step with `entries`.
    private var hashes: UnsafeMutablePointer<UInt64>
    private(set) var count = 0
    private var capacity = 0

    /// At most three quarters full: probes stay short.
    private var roomInPlaces: Int { (mask + 1) / 4 * 3 }

    init() {
        mask = 7
        unsafe places = .allocate(capacity: 8)
        unsafe places.initialize(repeating: 0, count: 8)
        unsafe entries = unsafe OpenTable.entries(0)
        unsafe hashes = .allocate(capacity: 0)
    }

    deinit {
        unsafe entries.deinitialize(count: count)
        unsafe entries.deallocate()
        unsafe hashes.deallocate()
        unsafe places.deallocate()
    }

    /// Lends the entry with a hash that matches, where it lies; false where there is none. The
    /// pointers are valid within the bodies.
    @inline(__always)
    func lend(
        _ hash: UInt64, _ matches: (UnsafePointer<Entry>) -> Bool,
        _ body: (UnsafePointer<Entry>) -> Void
    ) -> Bool {
        guard let place = unsafe place(of: hash, matches) else { return false }
        unsafe body(entries + index(at: place))
        return true
    }

    /// A copy of the entry with a hash that matches.
    @inline(__always)
    func entry(_ hash: UInt64, _ matches: (UnsafePointer<Entry>) -> Bool) -> Entry? {
        guard let place = unsafe place(of: hash, matches) else { return nil }
        return unsafe entries[index(at: place)]
    }

    /// Where the look-up of a hash begins.
    @inline(__always)
    func placeAddress(_ hash: UInt64) -> UnsafeRawPointer {
        unsafe UnsafeRawPointer(places + home(hash))
    }

    /// Where the first entry lies whose hash may be this one.
    @inline(__always)
    func entryAddress(_ hash: UInt64) -> UnsafeRawPointer? {
        guard let place = unsafe place(of: hash, { _ in true }) else { return nil }
        return unsafe UnsafeRawPointer(entries + index(at: place))
    }

    /// Copies of all.
    func all() -> [Entry] { unsafe Array(UnsafeBufferPointer(start: entries, count: count)) }

    /// Adds an entry, or replaces the one that matches and answers that.
    @inline(__always) @discardableResult
    mutating func put(
        _ entry: consuming Entry, hash: UInt64, _ matches: (UnsafePointer<Entry>) -> Bool
    ) -> Entry? {
        guard let place = unsafe place(of: hash, matches) else {
            if count == capacity || count == roomInPlaces { reserve(max(8, count * 2)) }
            unsafe (entries + count).initialize(to: entry)
            unsafe hashes[count] = hash
            insert(count)
            count += 1
            return nil
        }
        let found = unsafe entries + index(at: place)
        let former = unsafe found.move()
        unsafe found.initialize(to: entry)
        return former
    }

    /// Takes the entry that matches away; the last one moves into its place.
    mutating func remove(_ hash: UInt64, _ matches: (UnsafePointer<Entry>) -> Bool) {
        guard let place = unsafe place(of: hash, matches) else { return }
        let index = index(at: place)
        vacate(place)
        let last = count - 1
        unsafe (entries + index).deinitialize(count: 1)
        if index != last {
            unsafe places[self.place(ofIndex: last)] = OpenTable.word(hashes[last], index)
            unsafe (entries + index).moveInitialize(from: entries + last, count: 1)
            unsafe hashes[index] = hashes[last]
        }
        count = last
    }

    /// Makes room for a number of entries without growing on the way.
    mutating func reserve(_ wanted: Int) {
        reserveEntries(wanted)
        guard wanted > roomInPlaces else { return }
        makePlaces(wanted)
        for index in 0..<count { insert(index) }
    }

    /// Makes room for a number of entries that are appended.
    mutating func reserveEntries(_ wanted: Int) {
        guard wanted > capacity else { return }
        let moved = unsafe OpenTable.entries(wanted)
        unsafe moved.moveInitialize(from: entries, count: count)
        unsafe entries.deallocate()
        unsafe entries = unsafe moved
        let movedHashes = UnsafeMutablePointer<UInt64>.allocate(capacity: wanted)
        unsafe movedHashes.moveInitialize(from: hashes, count: count)
        unsafe hashes.deallocate()
        unsafe hashes = unsafe movedHashes
        capacity = wanted
    }

    /// Takes an entry out of `slot` that is found after ``index(_:)`` only. Nothing else may be asked
    /// of the table before.
    @inline(__always)
    mutating func append(_ slot: inout Entry?, hash: UInt64) {
        guard let entry = slot.take() else { return }
        if count == capacity { reserveEntries(max(8, count * 2)) }
        unsafe (entries + count).initialize(to: entry)
        unsafe hashes[count] = hash
        count += 1
    }

    /// Makes what was appended findable, all at once: what is written lies close together then.
    ///
    /// - Returns: an entry that is the same as another; the table is of no use then.
    mutating func index(
        _ areSame: (UnsafePointer<Entry>, UnsafePointer<Entry>) -> Bool
    ) -> Entry? {
        makePlaces(count + count / 8)
        for index in 0..<count {
            let entry = unsafe UnsafePointer(entries + index)
            let found = unsafe place(of: hashes[index]) { unsafe areSame($0, entry) }
            guard found == nil else { return unsafe entry.pointee }
            insert(index)
        }
        return nil
    }

    /// Makes empty places for a number of entries.
    private mutating func makePlaces(_ wanted: Int) {
        while wanted > roomInPlaces { mask = mask * 2 + 1 }
        unsafe places.deallocate()
        unsafe places = .allocate(capacity: mask + 1)
        unsafe places.initialize(repeating: 0, count: mask + 1)
    }

    /// Memory for entries that begins where a line of the processor's caches does: an entry of one or
    /// two lines' length then lies in no more.
    private static func entries(_ count: Int) -> UnsafeMutablePointer<Entry> {
        unsafe UnsafeMutableRawPointer.allocate(
            byteCount: count * MemoryLayout<Entry>.stride,
            alignment: max(64, MemoryLayout<Entry>.alignment)
        ).bindMemory(to: Entry.self, capacity: count)
    }

    private static func word(_ hash: UInt64, _ index: Int) -> UInt64 {
        hash & 0xFFFF_FFFF_0000_0000 | UInt64(truncatingIfNeeded: index + 1) & 0xFFFF_FFFF
    }

    /// The index of the entry that a filled place leads to.
    @inline(__always)
    private func index(at place: Int) -> Int {
        Int(truncatingIfNeeded: unsafe places[place] & 0xFFFF_FFFF) - 1
    }

    private func home(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & mask }

    private func next(_ place: Int) -> Int { (place + 1) & mask }

    @inline(__always)
    private func place(
        of hash: UInt64, _ matches: (UnsafePointer<Entry>) -> Bool
    ) -> Int? {
        var place = home(hash)
        while true {
            let word = unsafe places[place]
            if word == 0 { return nil }
            if (word ^ hash) >> 32 == 0, unsafe matches(entries + index(at: place)) {
                return place
            }
            place = next(place)
        }
    }

    /// The place of an entry that is there.
    private func place(ofIndex index: Int) -> Int {
        var place = home(unsafe hashes[index])
        while self.index(at: place) != index { place = next(place) }
        return place
    }

    private func insert(_ index: Int) {
        var place = home(unsafe hashes[index])
        while unsafe places[place] != 0 { place = next(place) }
        unsafe places[place] = OpenTable.word(hashes[index], index)
    }

    /// Empties a place and closes the gap, so that no probe ends before its entry.
    private func vacate(_ start: Int) {
        var gap = start
        var place = next(gap)
        while unsafe places[place] != 0 {
            let home = home(unsafe hashes[index(at: place)])
            // The entry may move back to the gap unless its home lies behind the gap.
            if (place &- home) & mask >= (place &- gap) & mask {
                unsafe places[gap] = places[place]
                gap = place
            }
            place = next(place)
        }
        unsafe places[gap] = 0
    }
}
