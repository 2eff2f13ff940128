import ArgumentParser
import Foundation

/// The version that `--version` and the client's name tell.
let linekeeperVersion = "0.1.0"

/// The command-line client.
struct Linekeeper: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "linekeeper",
        abstract: "Says which phone number belongs to which voice agent, and changes it.",
        discussion: """
            A number is given as +14155550100 or by its id. Exit codes: 0 done, 1 refused by the \
            server, 2 not understood, 3 no server reached.
            """,
        version: linekeeperVersion,
        subcommands: [StatusCommand.self, Ping.self, Completions.self, Suggest.self],
        groupedSubcommands: [
            CommandGroup(
                name: "Numbers and agents",
                subcommands: [
                    Numbers.self, Assign.self, Agents.self, Outbound.self, OptionsCommand.self,
                    Release.self, Regions.self, RegionCommand.self, Webhooks.self,
                    Forwarding.self,
                ]),
            CommandGroup(
                name: "Calls and messages",
                subcommands: [
                    Route.self, Authorize.self, Watch.self, Diagnose.self, Messages.self,
                    Events.self,
                ]),
            CommandGroup(
                name: "Carriers of one's own",
                subcommands: [
                    Carriers.self, Connect.self, Connections.self, Importable.self,
                    ImportNumbers.self, SyncConnection.self,
                ]),
            CommandGroup(
                name: "Buying",
                subcommands: [
                    Sources.self, Countries.self, AreaCodes.self, Search.self, Buy.self,
                    Orders.self, Credits.self, Ledger.self,
                ]),
            CommandGroup(
                name: "Administration",
                subcommands: [
                    Workspaces.self, Tokens.self, Prices.self, CallMethod.self,
                ]),
        ])
}

@main
enum Main {
    static func main() async {
        do {
            var command = try await Linekeeper.asyncParseAsRoot()
            if var asyncCommand = command as? any AsyncParsableCommand {
                try await asyncCommand.run()
            } else {
                try command.run()
            }
        } catch {
            exit(Self.report(error))
        }
    }

    /// Says what ArgumentParser has to say (help, a version, what it did not understand), and
    /// returns what to exit with.
    static func report(_ error: any Error) -> Int32 {
        let message = Linekeeper.fullMessage(for: error)
        let code = Linekeeper.exitCode(for: error)
        if !message.isEmpty {
            let file: FileHandle = code == .success ? .standardOutput : .standardError
            file.write(Data((message + "\n").utf8))
        }
        return code == .validationFailure ? ProgramExit.usage.rawValue : code.rawValue
    }
}
