import Foundation
import LinekeeperProto

/// Where results and remarks go, and in which form.
struct Output: Sendable {
    /// Results.
    let out: Terminal
    /// Remarks, questions, progress, errors.
    let err: Terminal
    let isJSON: Bool
    let times: TimeText

    init(out: Terminal, err: Terminal, isJSON: Bool, times: TimeText = TimeText()) {
        self.out = out
        self.err = err
        self.isJSON = isJSON
        self.times = times
    }

    init(isJSON: Bool) {
        let environment = ProcessInfo.processInfo.environment
        self.init(
            out: Terminal(descriptor: STDOUT_FILENO, environment: environment),
            err: Terminal(descriptor: STDERR_FILENO, environment: environment), isJSON: isJSON)
    }

    /// A line of the result; the caller has made it safe.
    func line(_ text: String) { Self.write(text + "\n", to: .standardOutput) }

    func lines(_ lines: [String]) {
        Self.write(lines.map { $0 + "\n" }.joined(), to: .standardOutput)
    }

    func table(_ table: Table) { lines(table.lines(width: out.width, color: out.color)) }

    /// A table that is shown before something is asked: not part of the result.
    func preview(_ table: Table) {
        for line in table.lines(width: err.width, color: err.color) {
            Self.write(line + "\n", to: .standardError)
        }
    }

    func details(_ details: Details) { lines(details.lines(color: out.color)) }

    /// A remark that is not part of the result, so that the result can be piped.
    func note(_ text: String, _ style: Style = .plain) {
        let safe = SafeText.shown(text)
        Self.write(style.applied(to: safe, color: err.color) + "\n", to: .standardError)
    }

    func warnings(_ warnings: [Proto.Warning]) {
        for warning in warnings {
            note("warning: \(warning.message) (\(warning.code))", .doubtful)
        }
    }

    /// A question's text, or a progress line: without an end.
    func prompt(_ text: String) { Self.write(text, to: .standardError) }

    /// A message as JSON: the one document, or one line of many.
    func json<Message: ProtoMessage>(_ message: Message, pretty: Bool) throws(CLIError) {
        line(try MessageJSON.text(message, pretty: pretty && out.isTerminal))
    }

    // A closed pipe (`| head`) ends the program quietly, as it does any other.
    private static func write(_ text: String, to file: FileHandle) {
        do {
            try file.write(contentsOf: Data(text.utf8))
        } catch {
            exit(ProgramExit.ok.rawValue)
        }
    }
}

/// Messages as proto3's JSON, by the descriptors that the program was built with.
enum MessageJSON {
    private static let transcoder = Result { () throws(MalformedSchema) in
        JSONTranscoder(try SchemaPool(descriptorSet: DescriptorSet.bytes))
    }

    static func text<Message: ProtoMessage>(
        _ message: Message, pretty: Bool
    ) throws(CLIError) -> String {
        do {
            let json = try transcoder.get().json(
                from: message.encoded(), type: Message.fullName, pretty: pretty)
            return SafeText.json(json)
        } catch {
            throw .unreadable("The answer cannot be written as JSON: \(error)")
        }
    }
}
