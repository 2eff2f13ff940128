package import LinekeeperCore

extension SQLiteWriter: CreditWriter {}
