import LinekeeperRPC

/// How the program ends.
enum ProgramExit: Int32 {
    case ok = 0
    /// The server refused, or part of what was asked for.
    case refused = 1
    /// The command makes no sense as it was written.
    case usage = 2
    /// There was no server to ask, or no answer.
    case unreachable = 3
}

/// Why a command ends early.
enum CLIError: Error {
    /// The server, or the way to it, said no.
    case status(Status)
    /// What was written on the command line or in a file cannot be meant.
    case usage(String)
    /// The user said no.
    case declined
    /// What came from the server cannot be read.
    case unreadable(String)
    /// Everything has been said; part of it failed.
    case partlyRefused

    /// What the program exits with.
    var exitStatus: ProgramExit {
        switch self {
        case .status(let status): ErrorText.exitStatus(of: status)
        case .usage: .usage
        case .declined, .unreadable, .partlyRefused: .refused
        }
    }

    /// Whether it is certain that the server never saw the request.
    var isBeforeSending: Bool {
        switch self {
        case .status(let status): status.reason == "CANNOT_CONNECT"
        case .usage, .declined: true
        case .unreadable, .partlyRefused: false
        }
    }
}
