/// Writes the credit ledger and the price list.
public protocol CreditWriter: AnyObject {
    /// A workspace's balance as this mutation sees it; 0 for a workspace without entries.
    func creditBalance(of workspace: WorkspaceKey) throws(DomainError) -> Int64
    /// Adds an entry and sets the workspace's balance to `balanceAfter`. The sum is the caller's to
    /// get right: ``Ledger/append(_:through:)`` does.
    func insertCreditEntry(
        _ entry: NewCreditEntry, balanceAfter: Int64, at: Timestamp
    ) throws(DomainError)
    /// Sets the price of a kind of number in a country.
    func setPrice(_ price: Price) throws(DomainError)
    /// Takes a price away; false where there was none.
    func deletePrice(countryCode: String, type: NumberType) throws(DomainError) -> Bool
    /// The price of a kind of number in a country, if the list has one.
    func price(countryCode: String, type: NumberType) throws(DomainError) -> Price?

    /// The workspaces whose next allowance has come by a moment, the longest due first.
    func allowancesDue(by moment: Timestamp, limit: Int) throws(DomainError) -> [DueAllowance]
    /// Sets when a workspace gets its next allowance.
    func setNextAllowance(
        of workspace: WorkspaceKey, at moment: Timestamp
    ) throws(DomainError)
    /// The numbers in service whose renewal has come by a moment, the longest due first.
    func renewalsDue(by moment: Timestamp, limit: Int) throws(DomainError) -> [NumberKey]
    /// Writes status, time of renewal, version and time of change of a number that stays in service.
    func updateRenewal(of number: NumberRecord) throws(DomainError)
    /// Moves the renewals of a workspace's numbers that are past due to a moment.
    func makePastDueRenewalsDue(
        in workspace: WorkspaceKey, at moment: Timestamp
    ) throws(DomainError)
}
