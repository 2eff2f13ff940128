import ArgumentParser
import LinekeeperProto
import LinekeeperRPC

struct ImportNumbers: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Import the numbers of a connected carrier.",
        discussion: """
            A file has one number a line, or is CSV with the columns e164, label, capabilities, \
            type, inbound, outbound, sms (agents' ids) and region. A number that cannot be \
            imported does not stop the others; doing it again does no harm.
            """)

    @Argument(help: "The numbers; the connection's name or id may stand before them.")
    var numbers: [String] = []
    @Option(help: ArgumentHelp("A file of numbers; - is standard input.", valueName: "path"))
    var file: String?
    @Option(
        help: ArgumentHelp(
            "Numbers in a row, like +14155550100..+14155550199; may be repeated.",
            valueName: "first..last"))
    var range: [String] = []
    @Flag(help: "Every number that the carrier's account holds. (Not for SIP.)")
    var all = false
    @Option(help: ArgumentHelp("Which connection. (default: the only one)", valueName: "id|name"))
    var connection: String?
    @Option(
        help: ArgumentHelp(
            "What they can do: \(choiceNames(Proto.Capability.self).list), with commas. "
                + "(default: voice)", valueName: "list"))
    var capabilities = ""
    @Option(help: "\(choices(Proto.NumberType.self))", transform: enumArgument)
    var type: Proto.NumberType?
    @Option(help: "\(choices(Proto.WebhookMode.self))", transform: enumArgument)
    var webhookMode: Proto.WebhookMode = .outboundOnly
    @OptionGroup var global: GlobalOptions

    mutating func validate() throws {
        if connection == nil, let first = numbers.first, !first.hasPrefix("+") {
            connection = first
            numbers.removeFirst()
        }
        let isEmpty = numbers.isEmpty && file == nil && range.isEmpty
        if isEmpty, !all { throw ValidationError("Name numbers, a --file or a --range.") }
        if !isEmpty, all { throw ValidationError("--all is every number: name no others.") }
    }

    func run(_ session: Session) async throws(CLIError) {
        let list = try numberList()
        let workspaceID = try await session.workspaceID()
        let connection = try await session.connection(connection, in: workspaceID)
        if list.duplicates > 0 {
            session.output.note("\(list.duplicates) numbers were given twice.", .faint)
        }
        var importing = Importing(total: list.items.count, output: session.output)
        for part in all ? [[]] : list.parts() {
            let request = Proto.ImportNumbersRequest.with {
                $0.workspaceID = workspaceID
                $0.connectionID = connection.connectionID
                $0.numbers = part
                $0.all = all
                $0.webhookMode = webhookMode
            }
            try await importing.run(request, session)
        }
        try importing.summarise()
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
        return list
    }
}

extension Substring {
    fileprivate var trimmed: String { String(self.filter { !$0.isWhitespace }) }
}

/// An import under way: counts what becomes of each number, and shows how far it is.
struct Importing {
    private static let refusalsShownMax = 20

    private let output: Output
    private var total: Int
    private var done = 0
    private var doneBefore = 0
    private var outcomes: [Proto.ImportOutcome: Int] = [:]
    private var refusals: [Proto.ImportResult] = []
    private var bar = ProgressBar()

    init(total: Int, output: Output) {
        self.total = total
        self.output = output
    }

    /// Imports one request's numbers.
    mutating func run(
        _ request: Proto.ImportNumbersRequest, _ session: Session
    ) async throws(CLIError) {
        var options = session.options(isRead: false)
        // As long as numbers keep coming; a large import takes its time.
        options.timeout = nil
        let results = session.client.stream(
            request, "/linekeeper.v1.CarrierService/ImportNumbers", Proto.ImportResult.self,
            options)
        var iterator = results.makeAsyncIterator()
        doneBefore = done
        while true {
            let result: Proto.ImportResult?
            do throws(Status) {
                result = try await iterator.next()
            } catch {
                clearBar()
                if done > 0 {
                    output.note("\(done) numbers were done before it failed; import them again.")
                }
                throw .status(error)
            }
            guard let result else { return }
            try take(result)
        }
    }

    mutating func take(_ result: Proto.ImportResult) throws(CLIError) {
        done += 1
        outcomes[result.outcome, default: 0] += 1
        if result.outcome == .refused, refusals.count < Self.refusalsShownMax {
            refusals.append(result)
        }
        total = max(total, doneBefore + Int(result.total))
        if output.isJSON { try output.json(result, pretty: false) }
        if let width = output.err.width,
            let line = bar.line(done: done, total: total, width: width)
        {
            output.prompt("\r\u{1B}[K" + line)
        }
    }

    private func clearBar() { if output.err.isTerminal { output.prompt("\r\u{1B}[K") } }

    /// Says what became of the numbers.
    ///
    /// - Throws: ``CLIError/partlyRefused`` where some were not imported.
    func summarise() throws(CLIError) {
        clearBar()
        if !output.isJSON { output.lines(summaryLines(color: output.out.color)) }
        if outcomes[.refused, default: 0] > 0 { throw .partlyRefused }
    }

    func summaryLines(color: Bool) -> [String] {
        let names: [(Proto.ImportOutcome, String, Style)] = [
            (.imported, "imported", .good), (.alreadyImported, "here already", .plain),
            (.refused, "refused", .bad),
        ]
        let counts = names.compactMap { outcome, name, style -> String? in
            guard let count = outcomes[outcome], count > 0 else { return nil }
            return style.applied(
                to: "\(ProgressBar.grouped(count)) \(name)", color: color)
        }
        var lines = [
            counts.isEmpty ? "There was nothing to import." : counts.joined(separator: ", ")
        ]
        for refusal in refusals {
            lines.append(
                SafeText.shown("  \(refusal.e164)  \(refusal.reason)  \(refusal.message)"))
        }
        let more = outcomes[.refused, default: 0] - refusals.count
        if more > 0 { lines.append("  and \(ProgressBar.grouped(more)) more; --json shows each") }
        return lines
    }
}
