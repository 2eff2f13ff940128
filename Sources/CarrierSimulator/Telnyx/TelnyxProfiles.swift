/// Messaging profiles, at which the webhook of texts is set.
extension Telnyx {
    static let profileRoutes: [Route] = [
        Route("GET", "/v2/messaging_profiles", list),
        Route("POST", "/v2/messaging_profiles", create),
        Route("GET", "/v2/messaging_profiles/{id}", retrieve),
        Route("PATCH", "/v2/messaging_profiles/{id}", update),
    ]

    @Sendable private static func list(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        var profiles = world.profiles.values.filter { $0.account == call.account.id }
        if let name = call.filter("name") { profiles.removeAll { $0.name != name } }
        profiles.sort { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
        return TelnyxPage.reply(call, profiles, describe: describe)
    }

    @Sendable private static func retrieve(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        .json(200, ["data": describe(try profile(of: call, in: world))])
    }

    private static func profile(of call: Call, in world: World) throws(Refusal) -> MessagingProfile
    {
        guard let profile = world.profiles[call["id"]], profile.account == call.account.id else {
            throw TelnyxError.notFound.refusal
        }
        return profile
    }

    @Sendable private static func create(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let body = try call.object()
        guard let name = body["name"]?.string, !name.isEmpty else {
            throw TelnyxError.missing("name").refusal
        }
        guard body["whitelisted_destinations"]?.array != nil else {
            throw TelnyxError.missing("whitelisted_destinations").refusal
        }
        let profile = MessagingProfile(
            id: Identifier.uuid(of: "\(call.account.id) profile \(world.ledger.count)"),
            account: call.account.id, fields: known(body), createdAt: world.clock.now,
            updatedAt: world.clock.now)
        try world.record(call, "profile.create", reference: name, [.profile(profile)])
        return .json(200, ["data": describe(profile)])
    }

    @Sendable private static func update(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        var profile = try profile(of: call, in: world)
        profile.fields = profile.fields.merging(known(try call.object()))
        profile.updatedAt = world.clock.now
        try world.record(call, "profile.update", reference: profile.name, [.profile(profile)])
        return .json(200, ["data": describe(profile)])
    }

    private static func known(_ body: JSON) -> JSON {
        guard case .object(let members) = body, case .object(let known) = defaults else {
            return [:]
        }
        return .object(members.filter { member in known.contains { $0.name == member.name } })
    }

    private static let defaults: JSON = [
        "name": "", "enabled": true, "webhook_url": nil, "webhook_failover_url": nil,
        "webhook_api_version": "2", "whitelisted_destinations": [],
        "mms_fall_back_to_sms": false, "mms_transcoding": false, "alpha_sender": nil,
        "daily_spend_limit_enabled": false,
    ]

    private static func describe(_ profile: MessagingProfile) -> JSON {
        defaults.merging(profile.fields).merging([
            "id": .string(profile.id), "record_type": "messaging_profile",
            "created_at": .string(HTTPDate.iso8601(profile.createdAt)),
            "updated_at": .string(HTTPDate.iso8601(profile.updatedAt)),
        ])
    }
}
