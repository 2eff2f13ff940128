/// Reads JSON by RFC 8259: one value, no comments, no trailing commas, each name once.
struct JSONParser {
    /// Lists and objects inside each other; deeper JSON is refused.
    static let depthMax = 100

    private static let digitRange = UInt8(ascii: "0")...UInt8(ascii: "9")

    private let text: [UInt8]
    private var at = 0

    /// - Throws: ``TranscodingError`` that gives line and column.
    static func parse(_ text: String) throws(TranscodingError) -> JSONValue {
        var parser = JSONParser(text: Array(text.utf8))
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.at == parser.text.count else { throw parser.error("nothing more") }
        return value
    }

    private init(text: [UInt8]) { self.text = text }

    private mutating func value(depth: Int) throws(TranscodingError) -> JSONValue {
        guard depth <= JSONParser.depthMax else {
            throw error("at most \(JSONParser.depthMax) levels of nesting")
        }
        skipSpace()
        guard let next else { throw error("a JSON value") }
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), JSONParser.digitRange: return .number(try number())
        default:
            if take("true") { return .bool(true) }
            if take("false") { return .bool(false) }
            if take("null") { return .null }
            throw error("a JSON value")
        }
    }

    private mutating func object(depth: Int) throws(TranscodingError) -> JSONValue {
        at += 1
        var members: [JSONValue.Member] = []
        var names: Set<String> = []
        skipSpace()
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw error("a name in double quotes") }
            let name = try string()
            guard names.insert(name).inserted else {
                throw TranscodingError("the name \"\(name)\" occurs twice in one object\(place)")
            }
            skipSpace()
            guard take(":") else { throw error("a colon") }
            members.append(JSONValue.Member(name: name, value: try value(depth: depth + 1)))
            skipSpace()
        } while take(",")
        guard take("}") else { throw error("a comma or }") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(TranscodingError) -> JSONValue {
        at += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take("]") { return .array([]) }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw error("a comma or ]") }
        return .array(elements)
    }

    private mutating func number() throws(TranscodingError) -> String {
        let start = at
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return String(decoding: text[start..<at], as: UTF8.self)
    }

    private mutating func digits() throws(TranscodingError) {
        let start = at
        while let next, JSONParser.digitRange.contains(next) { at += 1 }
        guard at > start else { throw error("a digit") }
    }

    private mutating func string() throws(TranscodingError) -> String {
        at += 1
        var content: [UInt8] = []
        while let byte = next {
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"): content += try escape()
            case 0..<0x20:
                at -= 1
                throw error("control characters in text to be written as \\u00XX")
            default: content.append(byte)
            }
        }
        throw error("a closing quote")
    }

    private mutating func escape() throws(TranscodingError) -> [UInt8] {
        defer { at += 1 }
        switch next {
        case UInt8(ascii: "\""): return [0x22]
        case UInt8(ascii: "\\"): return [0x5C]
        case UInt8(ascii: "/"): return [0x2F]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"):
            var units = [try hexUnit()]
            if UTF16.isLeadSurrogate(units[0]) {
                at += 1
                guard take("\\"), next == UInt8(ascii: "u") else { throw error("a low surrogate") }
                units.append(try hexUnit())
            }
            guard let scalars = String(validating: units, as: UTF16.self) else {
                throw error("surrogates in pairs")
            }
            return Array(scalars.utf8)
        default: throw error("one of \" \\ / b f n r t u after a backslash")
        }
    }

    /// Reads the four digits after `u`, and stops at the last of them.
    private mutating func hexUnit() throws(TranscodingError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            at += 1
            guard let digit = next.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
                throw error("four hexadecimal digits")
            }
            unit = unit << 4 | UInt16(truncatingIfNeeded: digit)
        }
        return unit
    }

    private var next: UInt8? { at < text.count ? text[at] : nil }

    private mutating func take(_ expected: StaticString) -> Bool {
        let length = expected.utf8CodeUnitCount
        guard text.count - at >= length else { return false }
        let matches = expected.withUTF8Buffer { text[at..<at + length].elementsEqual($0) }
        if matches { at += length }
        return matches
    }

    private mutating func skipSpace() {
        while let next, next == 0x20 || (0x09...0x0D).contains(next), next != 0x0B, next != 0x0C {
            at += 1
        }
    }

    private var place: String {
        let before = text.prefix(at)
        let line = before.count { $0 == 0x0A } + 1
        let column = at - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
        return " at line \(line), column \(column)"
    }

    private func error(_ expected: String) -> TranscodingError {
        TranscodingError("not JSON: expected \(expected)\(place)")
    }
}
