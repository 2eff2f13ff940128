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
        guard number.webhookMode == .managed else {
            return .fail(
                .webhooksManaged,
                "The number is OUTBOUND_ONLY: its settings at \(number.carrier.label) are left as "
                    + "they are, so that calls and messages need not come here.",
                "Set webhook_mode to MANAGED with UpdateNumber, or set the webhook at "
                    + "\(number.carrier.label) by hand.")
        }
        return .pass(.webhooksManaged, "The webhooks at \(number.carrier.label) point here.")
    }

    var connectionValid: DiagnosisCheck? {
        switch connection {
        case .platform:
            guard asksCarrier else { return nil }
            return .unknown(
                .connectionValid,
                "The number is on the platform's own account at \(number.carrier.label), which "
                    + "this server cannot ask.",
                "Make a test call.")
        case .missing:
            return .fail(
                .connectionValid, "The carrier connection that the number came through is gone.",
                "Connect the carrier again and import the number.")
        case .present(let name, .credentialsRejected):
            return .fail(
                .connectionValid, "The carrier refuses the credentials of the connection \(name).",
                "Renew them with UpdateConnection.")
        case .present(let name, .connected):
            guard asksCarrier else {
                return .pass(.connectionValid, "The connection \(name) is in order here.")
            }
            let asked =
                number.carrier == .sip
                ? "a SIP trunk has nothing that could be asked"
                : "\(number.carrier.label) cannot be asked by this server"
            return .unknown(
                .connectionValid, "The connection \(name) is in order here; \(asked).",
                "Make a test call.")
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
