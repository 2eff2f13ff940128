/// One number that a workspace brings from its own carrier.
public struct ImportRequest: Hashable, Sendable {
    public var e164: E164
    public var type: NumberType
    public var capabilities: Capabilities
    public var label: String
    public var regionLabel: String
    public var webhookMode: WebhookMode
    /// Profiles chosen in the import itself.
    public var assignments: AssignmentChange

    /// A number to import.
    public init(
        e164: E164, type: NumberType, capabilities: Capabilities, label: String,
        regionLabel: String, webhookMode: WebhookMode, assignments: AssignmentChange
    ) {
        self.e164 = e164
        self.type = type
        self.capabilities = capabilities
        self.label = label
        self.regionLabel = regionLabel
        self.webhookMode = webhookMode
        self.assignments = assignments
    }
}

/// What became of a number that was to be imported.
public enum ImportOutcome: Hashable, Sendable {
    case imported(NumberID, [AssignmentWarning])
    /// It is in this workspace; nothing was changed.
    case alreadyImported(NumberID)
}

/// Brings a number of a connection into its workspace. Runs on the writer, decides, writes, tells.
public enum ImportChange {
    /// Imports one number with its assignments, or refuses it whole.
    ///
    /// - Throws: `connectionNotFound`; `numberHeldElsewhere` (never naming the holder);
    ///   `numberQuarantined` while another workspace's former number is kept apart; what the rules
    ///   of assignment refuse.
    public static func run(
        _ request: ImportRequest, connection id: ConnectionID, workspace: WorkspaceKey,
        newID: NumberID, in writer: any StoreWriter
    ) throws(DomainError) -> ImportOutcome {
        guard let connection = writer.routes.connection(id, in: workspace) else {
            throw ConnectionChanges.notFound
        }
        if let present = writer.routes.number(request.e164) {
            guard present.workspace == workspace else {
                throw DomainError(
                    .numberHeldElsewhere,
                    "\(request.e164) is in use in another workspace: a number can be in one only.",
                    facts: ["number": request.e164.description])
            }
            return .alreadyImported(present.id)
        }
        if let apart = try writer.quarantine(of: request.e164), apart.workspace != workspace,
            apart.until > writer.request.at
        {
            throw DomainError(
                .numberQuarantined,
                "\(request.e164) was released a short while ago and is kept apart until late "
                    + "callers have learned of it: try again tomorrow.",
                facts: ["number": request.e164.description])
        }

        var number = NewNumber(
            id: newID, workspace: workspace, e164: request.e164, type: request.type,
            capabilities: request.capabilities, origin: .imported, carrier: connection.carrier,
            connection: connection.key, status: .active, webhookMode: request.webhookMode,
            createdAt: writer.request.at)
        number.label = request.label
        number.regionLabel = request.regionLabel
        let key = try writer.insertNumber(number)
        writer.routes.put(number.facts(key))
        try writer.append(
            NewEvent(
                "number.imported", workspace: workspace, number: newID, e164: request.e164,
                detailsJSON: JSON.object([
                    ("before", .null),
                    (
                        "after",
                        .object([
                            ("connection_id", .string(connection.id.description)),
                            ("label", .string(number.label)),
                        ])
                    ),
                ]).text,
                routeChange: .number))

        guard request.assignments != AssignmentChange() else { return .imported(newID, []) }
        let outcome = try AssignmentEdit.update(
            newID, in: workspace, with: request.assignments, through: writer)
        return .imported(newID, outcome.warnings)
    }
}
