import ArgumentParser
import LinekeeperProto

struct Outbound: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Switch calls out on or off, or lock them in an incident.",
        subcommands: [On.self, Off.self, Lock.self, Unlock.self])

    struct On: SwitchCommand {
        static let configuration = CommandConfiguration(abstract: "Allow calls out.")
        static let isEnabled = true
        @OptionGroup var numbers: NumberSelection
        @OptionGroup var global: GlobalOptions
    }

    struct Off: SwitchCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stop calls out; it is in force when this returns.")
        static let isEnabled = false
        @OptionGroup var numbers: NumberSelection
        @OptionGroup var global: GlobalOptions
    }

    struct Lock: LockCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stop calls out until unlocked, whoever is assigned.",
            discussion: "A lock outlives assignments, releases and imports of the number.")
        static let isLocked = true
        @OptionGroup var numbers: NumberSelection
        @OptionGroup var global: GlobalOptions
    }

    struct Unlock: LockCommand {
        static let configuration = CommandConfiguration(abstract: "Lift a lock.")
        static let isLocked = false
        @OptionGroup var numbers: NumberSelection
        @OptionGroup var global: GlobalOptions
    }
}

/// Some numbers, or every one of the workspace.
struct NumberSelection: ParsableArguments {
    @Argument(help: "The numbers, or their ids.")
    var numbers: [String] = []
    @Flag(help: "Every number of the workspace.")
    var all = false
    @Option(help: "Why, for the audit log.")
    var reason = ""

    func validate() throws {
        guard numbers.isEmpty == all else {
            throw ValidationError(
                all ? "Name numbers or say --all, not both." : "Name the numbers, or say --all.")
        }
    }
}

protocol SwitchCommand: SessionCommand {
    static var isEnabled: Bool { get }
    var numbers: NumberSelection { get }
}

extension SwitchCommand {
    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        var ids: [String] = []
        for number in numbers.numbers {
            ids.append(try await session.numberID(number, in: workspaceID))
        }
        if numbers.all {
            let verb = Self.isEnabled ? "Allow" : "Stop"
            try session.question.confirm("\(verb) calls out from every number of the workspace?")
        }
        let response = try await session.change(
            Proto.SetOutboundEnabledRequest.with {
                $0.workspaceID = workspaceID
                $0.numberIDs = ids
                $0.allInWorkspace = numbers.all
                $0.enabled = Self.isEnabled
                $0.reason = numbers.reason
            }, "/linekeeper.v1.AssignmentService/SetOutboundEnabled",
            Proto.SetOutboundEnabledResponse.self)
        try session.show(response) { response in
            guard !response.outcomes.isEmpty else {
                session.output.note("No number has an outbound agent; there was nothing to do.")
                return
            }
            session.output.table(SwitchView.table(response.outcomes))
        }
    }
}

enum SwitchView {
    static func table(_ outcomes: [Proto.OutboundOutcome]) -> Table {
        var table = Table([.init("number", widthMin: 13), .init("calls out"), .init("")])
        for outcome in outcomes {
            let note: Table.Cell =
                if !outcome.reason.isEmpty { .init(outcome.reason, .doubtful) } else {
                    .init(outcome.changed ? "changed" : "as before", .faint)
                }
            table.add([
                .init(outcome.e164),
                outcome.outboundEnabled ? .init("on", .good) : .init("off", .bad), note,
            ])
        }
        return table
    }
}

protocol LockCommand: SessionCommand {
    static var isLocked: Bool { get }
    var numbers: NumberSelection { get }
}

extension LockCommand {
    func run(_ session: Session) async throws(CLIError) {
        let references = try numbers.numbers.map { text throws(CLIError) in
            try NumberReference(text)
        }
        let workspaceID = try await session.workspaceID()
        if numbers.all {
            let verb = Self.isLocked ? "Lock" : "Unlock"
            try session.question.confirm("\(verb) calls out of the whole workspace?")
        }
        let response = try await session.change(
            Proto.SetOutboundLockRequest.with {
                $0.workspaceID = workspaceID
                $0.wholeWorkspace = numbers.all
                $0.locked = Self.isLocked
                $0.reason = numbers.reason
                for reference in references {
                    switch reference {
                    case .id(let id): $0.numberIDs.append(id)
                    // Also one that is not here now.
                    case .e164(let e164): $0.e164s.append(e164)
                    }
                }
            }, "/linekeeper.v1.AssignmentService/SetOutboundLock",
            Proto.SetOutboundLockResponse.self)
        try session.show(response) { response in
            session.output.line(
                "Workspace: calls out are \(response.workspaceLocked ? "locked" : "not locked").")
            session.output.line(
                response.lockedE164s.isEmpty
                    ? "No single number is locked."
                    : "Locked numbers: "
                        + SafeText.shown(response.lockedE164s.joined(separator: ", ")))
        }
    }
}
