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
}
