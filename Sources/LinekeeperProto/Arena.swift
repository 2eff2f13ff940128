package import CProtobufC

/// Memory that one decoding or encoding takes and gives back all at once.
///
/// protobuf-c allocates every string and submessage on its own; from an arena that is a pointer
/// bump, and nothing is freed one by one. The budget bounds what a hostile message can claim
/// (protobuf-c turns 2 bytes of input into over 100 bytes of memory): an allocation past it fails,
/// which protobuf-c reports as a message that does not parse. Not thread-safe: one owner at a time,
/// usually an event loop.
package final class Arena {
    /// Bytes that may be handed out between two resets.
    package let budget: Int

    /// Whether an allocation has failed for want of budget since the last reset.
    package private(set) var isExhausted = false

    /// What protobuf-c is given; valid as long as the arena.
    package let allocator: UnsafeMutablePointer<ProtobufCAllocator>

    private var chunks: [UnsafeMutableRawBufferPointer] = []
    private var cursor: UnsafeMutableRawPointer
    private var remaining: Int
    private var handedOut = 0

    private static let alignment = 16
    private static let chunkSize = 64 << 10

    /// - Parameters:
    ///   - firstChunk: Bytes kept across resets; enough for an ordinary message.
    ///   - budget: Bytes at most between two resets (PROTOCOL.md: 4 MiB for a request).
    package init(firstChunk: Int = 16 << 10, budget: Int = 4 << 20) {
        self.budget = budget
        let chunk = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(firstChunk, 1024), alignment: Arena.alignment)
        chunks.append(chunk)
        // A buffer of at least 1 KiB always has a base address.
        cursor = chunk.baseAddress.unsafelyUnwrapped
        remaining = chunk.count
        allocator = .allocate(capacity: 1)
        allocator.initialize(
            to: ProtobufCAllocator(
                alloc: { data, size in
                    guard let data else { return nil }
                    return Unmanaged<Arena>.fromOpaque(data).takeUnretainedValue().allocate(size)
                },
                free: { _, _ in },
                allocator_data: nil))
        allocator.pointee.allocator_data = Unmanaged.passUnretained(self).toOpaque()
    }

    deinit {
        for chunk in chunks { chunk.deallocate() }
        allocator.deallocate()
    }

    /// Memory aligned to 16 bytes that lives until ``reset()``; `nil` past the budget.
    package func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
        guard size >= 0, size <= budget, Arena.rounded(size) <= budget - handedOut else {
            isExhausted = true
            return nil
        }
        handedOut += Arena.rounded(size)
        return claim(size)
    }

    /// Memory for what we make ourselves, such as a message to send: the budget, which bounds what
    /// others can make us take, does not apply.
    package func claim(_ size: Int) -> UnsafeMutableRawPointer {
        let rounded = Arena.rounded(size)
        if rounded > remaining {
            // What is large gets a chunk of its own, so that little of the others goes to waste.
            if rounded > Arena.chunkSize / 4 { return addChunk(rounded) }
            cursor = addChunk(Arena.chunkSize)
            remaining = Arena.chunkSize
        }
        let address = cursor
        cursor += rounded
        remaining -= rounded
        return address
    }

    /// Takes everything back. Pointers handed out before are invalid from here on.
    package func reset() {
        handedOut = 0
        isExhausted = false
        if chunks.count > 1 {
            for chunk in chunks.dropFirst() { chunk.deallocate() }
            chunks.removeSubrange(1...)
        }
        cursor = chunks[0].baseAddress.unsafelyUnwrapped
        remaining = chunks[0].count
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
