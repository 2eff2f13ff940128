import LinekeeperCore
import LinekeeperProto

// What answers are made of, written as text where the answer is packed.
extension FieldWriter {
    /// An identifier's text: a prefix with its underscore, and 32 hex digits.
    @inline(__always)
    mutating func identifier<Kind>(
        _ number: UInt8, _ prefix: StaticString, _ id: Identifier<Kind>
    ) {
        let head = prefix.utf8CodeUnitCount
        let place = UnsafeMutableRawPointer(text(number, length: head + 32))
        place.copyMemory(from: prefix.utf8Start, byteCount: head)
        FieldWriter.writeHex(id.high, to: place + head)
        FieldWriter.writeHex(id.low, to: place + head + 16)
    }

    @inline(__always)
    private static func writeHex(_ value: UInt64, to place: UnsafeMutableRawPointer) {
        place.storeBytes(of: hex(value >> 32), as: UInt64.self)
        place.storeBytes(of: hex(value & 0xFFFF_FFFF), toByteOffset: 8, as: UInt64.self)
    }

    /// The eight hex digits of 32 bits, all at once.
    @inline(__always)
    private static func hex(_ value: UInt64) -> UInt64 {
        // One digit into each byte, the last into the lowest.
        var digits = (value | value << 16) & 0x0000_FFFF_0000_FFFF
        digits = (digits | digits << 8) & 0x00FF_00FF_00FF_00FF
        digits = (digits | digits << 4) & 0x0F0F_0F0F_0F0F_0F0F
        // 1 in each byte of a digit above 9: those are letters.
        let letters = (digits &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        let text = digits &+ 0x3030_3030_3030_3030 &+ letters &* 0x27
        return text.bigEndian
    }

    /// A number's canonical text, with the plus sign.
    mutating func e164(_ number: UInt8, _ e164: E164) {
        var length = 7
        var limit: UInt64 = 10_000_000
        while e164.digits >= limit {
            limit *= 10
            length += 1
        }
        let place = text(number, length: length + 1)
        place[0] = UInt8(ascii: "+")
        var rest = e164.digits
        for offset in stride(from: length, to: 0, by: -1) {
            place[offset] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    /// The canonical text of a number as a request has it, in which the plus sign may be missing.
    @inline(__always)
    mutating func e164(_ number: UInt8, asGiven given: UnsafeRawBufferPointer) {
        guard let first = given.first, first != UInt8(ascii: "+") else {
            return text(number, given)
        }
        let place = text(number, length: given.count + 1)
        place[0] = UInt8(ascii: "+")
        UnsafeMutableRawBufferPointer(start: place + 1, count: given.count).copyMemory(from: given)
    }

    /// An agent's id and, after it, the name.
    @inline(__always)
    mutating func agent(_ agent: BoundAgent, id idNumber: UInt8, name nameNumber: UInt8) {
        agent.withText { id, name in
            text(idNumber, id)
            text(nameNumber, name)
        }
    }

    /// A constant's text.
    mutating func text(_ number: UInt8, _ constant: String) {
        var constant = constant
        constant.withUTF8 { text(number, UnsafeRawBufferPointer($0)) }
    }
}

extension E164 {
    /// Reads a field; the plus sign may be missing. `nil` for anything that is no E.164 number.
    @inline(__always)
    init?(_ text: UnsafeRawBufferPointer) {
        guard let start = text.baseAddress, !text.isEmpty else { return nil }
        let head = start.load(as: UInt8.self) == UInt8(ascii: "+") ? 1 : 0
        guard 7...15 ~= text.count - head,
            start.load(fromByteOffset: head, as: UInt8.self) != UInt8(ascii: "0")
        else { return nil }
        var value: UInt64 = 0
        for place in head..<text.count {
            let digit = start.load(fromByteOffset: place, as: UInt8.self) &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            value = value &* 10 &+ UInt64(digit)
        }
        self.init(digits: value)
    }
}
