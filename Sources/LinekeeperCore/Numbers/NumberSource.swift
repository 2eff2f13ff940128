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

    /// What numbers that were acquired so are marked with.
    public var origin: Origin {
        switch self {
        case .pool: .pool
        case .marketplace: .marketplace
        case .import: .imported
        }
    }

    /// The carrier that the platform buys from; `nil` where the customer brings one.
    public var carrier: Carrier? {
        switch self {
        case .pool: .telnyx
        case .marketplace: .twilio
        case .import: nil
        }
    }

    /// Why a workspace may not use this way, with the reason a program can switch on; `nil` when it
    /// is open.
    ///
    /// - Parameter isConnected: Whether the platform has an account to buy from.
    public func obstacle(for workspace: WorkspaceFacts, isConnected: Bool) -> DomainError? {
        switch self {
        case .import: return nil
        case .marketplace: return isConnected ? nil : notConnected
        case .pool:
            guard workspace.plan == .unlimited,
                workspace.featureFlags.contains(NumberSource.poolFlag)
            else {
                return DomainError(
                    .planRequired,
                    "The pool is for plan UNLIMITED with the feature flag "
                        + "\(NumberSource.poolFlag): ask an administrator for both, or import "
                        + "numbers.",
                    facts: ["plan": "UNLIMITED", "feature_flag": NumberSource.poolFlag])
            }
            return isConnected ? nil : notConnected
        }
    }

    /// The refusal while the platform has no account to buy from.
    public var notConnected: DomainError {
        let (what, option) =
            self == .pool
            ? ("pool", "--pool-credentials") : ("marketplace", "--marketplace-credentials")
        return DomainError(
            .sourceNotOpen,
            "This server has no carrier account to buy from for the \(what): its operator starts it "
                + "with \(option), or import numbers from a carrier of your own.",
            facts: ["source": what.uppercased()])
    }
}
