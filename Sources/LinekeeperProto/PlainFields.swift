/// Reads a protobuf message whose fields come in the order of their numbers, each at most once, as
/// every encoder writes them.
///
/// Ask for the fields in that order; one that is absent is `nil`. At the end, ``isAtEnd`` tells
/// whether that was all. If it was not (an unknown field, another order, a repetition, bytes that make
/// no sense), nothing that was read may be used: the message must be read by ``MessageCodec``, which
/// knows every form.
package struct PlainFields {
    private var at: UnsafePointer<UInt8>
    private let end: UnsafePointer<UInt8>

    /// - Parameter bytes: Must stay where they are as long as this and what it returns are in use.
    @inline(__always)
    package init(_ bytes: UnsafeRawBufferPointer) {
        let start = bytes.baseAddress ?? PlainFields.nothing
        at = start.assumingMemoryBound(to: UInt8.self)
        end = at + bytes.count
    }

    /// An address for bytes that are none.
    private static var nothing: UnsafeRawPointer {
        UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
    }

    /// Whether every byte has been read.
    @inline(__always)
    package var isAtEnd: Bool { at == end }

    /// A number or enumeration in field `number`, 1 to 15.
    @inline(__always)
    package mutating func varint(_ number: UInt8) -> UInt64? {
        guard at != end, at.pointee == number << 3 else { return nil }
        var place = at + 1
        var value: UInt64 = 0
        var shift: UInt64 = 0
        // Nine bytes hold 63 bits; the rare tenth is left to the codec.
        while place != end, shift < 63 {
            let byte = place.pointee
            place += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 {
                at = place
                return value
            }
            shift += 7
        }
        return nil
    }

    /// The content of field `number`, 1 to 15.
    @inline(__always)
    package mutating func bytes(_ number: UInt8) -> UnsafeRawBufferPointer? {
        guard end - at >= 2, at.pointee == number << 3 | 2 else { return nil }
        var count = Int(at[1])
        var head = 2
        if count >= 0x80 {
            // Two bytes of length: up to 16 KiB, far more than any hot call has.
            guard end - at >= 3, at[2] < 0x80 else { return nil }
            count = count & 0x7F | Int(at[2]) << 7
            head = 3
        }
        guard end - at - head >= count else { return nil }
        let content = UnsafeRawBufferPointer(start: at + head, count: count)
        at += head + count
        return content
    }

    /// The text in field `number`, 1 to 15, as long as it is ASCII without U+0000: then it is text
    /// without a further look. Empty when the field is absent.
    ///
    /// Other text stays unread, so that ``isAtEnd`` will tell of it.
    @inline(__always)
    package mutating func text(_ number: UInt8) -> UnsafeRawBufferPointer {
        let start = at
        guard let content = bytes(number) else {
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        guard PlainText.isPlain(content) else {
            at = start
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        return content
    }
}

/// Text that needs no decoding.
enum PlainText {
    /// Whether all bytes are ASCII and none is zero: eight at a time, since most text is that.
    @inline(__always)
    static func isPlain(_ text: UnsafeRawBufferPointer) -> Bool {
        guard let start = text.baseAddress else { return true }
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highBits: UInt64 = 0x8080_8080_8080_8080
        var at = 0
        while text.count - at >= 8 {
            let eight = start.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            // A byte that is zero borrows from its high bit; one above 0x7F has it set.
            if (eight | (eight &- ones)) & highBits != 0 { return false }
            at += 8
        }
        while at < text.count {
            let byte = start.load(fromByteOffset: at, as: UInt8.self)
            if byte == 0 || byte >= 0x80 { return false }
            at += 1
        }
        return true
    }
}
