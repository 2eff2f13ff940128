/// Pieces of an encoded message.
enum WireBytes {
    static func varint(_ value: UInt64) -> [UInt8] {
        var value = value
        var bytes: [UInt8] = []
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: value))
        return bytes
    }

    static func tag(_ number: UInt64, _ wireType: WireCursor.WireType) -> [UInt8] {
        varint(number << 3 | wireType.rawValue)
    }

    static func delimited(_ content: [UInt8]) -> [UInt8] {
        varint(UInt64(content.count)) + content
    }

    static func fixed(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}
