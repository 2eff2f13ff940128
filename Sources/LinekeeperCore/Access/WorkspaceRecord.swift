/// A workspace as a person sees it.
public struct WorkspaceRecord: Hashable, Sendable {
    public var key: WorkspaceKey
    public var id: WorkspaceID
    public var name: String
    public var plan: Plan
    public var featureFlags: [String]
    public var monthlyAllowanceCredits: Int64
    public var exclusivity: NumberExclusivity
    public var allowedDestinations: [E164Prefix]
    public var creditBalance: Int64
    /// Numbers that are not released or failed.
    public var numberCount: Int64
    public var outboundLocked: Bool
    public var createdAt: Timestamp
    public var updatedAt: Timestamp
    public var version: UInt64

    /// A new workspace: no credits, no numbers, no lock.
    public init(
        key: WorkspaceKey, id: WorkspaceID, name: String, plan: Plan, featureFlags: [String],
        monthlyAllowanceCredits: Int64, exclusivity: NumberExclusivity,
        allowedDestinations: [E164Prefix], createdAt: Timestamp
    ) {
        self.key = key
        self.id = id
        self.name = name
        self.plan = plan
        self.featureFlags = featureFlags
        self.monthlyAllowanceCredits = monthlyAllowanceCredits
        self.exclusivity = exclusivity
        self.allowedDestinations = allowedDestinations
        self.createdAt = createdAt
        updatedAt = createdAt
        version = 1
        creditBalance = 0
        numberCount = 0
        outboundLocked = false
    }
}
