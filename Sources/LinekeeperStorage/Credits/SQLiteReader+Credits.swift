package import LinekeeperCore

extension SQLiteReader: CreditReader {}
