import LinekeeperCore

/// The numbers that the account holds.
extension TelnyxAccount {
    private static let pageSize = 250
    private static let pagesMax = 4_000

    /// What the messaging side knows of a number.
    struct Messaging: Hashable, Sendable {
        let capabilities: Capabilities
        /// Empty: none.
        let profileID: String
    }

    func ownedNumbers(after cursor: String?) async throws(DomainError) -> CarrierPage {
        let page = cursor ?? "1"
        guard let index = Int(page), (1...TelnyxAccount.pagesMax).contains(index) else {
            throw DomainError(
                .invalidArgument,
                "A page of Telnyx's numbers is a number from 1 to \(TelnyxAccount.pagesMax).")
        }
        let attempt = "list the account's numbers"
        let place: FormFields = [
            "page[number]": "\(index)", "page[size]": "\(TelnyxAccount.pageSize)",
        ]
        var query = place
        query.add("handle_messaging_profile_error", "true")
        let answer = try await answer(
            to: request(.get, "/phone_numbers", query: query), attempt: attempt)
        let entries = try answer.array("data")
        let messaging = try await messaging(on: place)
        let destinations = try await destinations()
        var numbers: [CarrierNumber] = []
        var unreadable: [String] = []
        for entry in entries {
            do throws(DomainError) {
                var number = try TelnyxDecoding.number(entry)
                if TelnyxDecoding.isGone(number.inactiveReason) { continue }
                if let known = messaging[number.e164] {
                    number.capabilities = known.capabilities
                    number.settings[TelnyxSettings.messagingProfile] = known.profileID
                }
                number.webhooks = destinations.webhooks(of: number)
                numbers.append(number)
            } catch { unreadable.append(error.message) }
        }
        let pages = try answer.optionalObject("meta")?.optionalInteger("total_pages")
        let hasNext = pages.map { $0 > Int64(index) } ?? (entries.count == TelnyxAccount.pageSize)
        return CarrierPage(
            numbers: numbers, unreadable: unreadable, next: hasNext ? "\(index + 1)" : nil)
    }

    /// The messaging side of the numbers on a page. Both lists have the same numbers in the same
    /// order, so most are on the same page; what is not is looked up when it matters.
    private func messaging(on page: FormFields) async throws(DomainError) -> [E164: Messaging] {
        let list = request(.get, "/phone_numbers/messaging", query: page)
        // Keys without the right to messaging still list the numbers.
        guard case .done(let response) = try await exchange(list) else { return [:] }
        var messaging: [E164: Messaging] = [:]
        for entry in try CarrierJSON(response.body, from: "Telnyx").array("data") {
            messaging[try TelnyxDecoding.e164(entry)] = try TelnyxAccount.messaging(entry)
        }
        return messaging
    }

    func ownedNumber(_ e164: E164) async throws(DomainError) -> CarrierNumber? {
        guard var number = try await listed(e164), !TelnyxDecoding.isGone(number.inactiveReason)
        else { return nil }
        if let messaging = try await messaging(of: number) {
            number.capabilities = messaging.capabilities
            number.settings[TelnyxSettings.messagingProfile] = messaging.profileID
        }
        let connection = number.settings[TelnyxSettings.connection] ?? ""
        let own = try await application(credentials.connectionID)
        let followed =
            if connection.isEmpty { Application?.none } else if connection == own?.id { own } else {
                try await application(connection)
            }
        number.webhooks.voice = followed?.voiceURL ?? ""
        number.webhooks.status = followed?.statusCallback ?? ""
        if let own { number.settings.merge(TelnyxSettings.shared(by: own)) { $1 } }

        let id = number.settings[TelnyxSettings.messagingProfile] ?? ""
        if !id.isEmpty {
            number.webhooks.sms = try await messagingProfile(id)?.webhookURL ?? ""
        }
        if let own = credentials.messagingProfileID, let profile = try await messagingProfile(own) {
            number.settings.merge(TelnyxSettings.shared(by: profile)) { $1 }
        }
        return number
    }

    func release(_ number: CarrierNumber) async throws(DomainError) {
        let deletion = request(.delete, path(of: number))
        guard case .refused(let refusal) = try await exchange(deletion) else { return }
        guard refusal.status == 404 else {
            throw TelnyxErrors.error(refusal, attempt: "release \(number.e164)")
        }
    }

    /// `/phone_numbers/1293384261075731499`.
    func path(of number: CarrierNumber) -> String {
        "/phone_numbers/\(percentEncoded(number.carrierID))"
    }

    /// The number itself in the account's list: Telnyx's filter takes parts, so it finds others as
    /// well; it takes no plus sign.
    func listed(_ e164: E164, type: NumberType? = nil) async throws(DomainError) -> CarrierNumber? {
        let list = request(
            .get, "/phone_numbers",
            query: [
                "filter[phone_number]": "\(e164.digits)", "page[number]": "1",
                "page[size]": "\(TelnyxAccount.pageSize)",
                "handle_messaging_profile_error": "true",
            ])
        let answer = try await answer(to: list, attempt: "look for the number")
        var found: CarrierNumber?
        for entry in try answer.array("data") where try TelnyxDecoding.e164(entry) == e164 {
            let number = try TelnyxDecoding.number(entry, type: type)
            // A number that was given back and bought again may stand there twice.
            if found == nil || TelnyxDecoding.isGone(found?.inactiveReason) { found = number }
        }
        return found
    }

    /// The messaging side of a number; `nil` where it has none, or the key may not see it.
    func messaging(of number: CarrierNumber) async throws(DomainError) -> Messaging? {
        let reading = request(.get, path(of: number) + "/messaging")
        switch try await exchange(reading) {
        case .done(let response):
            let answer = try CarrierJSON(response.body, from: "Telnyx").object("data")
            return try TelnyxAccount.messaging(answer)
        case .refused(let refusal) where [403, 404].contains(refusal.status): return nil
        case .refused(let refusal):
            throw TelnyxErrors.error(refusal, attempt: "show the number's messaging settings")
        }
    }

    private static func messaging(_ entry: CarrierJSON) throws(DomainError) -> Messaging {
        Messaging(
            capabilities: try TelnyxDecoding.capabilities(entry),
            profileID: try entry.optionalText("messaging_profile_id") ?? "")
    }
}
