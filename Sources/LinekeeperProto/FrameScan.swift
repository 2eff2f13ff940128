/// Reads a frame's wire form directly, for the two questions that a decoded frame cannot answer.
package enum FrameScan {
    /// The call that a frame opens, although the frame as a whole could not be decoded.
    ///
    /// Lets a request that needs too much memory be refused as one call, without giving up the
    /// connection. `nil` when the bytes are no request.
    package static func requestCallID(in bytes: RawSpan) -> UInt64? {
        bytes.withUnsafeBytes { bytes in
            var reader = WireReader(bytes)
            var callID: UInt64 = 0
            var isRequest = false
            while let field = reader.next() {
                switch (field.number, field.value) {
                case (1, .varint(let value)): callID = value
                case (2, .bytes): isRequest = true
                case (3...9, _): isRequest = false
                default: break
                }
            }
            return isRequest && reader.isAtEnd && callID != 0 ? callID : nil
        }
    }

    /// Whether the metadata of a request or hello holds a zero byte.
    ///
    /// protobuf-c hands out C strings, which end at the first one: `"a\0b"` would be taken for
    /// `"a"`, and two idempotency keys for one.
    package static func hasZeroByteInMetadata(_ bytes: RawSpan) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var frame = WireReader(bytes)
            while let body = frame.next() {
                // Request.metadata is field 4, Hello.metadata field 2.
                guard case .bytes(let message) = body.value, body.number == 2 || body.number == 9
                else { continue }
                let metadataNumber: UInt64 = body.number == 2 ? 4 : 2
                var fields = WireReader(message)
                while let field = fields.next() {
                    guard field.number == metadataNumber, case .bytes(let pair) = field.value
                    else { continue }
                    var texts = WireReader(pair)
                    while let text = texts.next() {
                        if case .bytes(let text) = text.value, text.contains(0) { return true }
                    }
                }
            }
            return false
        }
    }
}

/// Walks the fields of one protobuf message; stops at the first byte that makes no sense.
private struct WireReader {
    enum Value {
        case varint(UInt64)
        case bytes(UnsafeRawBufferPointer)
        case fixed
    }

    private let bytes: UnsafeRawBufferPointer
    private var offset = 0
    private var isBroken = false

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// Whether every byte belonged to a field.
    var isAtEnd: Bool { offset == bytes.count && !isBroken }

    mutating func next() -> (number: UInt64, value: Value)? {
        guard offset < bytes.count else { return nil }
        let field = field()
        isBroken = field == nil
        return field
    }

    private mutating func field() -> (number: UInt64, value: Value)? {
        guard let tag = varint() else { return nil }
        let number = tag >> 3
        switch tag & 7 {
        case 0:
            return varint().map { (number, .varint($0)) }
        case 1:
            return skip(8).map { _ in (number, .fixed) }
        case 2:
            guard let count = varint().flatMap({ Int(exactly: $0) }) else { return nil }
            return skip(count).map { (number, .bytes($0)) }
        case 5:
            return skip(4).map { _ in (number, .fixed) }
        default:
            return nil
        }
    }

    private mutating func skip(_ count: Int) -> UnsafeRawBufferPointer? {
        guard count >= 0, count <= bytes.count - offset else { return nil }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + count)])
    }

    private mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard offset < bytes.count else { return nil }
            let byte = bytes[offset]
            offset += 1
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
