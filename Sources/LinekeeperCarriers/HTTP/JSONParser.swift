/// Reads JSON text (RFC 8259) that came from outside.
///
/// A number keeps its text: a price of `1.15` is not to pass through binary floating point, and
/// `1e400` fits nothing. An object that has a member twice is refused, since two readers could take
/// it for two different things; so is text that is not UTF-8, and nesting that no carrier uses.
struct JSONParser {
    /// Why the text is no JSON that is accepted.
    struct Fault: Error, Equatable {
        var what: String
        /// Bytes before it.
        var offset: Int
    }

    /// The deepest nesting that is read: carriers' answers have fewer than ten levels.
    static let depthMax = 64

    private let bytes: [UInt8]
    private var position = 0

    /// The value that `bytes` are the text of.
    static func parse(_ bytes: [UInt8]) throws(Fault) -> CarrierJSON.Value {
        var parser = JSONParser(bytes: bytes)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.next == nil else { throw parser.fault("something follows the value") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func fault(_ what: String) -> Fault { Fault(what: what, offset: position) }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    /// Steps over a byte if it is the next one.
    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(Fault) -> CarrierJSON.Value {
        guard depth < Self.depthMax else { throw fault("it is nested too deeply") }
        skipSpace()
        guard let byte = next else { throw fault("it ends too early") }
        switch byte {
        case UInt8(ascii: "{"): return .object(try members(depth: depth))
        case UInt8(ascii: "["): return .array(try elements(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return .number(try number())
        default: throw fault("a value is expected")
        }
    }

    private mutating func word(
        _ word: StaticString, _ value: CarrierJSON.Value
    ) throws(Fault) -> CarrierJSON.Value {
        for character in word.description.unicodeScalars where !skip(character) {
            throw fault("a value is expected")
        }
        return value
    }

    private mutating func members(depth: Int) throws(Fault) -> [String: CarrierJSON.Value] {
        position += 1
        var members: [String: CarrierJSON.Value] = [:]
        skipSpace()
        if skip("}") { return members }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw fault("a member's name is expected") }
            let name = try string()
            skipSpace()
            guard skip(":") else { throw fault("a colon is expected") }
            let value = try value(depth: depth + 1)
            guard members.updateValue(value, forKey: name) == nil else {
                throw fault("a member stands twice in one object")
            }
            skipSpace()
        } while skip(",")
        guard skip("}") else { throw fault("a comma or the end of an object is expected") }
        return members
    }

    private mutating func elements(depth: Int) throws(Fault) -> [CarrierJSON.Value] {
        position += 1
        var elements: [CarrierJSON.Value] = []
        skipSpace()
        if skip("]") { return elements }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipSpace()
        } while skip(",")
        guard skip("]") else { throw fault("a comma or the end of an array is expected") }
        return elements
    }

    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
    private mutating func number() throws(Fault) -> String {
        let start = position
        _ = skip("-")
        if !skip("0") { try digits() }
        if skip(".") { try digits() }
        if skip("e") || skip("E") {
            if !skip("+") { _ = skip("-") }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(Fault) {
        let start = position
        while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
            position += 1
        }
        guard position > start else { throw fault("a digit is expected") }
    }

    private mutating func string() throws(Fault) -> String {
        position += 1
        var text: [UInt8] = []
        var start = position
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                text.append(contentsOf: bytes[start..<position])
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw fault("a string is not UTF-8")
                }
                position += 1
                return string
            case UInt8(ascii: "\\"):
                text.append(contentsOf: bytes[start..<position])
                position += 1
                text.append(contentsOf: String(try escaped()).utf8)
                start = position
            case 0..<0x20: throw fault("a control character stands in a string")
            default: position += 1
            }
        }
        throw fault("it ends within a string")
    }

    private mutating func escaped() throws(Fault) -> Character {
        defer { position += 1 }
        switch next {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return Character(try scalar())
        default: throw fault("an escape is unknown")
        }
    }

    /// What follows `\u`, which is next; leaves the last digit for the caller to step over.
    private mutating func scalar() throws(Fault) -> Unicode.Scalar {
        let high = try codeUnit()
        if let scalar = Unicode.Scalar(high) { return scalar }
        position += 1
        guard high < 0xDC00, skip("\\"), next == UInt8(ascii: "u") else {
            throw fault("half of a surrogate pair is missing")
        }
        let low = try codeUnit()
        guard low >= 0xDC00, low < 0xE000,
            let scalar = Unicode.Scalar(
                0x10000 + (UInt32(high) - 0xD800) << 10 + UInt32(low) - 0xDC00)
        else { throw fault("half of a surrogate pair is missing") }
        return scalar
    }

    /// Four hexadecimal digits after the `u` that is next; leaves the last one.
    private mutating func codeUnit() throws(Fault) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            position += 1
            guard let byte = next, byte < 0x80,
                let digit = Character(Unicode.Scalar(byte)).hexDigitValue
            else { throw fault("four hexadecimal digits are expected") }
            unit = unit << 4 | UInt16(truncatingIfNeeded: digit)
        }
        return unit
    }
}
