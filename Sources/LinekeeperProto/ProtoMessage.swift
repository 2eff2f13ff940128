internal import CProtobufC

/// A message of the wire as a Swift value.
///
/// Fields that are absent have proto3's defaults. Fields that this version does not know are kept,
/// at every level, and are sent on with the message.
public protocol ProtoMessage: Hashable, Sendable {
    /// The name in the proto files, with its package: `linekeeper.v1.PhoneNumber`.
    static var fullName: String { get }

    /// How the generated code copies this type; of no use outside this package.
    static var codec: MessageCodec<Self> { get }

    /// The fields that came with the message and are unknown here, as they came.
    var unknownFields: [UInt8] { get }

    /// Makes a message with every field at its default.
    init()
}

extension ProtoMessage {
    /// Makes a message and sets its fields in one expression.
    public static func with<Failure: Error>(
        _ populate: (inout Self) throws(Failure) -> Void
    ) throws(Failure) -> Self {
        var message = Self()
        try populate(&message)
        return message
    }

    /// Decodes one message, without any length that framed it.
    ///
    /// - Parameter budget: Bytes of memory at most that decoding may take. The default is what the
    ///   server grants a request; whoever reads large answers allows more.
    /// - Throws: ``MalformedMessage`` naming the field at fault.
    public init(decoding bytes: [UInt8], budget: Int = 4 << 20) throws(MalformedMessage) {
        let arena = Arena(firstChunk: min(max(bytes.count, 0) * 4, 16 << 10), budget: budget)
        let decoded = bytes.withUnsafeBytes { bytes in
            Result { () throws(MalformedMessage) in try Self(decoding: bytes, arena: arena) }
        }
        self = try decoded.get()
    }

    /// Decodes one message with an arena that the caller resets afterwards.
    ///
    /// Nothing in the value refers to `bytes` or the arena.
    package init(
        decoding bytes: UnsafeRawBufferPointer, arena: Arena
    ) throws(MalformedMessage) {
        self = Self.codec.read(try Self.codec.unpack(bytes, arena: arena))
    }

    /// The message's bytes. Equal messages have equal bytes: maps are written in the order of keys.
    ///
    /// U+0000 in text becomes U+FFFD, because C would take it for the end of the text; every
    /// decoder here refuses it too.
    public func encoded() -> [UInt8] {
        let arena = Arena()
        return withExtendedLifetime(arena) { Array(encode(arena: arena)) }
    }

    /// Encodes into the arena: the bytes live until it is reset. Its budget does not apply, since
    /// what we send is as large as what we made.
    package func encode(arena: Arena) -> UnsafeRawBufferPointer {
        let structure = Self.codec.structure(of: self, Writer(arena: arena))
            .assumingMemoryBound(to: ProtobufCMessage.self)
        let size = protobuf_c_message_get_packed_size(structure)
        let memory = arena.claim(size)
        protobuf_c_message_pack(structure, memory.assumingMemoryBound(to: UInt8.self))
        return UnsafeRawBufferPointer(start: memory, count: size)
    }
}
