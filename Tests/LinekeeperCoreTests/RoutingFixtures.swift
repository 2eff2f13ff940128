import LinekeeperCore
import Testing

/// Routing facts that a test bends to its purpose.
enum Routing {
    static let workspace = WorkspaceKey(rawValue: 1)

    static func e164(_ text: String) throws -> E164 { try E164(text, field: "e164") }

    static func prefixes(_ texts: String...) throws -> [E164Prefix] {
        try texts.map { try #require(E164Prefix($0.utf8)) }
    }

    /// An agent that holds no number.
    static func agent(
        _ id: String = "ann", _ status: AgentStatus = .published, outbound: Bool? = nil,
        sms: Bool? = nil, in workspace: WorkspaceKey = workspace
    ) throws -> AgentFacts {
        AgentFacts(
            key: AgentKey(rawValue: id.utf8.reduce(0) { $0 &* 31 &+ Int64($1) }),
            workspace: workspace, id: try #require(AgentID(id)), name: "Agent \(id)",
            status: status, outboundConfigured: outbound, smsEnabled: sms)
    }

    /// An agent as a number's entry holds it.
    static func binding(
        _ id: String = "ann", _ status: AgentStatus = .published, outbound: Bool? = nil,
        sms: Bool? = nil
    ) throws -> AgentBinding {
        try agent(id, status, outbound: outbound, sms: sms).binding
    }

    /// An active number of a SIP trunk with voice and SMS that nobody holds.
    static func number(
        _ text: String = "+14155550100", id: UInt64 = 1, in workspace: WorkspaceKey = workspace,
        _ edit: (inout NumberFacts) throws -> Void = { _ in }
    ) throws -> NumberFacts {
        var facts = NumberFacts(
            e164: try e164(text), id: NumberID(high: 1, low: id),
            key: NumberKey(rawValue: Int64(id)), workspace: workspace, connection: nil, version: 1,
            status: .active, capabilities: [.voice, .sms], origin: .imported, carrier: .sip,
            webhookMode: .outboundOnly)
        try edit(&facts)
        return facts
    }

    /// A workspace without locks or limits.
    static func workspaceFacts(_ key: Int64 = 1) -> WorkspaceFacts { workspaceFacts(key) { _ in } }

    static func workspaceFacts(
        _ key: Int64 = 1, _ edit: (inout WorkspaceFacts) throws -> Void
    ) rethrows -> WorkspaceFacts {
        var facts = WorkspaceFacts(
            key: WorkspaceKey(rawValue: key),
            id: WorkspaceID(high: 2, low: UInt64(bitPattern: key)), exclusivity: .agent,
            plan: .standard, featureFlags: [])
        try edit(&facts)
        return facts
    }

    static func connection(_ key: Int64 = 1, in workspace: Int64 = 1) -> ConnectionFacts {
        ConnectionFacts(
            key: ConnectionKey(rawValue: key),
            id: ConnectionID(high: 3, low: UInt64(bitPattern: key)),
            workspace: WorkspaceKey(rawValue: workspace), carrier: .sip)
    }
}

/// Random numbers that are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

// The decisions as hot calls ask for them: where the facts lie.
extension NumberFacts {
    func inboundDecision(for channel: Channel) -> InboundDecision {
        withUnsafePointer(to: self) { $0.inboundDecision(for: channel) }
    }

    func outboundRefusal(to destination: E164, limits: OutboundLimits) -> DomainError.Reason? {
        withUnsafePointer(to: self) { $0.outboundRefusal(to: destination, limits: limits) }
    }

    func smsRefusal() -> DomainError.Reason? { withUnsafePointer(to: self) { $0.smsRefusal() } }
}
