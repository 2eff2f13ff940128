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

    private func ask(_ text: String) throws(CLIError) -> String {
        guard isatty(STDIN_FILENO) == 1 else {
            throw .usage("This asks before it acts, and there is nobody to ask: add --yes.")
        }
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

/// A secret, from where no other program sees it: never from the command line.
enum SecretInput {
    /// Reads one line from the terminal without showing it, or from a pipe.
    static func read(_ prompt: String, _ output: Output) throws(CLIError) -> String {
        guard isatty(STDIN_FILENO) == 1 else { return try Files.firstLine("-") }
        output.prompt(prompt)
        let line = try unseenLine()
        output.prompt("\n")
        guard !line.isEmpty else { throw .declined }
        return line
    }

    private static func unseenLine() throws(CLIError) -> String {
        var shown = termios()
        guard unsafe tcgetattr(STDIN_FILENO, &shown) == 0 else {
            throw .usage("The terminal cannot hide what is typed; use --password-file.")
        }
        var hidden = shown
        // Without ISIG, Ctrl-C cannot end the program while the terminal hides everything.
        hidden.c_lflag &= ~tcflag_t(ECHO | ISIG)
        guard unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0 else {
            throw .usage("The terminal cannot hide what is typed; use --password-file.")
        }
        let line = readLine() ?? ""
        _ = unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
        // Ctrl-C, typed into the line.
        guard !line.utf8.contains(3) else { throw .declined }
        return line
    }
}
