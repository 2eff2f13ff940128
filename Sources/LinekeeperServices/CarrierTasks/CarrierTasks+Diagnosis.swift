import LinekeeperCore

extension CarrierTasks {
    /// Asks a number's carrier what it holds; changes nothing there.
    func answer(
        about record: NumberRecord, in workspace: WorkspaceKey
    ) async -> Diagnosis.CarrierAnswer {
        do throws(DomainError) {
            guard let found = try await found(record, in: workspace) else { return .absent }
            return .present(
                inactiveReason: found.number.inactiveReason,
                isManaged: webhooks.map { found.account.isManaged(found.number, webhooks: $0) },
                webhooks: found.number.webhooks)
        } catch {
            return error.reason == .carrierNotSupported
                ? .cannotBeAsked : .noAnswer(error.message)
        }
    }

    private func found(
        _ record: NumberRecord, in workspace: WorkspaceKey
    ) async throws(DomainError) -> (number: CarrierNumber, account: any CarrierAccount)? {
        if record.origin != .imported {
            guard let account = platform(record.origin) else {
                throw DomainError(
                    .carrierNotSupported,
                    "This server has no account at \(record.carrier.label).")
            }
            return try await account.ownedNumber(record.e164).map { ($0, account) }
        }
        guard let connection = record.connection else { throw ConnectionChanges.notFound }
        let opened = try await connections.open(connection, in: workspace)
        return try await connections.asking(opened) { account throws(DomainError) in
            try await account.ownedNumber(record.e164).map { ($0, account) }
        }
    }
}
