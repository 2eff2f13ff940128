import LinekeeperCore

/// Asking Telnyx whether credentials are good.
extension TelnyxAccount {
    /// The name of the TeXML application, when the key is good and the application is there.
    ///
    /// - Throws: `credentialsRejected`, `connectionIDInvalid`, `invalidArgument` naming the field.
    func checkedName() async throws(DomainError) -> String {
        let balance = request(.get, "/balance")
        if case .refused(let refusal) = try await exchange(balance) {
            // 403: the key is good, it only may not see what the account has. Anything about the key
            // itself is a no, also that the header with it was not understood (404).
            guard refusal.status == 403, !TelnyxErrors.isCredentialRefusal(refusal) else {
                throw rejected(refusal)
            }
        }
        let reading = request(
            .get, "/texml_applications/\(percentEncoded(credentials.connectionID))")
        let name: String
        switch try await exchange(reading) {
        case .done(let response):
            let answer = try CarrierJSON(response.body, from: "Telnyx").object("data")
            name = try TelnyxDecoding.application(answer).name
        case .refused(let refusal) where [400, 404, 422].contains(refusal.status):
            throw TelnyxErrors.connectionIDInvalid("Telnyx says: \(refusal.sentence)")
        case .refused(let refusal): throw rejected(refusal)
        }
        if let id = credentials.messagingProfileID, try await messagingProfile(id) == nil {
            throw DomainError(
                .invalidArgument,
                "Telnyx knows no messaging profile \(id). Find its ID in the Telnyx portal under "
                    + "Messaging, Programmable Messaging.",
                field: "credentials.messaging_profile_id")
        }
        let shown = CarrierWords.clean(name, without: [credentials.apiKey])
        return shown.isEmpty ? credentials.connectionID : shown
    }

    private func rejected(_ refusal: CarrierRefusal) -> DomainError {
        var error = TelnyxErrors.error(refusal, attempt: "check the credentials")
        if TelnyxErrors.isCredentialRefusal(refusal) || [403, 404].contains(refusal.status) {
            error.reason = .credentialsRejected
            error.field = "credentials.api_key"
        }
        return error
    }
}
