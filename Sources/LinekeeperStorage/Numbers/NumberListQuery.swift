import LinekeeperCore

/// A page of a workspace's numbers, by whatever filter and order.
struct NumberListQuery: Query {
    let sql: String
    private let conditions: Conditions

    init(
        workspace: WorkspaceKey, filter: NumberFilter, order: NumberOrder, after: PagePosition?,
        limit: Int
    ) throws(DomainError) {
        var conditions = Conditions()
        let workspace = conditions.parameter(.integer(workspace.rawValue))
        var tables = "number"
        if let agent = filter.agent {
            let agent = conditions.parameter(.text(agent.text))
            // CROSS JOIN has SQLite begin with what stands first: three rows at most.
            tables = "(\(NumberListQuery.held(by: agent, in: workspace))) AS held CROSS JOIN number"
            conditions.add("number.number_key = held.number_key")
        }
        conditions.add("number.workspace_key = \(workspace)")
        if let after { try conditions.addPosition(after, in: order) }
        conditions.addStatus(filter.status)
        conditions.addTraits(of: filter)
        conditions.addUnassigned(filter.unassignedProfile)
        conditions.addTag(filter.tag)
        conditions.addText(filter.text)
        let direction = order.descending ? "DESC" : "ASC"
        let clause = conditions.sql
        let limit = conditions.parameter(.integer(Int64(limit)))
        sql = """
            SELECT \(NumberRow.columns) FROM \(tables) \(NumberRow.joins)
            WHERE \(clause)
            ORDER BY \(order.field.column) \(direction), number.number_key \(direction)
            LIMIT \(limit)
            """
        self.conditions = conditions
    }

    /// The numbers that an agent holds, found through the index of each profile.
    private static func held(by agent: String, in workspace: String) -> String {
        ["inbound", "outbound", "sms"].map {
            """
            SELECT number_key FROM number
            WHERE workspace_key = \(workspace) AND \($0)_agent = (SELECT agent_key FROM agent
                WHERE workspace_key = \(workspace) AND agent_id = \(agent))
            """
        }.joined(separator: "\nUNION ")
    }

    func bind(to binder: inout Binder) throws(DomainError) { try conditions.bind(to: &binder) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> NumberRecord {
        try NumberRow.record(columns)
    }
}

extension NumberOrder.Field {
    /// Each has an index behind the workspace.
    fileprivate var column: String {
        switch self {
        case .createdAt: "number.created_at"
        case .e164: "number.e164"
        case .label: "number.label"
        }
    }

    /// The position of a row in a list ordered by this field.
    func position(of number: NumberRecord) -> PagePosition {
        let value =
            switch self {
            case .createdAt: "\(number.createdAt.microseconds)"
            case .e164: number.e164.description
            case .label: number.label
            }
        return PagePosition(sortValue: value, rowKey: number.key.rawValue)
    }
}

extension Conditions {
    fileprivate mutating func addPosition(
        _ position: PagePosition, in order: NumberOrder
    ) throws(DomainError) {
        let value: Value
        if order.field == .createdAt {
            guard let moment = Int64(position.sortValue) else {
                throw DomainError(
                    .invalidPageToken, "The page token is of a list in another order.",
                    field: "page.page_token")
            }
            value = .integer(moment)
        } else {
            value = .text(position.sortValue)
        }
        let comparison = order.descending ? "<" : ">"
        add(
            "(\(order.field.column), number.number_key) \(comparison) (?", value, ", ?)",
            .integer(position.rowKey))
    }

    fileprivate mutating func addStatus(_ status: NumberStatus?) {
        if let status {
            add("number.status = ?", .integer(Int64(status.rawValue)))
        } else {
            add("number.status BETWEEN 1 AND 4")
        }
    }

    fileprivate mutating func addTraits(of filter: NumberFilter) {
        if let carrier = filter.carrier {
            add("number.carrier = ?", .integer(Int64(carrier.rawValue)))
        }
        if let origin = filter.origin {
            add("number.origin = ?", .integer(Int64(origin.rawValue)))
        }
        if let connection = filter.connection {
            add("connection.connection_id = ?", .text(connection.description))
        }
        if let country = filter.countryCode { add("number.country_code = ?", .text(country)) }
        if let type = filter.type { add("number.type = ?", .integer(Int64(type.rawValue))) }
        if let capability = filter.capability {
            add("(number.capabilities & ?) <> 0", .integer(Int64(capability.rawValue)))
        }
        if let enabled = filter.outboundEnabled {
            add("number.outbound_enabled = ?", .integer(enabled ? 1 : 0))
        }
    }

    fileprivate mutating func addUnassigned(_ profile: Profile?) {
        switch profile {
        case nil: break
        case .inbound: add("number.inbound_agent IS NULL")
        case .outbound: add("number.outbound_agent IS NULL")
        case .sms: add("number.sms_agent IS NULL")
        }
    }

    /// Taking a part out of a text changes it only if the part is there: a search that minds the
    /// letter's case, which LIKE does in PostgreSQL only.
    fileprivate mutating func addTag(_ tag: NumberFilter.Tag?) {
        switch tag {
        case nil: break
        case .key(let key): add("replace(number.tags, ?, '') <> number.tags", .text(";\(key)="))
        case .pair(let key, let value):
            add("replace(number.tags, ?, '') <> number.tags", .text(";\(key)=\(value);"))
        }
    }

    fileprivate mutating func addText(_ text: String?) {
        guard let text, !text.isEmpty else { return }
        let columns = [
            "number.e164", "number.label", "number.region_label", "inbound.name", "outbound.name",
            "sms.name",
        ]
        let matches = columns.map { "lower(\($0)) LIKE ? ESCAPE '!'" }
        add(
            "(\(matches.joined(separator: " OR ")))",
            .text(LikePattern.containing(text.asciiLowercased)))
    }
}

extension String {
    /// The text with the letters A to Z made small, as SQLite's lower() does it.
    var asciiLowercased: String {
        String(
            decoding: utf8.map {
                (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0
            },
            as: UTF8.self)
    }
}
