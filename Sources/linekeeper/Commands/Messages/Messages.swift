import ArgumentParser
import Foundation
import LinekeeperProto

struct Messages: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read the history of messages, or add to it.",
        subcommands: [List.self, Record.self], defaultSubcommand: List.self)

    struct List: SessionCommand {
        static let configuration = CommandConfiguration(abstract: "List messages, newest first.")

        @Option(help: ArgumentHelp("To or from it; an id does too.", valueName: "number"))
        var number: String?
        @Option(
            help: ArgumentHelp("Of this agent.", valueName: "id"), completion: Suggestions.agents)
        var agent: String?
        @Option(help: "\(choices(Proto.MessageDirection.self))", transform: enumArgument)
        var direction: Proto.MessageDirection?
        @Option(help: "\(choices(Proto.MessageKind.self))", transform: enumArgument)
        var kind: Proto.MessageKind?
        @Option(help: "Part of the text.")
        var text: String?
        @OptionGroup var range: TimeRangeOptions
        @OptionGroup var list: ListOptions
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let workspaceID = try await session.workspaceID()
            var filter = Proto.MessageFilter.with {
                $0.agentID = agent ?? ""
                $0.direction = direction ?? .unspecified
                $0.kind = kind ?? .unspecified
                $0.text = text ?? ""
            }
            filter.range = try range.wire()
            if let number { filter.numberID = try await session.numberID(number, in: workspaceID) }
            let found = try await session.pages(list.countMax) { [filter] page throws(CLIError) in
                try await session.read(
                    Proto.ListMessagesRequest.with {
                        $0.workspaceID = workspaceID
                        $0.filter = filter
                        $0.page = page
                    }, "/linekeeper.v1.NumberService/ListMessages",
                    Proto.ListMessagesResponse.self)
            } next: {
                $0.nextPageToken
            } merge: {
                $0.messages += $1.messages
                $0.nextPageToken = $1.nextPageToken
            }
            try session.show(found) { found in
                guard !found.messages.isEmpty else {
                    session.output.note(
                        filter == Proto.MessageFilter()
                            ? "No messages yet." : "No message matches.")
                    return
                }
                session.output.table(MessageView.table(found.messages, session.output.times))
            }
            session.noteRest(found.nextPageToken)
        }
    }

    struct Record: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a message that was sent or received.")

        @Option(help: ArgumentHelp("Who sent it.", valueName: "number"))
        var from: String
        @Option(help: ArgumentHelp("Who received it.", valueName: "number"))
        var to: String
        @Option(help: "\(choices(Proto.MessageDirection.self))", transform: enumArgument)
        var direction: Proto.MessageDirection
        @Option(help: "The text.")
        var body = ""
        @Option(help: ArgumentHelp("A picture or other file; may be repeated.", valueName: "url"))
        var media: [String] = []
        @Option(help: "What the carrier says: sent, delivered, received, failed.")
        var status = ""
        @Option(help: ArgumentHelp("The carrier's id; recorded once.", valueName: "id"))
        var carrierID = ""
        @Option(help: ArgumentHelp("When, or how long ago. (default: now)", valueName: "time"))
        var at: String?
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let message = try message()
            let workspaceID = try await session.workspaceID()
            let response = try await session.change(
                Proto.RecordMessagesRequest.with {
                    $0.workspaceID = workspaceID
                    $0.messages = [message]
                }, "/linekeeper.v1.NumberService/RecordMessages",
                Proto.RecordMessagesResponse.self,
                doubt: carrierID.isEmpty ? .look("linekeeper messages") : .harmless)
            try session.show(response) { response in
                for recorded in response.messages {
                    session.output.line(
                        (recorded.duplicate ? "Recorded before: " : "Recorded: ")
                            + SafeText.shown(recorded.messageID))
                }
            }
        }

        func message() throws(CLIError) -> Proto.MessageRecord {
            let from = try NumberText.parse(from)
            let to = try NumberText.parse(to)
            var time: Proto.Timestamp?
            if let at {
                time = try TimeArgument.time(at, now: Date(), timeZone: .current, sign: -1)
            }
            return .with {
                $0.from = from
                $0.to = to
                $0.direction = direction
                $0.body = body
                $0.media = media.map { url in .with { $0.url = url } }
                $0.status = status
                $0.carrierMessageID = carrierID
                $0.at = time
            }
        }
    }
}

/// A span of time, open at either end.
struct TimeRangeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("From then on: a time, or 2h for two hours ago.", valueName: "time"))
    var since: String?
    @Option(help: ArgumentHelp("Before then.", valueName: "time"))
    var until: String?

    func wire() throws(CLIError) -> Proto.TimeRange? {
        guard since != nil || until != nil else { return nil }
        var range = Proto.TimeRange()
        let now = Date()
        if let since {
            range.from = try TimeArgument.time(since, now: now, timeZone: .current, sign: -1)
        }
        if let until {
            range.until = try TimeArgument.time(until, now: now, timeZone: .current, sign: -1)
        }
        return range
    }
}

enum MessageView {
    static func table(_ messages: [Proto.MessageRecord], _ times: TimeText) -> Table {
        var table = Table([
            .init("time", widthMin: 19), .init("kind"), .init("from", widthMin: 12),
            .init("to", widthMin: 12), .init("text", widthMin: 10), .init("agent"),
            .init("status"),
        ])
        for message in messages {
            let media =
                message.media.isEmpty ? "" : "[\(ProgressBar.counted(message.media.count, "file"))]"
            let arrow = message.direction == .inbound ? "in" : "out"
            table.add([
                .init(times.text(message.at), .faint),
                .init([message.kind.name.lowercased(), arrow].joined(by: " ")),
                .init(message.from), .init(message.to),
                .init([message.body, media].joined(by: " ")), .init(message.agentID),
                .init(message.status, .faint),
            ])
        }
        return table
    }
}
