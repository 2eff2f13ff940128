import LinekeeperCore
import LinekeeperProto

/// Text of an answer, written straight into the call's arena as C wants it.
struct ArenaText {
    let arena: Arena

    private static let hexDigits: StaticString = "0123456789abcdef"

    /// An identifier's text: prefix, underscore, 32 hex digits.
    func identifier(_ prefix: StaticString, high: UInt64, low: UInt64) -> UnsafeMutablePointer<
        CChar
    > {
        let head = prefix.utf8CodeUnitCount
        let memory = arena.claim(head + 33)
        memory.copyMemory(from: prefix.utf8Start, byteCount: head)
        let digits = ArenaText.hexDigits.utf8Start
        let text = memory.assumingMemoryBound(to: UInt8.self)
        for place in 0..<16 {
            let shift = UInt64(truncatingIfNeeded: 60 - 4 * place)
            text[head + place] = digits[Int(truncatingIfNeeded: high >> shift & 15)]
            text[head + 16 + place] = digits[Int(truncatingIfNeeded: low >> shift & 15)]
        }
        text[head + 32] = 0
        return memory.assumingMemoryBound(to: CChar.self)
    }

    /// A number's canonical text, with the plus sign.
    func e164(_ number: E164) -> UnsafeMutablePointer<CChar> {
        // A plus sign, at most 15 digits and the NUL.
        let memory = arena.claim(17).assumingMemoryBound(to: UInt8.self)
        var length = 1
        var probe = number.digits
        while probe >= 10 {
            probe /= 10
            length += 1
        }
        memory[0] = UInt8(ascii: "+")
        memory[length + 1] = 0
        var rest = number.digits
        var place = length
        while place > 0 {
            memory[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            place -= 1
        }
        return UnsafeMutableRawPointer(memory).assumingMemoryBound(to: CChar.self)
    }

    /// An agent's id and name, both ended by a NUL as the binding keeps them: one copy.
    func agent(
        _ binding: borrowing AgentBinding
    ) -> (id: UnsafeMutablePointer<CChar>, name: UnsafeMutablePointer<CChar>) {
        let utf8 = binding.text.utf8.span
        let memory = arena.claim(utf8.count)
        utf8.withUnsafeBytes { bytes in
            if let source = bytes.baseAddress {
                memory.copyMemory(from: source, byteCount: bytes.count)
            }
        }
        let start = memory.assumingMemoryBound(to: CChar.self)
        return (start, start + Int(binding.idLength) + 1)
    }

    /// Any other text without U+0000.
    func text(_ text: String) -> UnsafeMutablePointer<CChar> {
        var text = text
        return text.withUTF8 { utf8 in
            let memory = arena.claim(utf8.count + 1)
            if let source = utf8.baseAddress {
                memory.copyMemory(from: source, byteCount: utf8.count)
            }
            memory.storeBytes(of: 0, toByteOffset: utf8.count, as: UInt8.self)
            return memory.assumingMemoryBound(to: CChar.self)
        }
    }
}

extension E164 {
    /// Reads a C string; the plus sign may be missing. `nil` for anything that is no E.164 number.
    init?(_ text: UnsafePointer<CChar>) {
        var place = text
        if place.pointee == 0x2B { place += 1 }
        var value: UInt64 = 0
        var count = 0
        while place.pointee != 0 {
            let digit = UInt8(bitPattern: place.pointee) &- 0x30
            guard digit <= 9, count < 15, count > 0 || digit > 0 else { return nil }
            value = value &* 10 &+ UInt64(digit)
            count += 1
            place += 1
        }
        guard count >= 7 else { return nil }
        self.init(digits: value)
    }
}
