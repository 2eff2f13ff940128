/// Writes a value as JSON, on one line or with one member a line, indented by two spaces a level.
struct JSONWriter {
    private(set) var text = ""
    private let isPretty: Bool

    static func text(of value: JSONValue, pretty: Bool) -> String {
        var writer = JSONWriter(isPretty: pretty)
        writer.write(value, level: 0)
        return writer.text
    }

    private init(isPretty: Bool) { self.isPretty = isPretty }

    private mutating func write(_ value: JSONValue, level: Int) {
        switch value {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let digits): text += digits
        case .string(let content): quote(content)
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                separate(index, level + 1)
                write(element, level: level + 1)
            }
            if !elements.isEmpty { breakLine(level) }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                separate(index, level + 1)
                quote(member.name)
                text += isPretty ? ": " : ":"
                write(member.value, level: level + 1)
            }
            if !members.isEmpty { breakLine(level) }
            text += "}"
        }
    }

    private mutating func separate(_ index: Int, _ level: Int) {
        if index > 0 { text += "," }
        breakLine(level)
    }

    private mutating func breakLine(_ level: Int) {
        guard isPretty else { return }
        text += "\n"
        for _ in 0..<level { text += "  " }
    }

    private mutating func quote(_ content: String) {
        text += "\""
        for scalar in content.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            // Control characters, with those that terminals act upon (C1) and the line separators
            // that JavaScript does not allow in text.
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
