import LinekeeperCore

/// Messaging profiles, of which each sends the messages of all its numbers to one URL.
extension TelnyxAccount {
    /// A messaging profile: where the messages of its numbers go.
    struct MessagingProfile: Hashable, Sendable {
        let id: String
        let webhookURL: String
    }

    /// Profiles made here have this name.
    private static let profileName = "Linekeeper"

    /// A messaging profile; `nil` when the id is of none.
    func messagingProfile(_ id: String) async throws(DomainError) -> MessagingProfile? {
        let reading = request(.get, "/messaging_profiles/\(percentEncoded(id))")
        guard let answer = try await answerIfPresent(to: reading, attempt: "show the profile")
        else { return nil }
        return try TelnyxDecoding.messagingProfile(try answer.object("data"))
    }

    /// The id of a profile whose messages come to a URL: the connection's own, or one that was made
    /// here before, or a new one.
    func pointedProfile(to url: String) async throws(DomainError) -> String {
        if let id = credentials.messagingProfileID {
            guard let profile = try await messagingProfile(id) else {
                throw DomainError(
                    .carrierRefused, "Telnyx knows no messaging profile \(id).",
                    facts: ["carrier": "TELNYX"], field: "credentials.messaging_profile_id")
            }
            if profile.webhookURL != url { try await point(profile, to: url) }
            return id
        }
        if let known = try await profileMade(for: url) { return known }
        // Many numbers may be managed at once, and Telnyx takes two profiles with one name.
        do throws(ConcurrencyGate.Refusal) { try await turn.enter() } catch {
            throw DomainError(
                .carrierBusy,
                "Too many numbers of this account wait for a messaging profile. Try again.",
                retryAfterMilliseconds: 1_000)
        }
        defer { turn.leave() }
        if let known = try await profileMade(for: url) { return known }
        let creation = request(
            .post, "/messaging_profiles",
            body: .object([
                ("name", .string(TelnyxAccount.profileName)), ("enabled", .bool(true)),
                ("webhook_url", .string(url)), ("webhook_api_version", .string("2")),
                ("whitelisted_destinations", .array([.string("*")])),
            ]))
        let answer = try await answer(to: creation, attempt: "make a messaging profile")
        return try TelnyxDecoding.messagingProfile(try answer.object("data")).id
    }

    /// A profile that was made here before for a URL.
    private func profileMade(for url: String) async throws(DomainError) -> String? {
        let list = request(
            .get, "/messaging_profiles",
            query: [
                "filter[name]": TelnyxAccount.profileName, "page[number]": "1",
                "page[size]": "250",
            ])
        for entry in try await answer(to: list, attempt: "list the profiles").array("data") {
            let profile = try TelnyxDecoding.messagingProfile(entry)
            if profile.webhookURL == url { return profile.id }
        }
        return nil
    }

    func point(
        _ profile: MessagingProfile, to url: String
    ) async throws(DomainError) {
        let change = request(
            .patch, "/messaging_profiles/\(percentEncoded(profile.id))",
            body: .object([
                ("webhook_url", .string(url)), ("webhook_api_version", .string("2")),
            ]))
        let answer = try await answer(to: change, attempt: "change the messaging profile")
        guard
            try TelnyxDecoding.messagingProfile(try answer.object("data")).webhookURL == url
        else { throw answer.unreadable("has a webhook_url other than the one that was set") }
    }

    /// Assigns a number to a profile; empty: to none.
    func assign(
        _ profile: String, to number: CarrierNumber
    ) async throws(DomainError) {
        let change = request(
            .patch, path(of: number) + "/messaging",
            body: .object([("messaging_profile_id", .string(profile))]))
        let answer = try await answer(to: change, attempt: "change the number's messaging settings")
        let told = try answer.object("data").optionalText("messaging_profile_id") ?? ""
        guard told == profile else {
            throw answer.unreadable("has a messaging_profile_id other than the one that was set")
        }
    }
}
