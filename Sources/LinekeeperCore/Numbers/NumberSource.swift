/// A way to acquire numbers; counts as in the published protos.
public enum NumberSource: UInt8, Hashable, Sendable, CaseIterable {
    /// The platform's Telnyx pool.
    case pool = 1
    /// The platform's Twilio account.
    case marketplace
    /// The customer's own carrier.
    case `import`

    /// The flag that opens the pool to a workspace on plan unlimited.
    public static let poolFlag = "flex_phone_self-serve"

    /// Why a workspace may not use this way, with the reason a program can switch on; `nil` when it
    /// is open.
    public func obstacle(for workspace: WorkspaceFacts) -> DomainError? {
        switch self {
        case .import: nil
        case .marketplace: NumberSource.notYet("Buying from the marketplace")
        case .pool:
            workspace.plan == .unlimited
                && workspace.featureFlags.contains(NumberSource.poolFlag)
                ? NumberSource.notYet("Buying from the pool")
                : DomainError(
                    .planRequired,
                    "The pool is for plan UNLIMITED with the feature flag "
                        + "\(NumberSource.poolFlag): ask an administrator for both, or import "
                        + "numbers.",
                    facts: ["plan": "UNLIMITED", "feature_flag": NumberSource.poolFlag])
        }
    }

    private static func notYet(_ what: String) -> DomainError {
        DomainError(
            .notImplemented,
            "\(what) is not available in this version: import numbers from a carrier of your own.")
    }
}
