/// Whole numbers in JSON, exact to 64 bits.
enum JSONInteger {
    /// One integer field's value as it follows its tag.
    static func content(
        _ kind: FieldSchema.Kind, _ value: JSONValue
    ) throws(TranscodingError) -> [UInt8] {
        switch kind {
        case .int32:
            return WireBytes.varint(UInt64(bitPattern: Int64(try number(value, Int32.self))))
        case .int64: return WireBytes.varint(UInt64(bitPattern: try number(value, Int64.self)))
        case .uint32: return WireBytes.varint(UInt64(try number(value, UInt32.self)))
        case .uint64: return WireBytes.varint(try number(value, UInt64.self))
        case .sint32: return zigzag(Int64(try number(value, Int32.self)))
        case .sint64: return zigzag(try number(value, Int64.self))
        case .fixed32: return WireBytes.fixed(try number(value, UInt32.self))
        case .fixed64: return WireBytes.fixed(try number(value, UInt64.self))
        case .sfixed32: return WireBytes.fixed(try number(value, Int32.self))
        case .sfixed64: return WireBytes.fixed(try number(value, Int64.self))
        case .double, .float, .bool, .string, .message, .bytes, .enum:
            throw TranscodingError("expected a value of type \(kind), not \(value.noun)")
        }
    }

    /// Reads `42`, and `42.0` or `4.2e1`, which are the same number; `nil` when it is not whole or
    /// does not fit.
    static func parse<T: FixedWidthInteger>(_ text: String, as type: T.Type) -> T? {
        let isNegative = text.hasPrefix("-")
        let parts = text.dropFirst(isNegative ? 1 : 0)
            .split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        guard var exponent = parts.count == 2 ? Int(parts[1]) : 0, (-400...400).contains(exponent)
        else { return nil }
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let isDigits = mantissa.allSatisfy { part in
            !part.isEmpty && part.allSatisfy { $0.isASCII && $0.isNumber }
        }
        guard mantissa.count <= 2, isDigits else { return nil }
        // Shift the decimal point to the end of the digits.
        var digits = mantissa.joined()
        if mantissa.count == 2 { exponent -= mantissa[1].utf8.count }
        while exponent < 0, digits.last == "0" {
            digits.removeLast()
            exponent += 1
        }
        if digits.isEmpty { return 0 }
        guard exponent >= 0 else { return nil }
        return T((isNegative ? "-" : "") + digits + String(repeating: "0", count: exponent))
    }

    private static func number<T: FixedWidthInteger>(
        _ value: JSONValue, _ type: T.Type
    ) throws(TranscodingError) -> T {
        let number: T? =
            switch value {
            case .number(let text), .string(let text): parse(text, as: T.self)
            case .null, .bool, .array, .object: nil
            }
        guard let number else {
            throw TranscodingError(
                "expected a whole number from \(T.min) to \(T.max), not \(value.noun)")
        }
        return number
    }

    private static func zigzag(_ value: Int64) -> [UInt8] {
        WireBytes.varint(UInt64(bitPattern: value << 1 ^ value >> 63))
    }
}
