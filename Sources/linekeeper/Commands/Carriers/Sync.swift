import ArgumentParser
import LinekeeperProto

struct SyncConnection: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Compare a connection's numbers with what the carrier has.",
        discussion: """
            Tells which are gone at the carrier, changed, new there, or call elsewhere by now; \
            changes nothing unless told to.

              linekeeper sync "Our Twilio"
              linekeeper sync "Our Twilio" --repair-webhooks --remove-gone
            """)

    @Argument(
        help: "The connection, by id or name. (default: the only one)",
        completion: Suggestions.connections)
    var connection: String?
    @Flag(help: "Point the webhooks of managed numbers here again.")
    var repairWebhooks = false
    @Flag(help: "Drop numbers that the carrier's account no longer holds.")
    var removeGone = false
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        let connection = try await session.connection(connection, in: workspaceID)
        if removeGone {
            try session.question.confirm(
                "Drop every number of \(connection.name) that the carrier no longer holds, with its "
                    + "assignments?")
        }
        let request = Proto.SyncConnectionRequest.with {
            $0.workspaceID = workspaceID
            $0.connectionID = connection.connectionID
            $0.repairWebhooks = repairWebhooks
            $0.removeGone = removeGone
        }
        var (syncing, ending) = await session.follow(
            [request], "/linekeeper.v1.CarrierService/SyncConnection",
            with: Syncing(
                output: session.output, repairs: repairWebhooks, removes: removeGone))
        try syncing.summarise(ending)
    }
}

/// A comparison under way: keeps what differs, and shows how far it is.
struct Syncing: StreamTally {
    private let output: Output
    private let repairs: Bool
    private let removes: Bool
    private var done = 0
    private var total = 0
    private var counts: [Proto.SyncFinding: Int] = [:]
    private(set) var findings: [Proto.SyncResult] = []
    private var progress: ProgressLine

    let isComplete = false

    /// - Parameters:
    ///   - repairs: Drifted webhooks are to be set right.
    ///   - removes: Numbers that are gone are to be dropped.
    init(output: Output, repairs: Bool, removes: Bool) {
        self.output = output
        self.repairs = repairs
        self.removes = removes
        progress = ProgressLine(output)
    }

    mutating func take(_ result: Proto.SyncResult) throws(CLIError) {
        done = max(done, Int(result.done))
        total = max(total, Int(result.total))
        counts[result.finding, default: 0] += 1
        if result.finding != .unchanged { findings.append(result) }
        if output.isJSON { try output.json(result, pretty: false) }
        progress.show(done: done, total: total)
    }

    /// Says what differs.
    ///
    /// - Throws: ``CLIError/partlyRefused`` where something could not be set right as asked.
    mutating func summarise(_ ending: StreamEnding) throws(CLIError) {
        progress.clear()
        if !output.isJSON {
            if !findings.isEmpty { output.table(Self.table(findings)) }
            if ending.isComplete { output.line(summary) }
            if !repairs, counts[.webhooksDrifted, default: 0] > 0 {
                output.note("Set webhooks right with --repair-webhooks.", .faint)
            }
            if !removes, counts[.gone, default: 0] > 0 {
                output.note("Drop what is gone with --remove-gone.", .faint)
            }
        }
        try ending.finish(output, done: done, total: total, what: "number")
        let isLeft = findings.contains { result in
            switch result.finding {
            case .webhooksDrifted: repairs && !result.repaired
            case .gone: removes && !result.repaired
            default: false
            }
        }
        if isLeft { throw .partlyRefused }
    }

    var summary: String {
        let names: [(Proto.SyncFinding, String)] = [
            (.unchanged, "unchanged"), (.gone, "gone"), (.changed, "changed"),
            (.webhooksDrifted, "with other webhooks"), (.importable, "new at the carrier"),
        ]
        let parts = names.compactMap { finding, name -> String? in
            guard let count = counts[finding], count > 0 else { return nil }
            return "\(ProgressBar.grouped(count)) \(name)"
        }
        return parts.isEmpty ? "There are no numbers to compare." : parts.joined(separator: ", ")
    }

    static func table(_ findings: [Proto.SyncResult]) -> Table {
        var table = Table([
            .init("number", widthMin: 13), .init("finding"), .init("repaired"), .init("what"),
        ])
        for result in findings {
            let style: Style = result.finding == .importable ? .plain : .doubtful
            table.add([
                .init(result.e164), .init(result.finding.shown, style),
                result.repaired ? .init("yes", .good) : .init(""), .init(result.message),
            ])
        }
        return table
    }
}
