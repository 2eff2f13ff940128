import LinekeeperCore

/// The numbers that the account holds.
extension TwilioAccount {
    /// Entries a page: a thousand of Twilio's would be more than an answer may have.
    private static let pageSize = "250"
    /// Pages of a list that is read whole.
    private static let pagesMax = 50

    func ownedNumbers(after cursor: String?) async throws(DomainError) -> CarrierPage {
        let first = FormFields(dictionaryLiteral: ("PageSize", TwilioAccount.pageSize))
            .query(of: path("/IncomingPhoneNumbers"))
        let page = try await page(cursor ?? first, of: "/IncomingPhoneNumbers")
        var numbers: [CarrierNumber] = []
        var unreadable: [String] = []
        for entry in try page.answer.array("incoming_phone_numbers") {
            do throws(DomainError) {
                numbers.append(try TwilioDecoding.number(entry))
            } catch { unreadable.append(error.message) }
        }
        return CarrierPage(numbers: numbers, unreadable: unreadable, next: page.next)
    }

    func ownedNumber(_ e164: E164) async throws(DomainError) -> CarrierNumber? {
        let query: FormFields = ["PhoneNumber": e164.description, "PageSize": "50"]
        guard var number = try await number(e164, among: query, attempt: "look for the number")
        else { return nil }
        let region = try await voiceRegion(of: e164)
        number.settings[TwilioSettings.voiceRegion] = region.rawValue
        if region != .us1, credentials.login(for: region) != nil {
            let record = try await record(of: number, in: region)
            number.settings.merge(
                TwilioSettings.prefixed(record.settings, region: region),
                uniquingKeysWith: { _, new in new })
            number.webhooks.voice = record.webhooks.voice
            number.webhooks.status = record.webhooks.status
        }
        return number
    }

    func release(_ number: CarrierNumber) async throws(DomainError) {
        let deletion = try request(.delete, path(of: number))
        guard case .refused(let refusal) = try await exchange(deletion) else { return }
        guard refusal.status == 404 else {
            throw TwilioErrors.error(refusal, attempt: "release \(number.e164)")
        }
    }

    /// The number itself in a list of the account's: Twilio's filters take wildcards and parts, so
    /// they find others as well.
    func number(
        _ e164: E164, among query: FormFields, attempt: String
    ) async throws(DomainError) -> CarrierNumber? {
        var found: CarrierNumber?
        try await eachPage(of: "/IncomingPhoneNumbers", query: query, attempt: attempt) {
            page throws(DomainError) in
            for entry in try page.array("incoming_phone_numbers")
            where try TwilioDecoding.e164(entry) == e164 {
                found = try TwilioDecoding.number(entry)
            }
        }
        return found
    }

    // MARK: Pages

    /// Reads a list page after page.
    func eachPage(
        of list: String, query: FormFields = [:], attempt: String,
        _ read: (CarrierJSON) throws(DomainError) -> Void
    ) async throws(DomainError) {
        var next: String? = query.query(of: path(list))
        for _ in 0..<TwilioAccount.pagesMax {
            guard let place = next else { return }
            let page = try await page(place, of: list, attempt: attempt)
            try read(page.answer)
            next = page.next
        }
        guard next == nil else {
            throw DomainError(
                .carrierAnswerUnreadable,
                "Twilio's list has no end: more than \(TwilioAccount.pagesMax) pages.")
        }
    }

    /// One page of a list, and where the next one is.
    private func page(
        _ place: String, of list: String, attempt: String = "list the account's numbers"
    ) async throws(DomainError) -> (answer: CarrierJSON, next: String?) {
        guard isPage(place, of: list) else {
            throw DomainError(
                .carrierAnswerUnreadable,
                "Twilio's list goes on at another place than the account's own list.",
                facts: ["field": "next_page_uri"])
        }
        let answer = try await answer(to: try request(.get, place), attempt: attempt)
        let next = try answer.optionalString("next_page_uri")
        return (answer, next.flatMap { $0.isEmpty ? nil : $0 })
    }

    /// Whether a link leads to a page of the account's own list: with the credentials, nothing else is
    /// asked for that an answer names.
    private func isPage(_ place: String, of list: String) -> Bool {
        let path = path(list)
        guard place.hasPrefix(path), place.utf8.count <= 2_048 else { return false }
        let rest = place.utf8.dropFirst(path.utf8.count)
        return (rest.isEmpty || rest.first == UInt8(ascii: "?"))
            && rest.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }
    }
}
