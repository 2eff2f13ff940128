import LinekeeperCore

/// The WHERE clause of a list whose filters may be absent: constant fragments and bound values.
///
/// Parameters are numbered in the order in which their conditions are added.
struct Conditions {
    /// A value to be bound.
    enum Value {
        case integer(Int64)
        case text(String)
    }

    private var values: [Value] = []
    private var fragments: [String] = []

    /// The fragments joined by AND.
    var sql: String { fragments.joined(separator: "\n    AND ") }

    /// Adds a condition without a value.
    mutating func add(_ fragment: String) { fragments.append(fragment) }

    /// Adds a condition on one value, for which every `?` of the fragment stands.
    mutating func add(_ fragment: String, _ value: Value) {
        add(fragment.replacing("?", with: parameter(value)))
    }

    /// Adds a condition of two halves, each with a value of its own.
    mutating func add(_ first: String, _ one: Value, _ second: String, _ other: Value) {
        add(
            first.replacing("?", with: parameter(one))
                + second.replacing("?", with: parameter(other)))
    }

    /// Adds a value that stands behind the conditions; answers its parameter.
    mutating func parameter(_ value: Value) -> String {
        values.append(value)
        return "$\(values.count)"
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        for value in values {
            switch value {
            case .integer(let number): try binder.bind(number)
            case .text(let text): try binder.bind(text)
            }
        }
    }
}
