/// TeXML applications, at which the webhooks of calls are set.
extension Telnyx {
    static let applicationRoutes: [Route] = [
        Route("GET", "/v2/texml_applications", list),
        Route("POST", "/v2/texml_applications", create),
        Route("GET", "/v2/texml_applications/{id}", retrieve),
        Route("PATCH", "/v2/texml_applications/{id}", update),
        Route("DELETE", "/v2/texml_applications/{id}", delete),
    ]

    @Sendable private static func list(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        var applications = world.applications.values.filter { $0.account == call.account.id }
        if let name = call.request.query("filter[friendly_name][contains]") {
            applications.removeAll { !$0.name.contains(name) }
        }
        applications.sort { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
        return TelnyxPage.reply(call, applications, sizeDefault: 250, describe: describe)
    }

    @Sendable private static func retrieve(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        .json(200, ["data": describe(try application(of: call, in: world))])
    }

    private static func application(
        of call: Call, in world: World
    ) throws(Refusal) -> TexmlApplication {
        guard let application = world.applications[call["id"]],
            application.account == call.account.id
        else { throw TelnyxError.notFound.refusal }
        return application
    }

    @Sendable private static func create(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let fields = try fields(of: call)
        let id = Identifier.decimal(of: "\(call.account.id) application \(world.ledger.count)")
        let application = TexmlApplication(
            id: id, account: call.account.id, fields: fields, createdAt: world.clock.now,
            updatedAt: world.clock.now)
        try world.record(
            call, "application.create", reference: application.name, [.application(application)])
        return .json(201, ["data": describe(application)])
    }

    /// Sets what the body holds, and asks for a name and a voice URL like a new one.
    @Sendable private static func update(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        var application = try application(of: call, in: world)
        application.fields = application.fields.merging(try fields(of: call))
        application.updatedAt = world.clock.now
        try world.record(
            call, "application.update", reference: application.name, [.application(application)])
        return .json(200, ["data": describe(application)])
    }

    @Sendable private static func delete(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let application = try application(of: call, in: world)
        try world.record(
            call, "application.delete", reference: application.name,
            [.applicationGone(id: application.id)])
        return .json(200, ["data": describe(application)])
    }

    /// The known fields of a body.
    private static func fields(of call: Call) throws(Refusal) -> JSON {
        let body = try call.object()
        for name in ["friendly_name", "voice_url"] {
            guard let value = body[name]?.string, !value.isEmpty else {
                throw TelnyxError.missing(name).refusal
            }
        }
        for name in ["voice_method", "status_callback_method"] {
            guard let value = body[name]?.string else { continue }
            guard ["get", "post"].contains(value) else {
                throw TelnyxError(
                    422, "10032", "Invalid enumerated value", "\(name) must be get or post.",
                    at: "/" + name
                ).refusal
            }
        }
        guard case .object(let members) = body, case .object(let known) = defaults else {
            return [:]
        }
        return .object(members.filter { member in known.contains { $0.name == member.name } })
    }

    private static let defaults: JSON = [
        "friendly_name": "", "active": true, "anchorsite_override": "Latency",
        "dtmf_type": "RFC 2833", "first_command_timeout": false, "first_command_timeout_secs": 30,
        "voice_url": "", "voice_fallback_url": "", "voice_method": "post",
        "status_callback": "", "status_callback_method": "post",
        "inbound": [
            "channel_limit": nil, "shaken_stir_enabled": false, "sip_subdomain": nil,
            "sip_subdomain_receive_settings": "from_anyone",
        ],
        "outbound": ["channel_limit": nil, "outbound_voice_profile_id": nil], "tags": [],
    ]

    private static func describe(_ application: TexmlApplication) -> JSON {
        defaults.merging(application.fields).merging([
            "id": .string(application.id), "record_type": "texml_application",
            "created_at": .string(HTTPDate.iso8601(application.createdAt)),
            "updated_at": .string(HTTPDate.iso8601(application.updatedAt)),
        ])
    }
}
