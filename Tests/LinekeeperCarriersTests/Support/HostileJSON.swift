import LinekeeperCore

@testable import LinekeeperCarriers

/// A method, and a proper answer of the carrier's to the request by which it begins.
struct HostileCall<Account> {
    let place: String
    let body: String
    let run: (Account) async throws -> Void

    init(
        _ place: String, _ body: String,
        _ run: @escaping (Account) async throws -> Void
    ) {
        self.place = place
        self.body = body
        self.run = run
    }
}

/// An answer, changed in every way that a carrier's mistake or an attacker might change it.
enum HostileJSON {
    /// Every variant of a proper answer: each member left out, each value of another kind, cut off.
    static func variants(of text: String) throws -> [String] {
        let value = try CarrierJSON(Array(text.utf8), from: "Test").value
        var variants = changed(value).map(text(_:))
        let bytes = Array(text.utf8)
        let step = max(1, bytes.count / 40)
        for end in stride(from: 0, to: bytes.count, by: step) {
            variants.append(String(decoding: bytes[..<end], as: UTF8.self))
        }
        variants += [
            "null", "true", "[]", "{}", "\"\"", "0", "1e400", text + text, "<html></html>",
            String(repeating: "[", count: 100_000), "{\"a\":1,\"a\":2}", "\u{FEFF}" + text,
        ]
        return variants
    }

    private static let strangers: [CarrierJSON.Value] = [
        .null, .bool(true), .number("-1"), .number("1e400"),
        .number("99999999999999999999999999"), .string(""), .string("\u{0}\r\n\u{202E}"),
        .string(String(repeating: "9", count: 5_000)), .string("+15005550999"), .array([]),
        .array([.null]), .object([:]), .object(["name": .number("1")]),
    ]

    private static func changed(_ value: CarrierJSON.Value) -> [CarrierJSON.Value] {
        var changed = strangers
        switch value {
        case .object(let members):
            for (name, member) in members {
                var without = members
                without[name] = nil
                changed.append(.object(without))
                for variant in self.changed(member) {
                    var other = members
                    other[name] = variant
                    changed.append(.object(other))
                }
            }
        case .array(let elements):
            for index in elements.indices {
                for variant in self.changed(elements[index]) {
                    var other = elements
                    other[index] = variant
                    changed.append(.array(other))
                }
            }
        default: break
        }
        return changed
    }

    /// The text of a value.
    static func text(_ value: CarrierJSON.Value) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let text): text
        case .string(let text): quoted(text)
        case .array(let elements): "[" + elements.map(text(_:)).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.map { quoted($0.key) + ":" + text($0.value) }.joined(separator: ",")
                + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\u{0}"..<"\u{20}":
                let hex = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
