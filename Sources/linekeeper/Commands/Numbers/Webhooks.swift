import ArgumentParser
import LinekeeperProto

struct Webhooks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say whether the carrier sends a number's calls and messages here.",
        subcommands: [Set.self])

    struct Set: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have numbers managed from here, or leave the carrier's settings alone.",
            discussion: """
                managed points the carrier's webhooks here and keeps what was set; outbound-only \
                leaves them to you. A number that is refused does not stop the others.

                  linekeeper webhooks set managed +14155550100 +14155550101
                  linekeeper webhooks set outbound-only +14155550100
                """)

        @Argument(
            help: "\(choices(Proto.WebhookMode.self))",
            completion: .list(choiceNames(Proto.WebhookMode.self)), transform: enumArgument)
        var mode: Proto.WebhookMode
        @Argument(help: "The numbers, or their ids.", completion: Suggestions.numbers)
        var numbers: [String]
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let workspaceID = try await session.workspaceID()
            var refusal: CLIError?
            for (place, text) in numbers.enumerated() {
                do throws(CLIError) {
                    let changed = try await change(text, workspaceID, session)
                    if session.output.isJSON {
                        try session.output.json(changed, pretty: false)
                    } else {
                        let isDone = changed.webhookMode == mode
                        session.output.line(
                            SafeText.shown(
                                "\(changed.e164) is \(mode.shown)"
                                    + (isDone ? " now." : " soon: the carrier is being told.")))
                    }
                } catch {
                    // One that is refused alone speaks for itself; without a server none can be done.
                    guard numbers.count > 1, error.exitStatus == .refused else {
                        if place > 0 {
                            session.output.note(
                                "\(place) of \(numbers.count) were tried before; doing the same "
                                    + "again is safe.", .doubtful)
                        }
                        throw error
                    }
                    session.output.note("\(text):", .bad)
                    for line in ErrorText.lines(error, color: session.output.err.color) {
                        session.output.prompt(line + "\n")
                    }
                    refusal = .partlyRefused
                }
            }
            if let refusal { throw refusal }
        }

        private func change(
            _ text: String, _ workspaceID: String, _ session: Session
        ) async throws(CLIError) -> Proto.PhoneNumber {
            let numberID = try await session.numberID(text, in: workspaceID)
            let response = try await session.change(
                Proto.UpdateNumberRequest.with {
                    $0.workspaceID = workspaceID
                    $0.numberID = numberID
                    $0.webhookMode = mode
                }, "/linekeeper.v1.NumberService/UpdateNumber", Proto.UpdateNumberResponse.self,
                patience: Session.carrierPatience)
            guard let number = response.number else {
                throw .unreadable("The server answered without the number.")
            }
            session.output.warnings(response.warnings)
            return number
        }
    }
}
