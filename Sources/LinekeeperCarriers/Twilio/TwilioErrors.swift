import LinekeeperCore

/// What Twilio's refusals mean. The codes are those of its error dictionary.
enum TwilioErrors {
    /// What a refused request becomes where no money is at stake.
    ///
    /// - Parameter attempt: What was tried, to follow "Twilio refused to".
    static func error(_ refusal: CarrierRefusal, attempt: String) -> DomainError {
        let facts = ["carrier": "TWILIO", "carrier_code": refusal.code]
        if isCredentialRefusal(refusal) {
            return DomainError(
                .credentialsRejected,
                "Twilio did not accept the credentials: \(refusal.sentence) Check the Account SID and "
                    + "the Auth Token or API key in the Twilio Console, and that the account is "
                    + "active.",
                facts: facts)
        }
        return DomainError(
            .carrierRefused, "Twilio refused to \(attempt): \(refusal.words)", facts: facts)
    }

    /// Whether the login or the account itself was refused, whatever was asked.
    static func isCredentialRefusal(_ refusal: CarrierRefusal) -> Bool {
        refusal.status == 401 || ["20003", "20403"].contains(refusal.code)
    }

    /// What a refused purchase means; `nil` when the answer proves nothing about it.
    static func purchaseOutcome(_ refusal: CarrierRefusal) -> PurchaseOutcome? {
        // A server error under any status: it may have happened all the same.
        guard refusal.isDefinite, !["20500", "20503"].contains(refusal.code) else { return nil }
        return .refused(
            PurchaseRefusal(purchaseKind(refusal), code: refusal.code, words: refusal.words))
    }

    private static func purchaseKind(_ refusal: CarrierRefusal) -> PurchaseRefusal.Kind {
        if let kind = purchaseKinds[refusal.code] { return kind }
        return switch refusal.status {
        case 401: .credentials
        case 402: .funds
        case 403: .notPermitted
        default: .other
        }
    }

    private static let purchaseKinds: [String: PurchaseRefusal.Kind] = [
        "20003": .credentials, "20403": .credentials,
        // The account is not active, as a rule because its balance has run out.
        "20005": .funds, "10001": .funds, "90010": .funds,
        "21422": .taken, "21452": .taken,
        // An address, a local one, its sid, a bundle, an identity paper, one that does not fit.
        "21613": .requirements, "21615": .requirements, "21631": .requirements,
        "21649": .requirements, "21650": .requirements, "21651": .requirements,
        // Trial accounts, keys without the right, accounts that may not have new numbers.
        "21404": .notPermitted, "10002": .notPermitted, "70051": .notPermitted,
        "22300": .notPermitted,
    ]
}
