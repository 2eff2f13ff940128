package import LinekeeperCore

extension SQLiteReader: MessageReader {}
