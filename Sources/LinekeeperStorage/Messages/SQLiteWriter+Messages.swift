package import LinekeeperCore

extension SQLiteWriter: MessageWriter {
    package func message(
        carrierID: String, in workspace: WorkspaceKey
    ) throws(DomainError) -> MessageID? {
        try connection.first(MessageByCarrierID(carrierID: carrierID, workspace: workspace))
    }

    package func insertMessage(
        _ message: NewMessage, number: NumberKey, agentID: String, in workspace: WorkspaceKey
    ) throws(DomainError) {
        try connection.run(
            InsertMessage(
                message: message, number: number, agentID: agentID, workspace: workspace))
    }
}
