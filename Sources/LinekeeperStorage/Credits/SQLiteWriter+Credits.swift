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
}
