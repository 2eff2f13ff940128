/// The rules of the credit ledger: append-only, its entries sum to the balance, never below zero.
public enum Ledger {
    /// Appends an entry and answers the new balance.
    ///
    /// The audit event is the caller's to append: a grant, a purchase and a renewal tell different
    /// things.
    ///
    /// - Throws: `insufficientCredits` when the balance does not cover a debit, with both amounts;
    ///   `invalidArgument` for an amount of 0 or a balance too large to be kept.
    public static func append(
        _ entry: NewCreditEntry, through writer: any StoreWriter
    ) throws(DomainError) -> Int64 {
        guard entry.credits != 0 else {
            throw DomainError(
                .invalidArgument, "credits must not be 0: there would be nothing to book.",
                field: "credits")
        }
        let balance = try writer.creditBalance(of: entry.workspace)
        let (after, overflow) = balance.addingReportingOverflow(entry.credits)
        if overflow, entry.credits > 0 {
            throw DomainError(
                .invalidArgument, "The balance would be too large to be kept: credit less.",
                facts: ["balance": "\(balance)"], field: "credits")
        }
        guard !overflow, after >= 0 else {
            throw DomainError(
                .insufficientCredits,
                "The workspace has \(balance) credits and needs \(entry.credits.magnitude): add "
                    + "credits, or choose less.",
                facts: ["balance": "\(balance)", "needed": "\(entry.credits.magnitude)"])
        }
        try writer.insertCreditEntry(entry, balanceAfter: after, at: writer.request.at)
        return after
    }
}
