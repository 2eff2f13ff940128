package import LinekeeperCore

extension SQLiteWriter: NumberWriter {
    package func insertNumber(_ number: NewNumber) throws(DomainError) -> NumberKey {
        try connection.run(InsertNumber(number: number))
        return NumberKey(rawValue: connection.lastInsertRowID)
    }

    package func numberRecord(_ key: NumberKey) throws(DomainError) -> NumberRecord? {
        try connection.first(NumberByKey(key: key))
    }

    package func numberRecord(
        _ id: NumberID, in workspace: WorkspaceKey
    ) throws(DomainError) -> NumberRecord? {
        try connection.first(NumberByID(id: id, workspace: workspace))
    }
}
