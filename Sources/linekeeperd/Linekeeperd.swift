import ArgumentParser

/// The server: `linekeeperd serve`, and what must be done while it is stopped.
@main
struct Linekeeperd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "linekeeperd",
        abstract: "Knows which phone number belongs to which voice agent.",
        version: linekeeperVersion,
        subcommands: [Serve.self, IssueAdminToken.self, RotateMasterKey.self],
        defaultSubcommand: Serve.self)
}

/// The version that the server and `--version` tell.
let linekeeperVersion = "0.1.0"
