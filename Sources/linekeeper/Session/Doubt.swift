import LinekeeperRPC

/// What to do about a change of which nobody knows whether it was made.
enum Doubt {
    /// The same again makes it once, or finds it made.
    case harmless
    /// The same again could make it twice: the command that shows whether it was made.
    case look(String)

    /// The remark for standard error; `nil` where an error leaves no doubt.
    func remark(on error: CLIError) -> String? {
        guard error.exitStatus == .unreachable, !error.isBeforeSending else { return nil }
        return switch self {
        case .harmless: "Whether it was done is not known. Doing the same again is safe."
        case .look(let command):
            "Whether it was done is not known: look with '\(command)' before doing it again."
        }
    }
}

/// That a call is made again, as people read it while they wait.
enum RetryText {
    static func line(_ retry: Retry) -> String {
        "\(retry.status.message) Trying again (\(retry.attempt) of \(retry.attemptsMax))..."
    }
}
