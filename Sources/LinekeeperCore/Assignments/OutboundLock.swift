/// The incident lock: forbids outbound calling until it is lifted, whoever is assigned meanwhile.
///
/// It belongs to a workspace and a number's digits and not to a row, so that releasing a number and
/// getting it again does not lift it.
public struct OutboundLock: Hashable, Sendable {
    /// Numbers that one request may name, by id and by E.164 together.
    public static let numbersMax = 1_000
    /// Locks on single numbers that one workspace may have standing.
    public static let standingMax = 10_000

    /// What to lock or unlock.
    public enum Scope: Hashable, Sendable {
        case workspace
        /// By id those that are here, by E.164 whatever number it is.
        case numbers(ids: [NumberID], e164s: [E164])
    }

    /// The locks that stand.
    public struct State: Hashable, Sendable {
        public var isWorkspaceLocked: Bool
        /// In the order of their text.
        public var numbers: [E164]
    }

    public var scope: Scope
    public var isLocked: Bool
    /// For the audit log.
    public var reason: ReasonText

    /// A lock to be set or lifted.
    ///
    /// - Throws: `invalidArgument` when no number or too many are named.
    public init(scope: Scope, isLocked: Bool, reason: ReasonText) throws(DomainError) {
        if case .numbers(let ids, let e164s) = scope,
            !(1...OutboundLock.numbersMax).contains(ids.count + e164s.count)
        {
            throw DomainError(
                .invalidArgument,
                "Name 1 to \(OutboundLock.numbersMax) numbers in number_ids and e164s together, "
                    + "or set whole_workspace.",
                field: "number_ids")
        }
        self.scope = scope
        self.isLocked = isLocked
        self.reason = reason
    }
}
