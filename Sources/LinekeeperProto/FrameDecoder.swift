import CLinekeeperProto
import CProtobufC

/// Cuts frames out of a byte stream and decodes them with protobuf-c into an arena.
package enum FrameDecoder {
    /// Bytes of the big-endian length that precedes every frame.
    package static let prefixByteCount = 4

    /// The length announced at `offset`, or `nil` when fewer than four bytes follow.
    ///
    /// The number is the peer's word: compare it with the limit before anything is done with it.
    package static func announcedByteCount(in bytes: RawSpan, at offset: Int) -> Int? {
        guard offset >= 0, bytes.byteCount - offset >= prefixByteCount else { return nil }
        let prefix = bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)
        return Int(UInt32(bigEndian: prefix))
    }

    /// Decodes one frame, without its prefix; `nil` when the bytes do not parse or need more memory
    /// than the arena's budget leaves (``Arena/isExhausted`` tells which).
    ///
    /// Nothing of `bytes` is referred to afterwards. What is returned lives until the arena's reset.
    package static func decode(_ bytes: RawSpan, in arena: Arena) -> FrameBody? {
        let frame = bytes.withUnsafeBytes { bytes in
            linekeeper__rpc__v1__frame__unpack(
                arena.allocator, bytes.count,
                bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        }
        guard let frame else { return nil }
        return body(of: frame.pointee)
    }

    private static func body(of frame: Linekeeper__Rpc__V1__Frame) -> FrameBody {
        let callID = frame.call_id
        switch frame.body_case {
        case LINEKEEPER__RPC__V1__FRAME__BODY_REQUEST:
            guard let request = frame.request else { return .missing }
            return .request(callID, FrameRequest(request))
        case LINEKEEPER__RPC__V1__FRAME__BODY_RESPONSE:
            guard let response = frame.response else { return .missing }
            return .response(callID, FrameResponse(response))
        case LINEKEEPER__RPC__V1__FRAME__BODY_ITEM:
            guard let item = frame.item else { return .missing }
            return .item(callID, FrameBytes(item.pointee.payload))
        case LINEKEEPER__RPC__V1__FRAME__BODY_CANCEL:
            return .cancel(callID)
        case LINEKEEPER__RPC__V1__FRAME__BODY_PING:
            guard let ping = frame.ping else { return .missing }
            return .ping(token: ping.pointee.token)
        case LINEKEEPER__RPC__V1__FRAME__BODY_PONG:
            guard let pong = frame.pong else { return .missing }
            return .pong(token: pong.pointee.token)
        case LINEKEEPER__RPC__V1__FRAME__BODY_GO_AWAY:
            guard let goAway = frame.go_away else { return .missing }
            return .goAway(FrameGoAway(goAway))
        case LINEKEEPER__RPC__V1__FRAME__BODY_HELLO:
            guard let hello = frame.hello else { return .missing }
            return .hello(FrameHello(hello))
        default:
            return .missing
        }
    }
}

/// What one frame says. The views in it are valid until the arena they were decoded into is reset.
///
/// It is a plain value without references, so that nothing is counted for a frame.
package enum FrameBody {
    case request(UInt64, FrameRequest)
    case response(UInt64, FrameResponse)
    case item(UInt64, FrameBytes)
    case cancel(UInt64)
    case ping(token: UInt64)
    case pong(token: UInt64)
    case goAway(FrameGoAway)
    case hello(FrameHello)
    /// A frame without a body, or with one that this version does not know.
    case missing
}

/// Bytes that live in an arena, or where they were read.
@safe package struct FrameBytes {
    /// Where they lie; valid until the arena's reset, or as long as what they were read from.
    package let unsafeBytes: UnsafeRawBufferPointer

    /// No bytes.
    package init() { unsafeBytes = UnsafeRawBufferPointer(start: nil, count: 0) }

    /// - Parameter bytes: Must stay where they are as long as this is in use.
    package init(_ bytes: UnsafeRawBufferPointer) { unsafeBytes = bytes }

    init(_ bytes: ProtobufCBinaryData) {
        unsafeBytes = UnsafeRawBufferPointer(start: bytes.data, count: bytes.len)
    }

    package var count: Int { unsafeBytes.count }

    /// The bytes in memory of their own.
    package func copy() -> [UInt8] { [UInt8](unsafeBytes) }
}

/// A request that opens a call.
@safe package struct FrameRequest {
    let pointer: UnsafeMutablePointer<Linekeeper__Rpc__V1__Request>

    init(_ pointer: UnsafeMutablePointer<Linekeeper__Rpc__V1__Request>) { self.pointer = pointer }

    /// The method's path as the peer wrote it, for a message; faulty UTF-8 is repaired.
    package var method: String { String(cString: pointer.pointee.method) }
    package var payload: FrameBytes { FrameBytes(pointer.pointee.payload) }
    /// 0: the caller left it to the server.
    package var timeoutMilliseconds: UInt32 { pointer.pointee.timeout_ms }
    package var metadata: FrameMetadata {
        FrameMetadata(pointer.pointee.metadata, count: pointer.pointee.n_metadata)
    }
}

/// The end of a call.
@safe package struct FrameResponse {
    private let pointer: UnsafeMutablePointer<Linekeeper__Rpc__V1__Response>

    init(_ pointer: UnsafeMutablePointer<Linekeeper__Rpc__V1__Response>) { self.pointer = pointer }

    /// `nil` means OK.
    package var status: FrameStatus? { pointer.pointee.status.map { FrameStatus($0.pointee) } }
    package var payload: FrameBytes { FrameBytes(pointer.pointee.payload) }
    package var metadata: FrameMetadata {
        FrameMetadata(pointer.pointee.metadata, count: pointer.pointee.n_metadata)
    }
}

/// What a client says first: its version, and metadata that all its calls share.
@safe package struct FrameHello {
    private let pointer: UnsafeMutablePointer<Linekeeper__Rpc__V1__Hello>

    init(_ pointer: UnsafeMutablePointer<Linekeeper__Rpc__V1__Hello>) { self.pointer = pointer }

    package var protocolVersion: UInt32 { pointer.pointee.protocol_version }
    package var metadata: FrameMetadata {
        FrameMetadata(pointer.pointee.metadata, count: pointer.pointee.n_metadata)
    }
}

/// The server's word that it serves no call above one.
@safe package struct FrameGoAway {
    private let pointer: UnsafeMutablePointer<Linekeeper__Rpc__V1__GoAway>

    init(_ pointer: UnsafeMutablePointer<Linekeeper__Rpc__V1__GoAway>) { self.pointer = pointer }

    /// The highest call that the server accepted.
    package var lastCallID: UInt64 { pointer.pointee.last_call_id }
    /// Why; `nil` when the server gave no reason.
    package var status: FrameStatus? { pointer.pointee.status.map { FrameStatus($0.pointee) } }
}
