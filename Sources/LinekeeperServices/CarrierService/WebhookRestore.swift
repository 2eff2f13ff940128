import LinekeeperCore

/// Writes back, at the carrier, the webhook settings of all numbers of a connection that is about to
/// be disconnected: all of them, or in the end none.
///
/// A task to point each number here again is durable before its settings are written back. The
/// disconnect takes these tasks away; when it does not come to that, by a failure or a crash, they
/// undo what was restored.
struct WebhookRestore: Sendable {
    let tasks: CarrierTasks
    let opened: Connections.Opened
    let numbers: [ConnectedNumber]
    let request: MutationRequest

    /// How long the tasks wait before somebody else takes them up.
    private static let undoSeconds: Int64 = 600

    /// Restores, then disconnects while nobody else can change the numbers at the carrier.
    ///
    /// - Parameter disconnect: Takes the connection away; is told how many numbers were restored.
    /// - Throws: what stood in the way; the connection is as it was.
    func run(
        _ disconnect: (Int) async throws(DomainError) -> [UInt8]
    ) async throws(DomainError) -> [UInt8] {
        // Everybody enters in the same order, so that nobody waits in a circle.
        let keys = numbers.map(\.key).sorted { $0.rawValue < $1.rawValue }
        for key in keys { await tasks.gate.enter(key) }
        defer { for key in keys { tasks.gate.leave(key) } }
        try await prepareUndo(dueIn: Self.undoSeconds)
        do throws(DomainError) {
            let restored = try await restoreAll()
            return try await disconnect(restored)
        } catch {
            try await prepareUndo(dueIn: 0)
            var told = error
            told.message =
                "The carrier stays connected, nothing was disconnected: "
                + error.message
            throw told
        }
    }

    private func restoreAll() async throws(DomainError) -> Int {
        let wanted = Set(numbers.map(\.e164))
        return try await tasks.connections.asking(opened) { account throws(DomainError) in
            let owned = try await AccountNumbers.those(wanted, of: account)
            let results = await numbers.concurrently(max: AccountNumbers.concurrency) { number in
                await restore(number, owned[number.e164], account)
            }
            var count = 0
            for result in results { count += try result.get() ? 1 : 0 }
            // What the numbers share comes last: until then it serves the others.
            try await account.restoreShared(
                numbers.compactMap(\.carrierSide.replacedSettings), replacing: tasks.webhooks)
            return count
        }
    }

    /// Restores one number; nothing is to be done for one that the account no longer holds, or that
    /// pointed here already when it came.
    private func restore(
        _ number: ConnectedNumber, _ owned: CarrierNumber?, _ account: any CarrierAccount
    ) async -> Result<Bool, DomainError> {
        guard let owned, let settings = number.carrierSide.replacedSettings, !settings.isEmpty
        else { return .success(false) }
        do throws(DomainError) {
            try await account.restore(settings, on: owned)
            return .success(true)
        } catch { return .failure(error) }
    }

    private func prepareUndo(dueIn seconds: Int64) async throws(DomainError) {
        var plain = request
        plain.idempotency = nil
        plain.at = tasks.context.clock.now
        let dueAt = plain.at.adding(seconds: seconds)
        let connection = opened.record.id
        let workspace = opened.workspace
        _ = try await tasks.context.store.perform(plain) { writer throws(DomainError) in
            // Nothing is to be undone for numbers that left meanwhile.
            for number in numbers where writer.routes.number(number.e164)?.key == number.key {
                guard writer.routes.connection(connection, in: workspace) != nil else { break }
                try writer.insertCarrierTask(
                    number: number.key, workspace: workspace, kind: .manageWebhooks,
                    detailsJSON: "{}", dueAt: dueAt)
            }
            return []
        }
    }
}
