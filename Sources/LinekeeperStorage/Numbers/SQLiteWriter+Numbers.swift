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

    package func updateNumber(
        _ number: NumberRecord, fallbackAgent: AgentKey?
    ) throws(DomainError) {
        let changed = try connection.run(
            UpdateNumberRow(number: number, fallbackAgent: fallbackAgent))
        try refuse(changed, of: number)
    }

    package func updateNumberStatus(_ number: NumberRecord) throws(DomainError) {
        try refuse(try connection.run(UpdateNumberStatus(number: number)), of: number)
    }

    package func numbersToRelease(
        by moment: Timestamp, limit: Int
    ) throws(DomainError) -> [NumberKey] {
        try connection.all(NumbersToRelease(moment: moment, limit: limit))
    }

    package func quarantine(
        _ e164: E164, releasedBy workspace: WorkspaceKey, until: Timestamp
    ) throws(DomainError) {
        try connection.run(InsertQuarantine(e164: e164, workspace: workspace, until: until))
    }

    package func deleteQuarantines(endedBy moment: Timestamp) throws(DomainError) {
        try connection.run(DeleteQuarantines(moment: moment))
    }

    /// A change that met no row, or a row of another version, must not be taken for made.
    private func refuse(_ changed: Int, of number: NumberRecord) throws(DomainError) {
        guard changed != 1 else { return }
        throw DomainError(
            .corruptData, "A number's row is not as the route table has it.",
            facts: ["number": number.e164.description])
    }
}
