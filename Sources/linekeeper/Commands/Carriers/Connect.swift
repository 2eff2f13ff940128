import ArgumentParser
import LinekeeperProto

/// Where a carrier's credentials come from.
struct CredentialOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The file with the credentials, a JSON object or lines of name=value; - is standard "
                + "input.", valueName: "path"), completion: .file())
    var credentialsFile: String?
    @Option(
        help: ArgumentHelp(
            "A field that is not secret; may be repeated. See 'linekeeper carriers'.",
            valueName: "name=value"))
    var field: [String] = []

    /// Everything that the carrier wants to know.
    ///
    /// - Parameter present: What is not secret of the credentials that they replace.
    func credentials(
        for carrier: Proto.CarrierInfo, present: [String: String]? = nil, _ session: Session
    ) throws(CLIError) -> [String: String] {
        var credentials = Credentials(for: carrier, present: present ?? [:])
        for text in field { try credentials.add(argument: text) }
        if let credentialsFile {
            try credentials.add(file: try Files.text(credentialsFile))
        } else if Question.isPossible {
            try credentials.ask(session.question, isRotation: present != nil)
        }
        guard let missing = credentials.missing.first else { return credentials.wire }
        throw .usage(
            "\(carrier.name) needs \(missing.name)"
                + (missing.label.isEmpty ? "" : " (\(missing.label))")
                + (credentialsFile == nil
                    ? ", and there is nobody to ask: give a --credentials-file."
                    : ": add it to the credentials."))
    }
}

struct Connect: SessionCommand {
    static let configuration = CommandConfiguration(
        abstract: "Connect a carrier account of the workspace's own.",
        discussion: """
            Asks for what the carrier wants to know; what is secret is not shown while it is typed, \
            and is never taken from the command line, where other programs see it. The carrier is \
            asked before anything is stored.

              linekeeper connect twilio "Our Twilio"
              linekeeper connect telnyx --credentials-file telnyx.json
              pass show twilio | linekeeper connect twilio --credentials-file -
              linekeeper connect twilio --check
            """)

    @Argument(
        help: "\(choices(Proto.Carrier.self))",
        completion: .list(choiceNames(Proto.Carrier.self)), transform: enumArgument)
    var carrier: Proto.Carrier
    @Argument(help: "What to call the connection. (default: the carrier's name)")
    var name: String?
    @OptionGroup var credentials: CredentialOptions
    @Flag(help: "Only ask the carrier whether it accepts the credentials; store nothing.")
    var check = false
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        let info = try await session.carrier(carrier, in: workspaceID)
        let credentials = try credentials.credentials(for: info, session)
        if check {
            try await validate(credentials, by: info, workspaceID, session)
        } else {
            try await connect(credentials, to: info, workspaceID, session)
        }
    }

    private func validate(
        _ credentials: [String: String], by info: Proto.CarrierInfo, _ workspaceID: String,
        _ session: Session
    ) async throws(CLIError) {
        let response = try await session.read(
            Proto.ValidateCredentialsRequest.with {
                $0.workspaceID = workspaceID
                $0.carrier = carrier
                $0.credentials = credentials
            }, "/linekeeper.v1.CarrierService/ValidateCredentials",
            Proto.ValidateCredentialsResponse.self, patience: Session.carrierPatience)
        try session.show(response) {
            let account = $0.accountLabel.isEmpty ? "" : ": \(SafeText.shown($0.accountLabel))"
            session.output.line("\(SafeText.shown(info.name)) accepts the credentials\(account).")
        }
    }

    private func connect(
        _ credentials: [String: String], to info: Proto.CarrierInfo, _ workspaceID: String,
        _ session: Session
    ) async throws(CLIError) {
        let response = try await session.change(
            Proto.ConnectCarrierRequest.with {
                $0.workspaceID = workspaceID
                $0.carrier = carrier
                $0.name = name ?? info.name
                $0.credentials = credentials
            }, "/linekeeper.v1.CarrierService/ConnectCarrier", Proto.ConnectCarrierResponse.self,
            patience: Session.carrierPatience)
        try session.show(response) {
            let connection = $0.connection ?? Proto.Connection()
            session.output.details(ConnectionView.details(connection, session.output.times))
            session.output.note(
                info.supportsListing
                    ? "What can be imported: linekeeper importable '\(connection.name)'"
                    : "Import numbers of it: linekeeper import '\(connection.name)' +14155550100 ...",
                .faint)
        }
    }
}
