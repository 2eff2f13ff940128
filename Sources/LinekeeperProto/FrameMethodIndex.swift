import CLinekeeperProto

#if canImport(Glibc)
    import Glibc
#endif

/// Finds a method by the bytes of its path, without making a string.
///
/// Built once and never changed. The table is at most half full, so a look-up is one hash and
/// nearly always one comparison.
// The memory is written in `init` and only read afterwards, until `deinit`: sharing it is safe.
package final class FrameMethodIndex: @unchecked Sendable {
    fileprivate struct Slot {
        var hash: UInt64 = 0
        /// Where the path lies among the paths.
        var offset = 0
        var count = 0
        /// The method's number, or -1 in a free slot.
        var number = -1
    }

    /// What a look-up reads: plain pointers, so that a look-up counts no references.
    ///
    /// Valid as long as its index.
    @safe package struct Table {
        fileprivate let slots: UnsafeMutableBufferPointer<Slot>
        fileprivate let paths: UnsafeMutableRawBufferPointer
        fileprivate let mask: UInt64
    }

    package let table: Table

    /// - Parameter methods: The paths; a path's number is its place. None occurs twice.
    package init(_ methods: [String]) {
        var capacity = 16
        while capacity < methods.count * 2 { capacity *= 2 }
        let slots = UnsafeMutableBufferPointer<Slot>.allocate(capacity: capacity)
        slots.initialize(repeating: Slot())
        let paths = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(methods.reduce(0) { $0 + $1.utf8.count }, 1), alignment: 1)
        let mask = UInt64(capacity - 1)
        var offset = 0
        for (number, method) in methods.enumerated() {
            let bytes = Array(method.utf8)
            UnsafeMutableRawBufferPointer(rebasing: paths[offset...]).copyBytes(from: bytes)
            let hash = bytes.withUnsafeBytes { Self.hash($0) }
            var place = Int(hash & mask)
            while slots[place].number >= 0 { place = (place + 1) & (capacity - 1) }
            slots[place] = Slot(hash: hash, offset: offset, count: bytes.count, number: number)
            offset += bytes.count
        }
        table = Table(slots: slots, paths: paths, mask: mask)
    }

    deinit {
        table.slots.deallocate()
        table.paths.deallocate()
    }

    /// Multiplies eight bytes at a time; the table is ours, so nobody can fill it with collisions.
    fileprivate static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        let factor: UInt64 = 0x9e37_79b9_7f4a_7c15
        var hash = UInt64(bytes.count) &* factor
        var offset = 0
        while offset + 8 <= bytes.count {
            hash = (hash ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* factor
            hash ^= hash >> 29
            offset += 8
        }
        if offset < bytes.count {
            // The last eight, some of them once more, or the few that there are.
            let rest =
                bytes.count >= 8
                ? bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
                : bytes.reduce(0) { $0 << 8 | UInt64($1) }
            hash = (hash ^ rest) &* factor
        }
        return hash ^ (hash >> 32)
    }
}

extension FrameMethodIndex.Table {
    /// The number of the method that the request names, or `nil` when there is none.
    package func number(of request: FrameRequest) -> Int? {
        guard let method = request.pointer.pointee.method else { return nil }
        return number(of: UnsafeRawBufferPointer(start: method, count: strlen(method)))
    }

    /// The number of the method that the request names, or `nil` when there is none.
    package func number(of request: PlainRequest) -> Int? { number(of: request.path) }

    private func number(of path: UnsafeRawBufferPointer) -> Int? {
        let hash = FrameMethodIndex.hash(path)
        var place = hash & mask
        while true {
            // The mask keeps the place within the table.
            let slot = slots[Int(truncatingIfNeeded: place)]
            guard slot.number >= 0 else { return nil }
            if slot.hash == hash, slot.count == path.count, isEqual(slot, path) {
                return slot.number
            }
            place = (place + 1) & mask
        }
    }

    private func isEqual(_ slot: FrameMethodIndex.Slot, _ path: UnsafeRawBufferPointer) -> Bool {
        guard let start = path.baseAddress, let known = paths.baseAddress else { return false }
        return memcmp(known + slot.offset, start, slot.count) == 0
    }
}
