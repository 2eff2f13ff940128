package import LinekeeperCore

extension SQLiteWriter: CreditWriter {
    package func creditBalance(of workspace: WorkspaceKey) throws(DomainError) -> Int64 {
        try connection.first(CreditBalance(workspace: workspace)) ?? 0
    }

    package func insertCreditEntry(
        _ entry: NewCreditEntry, balanceAfter: Int64, at: Timestamp
    ) throws(DomainError) {
        try connection.run(InsertCreditEntry(entry: entry, balanceAfter: balanceAfter, at: at))
        try connection.run(SetCreditBalance(workspace: entry.workspace, balance: balanceAfter))
    }

    package func setPrice(_ price: Price) throws(DomainError) {
        try connection.run(SetPriceRow(price: price))
    }

    package func deletePrice(
        countryCode: String, type: NumberType
    ) throws(DomainError) -> Bool {
        try connection.run(DeletePriceRow(countryCode: countryCode, type: type)) > 0
    }

    package func price(countryCode: String, type: NumberType) throws(DomainError) -> Price? {
        try connection.first(PriceOf(countryCode: countryCode, type: type))
    }

    package func allowancesDue(
        by moment: Timestamp, limit: Int
    ) throws(DomainError) -> [DueAllowance] {
        try connection.all(AllowancesDue(moment: moment, limit: limit))
    }

    package func setNextAllowance(
        of workspace: WorkspaceKey, at moment: Timestamp
    ) throws(DomainError) {
        try connection.run(SetNextAllowance(workspace: workspace, moment: moment))
    }

    package func renewalsDue(
        by moment: Timestamp, limit: Int
    ) throws(DomainError) -> [NumberKey] {
        try connection.all(RenewalsDue(moment: moment, limit: limit))
    }

    package func updateRenewal(of number: NumberRecord) throws(DomainError) {
        try connection.run(UpdateRenewal(number: number))
    }

    package func makePastDueRenewalsDue(
        in workspace: WorkspaceKey, at moment: Timestamp
    ) throws(DomainError) {
        try connection.run(MakePastDueRenewalsDue(workspace: workspace, moment: moment))
    }
}
