// Checks of the carrier and of the bill.
extension Diagnosis {
    var webhooksManaged: DiagnosisCheck {
        guard number.carrier != .sip else {
            return .unknown(
                .webhooksManaged,
                "A SIP trunk has no webhooks: whether it sends calls here cannot "
                    + "be seen.",
                "Make a test call; if it does not arrive, point the trunk here.")
        }
        let name = number.carrier.label
        guard case .present(_, let isManaged?, let urls) = carrier else {
            guard number.webhookMode == .managed else {
                return .fail(
                    .webhooksManaged,
                    "The number is OUTBOUND_ONLY: its settings at \(name) are left as they are, so "
                        + "that calls and messages need not come here.",
                    "Set webhook_mode to MANAGED with UpdateNumber, or set the webhook at "
                        + "\(name) by hand.")
            }
            return .pass(.webhooksManaged, "The webhooks at \(name) were pointed here.")
        }
        if isManaged {
            return .pass(.webhooksManaged, "The webhooks at \(name) point here; it was asked.")
        }
        let present = urls.voice.isEmpty ? "to no address" : "to \(urls.voice)"
        guard number.webhookMode == .managed else {
            return .fail(
                .webhooksManaged,
                "The number is OUTBOUND_ONLY, and \(name) sends its calls \(present).",
                "Set webhook_mode to MANAGED with UpdateNumber, or set the webhook at "
                    + "\(name) by hand.")
        }
        return .fail(
            .webhooksManaged,
            "The webhooks were changed at \(name): it sends the number's calls \(present).",
            "Repair them with SyncConnection and repair_webhooks, or UpdateNumber with "
                + "webhook_mode MANAGED.")
    }

    var connectionValid: DiagnosisCheck? {
        switch connection {
        case .platform:
            return carrier == .notAsked ? nil : atCarrier("The platform's own account")
        case .missing:
            return .fail(
                .connectionValid, "The carrier connection that the number came through is gone.",
                "Connect the carrier again and import the number.")
        case .present(let name, .credentialsRejected):
            return .fail(
                .connectionValid, "The carrier refuses the credentials of the connection \(name).",
                "Renew them with UpdateConnection.")
        case .present(let name, .connected):
            guard carrier == .notAsked else { return atCarrier("The connection \(name)") }
            return .pass(.connectionValid, "The connection \(name) is in order here.")
        }
    }

    /// What the carrier said of the number's place in an account.
    private func atCarrier(_ account: String) -> DiagnosisCheck {
        let name = number.carrier.label
        switch carrier {
        case .notAsked, .cannotBeAsked:
            return .unknown(
                .connectionValid,
                number.carrier == .sip
                    ? "\(account) is in order here; a SIP trunk has nothing that could be asked."
                    : "\(account) at \(name) cannot be asked by this server.",
                "Make a test call.")
        case .noAnswer(let why):
            return .unknown(
                .connectionValid, "\(name) was asked and gave no answer: \(why)",
                "Ask again in a minute.")
        case .absent:
            return .fail(
                .connectionValid, "\(account) at \(name) no longer holds the number.",
                number.origin == .imported
                    ? "Look for it at \(name); SyncConnection with remove_gone takes it away here."
                    : "Tell the operator of this platform.")
        case .present(let inactiveReason?, _, _):
            return .fail(
                .connectionValid,
                "\(name) holds the number, but it is not active: \(inactiveReason)",
                "Settle that at \(name).")
        case .present(nil, _, _):
            return .pass(.connectionValid, "\(account) at \(name) holds the number; it was asked.")
        }
    }

    /// For whoever finds the quality poor: only Twilio lets the place be chosen.
    var region: DiagnosisCheck? {
        guard number.carrier == .twilio else { return nil }
        guard let region = number.region else {
            return .unknown(
                .region, "Calls are processed at the carrier's default place.",
                "If the quality is poor, set the region nearest to the callers with UpdateNumber.")
        }
        return .pass(.region, "Calls are processed in \(region.label).")
    }

    var creditsCovered: DiagnosisCheck? {
        guard number.origin != .imported else { return nil }
        if number.status == .pastDue {
            return .fail(
                .credits,
                "The renewal of \(credits.monthlyCost) credits could not be paid; the balance is "
                    + "\(credits.balance).",
                "Add credits; the renewal is tried again every day.")
        }
        guard credits.balance >= credits.monthlyCost else {
            return .unknown(
                .credits,
                "The balance of \(credits.balance) does not cover the next month's "
                    + "\(credits.monthlyCost) credits.",
                "Add credits before the renewal, unless the allowance comes first.")
        }
        return .pass(.credits, "The balance covers the next month.")
    }
}
