import ArgumentParser
import Foundation
import LinekeeperProto

struct ReleaseNumber: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Give a number back: a bought one to its carrier, an imported one from here only."
    )

    @Argument(help: "The number, or its id.")
    var number: String
    @Option(
        help: ArgumentHelp(
            "Not now but then: 2d from now, or a time; until then 'numbers keep' takes it back.",
            valueName: "time"))
    var at: String?
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        var notBefore: Proto.Timestamp?
        if let at {
            notBefore = try TimeArgument.time(at, now: Date(), timeZone: .current, sign: 1)
        }
        let workspaceID = try await session.workspaceID()
        let found = try await session.number(number, in: workspaceID)
        try session.question.confirm(Self.question(found))
        let response = try await session.change(
            Proto.ReleaseNumberRequest.with {
                $0.workspaceID = workspaceID
                $0.numberID = found.numberID
                $0.confirmE164 = found.e164
                $0.notBefore = notBefore
            }, "/linekeeper.v1.NumberService/ReleaseNumber", Proto.ReleaseNumberResponse.self)
        try session.show(response) { response in
            let when = session.output.times.text(response.number?.releaseAt)
            session.output.line(
                when.isEmpty
                    ? "\(found.e164) is released." : "\(found.e164) will be released at \(when).")
        }
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

struct KeepNumber: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "keep", abstract: "Take back a release that is still to come.")

    @Argument(help: "The number, or its id.")
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
