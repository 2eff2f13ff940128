/// One number that a workspace brings from its own carrier.
public struct ImportRequest: Hashable, Sendable {
    public var e164: E164
    public var type: NumberType
    public var capabilities: Capabilities
    public var label: String
    public var regionLabel: String
    /// With `managed` the number is imported first and its webhooks are pointed here next.
    public var webhookMode: WebhookMode
    /// The carrier's id of it; empty for carriers without an API.
    public var carrierNumberID = ""
    /// ISO 3166-1 alpha-2, as the carrier says; empty: by the calling code.
    public var countryCode = ""
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

/// Why a number of a carrier's account cannot be imported, before anybody tries.
public enum ImportObstacle: Hashable, Sendable {
    case alreadyImported, heldElsewhere
    /// Another workspace released it a short while ago.
    case quarantined
    /// - Parameter words: The carrier's own.
    case notActive(words: String)

    /// The obstacle in the way of a number, if there is one.
    ///
    /// - Parameters:
    ///   - present: Who holds the E.164 here.
    ///   - apart: Until when it is kept apart, and by whom it was released.
    public init?(
        _ number: CarrierNumber, for workspace: WorkspaceKey, present: NumberFacts?,
        apart: (until: Timestamp, workspace: WorkspaceKey)?, at now: Timestamp
    ) {
        if let present {
            self = present.workspace == workspace ? .alreadyImported : .heldElsewhere
        } else if let apart, apart.workspace != workspace, apart.until > now {
            self = .quarantined
        } else if let words = number.inactiveReason {
            self = .notActive(words: words)
        } else {
            return nil
        }
    }
}

/// Brings a number of a connection into its workspace. Runs on the writer, decides, writes, tells.
public enum ImportChange {
    /// How long whoever imports has for pointing a number's webhooks here before the runner does it.
    static let manageSeconds: Int64 = 120

    /// Imports one number with its assignments, or refuses it whole.
    ///
    /// A number whose webhooks are to be managed starts as outbound only, with a task beside it.
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
            connection: connection.key, status: .active, webhookMode: .outboundOnly,
            createdAt: writer.request.at)
        number.label = request.label
        number.regionLabel = request.regionLabel
        if !request.countryCode.isEmpty { number.countryCode = request.countryCode }
        let key = try writer.insertNumber(number)
        writer.routes.put(number.facts(key))
        if !request.carrierNumberID.isEmpty {
            try writer.updateCarrierSide(
                CarrierSide(carrierNumberID: request.carrierNumberID), of: key)
        }
        if request.webhookMode == .managed {
            try writer.insertCarrierTask(
                number: key, workspace: workspace, kind: .manageWebhooks, detailsJSON: "{}",
                dueAt: writer.request.at.adding(seconds: manageSeconds))
        }
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
                            ("webhook_mode", .string(request.webhookMode.apiName)),
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
