import CLinekeeperProto

#if canImport(Glibc)
    import Glibc
#endif

/// Finds a method by the bytes of its path, without making a string.
///
/// Built once and never changed. The table is at most half full, so a look-up is one hash and
/// nearly always one comparison.
package final class FrameMethodIndex: Sendable {
    private struct Slot {
        var hash: UInt64
        /// Where the path lies in `paths`.
        var offset: Int
        var count: Int
        /// The method's number, or -1 in a free slot.
        var number: Int
    }

    private let slots: [Slot]
    private let paths: [UInt8]
    private let mask: UInt64

    /// - Parameter methods: The paths; a path's number is its place. None occurs twice.
    package init(_ methods: [String]) {
        var capacity = 16
        while capacity < methods.count * 2 { capacity *= 2 }
        var slots = [Slot](
            repeating: Slot(hash: 0, offset: 0, count: 0, number: -1), count: capacity)
        var paths: [UInt8] = []
        let mask = UInt64(capacity - 1)
        for (number, method) in methods.enumerated() {
            let bytes = Array(method.utf8)
            let hash = bytes.withUnsafeBytes { Self.hash($0) }
            var place = Int(hash & mask)
            while slots[place].number >= 0 { place = (place + 1) & (capacity - 1) }
            slots[place] = Slot(
                hash: hash, offset: paths.count, count: bytes.count, number: number)
            paths.append(contentsOf: bytes)
        }
        self.slots = slots
        self.paths = paths
        self.mask = mask
    }

    /// The number of the method that the request names, or `nil` when there is none.
    package func number(of request: FrameRequest) -> Int? {
        guard let method = request.pointer.pointee.method else { return nil }
        let path = UnsafeRawBufferPointer(start: method, count: strlen(method))
        let hash = Self.hash(path)
        var place = hash & mask
        while true {
            let slot = slots[Int(place)]
            guard slot.number >= 0 else { return nil }
            if slot.hash == hash, slot.count == path.count, isEqual(slot, path) {
                return slot.number
            }
            place = (place + 1) & mask
        }
    }

    private func isEqual(_ slot: Slot, _ path: UnsafeRawBufferPointer) -> Bool {
        guard let start = path.baseAddress else { return true }
        return paths.withUnsafeBytes { paths in
            guard let known = paths.baseAddress else { return false }
            return memcmp(known + slot.offset, start, slot.count) == 0
        }
    }

    /// Multiplies eight bytes at a time; the table is ours, so nobody can fill it with collisions.
    private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        let factor: UInt64 = 0x9e37_79b9_7f4a_7c15
        var hash = UInt64(bytes.count) &* factor
        var offset = 0
        while offset + 8 <= bytes.count {
            hash = (hash ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* factor
            hash ^= hash >> 29
            offset += 8
        }
        while offset < bytes.count {
            hash = (hash ^ UInt64(bytes[offset])) &* factor
            offset += 1
        }
        return hash ^ (hash >> 32)
    }
}
