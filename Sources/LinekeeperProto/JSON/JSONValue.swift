/// A JSON text (RFC 8259) taken apart, with numbers as they were written and members in order.
///
/// Foundation's parser is not used: it reads numbers as `Double`, which cannot hold 64 bits.
enum JSONValue: Equatable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    struct Member: Equatable {
        var name: String
        var value: JSONValue
    }

    /// How a person calls what this is.
    var noun: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let digits): "the number \(digits)"
        case .string(let text) where text.utf8.count <= 40: "the text \"\(text)\""
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
