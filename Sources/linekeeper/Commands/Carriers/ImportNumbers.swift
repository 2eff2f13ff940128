import ArgumentParser
import LinekeeperProto
import LinekeeperRPC

struct ImportNumbers: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Import the numbers of a connected carrier.",
        discussion: """
            A file has one number a line, or is CSV with the columns e164, label, capabilities, \
            type, inbound, outbound, sms (agents' ids) and region. A number that cannot be \
            imported does not stop the others; doing it again does no harm. The carrier's settings \
            are left alone unless --managed points its webhooks here.

              linekeeper import "Our Twilio" --list
              linekeeper import "Our Twilio" +14155550100 --managed --inbound agt_anna
              linekeeper import "Our Twilio" --all
              linekeeper import Trunk --capabilities voice,sms --range +14155550100..+14155550124
            """)

    @Argument(
        help: "The numbers; the connection's name or id may stand before them.",
        completion: Suggestions.connections)
    var numbers: [String] = []
    @Option(
        help: ArgumentHelp("A file of numbers; - is standard input.", valueName: "path"),
        completion: .file())
    var file: String?
    @Option(
        help: ArgumentHelp(
            "Numbers in a row, like +14155550100..+14155550199; may be repeated.",
            valueName: "first..last"))
    var range: [String] = []
    @Flag(help: "Every number that the carrier's account holds. (Not for SIP.)")
    var all = false
    @Flag(help: "Import nothing: list what the account holds.")
    var list = false
    @Option(
        help: ArgumentHelp("Which connection. (default: the only one)", valueName: "id|name"),
        completion: Suggestions.connections)
    var connection: String?
    @Option(
        help: ArgumentHelp(
            "What they can do: \(choiceNames(Proto.Capability.self).list), with commas. "
                + "(default: voice)", valueName: "list"))
    var capabilities = ""
    @Option(
        help: "\(choices(Proto.NumberType.self))",
        completion: .list(choiceNames(Proto.NumberType.self)), transform: enumArgument)
    var type: Proto.NumberType?
    @Flag(help: "Have the carrier send calls and messages here; what was set there is kept.")
    var managed = false
    @Option(
        help: ArgumentHelp("Who answers calls to it. (One number.)", valueName: "agent"),
        completion: Suggestions.agents)
    var inbound: String?
    @Option(
        help: ArgumentHelp("Who calls from it. (One number.)", valueName: "agent"),
        completion: Suggestions.agents)
    var outbound: String?
    @Option(
        help: ArgumentHelp("Who has its messages. (One number.)", valueName: "agent"),
        completion: Suggestions.agents)
    var sms: String?
    @OptionGroup var global: GlobalOptions

    mutating func validate() throws {
        if connection == nil, let first = numbers.first, !first.hasPrefix("+") {
            connection = first
            numbers.removeFirst()
        }
        let isEmpty = numbers.isEmpty && file == nil && range.isEmpty
        if list {
            guard isEmpty, !all else { throw ValidationError("--list imports nothing.") }
            return
        }
        if isEmpty, !all {
            throw ValidationError(
                "Name numbers, a --file or a --range, or say --all; --list shows what there is.")
        }
        if !isEmpty, all { throw ValidationError("--all is every number: name no others.") }
        let hasAgents = inbound != nil || outbound != nil || sms != nil
        if hasAgents, all || file != nil || !range.isEmpty || numbers.count != 1 {
            throw ValidationError(
                "An agent has one number for each use: --inbound, --outbound and --sms go with one "
                    + "number. For more, use a file with these columns.")
        }
    }

    func run(_ session: Session) async throws(CLIError) {
        let list = try numberList()
        let workspaceID = try await session.workspaceID()
        let connection = try await session.connection(connection, in: workspaceID)
        guard !self.list else {
            try await session.showImportable(of: connection, countMax: nil)
            return
        }
        if list.duplicates > 0 {
            session.output.note(
                ProgressBar.counted(list.duplicates, "number")
                    + (list.duplicates == 1 ? " was" : " were") + " named before and left out.",
                .faint)
        }
        let requests = (all ? [[]] : list.parts()).map { part in
            Proto.ImportNumbersRequest.with {
                $0.workspaceID = workspaceID
                $0.connectionID = connection.connectionID
                $0.numbers = part
                $0.all = all
                $0.webhookMode = managed ? .managed : .outboundOnly
            }
        }
        var (importing, ending) = await session.follow(
            requests, "/linekeeper.v1.CarrierService/ImportNumbers",
            with: Importing(total: list.items.count, output: session.output))
        try importing.summarise(ending)
    }

    /// Everything that was named, in its order.
    func numberList() throws(CLIError) -> ImportList {
        var defaults = ImportList.Defaults()
        defaults.type = type ?? .unspecified
        for name in capabilities.split(separator: ",") {
            guard let capability = Proto.Capability(name: name.trimmed) else {
                throw .usage("\(name) is no capability. \(choices(Proto.Capability.self))")
            }
            defaults.capabilities.append(capability)
        }
        var list = ImportList(defaults)
        for number in numbers { list.add(try NumberText.parse(number)) }
        for range in range { for number in try NumberRange.numbers(range) { list.add(number) } }
        if let file { try list.add(file: try Files.text(file)) }
        list.assign(inbound: inbound, outbound: outbound, sms: sms)
        return list
    }
}

extension Substring {
    fileprivate var trimmed: String { String(self.filter { !$0.isWhitespace }) }
}
