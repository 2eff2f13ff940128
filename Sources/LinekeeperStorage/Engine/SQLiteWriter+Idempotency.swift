import LinekeeperCore

extension SQLiteWriter {
    /// Workspace 0 holds the keys of requests that belong to none; row keys begin at 1.
    private var keyOwner: Int64 { request.workspace?.rawValue ?? 0 }

    /// What an earlier request with this key came to; `nil` when there was none within 30 days.
    ///
    /// - Throws: `idempotencyKeyReused` when that request was another one.
    func storedOutcome() throws(DomainError) -> Result<[UInt8], DomainError>? {
        guard let key = request.idempotency,
            let outcome = try connection.first(OutcomeOfKey(workspace: keyOwner, key: key.key)),
            outcome.createdAt.adding(seconds: OutcomeRetention.seconds) > request.at
        else { return nil }
        guard outcome.method == key.method, outcome.payloadHash == key.payloadHash else {
            throw DomainError(
                .idempotencyKeyReused,
                """
                This idempotency key was used for another request. Send a new key with a new \
                request; repeat a key only to repeat the same request.
                """,
                facts: ["idempotency_key": key.key, "first_method": outcome.method],
                field: "idempotency-key")
        }
        if let answer = outcome.answer { return .success(answer) }
        return .failure(try StoredRefusal(outcome.refusal ?? "").error())
    }

    /// Makes a final refusal the outcome of its key; answers what the caller is told.
    func keeping(_ error: DomainError) -> DomainError {
        guard request.idempotency != nil, error.reason.isFinal else { return error }
        do throws(DomainError) {
            try store(answer: nil, refusal: try StoredRefusal(error).text())
            return error
        } catch let failure {
            // What cannot be kept must not be told either: a repeat might come out otherwise.
            return failure
        }
    }

    func store(answer: [UInt8]?, refusal: String?) throws(DomainError) {
        guard let key = request.idempotency else { return }
        try connection.run(
            StoreOutcome(
                workspace: keyOwner, key: key.key,
                outcome: StoredOutcome(
                    method: key.method, payloadHash: key.payloadHash, answer: answer,
                    refusal: refusal, createdAt: request.at)))
    }
}
