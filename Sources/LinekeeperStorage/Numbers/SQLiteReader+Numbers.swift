package import LinekeeperCore

extension SQLiteReader: NumberReader {
    package func numberRecord(_ key: NumberKey) throws(DomainError) -> NumberRecord? {
        try connection.first(NumberByKey(key: key))
    }

    package func numberRecord(
        _ id: NumberID, in workspace: WorkspaceKey
    ) throws(DomainError) -> NumberRecord? {
        try connection.first(NumberByID(id: id, workspace: workspace))
    }

    package func numberRecord(
        _ e164: E164, in workspace: WorkspaceKey
    ) throws(DomainError) -> NumberRecord? {
        try connection.first(LiveNumberByE164(e164: e164, workspace: workspace))
    }
}
