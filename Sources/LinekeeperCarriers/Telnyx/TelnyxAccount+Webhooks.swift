import LinekeeperCore

/// Where calls and messages go: not the number says so at Telnyx, but the application and the
/// messaging profile that it points to, which other numbers share.
extension TelnyxAccount {
    /// A TeXML application: where the calls of its numbers go.
    struct Application: Hashable, Sendable {
        let id: String
        let name: String
        let voiceURL: String
        let statusCallback: String
        /// `get` or `post`.
        let voiceMethod: String
        let statusMethod: String

        /// Whether it calls these URLs, the way the webhooks here want it.
        func calls(_ urls: WebhookURLs) -> Bool {
            voiceURL == urls.voice && statusCallback == urls.status && voiceMethod == "post"
                && statusMethod == "post"
        }
    }

    /// The account's applications and profiles, by their ids.
    struct Destinations: Hashable, Sendable {
        var applications: [String: Application] = [:]
        var profiles: [String: MessagingProfile] = [:]

        /// Where a number's calls and messages go by them; empty for what they do not tell.
        func webhooks(of number: CarrierNumber) -> WebhookURLs {
            let application = applications[number.settings[TelnyxSettings.connection] ?? ""]
            let profile = profiles[number.settings[TelnyxSettings.messagingProfile] ?? ""]
            return WebhookURLs(
                voice: application?.voiceURL ?? "", sms: profile?.webhookURL ?? "",
                status: application?.statusCallback ?? "")
        }
    }

    func manage(
        _ number: CarrierNumber, webhooks: WebhookTargets
    ) async throws(DomainError) -> CarrierNumber {
        let urls = webhooks.urls(of: .telnyx)
        try await pointApplication(to: urls)
        var managed = try await connect(number, to: credentials.connectionID)
        managed.webhooks = urls
        managed.countryCode = number.countryCode
        managed.regionLabel = number.regionLabel
        managed.capabilities = number.capabilities

        let messaging = try await messaging(of: number)
        if let messaging { managed.capabilities = messaging.capabilities }
        guard managed.capabilities.canText else {
            managed.webhooks.sms = ""
            return managed
        }
        let profile = try await pointedProfile(to: urls.sms)
        if messaging?.profileID != profile { try await assign(profile, to: number) }
        managed.settings[TelnyxSettings.messagingProfile] = profile
        return managed
    }

    /// The number tells only which application and profile it points to, so one whose URLs are not
    /// known counts as not managed.
    func isManaged(_ number: CarrierNumber, webhooks: WebhookTargets) -> Bool {
        let urls = webhooks.urls(of: .telnyx)
        return number.settings[TelnyxSettings.connection] == credentials.connectionID
            && number.webhooks.voice == urls.voice && number.webhooks.status == urls.status
            && (!number.capabilities.canText || number.webhooks.sms == urls.sms)
    }

    /// Points the number back to its application and profile. What these say themselves is left: other
    /// numbers go by it, until ``restoreShared(_:)``.
    func restore(
        _ settings: [String: String], on number: CarrierNumber
    ) async throws(DomainError) {
        if let connection = settings[TelnyxSettings.connection] {
            _ = try await connect(number, to: connection)
        }
        if let profile = settings[TelnyxSettings.messagingProfile] {
            let messaging = try await messaging(of: number)
            if (messaging?.profileID ?? "") != profile { try await assign(profile, to: number) }
        }
    }

    /// Has the account's own application and profile say what they said before. A number that was
    /// managed when they pointed here already has kept our own addresses: those are passed over.
    func restoreShared(
        _ settings: [[String: String]], replacing webhooks: WebhookTargets?
    ) async throws(DomainError) {
        typealias Name = TelnyxSettings
        let ours = webhooks?.urls(of: .telnyx)
        // Telnyx takes no application without a voice URL.
        if let saved = settings.first(where: {
            !["", ours?.voice].contains($0[Name.voiceURL, default: ""])
        }),
            let application = try await application(credentials.connectionID)
        {
            try await change(
                application, voiceURL: saved[Name.voiceURL] ?? "",
                voiceMethod: saved[Name.voiceMethod] ?? "post",
                statusCallback: saved[Name.statusCallback] ?? "",
                statusMethod: saved[Name.statusMethod] ?? "post")
        }
        if let id = credentials.messagingProfileID,
            let url = settings.compactMap({ $0[Name.profileWebhook] }).first(where: {
                $0 != ours?.sms
            }),
            let profile = try await messagingProfile(id)
        {
            try await point(profile, to: url)
        }
    }

