/// What is to be changed at a carrier. Each can be done again without harm. Raw values are the
/// store's.
public enum CarrierTaskKind: UInt8, Hashable, Sendable, CaseIterable {
    /// Point the number's webhooks here; what they replace is kept.
    case manageWebhooks = 1
    /// Write back what pointing them here replaced.
    case restoreWebhooks
    /// Have calls processed in a region.
    case setRegion
    /// Give a bought number back for good.
    case release
}

/// A task's row.
public struct CarrierTaskKey: Hashable, Sendable {
    /// The row's key, positive; never given twice.
    public let rawValue: Int64
    /// Wraps a row's key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A change at a carrier that was decided and is not done yet.
///
/// It is durable before the carrier is asked, and gone when the outcome is written down: whoever
/// finds it after a crash does it again.
public struct CarrierTask: Hashable, Sendable {
    public var key: CarrierTaskKey
    public var workspace: WorkspaceKey
    public var number: NumberKey
    public var kind: CarrierTaskKind
    /// The region of ``CarrierTaskKind/setRegion``; `nil`: the carrier's default.
    public var region: RegionID?
    /// The carrier's id of the number to be released, where only that one may be; otherwise empty.
    public var carrierNumberID: String
    /// Tries that have failed.
    public var attempt: Int64
    /// Why the last try failed, for a person; empty before the first failure.
    public var lastError: String
    public var dueAt: Timestamp

    /// A task as it was read.
    public init(
        key: CarrierTaskKey, workspace: WorkspaceKey, number: NumberKey, kind: CarrierTaskKind,
        region: RegionID?, carrierNumberID: String, attempt: Int64, lastError: String,
        dueAt: Timestamp
    ) {
        self.key = key
        self.workspace = workspace
        self.number = number
        self.kind = kind
        self.region = region
        self.carrierNumberID = carrierNumberID
        self.attempt = attempt
        self.lastError = lastError
        self.dueAt = dueAt
    }
}

/// What is known of a number at its carrier.
public struct CarrierSide: Hashable, Sendable {
    /// The carrier's id of it; empty until the carrier has told it.
    public var carrierNumberID: String
    /// The carrier's settings that pointing the webhooks here has replaced, or is about to; `nil`:
    /// they were not touched.
    public var replacedSettings: [String: String]?

    /// A number's side at the carrier.
    public init(carrierNumberID: String = "", replacedSettings: [String: String]? = nil) {
        self.carrierNumberID = carrierNumberID
        self.replacedSettings = replacedSettings
    }
}
