import Foundation
import LinekeeperProto

/// What a carrier wants to know before it lets somebody in, from a file, from the command line (never
/// what is secret) or from the person at the terminal.
struct Credentials {
    let carrier: Proto.CarrierInfo
    /// What is known so far, by field.
    private(set) var values: [String: String] = [:]

    /// - Parameter present: What is not secret of the credentials in force.
    init(for carrier: Proto.CarrierInfo, present: [String: String] = [:]) {
        self.carrier = carrier
        values = present.filter { name, _ in
            carrier.credentialFields.contains { $0.name == name && !$0.secret }
        }
    }

    /// Takes `NAME=VALUE` from the command line.
    ///
    /// - Throws: for a secret: other programs see the command line.
    mutating func add(argument text: String) throws(CLIError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else {
            throw .usage("\(text) is no field: write NAME=VALUE.")
        }
        let field = try field(String(parts[0]))
        guard !field.secret else {
            throw .usage(
                "\(field.name) is secret, and other programs see the command line: change it at the "
                    + "carrier, then leave it out here to be asked for it, or give a "
                    + "--credentials-file.")
        }
        values[field.name] = String(parts[1])
    }

    /// Takes a file: one JSON object, or lines of `name=value`.
    mutating func add(file text: String) throws(CLIError) {
        for (name, value) in try Self.parse(text).sorted(by: { $0.key < $1.key }) {
            values[try field(name).name] = value
        }
    }

    /// The fields of a file. A value reaches to its line's end; lines that begin with `#` and blank
    /// ones are left out.
    static func parse(_ text: String) throws(CLIError) -> [String: String] {
        if text.drop(while: \.isWhitespace).first == "{" {
            do {
                return try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
            } catch {
                // The error itself could quote what is secret.
                throw .usage("The credentials are no JSON object whose values are all text.")
            }
        }
        var values: [String: String] = [:]
        for (index, line) in text.split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline
        )
        .enumerated() {
            let trimmed = line.trimmingCharacters(in: .whitespaces)
            guard !trimmed.isEmpty, !trimmed.hasPrefix("#") else { continue }
            let parts = trimmed.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw .usage("Line \(index + 1) of the credentials is not name=value.")
            }
            let name = parts[0].trimmingCharacters(in: .whitespaces)
            values[name] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        guard !values.isEmpty else { throw .usage("The file holds no credentials.") }
        return values
    }

    private func field(_ name: String) throws(CLIError) -> Proto.CredentialField {
        guard let field = carrier.credentialFields.first(where: { $0.name == name }) else {
            let names = carrier.credentialFields.map(\.name).list("and")
            throw .usage("\(carrier.name) has no field \(name). Its fields are \(names).")
        }
        return field
    }

    /// What must be known and is not.
    var missing: [Proto.CredentialField] {
        carrier.credentialFields.filter { $0.required && (values[$0.name] ?? "").isEmpty }
    }

    /// What goes to the server: nothing that was left empty.
    var wire: [String: String] { values.filter { !$0.value.isEmpty } }

    /// Asks for every field that is not known, one after the other; secrets are not shown.
    ///
    /// - Parameter isRotation: What is known already is offered to be kept.
    mutating func ask(_ question: Question, isRotation: Bool) throws(CLIError) {
        for field in carrier.credentialFields {
            let known = values[field.name] ?? ""
            if !known.isEmpty, !isRotation { continue }
            let value = try Self.ask(field, known: known, question)
            values[field.name] = value.isEmpty ? known : value
        }
    }

    private static func ask(
        _ field: Proto.CredentialField, known: String, _ question: Question
    ) throws(CLIError) -> String {
        for line in DisplayWidth.wrap(field.help, question.output.err.width) {
            question.output.note(line, .faint)
        }
        let prompt = prompt(field, known: known)
        while true {
            let value =
                field.secret
                ? try SecretInput.unseenLine(prompt, question.output) : question.line(prompt)
            if value.isEmpty {
                // A required field that is left empty ends the asking.
                guard field.required, known.isEmpty else { return "" }
                throw .declined
            }
            guard !field.choices.isEmpty else { return value }
            if let choice = field.choices.first(where: { $0.lowercased() == value.lowercased() }) {
                return choice
            }
            question.output.note("Choose from: \(field.choices.list).", .doubtful)
        }
    }

    /// `Transport (TLS, TCP or UDP) [TLS]: `
    static func prompt(_ field: Proto.CredentialField, known: String) -> String {
        var prompt = field.label.isEmpty ? field.name : field.label
        if !field.choices.isEmpty { prompt += " (\(field.choices.list))" }
        if !known.isEmpty {
            prompt += " [\(known)]"
        } else if !field.required {
            prompt += " (Enter leaves it out)"
        }
        return prompt + ": "
    }
}
