/// What can be done to a workspace's connections. Each runs on the writer, decides, writes, tells.
public enum ConnectionChanges {
    /// Unicode scalars in a connection's name.
    public static let nameLengthMax = 100

    /// Adds a connection whose credentials the carrier has accepted.
    ///
    /// - Throws: `invalidArgument` for the name, `nameTaken`.
    public static func add(
        _ draft: ConnectionRecord, sealedCredentials: [UInt8], workspace: WorkspaceKey,
        in writer: any StoreWriter
    ) throws(DomainError) -> ConnectionRecord {
        try check(name: draft.name, in: workspace, except: nil, writer: writer)
        var connection = draft
        connection.key = try writer.insertConnection(
            draft, workspace: workspace, sealedCredentials: sealedCredentials)
        writer.routes.put(
            ConnectionFacts(
                key: connection.key, id: connection.id, workspace: workspace,
                carrier: connection.carrier))
        try writer.append(
            NewEvent(
                "connection.added", workspace: workspace,
                detailsJSON: JSON.object([("after", description(of: connection))]).text))
        return connection
    }

    /// Renames a connection, or gives it other credentials that the carrier has accepted. What they
    /// replace goes on verifying webhooks for a while, unless previous secrets are to be retired.
    ///
    /// - Parameter keepsReplaced: Whether what is replaced can have signed a webhook.
    /// - Throws: `connectionNotFound`, `versionMismatch`, `invalidArgument`, `nameTaken`.
    public static func update(
        _ id: ConnectionID, workspace: WorkspaceKey, expectedVersion: UInt64?,
        sealedCredentials: [UInt8]?, keepsReplaced: Bool = true, retirePrevious: Bool = false,
        in writer: any StoreWriter, _ change: (inout ConnectionRecord) -> Void
    ) throws(DomainError) -> ConnectionRecord {
        let before = try existing(id, workspace: workspace, in: writer)
        if let expectedVersion, expectedVersion != before.version {
            throw DomainError(
                .versionMismatch,
                "The connection is at version \(before.version), not \(expectedVersion): "
                    + "read it again and repeat the change.",
                facts: ["version": "\(before.version)"])
        }
        var after = before
        change(&after)
        let retired =
            retirePrevious ? try writer.deletePreviousSecrets(of: before.key) : 0
        guard after != before || sealedCredentials != nil || retired > 0 else { return before }
        if after.name != before.name {
            try check(name: after.name, in: workspace, except: before.key, writer: writer)
        }
        after.version = before.version &+ 1
        after.updatedAt = writer.request.at
        if sealedCredentials != nil, keepsReplaced, !retirePrevious {
            try writer.keepPreviousSecret(
                of: before.key,
                PreviousSecret(
                    hint: before.credentialHint, replacedAt: writer.request.at,
                    expiresAt: writer.request.at.adding(seconds: PreviousSecret.lifetimeSeconds),
                    lastUsedAt: nil))
        }
        try writer.updateConnection(after, sealedCredentials: sealedCredentials)
        try writer.append(
            NewEvent(
                sealedCredentials == nil ? "connection.updated" : "connection.rotated",
                workspace: workspace,
                detailsJSON: JSON.object([
                    ("before", description(of: before)), ("after", description(of: after)),
                    ("secrets_retired", .integer(Int64(retired))),
                ]).text))
        return after
    }

    /// Notes whether the carrier takes the credentials of a connection; what was found out with
    /// credentials that were replaced meanwhile is ignored. The version stays: a preview that a
    /// person is looking at goes on to be right.
    public static func note(
        _ status: ConnectionRecord.Status, of seen: ConnectionRecord, workspace: WorkspaceKey,
        in writer: any StoreWriter
    ) throws(DomainError) {
        guard var connection = try writer.connectionRecord(seen.id, in: workspace),
            connection.version == seen.version, connection.status != status
        else { return }
        connection.status = status
        if status == .connected { connection.validatedAt = writer.request.at }
        try writer.updateConnection(connection, sealedCredentials: nil)
        try writer.append(
            NewEvent(
                status == .connected
                    ? "connection.credentials_accepted" : "connection.credentials_rejected",
                workspace: workspace,
                detailsJSON: JSON.object([
                    ("connection_id", .string(connection.id.description)),
                    ("name", .string(connection.name)),
                ]).text))
    }

