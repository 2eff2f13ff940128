package import LinekeeperCore

extension SQLiteWriter: MessageWriter {}
