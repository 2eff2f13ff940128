package import LinekeeperCore
package import LinekeeperProto

/// Checks of a request's form that several services share. Every one names the field at fault.
package enum FieldChecks {
    /// Takes a list of at most `max` items.
    ///
    /// - Throws: `invalidArgument`.
    package static func count(_ count: Int, field: String, max: Int) throws(DomainError) {
        guard count <= max else {
            throw DomainError(
                .invalidArgument, "\(field) takes at most \(max) items, not \(count).",
                facts: ["limit": "\(max)"], field: field)
        }
    }

    /// Reads the id of a number.
    ///
    /// - Throws: `invalidArgument` when it is missing; `numberNotFound` when it cannot be one.
    package static func numberID(_ text: String) throws(DomainError) -> NumberID {
        guard !text.isEmpty else {
            throw DomainError(
                .invalidArgument, "number_id must name a number: num_ and 32 digits.",
                field: "number_id")
        }
        guard let id = NumberID(text) else { throw NumberRules.notFound }
        return id
    }

    /// Reads an enumeration; `nil` when the request leaves it open.
    ///
    /// - Throws: `invalidArgument` for a value that this version does not know.
    package static func value<Wire: ProtoEnum, Value: RawRepresentable>(
        _ wire: Wire, as type: Value.Type = Value.self, field: String
    ) throws(DomainError) -> Value? where Value.RawValue == UInt8 {
        guard wire.rawValue != 0 else { return nil }
        guard let raw = UInt8(exactly: wire.rawValue), let value = Value(rawValue: raw) else {
            let words = Wire.names.map(\.name).filter { $0 != "UNSPECIFIED" }
            throw DomainError(
                .invalidArgument, "\(field) must be one of \(words.joined(separator: ", ")).",
                field: field)
        }
        return value
    }
}
