import ArgumentParser
import LinekeeperProto

struct AddConnection: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Connect a SIP trunk.",
        discussion: """
            Like 'linekeeper connect sip', with its fields as options.
            The password is never taken from the command line, where other programs see it: it is \
            asked for, or read from a file or from standard input.
            """)

    enum Transport: String, ExpressibleByArgument, CaseIterable { case tls, tcp, udp }

    @Argument(help: "What to call the connection.")
    var name: String
    @Option(help: ArgumentHelp("Where the trunk takes calls.", valueName: "host[:port]"))
    var terminationUri: String
    @Option(help: "How it is spoken to.")
    var transport = Transport.tls
    @Option(help: "As whom to register, if the trunk wants that.")
    var username: String?
    @Option(
        help: ArgumentHelp(
            "The file that holds the password; - is standard input.",
            valueName: "path"))
    var passwordFile: String?
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if passwordFile != nil, username == nil {
            throw ValidationError("--password-file needs --username.")
        }
    }

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        var credentials = credentials()
        if let passwordFile {
            credentials["password"] = try Files.firstLine(passwordFile)
        } else if let username {
            credentials["password"] = try SecretInput.read(
                "Password of \(SafeText.shown(username)): ", session.output)
        }
        let response = try await session.change(
            Proto.ConnectCarrierRequest.with { [credentials] in
                $0.workspaceID = workspaceID
                $0.carrier = .sip
                $0.name = name
                $0.credentials = credentials
            }, "/linekeeper.v1.CarrierService/ConnectCarrier", Proto.ConnectCarrierResponse.self)
        try session.show(response) {
            session.output.details(
                ConnectionView.details($0.connection ?? Proto.Connection(), session.output.times))
        }
    }

    /// What is not secret.
    func credentials() -> [String: String] {
        var credentials = [
            "termination_uri": terminationUri, "transport": transport.rawValue.uppercased(),
        ]
        credentials["username"] = username
        return credentials
    }
}

struct DisconnectCarrier: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "disconnect",
        abstract: "Drop a connection with every number imported through it.",
        discussion: """
            Shows first what goes with it, and asks. The carrier's account is left as it is.

              linekeeper connections disconnect "Our Twilio"
              linekeeper connections disconnect "Our Twilio" --restore-webhooks --yes
            """)

    @Argument(help: "The connection, by id or name.", completion: Suggestions.connections)
    var connection: String
    @Flag(help: "First write the carrier's webhooks back as they were at import.")
    var restoreWebhooks = false
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        let found = try await session.connection(connection, in: workspaceID)
        let preview = try await session.read(
            Proto.PreviewDisconnectRequest.with {
                $0.workspaceID = workspaceID
                $0.connectionID = found.connectionID
            }, "/linekeeper.v1.CarrierService/PreviewDisconnect",
            Proto.PreviewDisconnectResponse.self)
        for line in Self.lines(preview, name: found.name, restoring: restoreWebhooks) {
            session.output.note(line)
        }
        try session.question.confirm("Disconnect?")
        let response = try await session.change(
            Proto.DisconnectCarrierRequest.with {
                $0.workspaceID = workspaceID
                $0.connectionID = found.connectionID
                $0.confirmToken = preview.confirmToken
                $0.restoreWebhooks = restoreWebhooks
            }, "/linekeeper.v1.CarrierService/DisconnectCarrier",
            Proto.DisconnectCarrierResponse.self, patience: Session.carrierPatience)
        try session.show(response) {
            session.output.line(Self.outcome($0, name: SafeText.shown(found.name)))
        }
    }

    /// What is gone.
    static func outcome(_ done: Proto.DisconnectCarrierResponse, name: String) -> String {
        let restored = ProgressBar.counted(done.webhooksRestored, "number")
        return
            "\(name) is disconnected. Gone: \(ProgressBar.counted(done.numbersRemoved, "number")), "
            + "\(ProgressBar.counted(done.profilesCleared, "assignment"))."
            + (done.webhooksRestored > 0 ? " The webhooks of \(restored) are as they were." : "")
    }

    private static let profilesShownMax = 20

    /// What goes with the connection.
    static func lines(
        _ preview: Proto.PreviewDisconnectResponse, name: String, restoring: Bool
    ) -> [String] {
        var lines = [
            "Disconnecting \(name) deletes its \(ProgressBar.counted(preview.numberCount, "number")) "
                + "here and its credentials."
        ]
        for lost in preview.lostProfiles.prefix(profilesShownMax) {
            let agent = lost.agentName.isEmpty ? lost.agentID : lost.agentName
            lines.append("  \(agent) loses \(lost.profile.shown) on \(lost.e164)")
        }
        let more = preview.lostProfiles.count - profilesShownMax
        if more > 0 { lines.append("  and more: \(ProgressBar.counted(more, "assignment"))") }
        if !preview.managedE164s.isEmpty {
            lines.append(
                "  webhooks of ours: \(ProgressBar.counted(preview.managedE164s.count, "number")); "
                    + (restoring
                        ? "what was there before is written back"
                        : "--restore-webhooks writes back what was there before"))
        }
        return lines
    }
}
