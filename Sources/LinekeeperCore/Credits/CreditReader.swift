/// Reads the credit ledger and the price list.
public protocol CreditReader: AnyObject {
    /// What a workspace has, gets and owes: `nil` for one that is deleted.
    ///
    /// - Parameter dueBefore: Renewals before this moment count.
    func creditSummary(
        of workspace: WorkspaceKey, dueBefore: Timestamp
    ) throws(DomainError) -> CreditSummary?
    /// Ledger entries of a workspace within a span of time, newest first; `until` is exclusive.
    func creditEntries(
        of workspace: WorkspaceKey, from: Timestamp?, until: Timestamp?, page: Page
    ) throws(DomainError) -> PageOf<CreditEntry>
    /// The price list by country and type.
    func prices(page: Page) throws(DomainError) -> PageOf<Price>
}

/// A workspace's credits at a glance.
public struct CreditSummary: Hashable, Sendable {
    public var balance: Int64
    public var monthlyAllowance: Int64
    /// What the renewals that fall due will take.
    public var renewalsDue: Int64

    /// A summary as it was read.
    public init(balance: Int64, monthlyAllowance: Int64, renewalsDue: Int64) {
        self.balance = balance
        self.monthlyAllowance = monthlyAllowance
        self.renewalsDue = renewalsDue
    }

    /// By how much the balance falls short of the renewals due; 0 when it does not.
    public var shortfall: Int64 {
        let (missing, overflow) = renewalsDue.subtractingReportingOverflow(balance)
        return overflow ? .max : max(0, missing)
    }
}
