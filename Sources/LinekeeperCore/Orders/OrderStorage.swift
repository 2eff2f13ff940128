/// Writes orders.
public protocol OrderWriter: AnyObject {
    /// Adds an order, in state created; the record's key is ignored, the new one answered.
    func insertOrder(_ order: OrderRecord) throws(DomainError) -> OrderKey
    /// An order as this mutation sees it.
    func orderRecord(_ key: OrderKey) throws(DomainError) -> OrderRecord?
    /// An order by its id, of whatever workspace.
    func orderRecord(_ id: OrderID) throws(DomainError) -> OrderRecord?
    /// Writes state, attempt, what is known from the carrier, reason, times.
    func updateOrder(_ order: OrderRecord) throws(DomainError)
    /// Writes what the carrier says of a number that has arrived (type, capabilities, country,
    /// region), its id there, status, next renewal, version and time of change; it is no longer
    /// of an order.
    func updateArrivedNumber(
        _ number: NumberRecord, carrierNumberID: String
    ) throws(DomainError)
    /// Makes unfinished orders of a workspace due now; all of them when none is named.
    ///
    /// - Returns: the keys of those that were made due.
    func makeOrdersDue(
        _ keys: [OrderKey]?, in workspace: WorkspaceKey, at moment: Timestamp
    ) throws(DomainError) -> [OrderKey]
}

/// Reads orders.
public protocol OrderReader: AnyObject {
    /// An order of a workspace.
    func orderRecord(
        _ id: OrderID, in workspace: WorkspaceKey
    ) throws(DomainError) -> OrderRecord?
    /// An order by its id, of whatever workspace: a carrier's reference names it.
    func orderRecord(_ id: OrderID) throws(DomainError) -> OrderRecord?
    /// An order by its key.
    func orderRecord(_ key: OrderKey) throws(DomainError) -> OrderRecord?
    /// A page of a workspace's orders, newest first; `state` `nil`: of every state.
    func orders(
        of workspace: WorkspaceKey, state: OrderState?, page: Page
    ) throws(DomainError) -> PageOf<OrderRecord>
    /// Unfinished orders whose time has come, the longest due first.
    func ordersDue(
        by moment: Timestamp, from source: NumberSource, limit: Int
    ) throws(DomainError) -> [OrderRecord]
    /// Numbers in service or being released that were bought from a source, in the order of their
    /// keys.
    func boughtNumbers(
        from origin: Origin, after key: NumberKey, limit: Int
    ) throws(DomainError) -> [BoughtNumber]
}

/// A bought number, as the comparison with the carrier's list needs it.
public struct BoughtNumber: Hashable, Sendable {
    public var key: NumberKey
    public var id: NumberID
    public var workspace: WorkspaceKey
    public var e164: E164
    /// When it was last changed here.
    public var updatedAt: Timestamp

    /// A number as it was read.
    public init(
        key: NumberKey, id: NumberID, workspace: WorkspaceKey, e164: E164, updatedAt: Timestamp
    ) {
        self.key = key
        self.id = id
        self.workspace = workspace
        self.e164 = e164
        self.updatedAt = updatedAt
    }
}
