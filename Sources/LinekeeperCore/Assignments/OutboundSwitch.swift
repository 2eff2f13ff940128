/// The incident switch: turns outbound calling of numbers on or off, all of them or none.
public struct OutboundSwitch: Hashable, Sendable {
    /// The sentence for every refused call and every warning; published to the letter.
    public static let disabledMessage = "Outbound calling is disabled for this phone number."
    /// Numbers that one request may name.
    public static let numbersMax = 1_000
    /// Numbers that one request for a whole workspace may switch: each one's outcome is in the
    /// answer, which has to fit a response.
    public static let workspaceNumbersMax = 50_000

    /// Which numbers to switch.
    public enum Scope: Hashable, Sendable {
        case numbers([NumberID])
        /// Every number of the workspace that has an outbound agent.
        case workspace
    }

    /// What happened to one number.
    public struct Outcome: Hashable, Sendable {
        public var number: NumberID
        public var e164: E164
        /// As it stands now.
        public var isEnabled: Bool
        public var didChange: Bool
        /// Set when nothing was done: `noOutboundAgent`.
        public var refusal: DomainError.Reason?
    }

    public var scope: Scope
    public var isEnabled: Bool
    /// For the audit log.
    public var reason: ReasonText

    /// A switch of some numbers, or of all.
    ///
    /// - Throws: `invalidArgument` when no number or too many are named.
    public init(scope: Scope, isEnabled: Bool, reason: ReasonText) throws(DomainError) {
        if case .numbers(let ids) = scope, !(1...OutboundSwitch.numbersMax).contains(ids.count) {
            throw DomainError(
                .invalidArgument,
                "Name 1 to \(OutboundSwitch.numbersMax) numbers, or set all_in_workspace.",
                field: "number_ids")
        }
        self.scope = scope
        self.isEnabled = isEnabled
        self.reason = reason
    }
}

/// Why somebody did something, in their own words, for the audit log.
public struct ReasonText: Hashable, Sendable {
    /// Unicode scalars at most.
    public static let lengthMax = 500
    /// Empty when nothing was said.
    public let text: String

    /// Reads a request's field.
    ///
    /// - Throws: `invalidArgument` when it is too long or has control characters.
    public init(_ text: String) throws(DomainError) {
        self.text = try PlainText.checked(
            text, field: "reason", length: 0...ReasonText.lengthMax)
    }
}
