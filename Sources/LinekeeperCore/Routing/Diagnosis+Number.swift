// Checks of the number itself and of what limits its calls.
extension Diagnosis {
    var numberActive: DiagnosisCheck { Diagnosis.numberActive(number.status) }

    static func numberActive(_ status: NumberStatus) -> DiagnosisCheck {
        switch status {
        case .active: .pass(.numberActive, "The number is active.")
        case .pastDue:
            .pass(.numberActive, "The number is in service, although its renewal is not paid.")
        case .pending:
            .fail(
                .numberActive, "The number is ordered and not here yet.",
                "Wait, or have its order looked at again with ProcessOrders.")
        case .releasing:
            .fail(
                .numberActive, "The number is being given back, and routing has stopped.",
                "Take it back with CancelRelease while there is time.")
        case .released:
            .fail(
                .numberActive, "The number was given back.",
                "Get another number, or this one again.")
        case .failed:
            .fail(
                .numberActive, "The number's order failed.",
                "Read why with GetOrder, then order another.")
        }
    }

    func capability(_ use: Profile) -> DiagnosisCheck {
        let isAble =
            use == .sms ? number.capabilities.canText : number.capabilities.contains(.voice)
        let needed = use == .sms ? "SMS or MMS" : "VOICE"
        guard isAble else {
            return .fail(
                .capability, "The number lacks \(needed), as its carrier says.",
                "Use a number that has it, or have the carrier add it and import the number again.")
        }
        return .pass(.capability, "The number has \(needed).")
    }

    var outboundLock: DiagnosisCheck {
        if workspace.outboundLocked {
            return .fail(
                .outboundLock, "An incident lock stands on the whole workspace.",
                "Lift it with SetOutboundLock when the incident is over.")
        }
        if workspace.locks(number.e164) {
            return .fail(
                .outboundLock, "An incident lock stands on this number.",
                "Lift it with SetOutboundLock when the incident is over.")
        }
        return .pass(.outboundLock, "No incident lock stands.")
    }

    var outboundEnabled: DiagnosisCheck {
        guard number.outboundEnabled else {
            return .fail(
                .outboundEnabled, OutboundSwitch.disabledMessage,
                "Switch it on with SetOutboundEnabled.")
        }
        return .pass(.outboundEnabled, "Outbound calling is switched on.")
    }

    var destinations: DiagnosisCheck {
        let own = number.extras?.allowedDestinations ?? []
        let shared = workspace.allowedDestinations
        guard !own.isEmpty || !shared.isEmpty else {
            return .pass(.destinations, "Every destination is allowed.")
        }
        guard !own.isEmpty, !shared.isEmpty else {
            return .pass(
                .destinations,
                "Only destinations that begin with \(Diagnosis.list(own + shared)) are allowed.")
        }
        let lists =
            "the number allows \(Diagnosis.list(own)), the workspace \(Diagnosis.list(shared))"
        guard own.contains(where: { one in shared.contains { $0.overlaps(one) } }) else {
            return .fail(
                .destinations, "No destination is allowed: \(lists).",
                "Let the two lists have a prefix in common (UpdateNumber, UpdateWorkspace).")
        }
        return .pass(.destinations, "Destinations must fit both lists: \(lists).")
    }

    /// At most eight prefixes, so that the sentence can be read.
    private static func list(_ prefixes: [E164Prefix]) -> String {
        let shown = prefixes.prefix(8).map(\.description).joined(separator: ", ")
        return prefixes.count > 8 ? "\(shown) and \(prefixes.count - 8) more" : shown
    }
}

extension E164Prefix {
    /// Whether some number begins with both.
    fileprivate func overlaps(_ other: E164Prefix) -> Bool {
        description.hasPrefix(other.description) || other.description.hasPrefix(description)
    }
}
