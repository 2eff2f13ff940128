/// One line of the checklist that explains why a number does not do what it should.
public struct DiagnosisCheck: Hashable, Sendable {
    /// What is checked; the raw values are words of the API.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case numberActive = "NUMBER_ACTIVE"
        case capability = "CAPABILITY"
        case outboundLock = "OUTBOUND_LOCK"
        case outboundEnabled = "OUTBOUND_ENABLED"
        case assigned = "ASSIGNED"
        case agentExists = "AGENT_EXISTS"
        case agentPublished = "AGENT_PUBLISHED"
        case agentConfigured = "AGENT_CONFIGURED"
        case destinations = "DESTINATIONS"
        case fallback = "FALLBACK"
        case webhooksManaged = "WEBHOOKS_MANAGED"
        case connectionValid = "CONNECTION_VALID"
        case region = "REGION"
        case credits = "CREDITS"
    }

    /// What came out; the raw values are those of the published protos.
    public enum Result: UInt8, Hashable, Sendable, CaseIterable {
        case pass = 1, fail
        /// It cannot be known here, or depends on a check that failed.
        case unknown
    }

    public let kind: Kind
    public let result: Result
    /// What was found, in a sentence.
    public let finding: String
    /// What to do about it; empty when the check passed.
    public let remedy: String

    static func pass(_ kind: Kind, _ finding: String) -> DiagnosisCheck {
        DiagnosisCheck(kind: kind, result: .pass, finding: finding, remedy: "")
    }

    static func fail(_ kind: Kind, _ finding: String, _ remedy: String) -> DiagnosisCheck {
        DiagnosisCheck(kind: kind, result: .fail, finding: finding, remedy: remedy)
    }

    static func unknown(_ kind: Kind, _ finding: String, _ remedy: String) -> DiagnosisCheck {
        DiagnosisCheck(kind: kind, result: .unknown, finding: finding, remedy: remedy)
    }
}

extension [DiagnosisCheck] {
    /// Whether nothing was found to be wrong; what could not be checked does not count.
    public var isGood: Bool { allSatisfy { $0.result != .fail } }
}
