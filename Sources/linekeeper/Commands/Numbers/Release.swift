import ArgumentParser
import Foundation
import LinekeeperProto
import LinekeeperRPC

struct Release: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Give numbers back, or take a release back that is still to come.",
        subcommands: [ReleaseNumber.self, CancelRelease.self],
        defaultSubcommand: ReleaseNumber.self)
}

struct ReleaseNumber: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "number",
        abstract:
            "Give a number back: a bought one to its carrier, an imported one from here only.",
        discussion: """
            The number has to be typed again: routing stops at once, and nothing is refunded. The \
            word 'number' may be left out.

              linekeeper release +14155550100
              linekeeper release +14155550100 --at 2d
              linekeeper release +14155550100 --yes --confirm +14155550100
            """)

    @Argument(help: "The number, or its id.", completion: Suggestions.numbers)
    var number: String
    @Option(
        help: ArgumentHelp(
            "Not now but then: 2d from now, or a time; until then 'release cancel' takes it back.",
            valueName: "time"))
    var at: String?
    @Option(
        help: ArgumentHelp(
            "The number again; goes with --yes instead of asking.", valueName: "e164"))
    var confirm: String?
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if global.yes, confirm == nil {
            throw ValidationError("--yes needs --confirm with the number again.")
        }
    }

    func run(_ session: Session) async throws(CLIError) {
        let notBefore = try at.map { text throws(CLIError) in try Self.time(text, now: Date()) }
        let confirmation = try confirm.map { text throws(CLIError) in try NumberText.parse(text) }
        let workspaceID = try await session.workspaceID()
        guard let found = try await session.numberToRelease(number, in: workspaceID) else { return }
        if let confirmation, confirmation != found.e164 {
            throw .usage("--confirm says \(confirmation), but the number is \(found.e164).")
        }
        if confirmation == nil {
            guard Question.isPossible else {
                throw .usage("There is nobody to ask: add --confirm \(found.e164).")
            }
            try session.question.confirm(Self.question(found), typing: found.e164)
        }
        let response = try await session.change(
            Proto.ReleaseNumberRequest.with {
                $0.workspaceID = workspaceID
                $0.numberID = found.numberID
                $0.confirmE164 = found.e164
                $0.notBefore = notBefore
            }, "/linekeeper.v1.NumberService/ReleaseNumber", Proto.ReleaseNumberResponse.self,
            patience: Session.carrierPatience)
        try session.show(response) { [notBefore] response in
            session.output.line(
                Self.outcome(response.number, found.e164, session.output.times, at: notBefore))
        }
    }

    /// When to release it. Nothing of it can be taken back, so a time that has passed is taken for a
    /// mistake and not for now.
    static func time(_ text: String, now: Date) throws(CLIError) -> Proto.Timestamp {
        let time = try TimeArgument.time(text, now: now, timeZone: .current, sign: 1)
        guard time.seconds >= Int64(now.timeIntervalSince1970) else {
            throw .usage("--at \(text) has passed: leave --at out to release the number now.")
        }
        return time
    }

    /// What has become of it.
    ///
    /// - Parameter time: When it was to be released; `nil` is now.
    static func outcome(
        _ number: Proto.PhoneNumber?, _ e164: String, _ times: TimeText, at time: Proto.Timestamp?
    ) -> String {
        guard number?.status == .releasing else { return "\(e164) is released." }
        guard time == nil else {
            return "\(e164) will be released at \(times.text(number?.releaseAt))."
        }
        return "\(e164) serves nobody any more; its carrier is being told to take it back."
    }

    /// What will be lost.
    static func question(_ number: Proto.PhoneNumber) -> String {
        let agents = [
            ("inbound", number.assignments?.inbound), ("outbound", number.assignments?.outbound),
            ("SMS", number.assignments?.sms),
        ].compactMap { use, agent in agent.map { "\(NumberView.agent($0)) (\(use))" } }
        let name = number.label.isEmpty ? number.e164 : "\(number.e164) (\(number.label))"
        let served = agents.isEmpty ? "" : " It serves \(agents.list("and")) no longer."
        return "Release \(name)?\(served) Nothing is refunded."
    }
}

extension Session {
    /// The number that is to be released; `nil` where it is released already, which is said then.
    fileprivate func numberToRelease(
        _ text: String, in workspaceID: String
    ) async throws(CLIError) -> Proto.PhoneNumber? {
        let found: Proto.PhoneNumber
        do throws(CLIError) {
            found = try await number(text, in: workspaceID)
        } catch {
            // By its E.164 only a number that is still here is found.
            guard case .status(let status) = error, status.reason == "NUMBER_NOT_FOUND",
                case .e164(let e164) = try NumberReference(text),
                let released = try await released(e164, in: workspaceID)
            else { throw error }
            found = released
        }
        guard found.status == .released else { return found }
        try show(Proto.ReleaseNumberResponse.with { $0.number = found }) { _ in
            output.line(
                "\(SafeText.shown(found.e164)) was released already, at "
                    + "\(output.times.text(found.updatedAt)).")
        }
        return nil
    }

    /// The number of this E.164 that was released last, if any was.
    private func released(
        _ e164: String, in workspaceID: String
    ) async throws(CLIError) -> Proto.PhoneNumber? {
        let past = try await read(
            Proto.ListNumbersRequest.with {
                $0.workspaceID = workspaceID
                $0.filter = .with {
                    $0.text = e164
                    $0.status = .released
                }
                $0.page = .with { $0.pageSize = 1_000 }
            }, "/linekeeper.v1.NumberService/ListNumbers", Proto.ListNumbersResponse.self)
        return past.numbers.filter { $0.e164 == e164 }.max {
            ($0.updatedAt?.seconds ?? 0) < ($1.updatedAt?.seconds ?? 0)
        }
    }
}

struct CancelRelease: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Take back a release that is still to come.",
        discussion: "  linekeeper release cancel +14155550100")

    @Argument(help: "The number, or its id.", completion: Suggestions.numbers)
    var number: String
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        let numberID = try await session.numberID(number, in: workspaceID)
        let response = try await session.change(
            Proto.CancelReleaseRequest.with {
                $0.workspaceID = workspaceID
                $0.numberID = numberID
            }, "/linekeeper.v1.NumberService/CancelRelease", Proto.CancelReleaseResponse.self)
        try session.show(response) {
            session.output.line("\(SafeText.shown($0.number?.e164 ?? number)) is kept.")
        }
    }
}
