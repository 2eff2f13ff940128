/// Every number's routing facts in memory: what hot calls are answered from.
public final class RouteTable: Sendable {
    /// An empty table.
    public init() {}
}
