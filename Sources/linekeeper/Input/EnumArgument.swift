import ArgumentParser
import LinekeeperProto

/// What an option of this kind may be, in a sentence.
func choices<Value: ProtoEnum>(_ type: Value.Type) -> String {
    "Choose from: " + choiceNames(type).joined(separator: ", ") + "."
}

/// The names as they are written on the command line: `toll-free`.
func choiceNames<Value: ProtoEnum>(_ type: Value.Type) -> [String] {
    Value.names.map(\.name).filter { $0 != "UNSPECIFIED" }.map(argumentName)
}

private func argumentName(_ name: String) -> String {
    name.lowercased().replacing("_", with: "-")
}

/// Reads a value of the wire from the command line: `toll-free`, `TOLL_FREE`.
func enumArgument<Value: ProtoEnum>(_ text: String) throws -> Value {
    let name = text.replacing("-", with: "_")
    guard let value = Value(name: name), value.rawValue != 0 else {
        throw ValidationError("'\(text)' is not among the choices. \(choices(Value.self))")
    }
    return value
}

extension ProtoEnum {
    /// As a table shows it: `toll free`; empty for what was not said.
    var shown: String {
        rawValue == 0 ? "" : name.lowercased().replacing("_", with: " ")
    }
}
