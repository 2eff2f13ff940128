import Foundation

/// The numbers of an account: list, read, set up and release.
extension Telnyx {
    static let numberRoutes: [Route] = [
        Route("GET", "/v2/phone_numbers", list), Route("GET", "/v2/phone_numbers/slim", slim),
        Route("GET", "/v2/phone_numbers/voice", voiceList),
        Route("GET", "/v2/phone_numbers/messaging", messagingList),
        Route("GET", "/v2/phone_numbers/{id}", retrieve),
        Route("PATCH", "/v2/phone_numbers/{id}", update),
        Route("DELETE", "/v2/phone_numbers/{id}", delete),
    ]

    /// For how long a bought number bears a type of the old kind.
    private static let legacySeconds: Double = 60
    /// How long a released number is kept from everybody else.
    private static let holdSeconds: Double = 10 * 86_400

    @Sendable private static func list(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let numbers = listed(&world, call)
        return TelnyxPage.reply(call, numbers) { describe($0, in: world) }
    }

    /// The list without what belongs to messaging, which makes it the cheap one.
    @Sendable private static func slim(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let left: Set = [
            "messaging_profile_id", "messaging_profile_name", "connection_name", "tags",
            "source_type", "deletion_lock_enabled",
        ]
        let numbers = listed(&world, call)
        return TelnyxPage.reply(call, numbers) { number in
            guard case .object(let members) = describe(number, in: world) else { return nil }
            return .object(members.filter { !left.contains($0.name) })
        }
    }

    @Sendable private static func voiceList(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        TelnyxPage.reply(call, listed(&world, call), describe: describeVoice)
    }

    @Sendable private static func messagingList(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        TelnyxPage.reply(call, listed(&world, call), describe: describeMessaging)
    }

    /// The account's numbers that pass the filters and are not hidden by a lag.
    private static func listed(_ world: inout World, _ call: Call) -> [OwnedNumber] {
        var numbers = world.numbers(of: call.account.id)
        if let text = call.filter("phone_number") {
            // Anything but digits finds nothing, and so does too little.
            let isUsable = text.count >= 3 && text.allSatisfy(\.isASCIIDigit)
            numbers.removeAll { !isUsable || !$0.e164.contains(text) }
        }
        let exact: [(String, (OwnedNumber) -> String)] = [
            ("status", { $0.status.rawValue }), ("country_iso_alpha2", { $0.country }),
            ("customer_reference", { $0.reference }), ("source", { _ in "ordered" }),
            ("connection_id", { $0.settings(in: .us1)["connection_id"] ?? "" }),
            ("billing_group_id", { $0.settings(in: .us1)["billing_group_id"] ?? "" }),
        ]
        for (name, value) in exact {
            guard let wanted = call.filter(name) else { continue }
            numbers.removeAll { value($0) != wanted }
        }
        if let tag = call.filter("tag") { numbers.removeAll { !$0.tags.contains(tag) } }
        if call.filter("without_tags") == "true" { numbers.removeAll { !$0.tags.isEmpty } }
        if let type = call.request.query("filter[number_type][eq]") {
            numbers.removeAll { $0.type.telnyx != type }
        }
        switch call.request.query("sort") {
        case "phone_number": numbers.sort { $0.e164 < $1.e164 }
        case "purchased_at": numbers.sort { $0.purchasedAt < $1.purchasedAt }
        default: break
        }
        return world.lags.visible(numbers, at: world.clock.now) { $0.id }
    }

    @Sendable private static func retrieve(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        .json(200, ["data": describe(try number(of: call, in: world), in: world)])
    }

    static func number(of call: Call, in world: World) throws(Refusal) -> OwnedNumber {
        guard let e164 = world.numbersByID[call["id"]], let number = world.numbers[e164],
            number.account == call.account.id
        else { throw TelnyxError.notFound.refusal }
        return number
    }

