/// Steps through the fields of one message without allocating.
struct WireCursor {
    /// The form in which a field's content follows its tag.
    enum WireType: UInt64 {
        case varint = 0
        case fixed64 = 1
        case delimited = 2
        case fixed32 = 5
    }

    private let bytes: UnsafeRawBufferPointer
    private var at: Int
    private let end: Int

    init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        self.bytes = bytes
        at = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { at >= end }

    /// Reads a field's number and form.
    ///
    /// `wireType` is `nil` for groups and the unused forms; the whole is `nil` when the bytes hold no
    /// tag.
    mutating func tag() -> (number: UInt64, wireType: WireType?)? {
        guard let tag = varint(), tag >> 3 != 0, tag <= UInt64(UInt32.max) else { return nil }
        return (tag >> 3, WireType(rawValue: tag & 7))
    }

    /// Steps over what follows a tag and says where it lies (for a delimited field without its
    /// length); `nil` when it is cut off.
    mutating func content(_ wireType: WireType) -> Range<Int>? {
        switch wireType {
        case .varint:
            let start = at
            return varint() == nil ? nil : start..<at
        case .fixed64: return take(8)
        case .fixed32: return take(4)
        case .delimited: return varint().flatMap { take($0) }
        }
    }

    /// Reads at most ten bytes; `nil` when the number does not end there.
    mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while at < end, shift < 70 {
            let byte = bytes[at]
            at += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }

    private mutating func take(_ length: UInt64) -> Range<Int>? {
        guard length <= UInt64(end - at) else { return nil }
        let start = at
        at += Int(length)
        return start..<at
    }
}