    /// Telnyx has no regions to choose from.
    func setRegion(
        _ region: RegionID?, on number: CarrierNumber, webhooks: WebhookTargets?
    ) async throws(DomainError) {
        guard region != nil else { return }
        throw DomainError(
            .regionNotSupported,
            "Telnyx numbers have no region to choose: only Twilio's have.",
            facts: ["carrier": "TELNYX"], field: "region")
    }

    /// The first 250 applications and profiles of the account: few have more than a handful. A key that
    /// may not list them sees none.
    func destinations() async throws(DomainError) -> Destinations {
        let page: FormFields = ["page[number]": "1", "page[size]": "250"]
        var destinations = Destinations()
        let applications = request(.get, "/texml_applications", query: page)
        if case .done(let response) = try await exchange(applications) {
            for entry in try CarrierJSON(response.body, from: "Telnyx").array("data") {
                let application = try TelnyxDecoding.application(entry)
                destinations.applications[application.id] = application
            }
        }
        let profiles = request(.get, "/messaging_profiles", query: page)
        if case .done(let response) = try await exchange(profiles) {
            for entry in try CarrierJSON(response.body, from: "Telnyx").array("data") {
                let profile = try TelnyxDecoding.messagingProfile(entry)
                destinations.profiles[profile.id] = profile
            }
        }
        return destinations
    }

    // MARK: The application

    /// A TeXML application; `nil` when the id is of none.
    func application(_ id: String) async throws(DomainError) -> Application? {
        let reading = request(.get, "/texml_applications/\(percentEncoded(id))")
        guard let answer = try await answerIfPresent(to: reading, attempt: "show the application")
        else { return nil }
        return try TelnyxDecoding.application(try answer.object("data"))
    }

    /// Has the account's application call the webhooks.
    private func pointApplication(to urls: WebhookURLs) async throws(DomainError) {
        guard let application = try await application(credentials.connectionID) else {
            throw TelnyxErrors.connectionIDInvalid(
                "Telnyx knows no application \(credentials.connectionID).")
        }
        guard !application.calls(urls) else { return }
        try await change(
            application, voiceURL: urls.voice, voiceMethod: "post", statusCallback: urls.status,
            statusMethod: "post")
    }

    private func change(
        _ application: Application, voiceURL: String, voiceMethod: String,
        statusCallback: String, statusMethod: String
    ) async throws(DomainError) {
        // Telnyx wants the name and the voice URL in every change.
        let change = request(
            .patch, "/texml_applications/\(percentEncoded(application.id))",
            body: .object([
                ("friendly_name", .string(application.name)), ("voice_url", .string(voiceURL)),
                ("voice_method", .string(voiceMethod)),
                ("status_callback", .string(statusCallback)),
                ("status_callback_method", .string(statusMethod)),
            ]))
        let answer = try await answer(to: change, attempt: "change the application")
        guard try answer.object("data").string("voice_url") == voiceURL else {
            throw answer.unreadable("has a voice_url other than the one that was set")
        }
    }

    /// Points a number to an application; empty: to none.
    private func connect(
        _ number: CarrierNumber, to connection: String
    ) async throws(DomainError) -> CarrierNumber {
        let change = request(
            .patch, path(of: number), body: .object([("connection_id", .string(connection))]))
        let answer = try await answer(to: change, attempt: "change the number's connection")
        let changed = try TelnyxDecoding.number(try answer.object("data"), type: number.type)
        guard changed.e164 == number.e164 else {
            throw answer.unreadable("is about another number")
        }
        guard changed.settings[TelnyxSettings.connection] == connection else {
            throw answer.unreadable("has a connection_id other than the one that was set")
        }
        return changed
    }
}
