package import LinekeeperCore

/// A part of a carrier's answer, which knows where in the answer it stands.
///
/// Every accessor takes a member's name and throws `carrierAnswerUnreadable` with a sentence that
/// names the field, like "data[0].phone_number is missing". The `optional…` ones answer `nil` for a
/// member that is absent or null, and still throw for one of the wrong kind. Unknown members are
/// nobody's concern.
package struct CarrierJSON: Sendable, Equatable {
    package indirect enum Value: Sendable, Equatable {
        case null
        case bool(Bool)
        /// As it was written.
        case number(String)
        case string(String)
        case array([Value])
        case object([String: Value])
    }

    package let value: Value
    /// Where it stands: `data[0].phone_numbers`; empty for the whole answer.
    package let path: String
    private let carrier: String

    /// Reads the body of an answer.
    ///
    /// - Parameter carrier: The carrier's name, for errors.
    /// - Throws: `carrierAnswerUnreadable` when it is no JSON, has a member twice, or is nested more
    ///   than 64 levels deep.
    package init(_ body: [UInt8], from carrier: String) throws(DomainError) {
        do throws(JSONParser.Fault) {
            value = try JSONParser.parse(body)
        } catch {
            throw DomainError(
                .carrierAnswerUnreadable,
                "\(carrier) answered with something that is not proper JSON: \(error.what) "
                    + "(after \(error.offset) bytes).")
        }
        path = ""
        self.carrier = carrier
    }

    private init(_ value: Value, path: String, carrier: String) {
        self.value = value
        self.path = path
        self.carrier = carrier
    }

    // MARK: Objects and arrays

    /// An object that is a member of this one.
    package func object(_ name: String) throws(DomainError) -> CarrierJSON {
        try required(try optionalObject(name), name)
    }

    package func optionalObject(_ name: String) throws(DomainError) -> CarrierJSON? {
        guard let value = try member(name) else { return nil }
        guard case .object = value else { throw wrong(name, "not an object") }
        return CarrierJSON(value, path: path(to: name), carrier: carrier)
    }

    /// The elements of an array that is a member of this object.
    package func array(_ name: String) throws(DomainError) -> [CarrierJSON] {
        try required(try optionalArray(name), name)
    }

    package func optionalArray(_ name: String) throws(DomainError) -> [CarrierJSON]? {
        guard let value = try member(name) else { return nil }
        guard case .array(let elements) = value else { throw wrong(name, "not an array") }
        let path = path(to: name)
        return elements.enumerated().map { index, element in
            CarrierJSON(element, path: "\(path)[\(index)]", carrier: carrier)
        }
    }

    /// The names of this object's members, in alphabetical order.
    package func names() throws(DomainError) -> [String] { try members().keys.sorted() }

    // MARK: Text

    /// A string; empty is a string.
    package func string(_ name: String) throws(DomainError) -> String {
        try required(try optionalString(name), name)
    }

    package func optionalString(_ name: String) throws(DomainError) -> String? {
        guard let value = try member(name) else { return nil }
        guard case .string(let text) = value else { throw wrong(name, "not a string") }
        return text
    }

    /// A string, or the text of a number: for ids, codes and amounts, which carriers write both ways.
    package func text(_ name: String) throws(DomainError) -> String {
        try required(try optionalText(name), name)
    }

    package func optionalText(_ name: String) throws(DomainError) -> String? {
        guard let value = try member(name) else { return nil }
        switch value {
        case .string(let text), .number(let text): return text
        default: throw wrong(name, "neither a string nor a number")
        }
    }

    /// The strings of an array of strings.
    package func strings(_ name: String) throws(DomainError) -> [String] {
        try required(try optionalStrings(name), name)
    }

    package func optionalStrings(_ name: String) throws(DomainError) -> [String]? {
        guard let elements = try optionalArray(name) else { return nil }
        var strings: [String] = []
        for element in elements {
            guard case .string(let text) = element.value else {
                throw element.unreadable("is not a string")
            }
            strings.append(text)
        }
        return strings
    }

    // MARK: Numbers and flags

    /// A whole number, also one in a string.
    package func integer(_ name: String) throws(DomainError) -> Int64 {
        try required(try optionalInteger(name), name)
    }

    package func optionalInteger(_ name: String) throws(DomainError) -> Int64? {
        guard let text = try optionalText(name) else { return nil }
        guard let integer = Int64(text) else {
            throw wrong(name, "not a whole number that fits in 64 bits")
        }
        return integer
    }

    /// True or false, also as a string.
    package func bool(_ name: String) throws(DomainError) -> Bool {
        try required(try optionalBool(name), name)
    }

    package func optionalBool(_ name: String) throws(DomainError) -> Bool? {
        switch try member(name) {
        case nil: return nil
        case .bool(let value): return value
        case .string("true"): return true
        case .string("false"): return false
        default: throw wrong(name, "neither true nor false")
        }
    }

    // MARK: Errors

    /// An error about this part of the answer: `what` continues its path, like "is not a number".
    package func unreadable(_ what: String) -> DomainError {
        let field = path.isEmpty ? "the answer" : path
        return DomainError(
            .carrierAnswerUnreadable,
            "\(carrier) answered with something unexpected: \(field) \(what).",
            facts: path.isEmpty ? [:] : ["field": path])
    }

    private func wrong(_ name: String, _ what: String) -> DomainError {
        CarrierJSON(.null, path: path(to: name), carrier: carrier).unreadable("is \(what)")
    }

    private func required<Found>(_ found: Found?, _ name: String) throws(DomainError) -> Found {
        guard let found else { throw wrong(name, "missing") }
        return found
    }

    private func path(to name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    private func members() throws(DomainError) -> [String: Value] {
        guard case .object(let members) = value else { throw unreadable("is not an object") }
        return members
    }

    private func member(_ name: String) throws(DomainError) -> Value? {
        let value = try members()[name]
        return value == .null ? nil : value
    }
}
