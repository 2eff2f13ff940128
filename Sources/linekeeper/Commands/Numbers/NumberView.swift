import LinekeeperProto

/// How numbers look.
enum NumberView {
    static func table(_ numbers: [Proto.PhoneNumber]) -> Table {
        var table = Table([
            .init("number", widthMin: 13), .init("label"), .init("carrier"), .init("type"),
            .init("can"), .init("status"), .init("inbound"), .init("outbound"), .init("sms"),
        ])
        for number in numbers {
            table.add([
                .init(number.e164), .init(number.label),
                .init(number.carrierLabel, .faint), .init(number.type.shown),
                .init(capabilities(number)), status(number),
                .init(agent(number.assignments?.inbound)), outbound(number),
                .init(agent(number.assignments?.sms)),
            ])
        }
        return table
    }

    static func details(_ number: Proto.PhoneNumber, _ times: TimeText) -> Details {
        var details = Details()
        details.add("number", number.e164, .heading)
        details.add("id", number.numberID)
        details.add("label", number.label)
        let state = status(number)
        details.add("status", state.text, state.style)
        details.add("type", number.type.shown)
        details.add("can", capabilities(number))
        details.add("country", number.countryCode)
        details.add("region", [number.regionLabel, number.region].joined(by: ", "))
        details.add("origin", [number.origin.shown, number.carrierLabel].joined(by: ", "))
        details.add("connection", number.connectionID)
        details.add("webhooks", number.webhookMode.shown)
        details.add("inbound", agent(number.assignments?.inbound))
        let calls = outbound(number)
        details.add("outbound", calls.text, calls.style)
        details.add("sms", agent(number.assignments?.sms))
        details.add("fallback", fallback(number.fallback))
        details.add(
            "ring timeout", number.ringTimeoutOverrideSeconds.map { "\($0) s" } ?? "")
        details.add("forwarded from", number.forwardedFrom.joined(separator: ", "))
        details.add(
            "may call", number.allowedDestinationPrefixes.joined(separator: ", "))
        details.add(
            "tags", number.tags.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(by: ", "))
        details.add("protected", number.releaseProtected ? "cannot be released" : "")
        details.add(
            "cost", number.monthlyCostCredits > 0 ? "\(number.monthlyCostCredits) a month" : "")
        details.add("renews", times.text(number.renewsAt))
        details.add("released at", times.text(number.releaseAt))
        details.add("since", times.text(number.createdAt))
        details.add("changed", times.text(number.updatedAt))
        details.add("version", String(number.version))
        return details
    }

    private static func status(_ number: Proto.PhoneNumber) -> Table.Cell {
        let style: Style =
            switch number.status {
            case .active: .good
            case .pastDue, .pending, .releasing: .doubtful
            case .failed, .released: .bad
            case .unspecified, .unrecognized: .plain
            }
        return .init(number.status.shown, style)
    }

    private static func capabilities(_ number: Proto.PhoneNumber) -> String {
        number.capabilities.map(\.shown).joined(separator: " ")
    }

    static func agent(_ agent: Proto.AgentRef?) -> String {
        guard let agent else { return "" }
        return agent.agentName.isEmpty ? agent.agentID : agent.agentName
    }

    /// Who calls from the number, and whether it may.
    private static func outbound(_ number: Proto.PhoneNumber) -> Table.Cell {
        let name = agent(number.assignments?.outbound)
        if number.outboundLock { return .init([name, "(locked)"].joined(by: " "), .bad) }
        guard !name.isEmpty else { return "" }
        return number.outboundEnabled ? .init(name) : .init("\(name) (off)", .bad)
    }

    private static func fallback(_ fallback: Proto.Fallback?) -> String {
        switch fallback?.action {
        case .agentID(let id)?: "agent \(id)"
        case .forwardToE164(let e164)?: "forward to \(e164)"
        case .reject?: "reject"
        case nil: ""
        }
    }
}

extension Sequence<String> {
    /// The parts that hold anything.
    func joined(by separator: String) -> String {
        filter { !$0.isEmpty }.joined(separator: separator)
    }
}