    /// Sets what this body may set; a messaging profile is not among it.
    @Sendable private static func update(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let body = try call.object()
        var number = try number(of: call, in: world)
        var settings = number.settings(in: .us1)
        if let connection = body["connection_id"]?.string {
            guard connection.isEmpty || world.applications[connection]?.account == number.account
            else {
                throw TelnyxError(
                    422, "85004", "Bad connection_id", "The connection_id is not one of yours.",
                    at: "/connection_id"
                ).refusal
            }
            settings["connection_id"] = connection
        }
        for name in ["billing_group_id", "external_pin", "address_id"] {
            if let value = body[name]?.string { settings[name] = value }
        }
        if let hd = body["hd_voice_enabled"]?.bool { settings["hd_voice_enabled"] = "\(hd)" }
        if let reference = body["customer_reference"]?.string { number.reference = reference }
        if let tags = body["tags"]?.array { number.tags = tags.compactMap(\.string) }
        number.settings[.us1] = settings
        return .json(
            200, ["data": describe(try save(number, &world, call), in: world)])
    }

    /// Writes a number's new settings.
    static func save(
        _ number: OwnedNumber, _ world: inout World, _ call: Call
    ) throws(Refusal) -> OwnedNumber {
        var number = number
        number.updatedAt = world.clock.now
        try world.record(
            call, "number.update", e164: number.e164, reference: number.reference,
            [.number(number)])
        return number
    }

    @Sendable private static func delete(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let number = try number(of: call, in: world)
        guard !number.isLocked else {
            throw TelnyxError.invalid(
                "deletion_lock_enabled", "The number has deletion lock enabled."
            ).refusal
        }
        guard number.status == .active else {
            throw TelnyxError(
                409, "10036", "Resource is being processed", "The number is still being bought."
            ).refusal
        }
        let gone = describe(number, in: world).merging([
            "status": "deleted", "phone_number_type": .string(number.type.telnyx),
            "updated_at": .string(HTTPDate.iso8601(world.clock.now)),
        ])
        try world.record(
            call, "number.release", e164: number.e164, reference: number.reference,
            [
                .numberGone(
                    carrier: .telnyx, e164: number.e164,
                    heldUntil: world.clock.now.addingTimeInterval(holdSeconds))
            ])
        return .json(200, ["data": gone])
    }

    private static func describe(_ number: OwnedNumber, in world: World) -> JSON {
        let settings = number.settings(in: .us1)
        func text(_ name: String) -> JSON {
            settings[name].map { $0.isEmpty ? .null : .string($0) } ?? .null
        }
        let age = world.clock.now.timeIntervalSince(number.purchasedAt)
        let isNew = number.status == .purchasePending || age < legacySeconds
        let connection = world.applications[settings["connection_id"] ?? ""]
        let profile = world.profiles[settings["messaging_profile_id"] ?? ""]
        let purchasedAt = JSON.string(HTTPDate.iso8601(number.purchasedAt))
        return [
            "id": .string(number.id), "record_type": "phone_number",
            "phone_number": .string(number.e164), "status": .string(number.status.rawValue),
            "phone_number_type": .string(
                isNew ? number.type.telnyxLegacy : number.type.telnyx),
            "country_iso_alpha2": .string(number.country),
            "tags": .array(number.tags.map { .string($0) }),
            "external_pin": text("external_pin"), "connection_id": text("connection_id"),
            "connection_name": .text(connection?.name),
            "customer_reference": number.reference.isEmpty ? .null : .string(number.reference),
            "messaging_profile_id": text("messaging_profile_id"),
            "messaging_profile_name": .text(profile?.name),
            "billing_group_id": text("billing_group_id"), "emergency_enabled": false,
            "emergency_address_id": nil, "emergency_status": "disabled",
            "call_forwarding_enabled": false, "cnam_listing_enabled": false,
            "caller_id_name_enabled": false, "call_recording_enabled": false,
            "t38_fax_gateway_enabled": false, "inbound_call_screening": "disabled",
            "hd_voice_enabled": .bool(settings["hd_voice_enabled"] == "true"),
            "deletion_lock_enabled": .bool(number.isLocked), "source_type": "number_order",
            "purchased_at": purchasedAt, "created_at": purchasedAt,
            "activated_at": number.status == .active ? purchasedAt : .null,
            "updated_at": .string(HTTPDate.iso8601(number.updatedAt)),
        ]
    }
}
