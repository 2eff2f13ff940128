/// Reads the credit ledger and the price list.
public protocol CreditReader: AnyObject {}
