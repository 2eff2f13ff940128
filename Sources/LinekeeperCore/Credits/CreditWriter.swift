/// Writes the credit ledger and the price list.
public protocol CreditWriter: AnyObject {}
