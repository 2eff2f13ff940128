package import CProtobufC

/// A message that a handler built for its answer and that nobody has packed yet.
///
/// It lies in an arena, or in memory that lives as long, and is packed straight into the outgoing
/// bytes.
@safe public struct ReplyMessage {
    let pointer: UnsafePointer<ProtobufCMessage>

    /// - Parameter pointer: An initialised message, valid until the arena of the call is reset.
    package init(_ pointer: UnsafePointer<ProtobufCMessage>) { self.pointer = pointer }

    /// Takes any structure that protoc-c generated: each begins with a `ProtobufCMessage`.
    package init<Layout>(_ layout: UnsafeMutablePointer<Layout>) {
        pointer = UnsafeRawPointer(layout).assumingMemoryBound(to: ProtobufCMessage.self)
    }
}

/// A frame of the server that carries a payload: a good response, or one item of a stream.
///
/// Its envelope is three fields of known size, so it is written here by hand and the payload goes
/// to its place directly; through protobuf-c it would be packed twice.
@safe package struct FramePayload {
    /// What the payload is.
    package enum Kind {
        /// The end of a call that went well.
        case response
        /// One message of a server stream.
        case item
    }

    private let callID: UInt64
    private let kind: Kind
    private let payloadByteCount: Int
    private let bodyByteCount: Int
    /// Bytes after the prefix; what a limit on frames is compared with.
    package let frameByteCount: Int

    package init(_ kind: Kind, callID: UInt64, payloadByteCount: Int) {
        self.kind = kind
        self.callID = callID
        self.payloadByteCount = payloadByteCount
        bodyByteCount =
            payloadByteCount == 0
            ? 0 : 1 + Self.varintByteCount(UInt64(payloadByteCount)) + payloadByteCount
        frameByteCount =
            1 + Self.varintByteCount(callID)
            + 1 + Self.varintByteCount(UInt64(bodyByteCount)) + bodyByteCount
    }

    /// Bytes of the whole frame with its prefix.
    package var byteCount: Int { FrameDecoder.prefixByteCount + frameByteCount }

    /// Writes prefix and envelope; the payload must follow at once.
    package func writeHeader(to out: inout OutputRawSpan) {
        out.append(UInt32(truncatingIfNeeded: frameByteCount).bigEndian, as: UInt32.self)
        out.append(0x08)  // Frame.call_id
        Self.writeVarint(callID, to: &out)
        out.append(kind == .response ? 0x1a : 0x22)  // Frame.response or Frame.item
        Self.writeVarint(UInt64(bodyByteCount), to: &out)
        guard payloadByteCount > 0 else { return }
        out.append(kind == .response ? 0x12 : 0x0a)  // Response.payload or StreamItem.payload
        Self.writeVarint(UInt64(payloadByteCount), to: &out)
    }

    private static func varintByteCount(_ value: UInt64) -> Int {
        (70 - (value | 1).leadingZeroBitCount) / 7
    }

    private static func writeVarint(_ value: UInt64, to out: inout OutputRawSpan) {
        var rest = value
        while rest >= 0x80 {
            out.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        out.append(UInt8(truncatingIfNeeded: rest))
    }
}

extension ReplyMessage {
    /// Bytes that the message takes when packed.
    package var byteCount: Int { protobuf_c_message_get_packed_size(pointer) }

    /// Packs the message at the end of `out`, which has room for ``byteCount`` more bytes.
    package func write(to out: inout OutputRawSpan, byteCount: Int) {
        out.withUnsafeMutableBytes { bytes, filled in
            guard bytes.count - filled >= byteCount, let start = bytes.baseAddress else { return }
            let place = (start + filled).assumingMemoryBound(to: UInt8.self)
            filled += protobuf_c_message_pack(pointer, place)
        }
    }
}

extension FrameBytes {
    /// Appends the bytes to `out`, which has room for them.
    @inline(__always)
    package func write(to out: inout OutputRawSpan) {
        out.withUnsafeMutableBytes { bytes, filled in
            guard bytes.count - filled >= count, let start = bytes.baseAddress,
                let source = unsafeBytes.baseAddress
            else { return }
            (start + filled).copyMemory(from: source, byteCount: count)
            filled += count
        }
    }
}
