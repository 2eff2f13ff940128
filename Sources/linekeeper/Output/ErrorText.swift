import LinekeeperRPC

/// Errors as people read them: what happened, the reason, what to do next.
enum ErrorText {
    /// The lines for standard error; none where everything has been said.
    static func lines(_ error: CLIError, color: Bool) -> [String] {
        switch error {
        case .status(let status): lines(status, color: color)
        case .usage(let message): [head(message, color: color)]
        case .unreadable(let message): [head(message, color: color)]
        case .declined: ["Nothing was changed."]
        case .partlyRefused: []
        }
    }

    static func exitStatus(of status: Status) -> ProgramExit {
        switch status.reason {
        case "CANNOT_CONNECT", "CONNECTION_LOST", "GO_AWAY", "SERVER_DRAINING", "SHUTTING_DOWN",
            "PROTOCOL_VIOLATION", "TOO_MANY_CONNECTIONS":
            return .unreachable
        case "CONFIGURATION_INVALID", "TLS_UNUSABLE", "REQUEST_TOO_LARGE":
            return .usage
        default:
            return status.code == .deadlineExceeded ? .unreachable : .refused
        }
    }

    private static func lines(_ status: Status, color: Bool) -> [String] {
        var lines = [head(status.message, color: color)]
        func add(_ name: String, _ value: String) {
            guard !value.isEmpty else { return }
            let name = Style.faint.applied(to: name + ":", color: color)
            lines.append("  \(name) \(SafeText.shown(value))")
        }
        let reason = status.reason.isEmpty || status.reason == status.code.name
        add("reason", reason ? status.code.name : "\(status.reason) (\(status.code.name))")
        for violation in status.violations where violation.description != status.message {
            add(violation.field, violation.description)
        }
        let facts = status.facts.filter { !quietFacts.contains($0.key) }
        add("facts", facts.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: " "))
        add("next", nextStep(status) ?? "")
        add("request", status.facts["request_id"] ?? "")
        return lines
    }

    /// What every error carries, or what the message says already.
    private static let quietFacts: Set<String> = ["request_id", "workspace_id", "host", "port"]

    private static func head(_ message: String, color: Bool) -> String {
        Style.bad.applied(to: "error:", color: color) + " " + SafeText.shown(message)
    }

    /// What helps with this tool in hand; `nil` where the message says all there is.
    static func nextStep(_ status: Status) -> String? {
        if let step = steps[status.reason] { return step }
        switch status.code {
        case .unauthenticated:
            return "set LINEKEEPER_TOKEN, or name a file that holds the token with --token-file"
        case .permissionDenied:
            return "use a token with that role; an admin makes one with 'linekeeper tokens issue'"
        case .deadlineExceeded:
            return "wait longer with --timeout, or look at the server with 'linekeeper status'"
        case .resourceExhausted where status.retryAfterMilliseconds > 0:
            return "wait \(max(status.retryAfterMilliseconds / 1000, 1)) s and try again"
        default:
            return nil
        }
    }

    private static let steps = [
        "CANNOT_CONNECT":
            "is linekeeperd running? Start it with scripts/run, or say where it is with --server "
            + "host:port",
        "CONNECTION_LOST": "look whether linekeeperd still runs with 'linekeeper status'",
        "PROTOCOL_VIOLATION": "check --server, and whether --tls must be given or left out",
        "PROFILE_TAKEN": "add --replace to take it over",
        "AGENT_HAS_NUMBER": "clear the agent's other number first: assign NUMBER --clear-...",
        "AGENT_NOT_FOUND":
            "see the agents with 'linekeeper agents list', add one with 'linekeeper agents put'",
        "AGENT_INACTIVE": "activate it: linekeeper agents put ID --status published",
        "AGENT_NOT_PUBLISHED": "publish it: linekeeper agents put ID --status published",
        "NUMBER_NOT_FOUND": "see the numbers with 'linekeeper numbers list'",
        "WORKSPACE_NOT_FOUND": "see the workspaces with 'linekeeper workspaces list'",
        "CONNECTION_NOT_FOUND": "see the connections with 'linekeeper connections list'",
        "TOKEN_NOT_FOUND": "see the tokens with 'linekeeper tokens list'",
        "TOKEN_UNKNOWN": "check LINEKEEPER_TOKEN, or the file named with --token-file",
        "VERSION_MISMATCH": "look at it as it is now, then try again",
        "STATE_CHANGED": "it has changed since it was shown; try again",
        "NOT_ASSIGNED": "give it an agent: linekeeper assign NUMBER --inbound AGENT",
        "NO_OUTBOUND_NUMBER": "give the agent one: linekeeper assign NUMBER --outbound AGENT",
        "NO_OUTBOUND_AGENT": "give the number one: linekeeper assign NUMBER --outbound AGENT",
        "NO_SMS_NUMBER": "give the agent one: linekeeper assign NUMBER --sms AGENT",
        "OUTBOUND_DISABLED":
            "switch it on with 'linekeeper outbound on', or lift the lock with 'linekeeper "
            + "outbound unlock'",
        "RELEASE_PROTECTED": "lift it: linekeeper numbers update NUMBER --no-protected",
        "WORKSPACE_NOT_EMPTY": "add --release-numbers to give its numbers back as well",
        "RESUME_TOKEN_TOO_OLD": "watch without --resume, and read the present state first",
        "INVALID_E164": "write the number with + and its country code: +14155550100",
        "IDEMPOTENCY_IN_PROGRESS": "the same change is still under way; look at its result",
        "NAME_TAKEN": "choose another name",
        "CREDENTIALS_REJECTED":
            "check them in the carrier's console; a connection's are replaced with 'linekeeper "
            + "connections rotate NAME'",
        "CONNECTION_ID_INVALID":
            "in the Telnyx portal, open Voice > TeXML Applications and copy the application's id",
        "CARRIER_UNAVAILABLE": "the carrier does not answer now; try again in a moment",
        "CARRIER_BUSY": "the carrier limits how much it is asked; try again in a moment",
        "CARRIER_NOT_SUPPORTED": "see what each carrier can do with 'linekeeper carriers'",
        "REGION_NOT_SUPPORTED":
            "see which regions it can have with 'linekeeper regions NUMBER'; credentials for one are "
            + "given with 'linekeeper connections rotate NAME'",
        "PLAN_REQUIRED": "see which ways are open with 'linekeeper sources'",
        "SOURCE_NOT_OPEN": "see which ways are open with 'linekeeper sources'",
        "INSUFFICIENT_CREDITS":
            "see the balance with 'linekeeper credits'; an admin adds some with 'linekeeper "
            + "credits grant COUNT'",
        "PRICE_CHANGED": "nothing was bought; search again to see the price of now",
        "OFFER_NOT_FOUND": "search again: linekeeper search COUNTRY --refresh",
        "NUMBER_TAKEN": "somebody was faster; search again: linekeeper search COUNTRY --refresh",
        "ORDER_NOT_FOUND": "see the orders with 'linekeeper orders'",
        "PRICE_NOT_FOUND": "see the prices with 'linekeeper prices'",
        "CONFIRMATION_MISMATCH": "type the number exactly as 'linekeeper numbers' shows it",
        "NUMBER_HELD_ELSEWHERE": "a number is in one workspace only: release it there first",
    ]
}
