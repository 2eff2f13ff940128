import ArgumentParser
import LinekeeperProto

struct Connections: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show, change and disconnect the workspace's own carriers.",
        subcommands: [
            List.self, Show.self, AddConnection.self, Rename.self, RotateConnection.self,
            RetireSecret.self, DisconnectCarrier.self,
        ],
        defaultSubcommand: List.self)

    struct List: SessionCommand {
        static let configuration = CommandConfiguration(abstract: "List the connections.")

        @OptionGroup var list: ListOptions
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let workspaceID = try await session.workspaceID()
            let found = try await session.pages(list.countMax) { page throws(CLIError) in
                try await session.read(
                    Proto.ListConnectionsRequest.with {
                        $0.workspaceID = workspaceID
                        $0.page = page
                    }, "/linekeeper.v1.CarrierService/ListConnections",
                    Proto.ListConnectionsResponse.self)
            } next: {
                $0.nextPageToken
            } merge: {
                $0.connections += $1.connections
                $0.nextPageToken = $1.nextPageToken
            }
            try session.show(found) { found in
                guard !found.connections.isEmpty else {
                    session.output.note(
                        "No carrier is connected. Connect one: linekeeper connect twilio|telnyx|sip"
                    )
                    return
                }
                session.output.table(ConnectionView.table(found.connections, session.output.times))
            }
            session.noteRest(found.nextPageToken)
        }
    }

    struct Show: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a connection; its secrets are never shown.")

        @Argument(help: "The connection, by id or name.", completion: Suggestions.connections)
        var connection: String
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let found = try await session.connection(
                connection, in: try await session.workspaceID())
            try session.show(found) {
                session.output.details(ConnectionView.details($0, session.output.times))
            }
        }
    }

    struct Rename: SessionCommand {
        static let configuration = CommandConfiguration(abstract: "Give a connection another name.")

        @Argument(help: "The connection, by id or name.", completion: Suggestions.connections)
        var connection: String
        @Argument(help: "Its new name.")
        var name: String
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let workspaceID = try await session.workspaceID()
            let found = try await session.connection(connection, in: workspaceID)
            try await session.update(found) {
                $0.workspaceID = workspaceID
                $0.name = name
            }
        }
    }
}

enum ConnectionView {
    static func table(_ connections: [Proto.Connection], _ times: TimeText) -> Table {
        var table = Table([
            .init("name"), .init("id"), .init("carrier"), .init("status"),
            .init("numbers", .right), .init("settings"), .init("since", widthMin: 19),
        ])
        for connection in connections {
            table.add([
                .init(connection.name), .init(connection.connectionID, .faint),
                .init(connection.carrier.shown), status(connection),
                .init(String(connection.numberCount)), .init(settings(connection)),
                .init(times.text(connection.createdAt), .faint),
            ])
        }
        return table
    }

    static func details(_ connection: Proto.Connection, _ times: TimeText) -> Details {
        var details = Details()
        details.add("name", connection.name, .heading)
        details.add("id", connection.connectionID)
        details.add("carrier", connection.carrier.shown)
        let state = status(connection)
        details.add("status", state.text, state.style)
        details.add("numbers", String(connection.numberCount))
        for (name, value) in connection.settings.sorted(by: { $0.key < $1.key }) {
            details.add(SafeText.shown(name).replacing("_", with: " "), value)
        }
        details.add(
            "secret", connection.credentialHint.isEmpty ? "" : "...\(connection.credentialHint)")
        for secret in connection.previousSecrets {
            let used =
                secret.lastUsedAt == nil
                ? "not used since" : "last used \(times.text(secret.lastUsedAt))"
            details.add(
                "old secret", "...\(secret.hint) until \(times.text(secret.expiresAt)), \(used)")
        }
        details.add("since", times.text(connection.createdAt))
        details.add("changed", times.text(connection.updatedAt))
        details.add("validated", times.text(connection.validatedAt))
        return details
    }

    private static func status(_ connection: Proto.Connection) -> Table.Cell {
        .init(connection.status.shown, connection.status == .connected ? .good : .bad)
    }

    private static func settings(_ connection: Proto.Connection) -> String {
        connection.settings.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: " ")
    }
}
