import ArgumentParser
import LinekeeperProto

struct RotateConnection: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Give a connection new credentials.",
        discussion: """
            The carrier is asked before they replace the old ones. A replaced signing secret goes on \
            verifying webhooks for 7 days, so that no call is lost, or until 'connections retire'.

              linekeeper connections rotate "Our Twilio"
              linekeeper connections rotate "Our Twilio" --credentials-file new.json
            """)

    @Argument(help: "The connection, by id or name.", completion: Suggestions.connections)
    var connection: String
    @OptionGroup var credentials: CredentialOptions
    @Flag(help: "Do not accept the old signing secret any longer.")
    var retirePrevious = false
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        let found = try await session.connection(connection, in: workspaceID)
        let info = try await session.carrier(found.carrier, in: workspaceID)
        let fresh = try credentials.credentials(for: info, present: found.settings, session)
        try await session.update(found) {
            $0.workspaceID = workspaceID
            $0.credentials = fresh
            $0.retirePrevious = retirePrevious
        }
    }
}

struct RetireSecret: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire",
        abstract: "Accept a connection's replaced signing secrets no longer.",
        discussion: """
            'connections show' says when the old secret was last used: once the carrier signs with \
            the new one, the old one is not needed.
            """)

    @Argument(help: "The connection, by id or name.", completion: Suggestions.connections)
    var connection: String
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        let found = try await session.connection(connection, in: workspaceID)
        guard !found.previousSecrets.isEmpty else {
            session.output.note("\(found.name) has no old secret.")
            if session.output.isJSON { try session.output.json(found, pretty: true) }
            return
        }
        try session.question.confirm(
            "Accept the old secret of \(found.name) no longer? Webhooks signed with it are refused."
        )
        try await session.update(found) {
            $0.workspaceID = workspaceID
            $0.retirePrevious = true
        }
    }
}

extension Session {
    /// Changes a connection as it was seen, and shows it as it is then.
    func update(
        _ connection: Proto.Connection, _ change: (inout Proto.UpdateConnectionRequest) -> Void
    ) async throws(CLIError) {
        var request = Proto.UpdateConnectionRequest()
        request.connectionID = connection.connectionID
        request.expectedVersion = connection.version
        change(&request)
        let response = try await self.change(
            request, "/linekeeper.v1.CarrierService/UpdateConnection",
            Proto.UpdateConnectionResponse.self, patience: Self.carrierPatience)
        if response.connection?.version == connection.version {
            output.note("Nothing was changed: that is what the connection has already.", .faint)
        }
        try show(response) {
            output.details(
                ConnectionView.details($0.connection ?? Proto.Connection(), output.times))
        }
    }
}
