import LinekeeperCore

/// Where calls and messages go, and in which region calls are processed.
///
/// Every region keeps settings of its own for every number, and a call goes by those of the region
/// that processes it. So the default region's settings are always written, messages and a return to
/// it go by them, and before them those of the region in which the number's calls are processed.
extension TwilioAccount {
    func manage(
        _ number: CarrierNumber, webhooks: WebhookTargets
    ) async throws(DomainError) -> CarrierNumber {
        let known = number.settings[TwilioSettings.voiceRegion].flatMap(
            TwilioRegion.init(rawValue:))
        let region = if let known { known } else { try await voiceRegion(of: number.e164) }
        let settings = TwilioSettings.managed(by: webhooks)
        var regional: [String: String] = [:]
        if region != .us1 {
            let record = try await write(settings, on: number, in: region)
            regional = TwilioSettings.prefixed(record.settings, region: region)
        }
        var managed = try await write(settings, on: number, in: .us1)
        managed.countryCode = number.countryCode
        managed.regionLabel = number.regionLabel
        managed.settings[TwilioSettings.voiceRegion] = region.rawValue
        managed.settings.merge(regional, uniquingKeysWith: { _, new in new })
        return managed
    }

    func isManaged(_ number: CarrierNumber, webhooks: WebhookTargets) -> Bool {
        let region =
            number.settings[TwilioSettings.voiceRegion].flatMap(TwilioRegion.init(rawValue:))
            ?? .us1
        return [.us1, region].allSatisfy {
            TwilioSettings.areManaged(
                TwilioSettings.settings(of: $0, in: number.settings), by: webhooks)
        }
    }

    func restore(
        _ settings: [String: String], on number: CarrierNumber
    ) async throws(DomainError) {
        for region in TwilioRegion.allCases {
            let saved = TwilioSettings.settings(of: region, in: settings)
            guard !saved.isEmpty else { continue }
            _ = try await write(saved, on: number, in: region)
        }
    }

    func setRegion(
        _ region: RegionID?, on number: CarrierNumber, webhooks: WebhookTargets?
    ) async throws(DomainError) {
        let target = TwilioRegion(region)
        if let webhooks {
            _ = try await write(TwilioSettings.managed(by: webhooks), on: number, in: target)
        } else if target != .us1 {
            // Its owner's settings go along, or calls would find none there.
            let settings = try await record(of: number, in: .us1).settings
            _ = try await write(TwilioSettings.portable(settings), on: number, in: target)
        }
        let switching = try request(
            .post, routesPath(of: number.e164), form: ["VoiceRegion": target.rawValue],
            host: TwilioAccount.routesHost)
        let answer = try await answer(to: switching, attempt: "set the region")
        guard try answer.string("voice_region") == target.rawValue else {
            throw answer.unreadable("has a voice_region other than the one that was set")
        }
    }

    // MARK: Records

    /// The region in which calls of a number are processed. Twilio knows none for a number that never
    /// had one set: then it is the default. It is taken to be so too for credentials that may not ask.
    func voiceRegion(of e164: E164) async throws(DomainError) -> TwilioRegion {
        let question = try request(.get, routesPath(of: e164), host: TwilioAccount.routesHost)
        switch try await exchange(question) {
        case .refused(let refusal) where [401, 403, 404].contains(refusal.status): return .us1
        case .refused(let refusal):
            throw TwilioErrors.error(refusal, attempt: "tell the region")
        case .done(let response):
            let answer = try CarrierJSON(response.body, from: "Twilio")
            guard let word = try answer.optionalString("voice_region"), !word.isEmpty else {
                return .us1
            }
            guard let region = TwilioRegion(rawValue: word) else {
                throw answer.unreadable("has a voice_region that is not known here")
            }
            return region
        }
    }

    /// A number's record in a region.
    func record(
        of number: CarrierNumber, in region: TwilioRegion
    ) async throws(DomainError) -> CarrierNumber {
        let reading = try request(.get, path(of: number), region: region)
        let answer = try await answer(to: reading, region: region, attempt: "show the number")
        return try record(answer, of: number)
    }

    /// Writes settings to a number's record in a region; answers the record as it is then.
    private func write(
        _ settings: [String: String], on number: CarrierNumber, in region: TwilioRegion
    ) async throws(DomainError) -> CarrierNumber {
        let writing = try request(
            .post, path(of: number), form: TwilioSettings.form(settings), region: region)
        let answer = try await answer(
            to: writing, region: region, attempt: "change the number's settings")
        return try record(answer, of: number)
    }

    private func record(
        _ answer: CarrierJSON, of number: CarrierNumber
    ) throws(DomainError) -> CarrierNumber {
        let record = try TwilioDecoding.number(answer, type: number.type)
        guard record.e164 == number.e164, record.carrierID == number.carrierID else {
            throw answer.unreadable("is about another number")
        }
        return record
    }

    private func routesPath(of e164: E164) -> String {
        "/v2/PhoneNumbers/\(percentEncoded(e164.description))"
    }
}
