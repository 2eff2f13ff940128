import Foundation

/// A secret, from where no other program sees it: never from the command line.
enum SecretInput {
    /// Reads one line from the terminal without showing it, or from a pipe.
    static func read(_ prompt: String, _ output: Output) throws(CLIError) -> String {
        guard Question.isPossible else { return try Files.firstLine("-") }
        let line = try unseenLine(prompt, output)
        guard !line.isEmpty else { throw .declined }
        return line
    }

    /// Reads one line from the terminal without showing it; empty where only Enter was pressed.
    ///
    /// The terminal shows what is typed again afterwards, however the line ends: a signal (Ctrl-C is
    /// one) ends the program only after that.
    static func unseenLine(_ prompt: String, _ output: Output) throws(CLIError) -> String {
        var found = termios()
        guard unsafe tcgetattr(STDIN_FILENO, &found) == 0 else { throw cannotHide }
        let shown = found
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        let signals = [SIGINT, SIGTERM, SIGHUP].map { number in
            // Left to itself, the signal would end the program before its source is told.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                restore(shown)
                output.prompt("\nNothing was changed.\n")
                exit(ProgramExit.refused.rawValue)
            }
            source.resume()
            return (number, source)
        }
        // A program that is stopped in between would leave the terminal hiding what is typed.
        signal(SIGTSTP, SIG_IGN)
        defer {
            signal(SIGTSTP, SIG_DFL)
            for (number, source) in signals {
                source.cancel()
                signal(number, SIG_DFL)
            }
        }
        guard unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0 else { throw cannotHide }
        output.prompt(SafeText.prompt(prompt))
        let line = readLine() ?? ""
        restore(shown)
        output.prompt("\n")
        return line.trimmingCharacters(in: .whitespaces)
    }

    private static func restore(_ settings: termios) {
        var settings = settings
        _ = unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
    }

    private static let cannotHide = CLIError.usage(
        "The terminal cannot hide what is typed; give the secret in a file.")
}
