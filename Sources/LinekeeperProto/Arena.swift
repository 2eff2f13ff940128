package import CProtobufC

/// Memory that one decoding or encoding takes and gives back all at once.
///
/// protobuf-c allocates every string and submessage on its own; from an arena that is a pointer
/// bump, and nothing is freed one by one. The budget bounds what a hostile message can claim
/// (protobuf-c turns 2 bytes of input into over 100 bytes of memory): an allocation past it fails,
/// which protobuf-c reports as a message that does not parse. Not thread-safe: one owner at a time,
/// usually an event loop.
package final class Arena {
    /// What an allocation needs to know; apart from the object, so that protobuf-c, which comes here
    /// for every string and submessage, counts no references.
    private struct Room {
        var cursor: UnsafeMutableRawPointer
        /// Bytes left in the chunk; a multiple of the alignment.
        var remaining: Int
        var handedOut = 0
        var isExhausted = false
        let budget: Int
        /// The arena itself, which outlives its allocator.
        let arena: Unmanaged<Arena>
    }

    /// Bytes that may be handed out between two resets.
    package var budget: Int { room.pointee.budget }

    /// Whether an allocation has failed for want of budget since the last reset.
    package var isExhausted: Bool { room.pointee.isExhausted }

    /// What protobuf-c is given; valid as long as the arena.
    package let allocator: UnsafeMutablePointer<ProtobufCAllocator>

    private let room: UnsafeMutablePointer<Room>
    @exclusivity(unchecked) private var chunks: [UnsafeMutableRawBufferPointer] = []

    private static let alignment = 16
    private static let chunkSize = 64 << 10

    /// - Parameters:
    ///   - firstChunk: Bytes kept across resets; enough for an ordinary message.
    ///   - budget: Bytes at most between two resets (PROTOCOL.md: 4 MiB for a request).
    package init(firstChunk: Int = 16 << 10, budget: Int = 4 << 20) {
        let chunk = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Arena.rounded(max(firstChunk, 1024)), alignment: Arena.alignment)
        chunks.append(chunk)
        room = .allocate(capacity: 1)
        allocator = .allocate(capacity: 1)
        // A buffer of at least 1 KiB always has a base address.
        room.initialize(
            to: Room(
                cursor: chunk.baseAddress.unsafelyUnwrapped, remaining: chunk.count,
                budget: budget, arena: .passUnretained(self)))
        allocator.initialize(
            to: ProtobufCAllocator(
                alloc: { data, size in
                    guard let data else { return nil }
                    return Arena.allocate(size, in: data.assumingMemoryBound(to: Room.self))
                },
                free: { _, _ in },
                allocator_data: room))
    }

    deinit {
        for chunk in chunks { chunk.deallocate() }
        allocator.deallocate()
        room.deallocate()
    }

    /// Memory aligned to 16 bytes that lives until ``reset()``; `nil` past the budget.
    package func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
        Arena.allocate(size, in: room)
    }

    private static func allocate(
        _ size: Int, in room: UnsafeMutablePointer<Room>
    ) -> UnsafeMutableRawPointer? {
        let left = room.pointee.budget - room.pointee.handedOut
        guard size >= 0, size <= left, rounded(size) <= left else {
            room.pointee.isExhausted = true
            return nil
        }
        room.pointee.handedOut += rounded(size)
        return claim(size, in: room)
    }

    /// Memory for what we make ourselves, such as a message to send: the budget, which bounds what
    /// others can make us take, does not apply.
    package func claim(_ size: Int) -> UnsafeMutableRawPointer { Arena.claim(size, in: room) }

    private static func claim(
        _ size: Int, in room: UnsafeMutablePointer<Room>
    ) -> UnsafeMutableRawPointer {
        let rounded = rounded(size)
        guard rounded <= room.pointee.remaining else {
            return room.pointee.arena._withUnsafeGuaranteedRef { $0.claimInNewChunk(rounded) }
        }
        let address = room.pointee.cursor
        room.pointee.cursor += rounded
        room.pointee.remaining -= rounded
        return address
    }

    private func claimInNewChunk(_ rounded: Int) -> UnsafeMutableRawPointer {
        // What is large gets a chunk of its own, so that little of the others goes to waste.
        if rounded > Arena.chunkSize / 4 { return addChunk(rounded) }
        let address = addChunk(Arena.chunkSize)
        room.pointee.cursor = address + rounded
        room.pointee.remaining = Arena.chunkSize - rounded
        return address
    }

    /// Takes everything back. Pointers handed out before are invalid from here on.
    package func reset() {
        room.pointee.handedOut = 0
        room.pointee.isExhausted = false
        if chunks.count > 1 {
            for chunk in chunks.dropFirst() { chunk.deallocate() }
            chunks.removeSubrange(1...)
        }
        room.pointee.cursor = chunks[0].baseAddress.unsafelyUnwrapped
        room.pointee.remaining = chunks[0].count
    }

    private static func rounded(_ size: Int) -> Int {
        (size + alignment - 1) & ~(alignment - 1)
    }

    private func addChunk(_ size: Int) -> UnsafeMutableRawPointer {
        let chunk = UnsafeMutableRawBufferPointer.allocate(
            byteCount: size, alignment: Arena.alignment)
        chunks.append(chunk)
        return chunk.baseAddress.unsafelyUnwrapped
    }
}
