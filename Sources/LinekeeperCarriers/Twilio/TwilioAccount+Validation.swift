import LinekeeperCore

/// Asking Twilio whether credentials are good. Of its answers about the account, which hold its
/// token, only the name, the sid and the status are looked at.
extension TwilioAccount {
    /// The account's name as an Auth Token reads it.
    ///
    /// - Throws: `credentialsRejected` naming the field, also for an account that is not active.
    func checkedName(
        with login: TwilioCredentials.Login, in region: TwilioRegion, field: String
    ) async throws(DomainError) -> String {
        let question = try request(.get, path(""), region: region, login: login)
        switch try await exchange(question, region: region) {
        case .done(let response): return try name(try CarrierJSON(response.body, from: "Twilio"))
        case .refused(let refusal): throw rejected(refusal, field: field)
        }
    }

    /// The account's name as an API key reads it, or its sid: most keys may not read the account, but
    /// every one that is of use may list numbers.
    func checkedKey(_ key: TwilioCredentials.Login) async throws(DomainError) -> String {
        let question = try request(.get, path(""), login: key)
        if case .done(let response) = try await exchange(question) {
            return try name(try CarrierJSON(response.body, from: "Twilio"))
        }
        let list = try request(
            .get,
            FormFields(dictionaryLiteral: ("PageSize", "1"))
                .query(of: path("/IncomingPhoneNumbers")), login: key)
        switch try await exchange(list) {
        case .done(let response):
            _ = try CarrierJSON(response.body, from: "Twilio").array("incoming_phone_numbers")
            return credentials.accountSID
        case .refused(let refusal): throw rejected(refusal, field: "api_key_secret")
        }
    }

    private func name(_ answer: CarrierJSON) throws(DomainError) -> String {
        guard try answer.string("sid") == credentials.accountSID else {
            throw answer.unreadable("is about another account")
        }
        let status = CarrierWords.clean(
            try answer.string("status"), without: credentials.secrets)
        guard status == "active" else {
            throw DomainError(
                .credentialsRejected,
                "The Twilio account is \(status). Twilio's support can make it active again.",
                facts: ["carrier": "TWILIO", "status": status], field: "credentials.account_sid")
        }
        let name = CarrierWords.clean(
            try answer.optionalString("friendly_name") ?? "", without: credentials.secrets)
        return name.isEmpty ? credentials.accountSID : name
    }

    private func rejected(_ refusal: CarrierRefusal, field: String) -> DomainError {
        // An account that is not there answers 404: then the Account SID is wrong, or not its token.
        guard TwilioErrors.isCredentialRefusal(refusal) || [403, 404].contains(refusal.status)
        else {
            return TwilioErrors.error(refusal, attempt: "check the credentials")
        }
        var error = TwilioErrors.error(refusal, attempt: "check the credentials")
        error.reason = .credentialsRejected
        error.field = "credentials.\(refusal.status == 404 ? "account_sid" : field)"
        return error
    }
}
