import LinekeeperCore

/// What Telnyx's refusals mean. The codes are those of its list of API errors.
enum TelnyxErrors {
    /// What a refused request becomes where no money is at stake.
    ///
    /// - Parameter attempt: What was tried, to follow "Telnyx refused to".
    static func error(_ refusal: CarrierRefusal, attempt: String) -> DomainError {
        let facts = ["carrier": "TELNYX", "carrier_code": refusal.code]
        if isCredentialRefusal(refusal) {
            return DomainError(
                .credentialsRejected,
                "Telnyx did not accept the API key: \(refusal.sentence) Check the key in the Telnyx "
                    + "portal under API Keys, and that the account is active.",
                facts: facts)
        }
        return DomainError(
            .carrierRefused, "Telnyx refused to \(attempt): \(refusal.words)", facts: facts)
    }

    /// Whether the key or the account itself was refused, whatever was asked.
    static func isCredentialRefusal(_ refusal: CarrierRefusal) -> Bool {
        refusal.status == 401 || purchaseKinds[refusal.code] == .credentials
    }

    /// That a connection id leads to no TeXML application, and how to find one.
    static func connectionIDInvalid(_ why: String) -> DomainError {
        DomainError(
            .connectionIDInvalid,
            "The connection ID is not that of a TeXML application: \(why) Find it in the Telnyx "
                + "portal under Voice, Programmable Voice, TeXML Applications: it is the Application "
                + "ID, a number of about 19 digits. A SIP connection's or a Call Control "
                + "application's ID does not do.",
            facts: ["carrier": "TELNYX"], field: "credentials.connection_id")
    }

    /// What a refused order means; `nil` when the answer proves nothing about it.
    static func purchaseOutcome(_ refusal: CarrierRefusal) -> PurchaseOutcome? {
        // Unexpected error, and a like request still being processed: it may have happened.
        guard refusal.isDefinite, !["10007", "10036"].contains(refusal.code) else { return nil }
        guard refusal.code != "85000" else {
            // The search before the order has grown too old: nothing was processed, and the next
            // attempt begins with another search.
            return .notSent(error(refusal, attempt: "take the order"))
        }
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
        // Authentication failed; secret invalid, revoked, expired, key invalid; account blocked.
        "10009": .credentials, "20001": .credentials, "20002": .credentials,
        "20006": .credentials, "20008": .credentials, "20013": .credentials,
        // No funds; an inactive account is as a rule one without them.
        "20100": .funds, "20012": .funds,
        // No longer available; reserved already.
        "85001": .taken, "85006": .taken,
        // The key's rights, the account's level, limits and verification.
        "10010": .notPermitted, "10038": .notPermitted, "10039": .notPermitted,
        "20014": .notPermitted, "20016": .notPermitted, "20017": .notPermitted,
    ]
}
