import LinekeeperProto

/// The numbers of one import, from wherever they were given.
struct ImportList {
    /// What holds for every number that does not say otherwise.
    struct Defaults {
        var capabilities: [Proto.Capability] = []
        var type = Proto.NumberType.unspecified
    }

    private(set) var items: [Proto.ImportItem] = []
    /// How often a number was given that was there already.
    private(set) var duplicates = 0

    private let defaults: Defaults
    private var known: Set<String> = []

    init(_ defaults: Defaults = Defaults()) { self.defaults = defaults }

    mutating func add(_ e164: String) { add(item(e164)) }

    private func item(_ e164: String) -> Proto.ImportItem {
        .with {
            $0.e164 = e164
            $0.capabilities = defaults.capabilities
            $0.type = defaults.type
        }
    }

    /// Gives every number the same agents.
    mutating func assign(inbound: String?, outbound: String?, sms: String?) {
        for place in items.indices {
            if let inbound { items[place].inboundAgentID = inbound }
            if let outbound { items[place].outboundAgentID = outbound }
            if let sms { items[place].smsAgentID = sms }
        }
    }

    private mutating func add(_ item: Proto.ImportItem) {
        guard known.insert(item.e164).inserted else {
            duplicates += 1
            return
        }
        items.append(item)
    }
}

// Files.
extension ImportList {
    private enum Column: String, CaseIterable {
        case e164, label, capabilities, type, inbound, outbound, sms, region

        /// A heading as people write it.
        init?(heading: String) {
            switch heading.lowercased() {
            case "e164", "number", "phone_number", "phone": self = .e164
            case "label", "name": self = .label
            case "capabilities": self = .capabilities
            case "type": self = .type
            case "inbound", "inbound_agent", "inbound_agent_id": self = .inbound
            case "outbound", "outbound_agent", "outbound_agent_id": self = .outbound
            case "sms", "sms_agent", "sms_agent_id": self = .sms
            case "region", "region_label": self = .region
            default: return nil
            }
        }
    }

    /// Adds the numbers of a file: one a line, or CSV.
    ///
    /// A first line without a number is the headings; without one the columns are number and label.
    /// Lines that begin with `#` are left out.
    mutating func add(file text: String) throws(CLIError) {
        let rows = try CSV.rows(text).filter { $0.fields.first?.hasPrefix("#") != true }
        guard let first = rows.first else { throw .usage("The file holds no numbers.") }
        var columns: [Column?] = [.e164, .label]
        var body = rows[...]
        if NumberText.e164(first.fields[0]) == nil, first.fields.contains(where: isNumberHeading) {
            columns = try first.fields.map { heading throws(CLIError) in
                guard let column = Column(heading: heading) else {
                    throw .usage(
                        "Line \(first.line): there is no column \(heading). Columns: "
                            + Column.allCases.map(\.rawValue).joined(separator: ", ") + ".")
                }
                return column
            }
            body = rows.dropFirst()
        }
        for row in body { add(try item(row, columns)) }
    }

    private func isNumberHeading(_ text: String) -> Bool { Column(heading: text) == .e164 }

    private func item(_ row: CSV.Row, _ columns: [Column?]) throws(CLIError) -> Proto.ImportItem {
        guard row.fields.count <= columns.count else {
            throw .usage(
                "Line \(row.line) has \(ProgressBar.counted(row.fields.count, "field")), "
                    + "\(columns.count) are known; a "
                    + "field with a comma in it needs quotes.")
        }
        var item = item("")
        for (column, field) in zip(columns, row.fields) where !field.isEmpty {
            switch column {
            case .e164?:
                guard let e164 = NumberText.e164(field) else {
                    throw .usage(
                        "Line \(row.line): \(field) is not a number. Write it like +14155550100.")
                }
                item.e164 = e164
            case .label?: item.label = field
            case .capabilities?: item.capabilities = try Self.capabilities(field, row.line)
            case .type?: item.type = try Self.type(field, row.line)
            case .inbound?: item.inboundAgentID = field
            case .outbound?: item.outboundAgentID = field
            case .sms?: item.smsAgentID = field
            case .region?: item.regionLabel = field
            case nil: break
            }
        }
        guard !item.e164.isEmpty else { throw .usage("Line \(row.line) holds no number.") }
        return item
    }

    private static func capabilities(
        _ text: String, _ line: Int
    ) throws(CLIError) -> [Proto.Capability] {
        try text.split { " ,;|/".contains($0) }.map { name throws(CLIError) in
            guard let capability = Proto.Capability(name: String(name)) else {
                throw .usage(
                    "Line \(line): \(name) is no capability. \(choices(Proto.Capability.self))")
            }
            return capability
        }
    }

    private static func type(_ text: String, _ line: Int) throws(CLIError) -> Proto.NumberType {
        guard let type = Proto.NumberType(name: text) else {
            throw .usage(
                "Line \(line): \(text) is no type of number. \(choices(Proto.NumberType.self))")
        }
        return type
    }
}

// Requests.
extension ImportList {
    /// A server takes 10,000 at once as far as the memory for decoding goes, which depends on what
    /// is said of each number; this many always fit, and a failure leaves less to do again.
    static let itemsMax = 2500
    /// What a request may take of the 256 KiB that a server accepts in one frame.
    static let requestBytesMax = 240 << 10

    /// The items in as few parts as a server takes: each within both limits.
    func parts() -> [[Proto.ImportItem]] {
        var parts: [[Proto.ImportItem]] = []
        var part: [Proto.ImportItem] = []
        var bytes = 0
        for item in items {
            // Tag and length of a repeated field come on top of each item.
            let size = item.encoded().count + 5
            if part.count == Self.itemsMax || bytes + size > Self.requestBytesMax, !part.isEmpty {
                parts.append(part)
                part = []
                bytes = 0
            }
            part.append(item)
            bytes += size
        }
        if !part.isEmpty { parts.append(part) }
        return parts
    }
}
