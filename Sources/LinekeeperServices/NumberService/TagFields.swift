import LinekeeperCore
import LinekeeperProto

/// Reads tags.
enum TagFields {
    private static let keyLengthMax = 64
    private static let valueLengthMax = 256

    /// Reads the changes of a save; an empty value removes the tag.
    static func changes(
        _ wire: [Proto.TagChange]
    ) throws(DomainError) -> [String: Setting<String>] {
        try FieldChecks.count(wire.count, field: "tags", max: NumberRules.tagsMax * 2)
        var changes: [String: Setting<String>] = [:]
        for change in wire {
            let key = try key(change.key, field: "tags.key")
            let setting: Setting<String> =
                change.value.isEmpty
                ? .unset : .set(try value(change.value, field: "tags.value"))
            guard changes.updateValue(setting, forKey: key) == nil else {
                throw DomainError(
                    .invalidArgument, "The tag \(key) is named twice: name each tag once.",
                    field: "tags")
            }
        }
        return changes
    }

    /// Reads a filter: `key` or `key=value`.
    static func filter(_ text: String) throws(DomainError) -> NumberFilter.Tag {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let key = try key(String(parts.first ?? ""), field: "filter.tag")
        guard parts.count == 2 else { return .key(key) }
        return .pair(key: key, value: try value(String(parts[1]), field: "filter.tag"))
    }

    private static func key(_ text: String, field: String) throws(DomainError) -> String {
        let isKey = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isKey, (1...keyLengthMax).contains(text.utf8.count) else {
            throw DomainError(
                .invalidArgument,
                "A tag's key must be 1 to \(keyLengthMax) of a-z, 0-9, dot, underscore and hyphen.",
                field: field)
        }
        return text
    }

    private static func value(_ text: String, field: String) throws(DomainError) -> String {
        let value = try PlainText.checked(text, field: field, length: 1...valueLengthMax)
        guard !value.utf8.contains(UInt8(ascii: ";")), !value.utf8.contains(UInt8(ascii: "="))
        else {
            throw DomainError(
                .invalidArgument, "A tag's value must hold neither ; nor =.", field: field)
        }
        return value
    }
}