    /// Takes a connection away with the numbers that came through it; the carrier's account is left
    /// as it is.
    ///
    /// - Parameter isConfirmed: Whether the caller's token is that of exactly this state.
    /// - Throws: `connectionNotFound`; `stateChanged` when the caller has confirmed another state.
    /// - Returns: how many numbers left and how many profiles they held.
    public static func disconnect(
        _ id: ConnectionID, workspace: WorkspaceKey, in writer: any StoreWriter,
        isConfirmed: (ConnectionRecord, [ConnectedNumber]) -> Bool
    ) throws(DomainError) -> (numbers: Int, profiles: Int) {
        let connection = try existing(id, workspace: workspace, in: writer)
        let numbers = try writer.numbers(of: connection.key, in: workspace)
        guard isConfirmed(connection, numbers) else {
            throw stateChanged
        }
        var profiles = 0
        for number in numbers {
            for (profile, agent) in number.agents {
                profiles += 1
                guard let id = AgentID(agent.id), var facts = writer.routes.agent(id, in: workspace)
                else { continue }
                facts[profile] = nil
                writer.routes.put(facts)
            }
            if case .agent(let fallback)? = writer.routes.number(number.e164)?.extras?.fallback,
                let id = AgentID(fallback.idText),
                var facts = writer.routes.agent(id, in: workspace)
            {
                facts.fallbackCount = facts.fallbackCount == 0 ? 0 : facts.fallbackCount - 1
                writer.routes.put(facts)
            }
            writer.routes.remove(number: number.e164)
            try writer.append(
                NewEvent(
                    "number.removed", workspace: workspace, number: number.id, e164: number.e164,
                    detailsJSON: JSON.object([
                        ("reason", .string("connection disconnected")),
                        ("connection_id", .string(connection.id.description)),
                        (
                            "before",
                            .object(
                                number.agents.sorted { $0.key.rawValue < $1.key.rawValue }
                                    .map { ($0.key.word.lowercased(), .string($0.value.id)) })
                        ),
                    ]).text,
                    routeChange: .number))
        }
        try writer.deleteConnection(connection.key, in: workspace, at: writer.request.at)
        writer.routes.remove(connection: connection.id)
        try writer.append(
            NewEvent(
                "connection.removed", workspace: workspace,
                detailsJSON: JSON.object([
                    ("before", description(of: connection)),
                    ("numbers_removed", .integer(Int64(numbers.count))),
                ]).text))
        return (numbers.count, profiles)
    }

    /// The refusal of a disconnect that was confirmed for another state.
    public static var stateChanged: DomainError {
        DomainError(
            .stateChanged,
            "The connection or its numbers have changed since the preview, or confirm_token is not "
                + "the preview's: preview again and confirm what it shows.",
            field: "confirm_token")
    }

    /// A connection that must be there.
    ///
    /// - Throws: `connectionNotFound`.
    public static func existing(
        _ id: ConnectionID, workspace: WorkspaceKey, in writer: any StoreWriter
    ) throws(DomainError) -> ConnectionRecord {
        guard let connection = try writer.connectionRecord(id, in: workspace) else {
            throw notFound
        }
        return connection
    }

    /// The refusal for a connection that is not there, or not this workspace's.
    public static var notFound: DomainError {
        DomainError(
            .connectionNotFound,
            "There is no such connection in this workspace: list the connections.",
            field: "connection_id")
    }

    private static func check(
        name: String, in workspace: WorkspaceKey, except: ConnectionKey?, writer: any StoreWriter
    ) throws(DomainError) {
        try PlainText.checked(name, field: "name", length: 1...nameLengthMax)
        guard try !writer.connectionNameIsTaken(name, in: workspace, except: except) else {
            throw DomainError(
                .nameTaken, "Another connection of this workspace has this name: choose another.",
                field: "name")
        }
    }

    private static func description(of connection: ConnectionRecord) -> JSON {
        .object([
            ("connection_id", .string(connection.id.description)),
            ("name", .string(connection.name)),
            ("carrier", .string(connection.carrier.label)),
            (
                "settings",
                .object(
                    connection.settings.sorted { $0.key < $1.key }.map {
                        ($0.key, .string($0.value))
                    })
            ),
        ])
    }
}
