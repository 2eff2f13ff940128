public import LinekeeperCore

/// The carrier accounts that the platform itself buys from.
public struct PlatformAccounts: Sendable {
    private let pool: (any CarrierAccount)?
    private let marketplace: (any CarrierAccount)?

    /// The accounts of the operator's configuration.
    ///
    /// - Parameters:
    ///   - pool: The platform's Telnyx account; without it the pool is not open.
    ///   - marketplace: The platform's Twilio account; without it the marketplace is not open.
    public init(pool: (any CarrierAccount)? = nil, marketplace: (any CarrierAccount)? = nil) {
        self.pool = pool
        self.marketplace = marketplace
    }

    /// The account that numbers of a source are bought with; `nil` where there is none.
    public func account(for source: NumberSource) -> (any CarrierAccount)? {
        switch source {
        case .pool: pool
        case .marketplace: marketplace
        case .import: nil
        }
    }

    /// The account that a bought number is held in; `nil` for imported numbers, which are in their
    /// connection's.
    public func account(for origin: Origin) -> (any CarrierAccount)? {
        switch origin {
        case .pool: pool
        case .marketplace: marketplace
        case .imported: nil
        }
    }

    /// Why a workspace may not acquire numbers this way; `nil` when it may.
    func obstacle(to source: NumberSource, for workspace: WorkspaceFacts) -> DomainError? {
        source.obstacle(for: workspace, isConnected: account(for: source) != nil)
    }

    /// The account to buy from for a workspace.
    ///
    /// - Throws: `planRequired`, `sourceNotOpen`; `invalidArgument` for imports.
    func open(
        _ source: NumberSource, for workspace: WorkspaceFacts
    ) throws(DomainError) -> any CarrierAccount {
        guard source != .import else {
            throw DomainError(
                .invalidArgument,
                "source must be POOL or MARKETPLACE: what a carrier of your own holds is listed by "
                    + "CarrierService/ListImportableNumbers.", field: "source")
        }
        if let obstacle = obstacle(to: source, for: workspace) { throw obstacle }
        guard let account = account(for: source) else { throw source.notConnected }
        return account
    }
}
