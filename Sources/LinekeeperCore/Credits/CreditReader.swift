/// Reads the credit ledger and the price list.
public protocol CreditReader: AnyObject {
    /// What a workspace has, gets and owes: `nil` for one that is deleted.
    func creditSummary(of workspace: WorkspaceKey) throws(DomainError) -> CreditSummary?
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
    public var nextAllowanceAt: Timestamp
    /// What the renewals that fall due before the next allowance will take.
    public var renewalsDue: Int64

    /// A summary as it was read.
    public init(
        balance: Int64, monthlyAllowance: Int64, nextAllowanceAt: Timestamp, renewalsDue: Int64
    ) {
        self.balance = balance
        self.monthlyAllowance = monthlyAllowance
        self.nextAllowanceAt = nextAllowanceAt
        self.renewalsDue = renewalsDue
    }

    /// By how much the balance falls short of the renewals due; 0 when it does not.
    public var shortfall: Int64 {
        let (missing, overflow) = renewalsDue.subtractingReportingOverflow(balance)
        return overflow ? .max : max(0, missing)
    }
}
