/// Packs a message field by field into an arena, where its structure would only be built to be walked
/// twice by protobuf-c.
///
/// Fields must be written in the order of their numbers, and none that has its default: then the
/// bytes are those that protobuf-c packs. No field has a number above 15.
package struct FieldWriter {
    private let arena: Arena
    private var start: UnsafeMutablePointer<UInt8>
    private var count = 0
    private var capacity: Int

    /// - Parameter capacity: Bytes that the message will hardly exceed.
    @inline(__always)
    package init(arena: Arena, capacity: Int = 512) {
        self.arena = arena
        self.capacity = capacity
        start = arena.claim(capacity).assumingMemoryBound(to: UInt8.self)
    }

    /// The message; valid until the arena's reset.
    @inline(__always)
    package var message: FrameBytes {
        FrameBytes(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Makes room for text of `length` bytes, 1 to 16,383, in field `number`, and says where to write
    /// it.
    @inline(__always)
    package mutating func text(_ number: UInt8, length: Int) -> UnsafeMutablePointer<UInt8> {
        if capacity - count < length + 3 { grow(by: length + 3) }
        start[count] = number << 3 | 2
        if length < 0x80 {
            start[count + 1] = UInt8(truncatingIfNeeded: length)
            count += 2
        } else {
            start[count + 1] = UInt8(truncatingIfNeeded: length) | 0x80
            start[count + 2] = UInt8(truncatingIfNeeded: length >> 7)
            count += 3
        }
        defer { count += length }
        return start + count
    }

    /// Copies text of at most 16,383 bytes, if there is any.
    @inline(__always)
    package mutating func text(_ number: UInt8, _ text: UnsafeRawBufferPointer) {
        guard let source = text.baseAddress, text.count > 0 else { return }
        let place = self.text(number, length: text.count)
        UnsafeMutableRawPointer(place).copyMemory(from: source, byteCount: text.count)
    }

    /// Writes a number, an enumeration or, as 1, what is true.
    @inline(__always)
    package mutating func varint(_ number: UInt8, _ value: UInt32) {
        guard value != 0 else { return }
        if capacity - count < 6 { grow(by: 6) }
        start[count] = number << 3
        count += 1
        var rest = value
        while rest >= 0x80 {
            start[count] = UInt8(truncatingIfNeeded: rest) | 0x80
            count += 1
            rest >>= 7
        }
        start[count] = UInt8(truncatingIfNeeded: rest)
        count += 1
    }

    private mutating func grow(by needed: Int) {
        capacity = max(2 * capacity, count + needed)
        let former = start
        start = arena.claim(capacity).assumingMemoryBound(to: UInt8.self)
        start.update(from: former, count: count)
    }
}
