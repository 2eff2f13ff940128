import LinekeeperCore

/// An order for one number.
struct TelnyxOrder: Hashable, Sendable {
    /// Where an order is in its life; the order matters: of two orders for one purchase, the greater
    /// counts.
    enum Status: Int, Hashable, Comparable, Sendable {
        case failure, pending, success

        static func < (left: Status, right: Status) -> Bool { left.rawValue < right.rawValue }
    }

    let id: String
    let status: Status
    /// What is to be done before it can go on, or why it failed, in Telnyx's word; empty: not told.
    let detail: String
    let numbers: [E164]
    /// The order's reference; `nil` where the answer does not tell.
    let reference: String?

    /// Reads an order, from a list of orders or by itself: only the latter tells the numbers' state.
    init(_ entry: CarrierJSON) throws(DomainError) {
        id = try entry.string("id")
        guard TelnyxCredentials.isUUID(id[...]) else {
            throw entry.unreadable("has an id that is no UUID")
        }
        reference = try entry.optionalString("customer_reference")
        var numbers: [E164] = []
        var details: [String] = []
        var statuses = [try entry.string("status")]
        for number in try entry.array("phone_numbers") {
            numbers.append(try TelnyxDecoding.e164(number))
            if let status = try number.optionalString("status") { statuses.append(status) }
            if let status = try number.optionalString("requirements_status"),
                !["approved", "pending", ""].contains(status)
            {
                details.append(status)
            }
        }
        // An order for one number is as far as that number is.
        var reached = Status.success
        for word in statuses {
            switch word {
            case "success": break
            case "pending": reached = min(reached, .pending)
            case "failure", "failed": reached = .failure
            case "cancelled", "canceled", "deleted":
                reached = .failure
                details.append(word)
            default: throw entry.unreadable("has a status that is not known here")
            }
        }
        self.numbers = numbers
        status = reached
        detail = CarrierWords.clean(details.first ?? "", without: [])
    }

    /// Whether this is the order that a purchase opened, for its number and no other.
    func isOf(_ purchase: CarrierPurchase) -> Bool {
        numbers == [purchase.e164] && (reference ?? purchase.reference) == purchase.reference
    }

    /// What a failed order means.
    var refusal: PurchaseRefusal {
        let isAboutPapers = detail.hasPrefix("requirement")
        return PurchaseRefusal(
            isAboutPapers ? .requirements : .other, code: "",
            words: detail.isEmpty ? "The order failed." : "The order failed: \(detail).")
    }
}
