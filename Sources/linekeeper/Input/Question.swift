import Foundation

/// What the program asks the person in front of it.
struct Question {
    let output: Output
    /// `--yes` was given.
    let isAnswered: Bool

    /// Asks before something that cannot be undone.
    ///
    /// - Throws: ``CLIError/declined``, or how to answer beforehand where nobody can be asked.
    func confirm(_ question: String) throws(CLIError) {
        guard !isAnswered else { return }
        let answer = try ask(question + " [y/N] ").lowercased()
        guard answer == "y" || answer == "yes" else { throw .declined }
    }

    /// Asks for something to be typed again, for what destroys much.
    func confirm(_ question: String, typing expected: String) throws(CLIError) {
        guard !isAnswered else { return }
        guard try ask("\(question)\nType \(expected) to go on: ") == expected else {
            throw .declined
        }
    }

    /// Whether somebody sits at the other end who can be asked.
    static var isPossible: Bool { isatty(STDIN_FILENO) == 1 }

    private func ask(_ text: String) throws(CLIError) -> String {
        guard Self.isPossible else {
            throw .usage("This asks before it acts, and there is nobody to ask: add --yes.")
        }
        return line(text)
    }

    /// Asks for a line of text.
    func line(_ text: String) -> String {
        output.prompt(SafeText.prompt(text))
        return (readLine() ?? "").trimmingCharacters(in: .whitespaces)
    }
}

extension SafeText {
    /// A question of ours with names of others in it: lines may break.
    static func prompt(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { shown($0) }
            .joined(separator: "\n")
    }
}
