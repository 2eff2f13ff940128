internal import CProtobufC

/// How a message type is copied from and to the structure that protoc-c made for it.
///
/// Only generated code makes one; everything it holds is for this package.
// The pointer is to a descriptor, which is constant for the life of the process, and the functions
// are free of captured state: sharing a codec between threads is safe.
public struct MessageCodec<Message>: @unchecked Sendable {
    let descriptor: UnsafePointer<ProtobufCMessageDescriptor>
    let plan: WirePlan
    let layout: Any.Type
    let read: (UnsafeRawPointer) -> Message
    let write: (Message, UnsafeMutableRawPointer, Writer) -> Void

    /// - Parameters:
    ///   - initialise: protoc-c's `xxx__init`. The descriptor's address is taken from a structure
    ///     it has filled: Swift may hand out a copy of an imported C constant.
    ///   - read: Makes the value; may count on text that ``WireCheck`` has passed.
    ///   - write: Fills a structure that `initialise` has been called on.
    package init<Layout>(
        _ initialise: (UnsafeMutablePointer<Layout>?) -> Void,
        read: @escaping (Layout) -> Message,
        write: @escaping (Message, inout Layout, Writer) -> Void
    ) {
        let blank = UnsafeMutablePointer<Layout>.allocate(capacity: 1)
        defer { blank.deallocate() }
        initialise(blank)
        descriptor = UnsafeRawPointer(blank).load(as: ProtobufCMessage.self).descriptor
        plan = WirePlan(descriptor)
        layout = Layout.self
        self.read = { read($0.load(as: Layout.self)) }
        self.write = { message, memory, writer in
            write(message, &memory.assumingMemoryBound(to: Layout.self).pointee, writer)
        }
    }

    /// Checks and unpacks one message into the arena.
    ///
    /// The structure refers to arena memory only, none of it to `bytes`; its strings are UTF-8
    /// without U+0000. It lives until the arena is reset.
    package func unpack(
        _ bytes: UnsafeRawBufferPointer, arena: Arena
    ) throws(MalformedMessage) -> UnsafeRawPointer {
        var check = WireCheck(bytes, budget: arena.budget)
        try check.check(plan)
        let unpacked = protobuf_c_message_unpack(
            descriptor, arena.allocator, bytes.count,
            bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        guard let unpacked else {
            throw MalformedMessage(fault: arena.isExhausted ? .overBudget : .truncatedOrGarbage)
        }
        return UnsafeRawPointer(unpacked)
    }

    /// ``unpack(_:arena:)`` for code that reads the structure itself.
    package func unpack<Layout>(
        _ bytes: UnsafeRawBufferPointer, as layout: Layout.Type, arena: Arena
    ) throws(MalformedMessage) -> UnsafePointer<Layout> {
        precondition(self.layout == layout, "\(layout) is not the structure of \(Message.self)")
        return try unpack(bytes, arena: arena).assumingMemoryBound(to: Layout.self)
    }

    /// Builds the structure of a value in the arena; not subject to the arena's budget.
    func structure(of message: Message, _ writer: Writer) -> UnsafeMutableRawPointer {
        let memory = writer.arena.claim(descriptor.pointee.sizeof_message)
        protobuf_c_message_init(descriptor, memory)
        write(message, memory, writer)
        return memory
    }
}
