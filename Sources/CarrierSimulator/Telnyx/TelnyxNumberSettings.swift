/// A number's settings for calls and for texts.
extension Telnyx {
    static let settingsRoutes: [Route] = [
        Route("GET", "/v2/phone_numbers/{id}/voice", voice),
        Route("PATCH", "/v2/phone_numbers/{id}/voice", updateVoice),
        Route("GET", "/v2/phone_numbers/{id}/messaging", messaging),
        Route("PATCH", "/v2/phone_numbers/{id}/messaging", updateMessaging),
    ]

    @Sendable private static func voice(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        .json(200, ["data": describeVoice(try number(of: call, in: world))])
    }

    /// The connection can be read here but not set.
    @Sendable private static func updateVoice(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let body = try call.object()
        var number = try number(of: call, in: world)
        for name in ["translated_number", "usage_payment_method", "inbound_call_screening"] {
            guard let value = body[name]?.string else { continue }
            number.settings[.us1, default: [:]][name] = value
        }
        if let isEnabled = body["tech_prefix_enabled"]?.bool {
            number.settings[.us1, default: [:]]["tech_prefix_enabled"] = "\(isEnabled)"
        }
        return .json(200, ["data": describeVoice(try save(number, &world, call))])
    }

    static func describeVoice(_ number: OwnedNumber) -> JSON {
        let settings = number.settings(in: .us1)
        let connection = settings["connection_id"] ?? ""
        return [
            "id": .string(number.id), "record_type": "voice_settings",
            "phone_number": .string(number.e164),
            "connection_id": connection.isEmpty ? .null : .string(connection),
            "customer_reference": .string(number.reference),
            "tech_prefix_enabled": .bool(settings["tech_prefix_enabled"] == "true"),
            "translated_number": .string(settings["translated_number"] ?? ""),
            "call_forwarding": [
                "call_forwarding_enabled": false, "forwards_to": "", "forwarding_type": "always",
            ],
            "cnam_listing": ["cnam_listing_enabled": false, "cnam_listing_details": ""],
            "usage_payment_method": .string(
                settings["usage_payment_method"] ?? "pay-per-minute"),
            "media_features": [
                "rtp_auto_adjust_enabled": true, "accept_any_rtp_packets_enabled": true,
                "t38_fax_gateway_enabled": false,
            ],
            "call_recording": [
                "inbound_call_recording_enabled": false, "inbound_call_recording_format": "wav",
                "inbound_call_recording_channels": "single",
            ],
            "emergency": ["emergency_enabled": false, "emergency_status": "disabled"],
            "inbound_call_screening": .string(
                settings["inbound_call_screening"] ?? "disabled"),
        ]
    }

    @Sendable private static func messaging(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        .json(200, ["data": describeMessaging(try number(of: call, in: world))])
    }

    /// No `messaging_profile_id`, or null, keeps the profile; an empty one takes it away.
    @Sendable private static func updateMessaging(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let body = try call.object()
        var number = try number(of: call, in: world)
        if let profile = body["messaging_profile_id"]?.string {
            guard profile.isEmpty || world.profiles[profile]?.account == number.account else {
                throw TelnyxError(
                    422, "85005", "Bad messaging_profile_id",
                    "The messaging_profile_id is not one of yours.", at: "/messaging_profile_id"
                ).refusal
            }
            number.settings[.us1, default: [:]]["messaging_profile_id"] = profile
        }
        if let product = body["messaging_product"]?.string {
            number.settings[.us1, default: [:]]["messaging_product"] = product
        }
        if let tags = body["tags"]?.array { number.tags = tags.compactMap(\.string) }
        return .json(200, ["data": describeMessaging(try save(number, &world, call))])
    }

    static func describeMessaging(_ number: OwnedNumber) -> JSON {
        let settings = number.settings(in: .us1)
        let profile = settings["messaging_profile_id"] ?? ""
        func feature(_ feature: Feature) -> JSON {
            let has = JSON.bool(number.capabilities.contains(feature))
            return [
                "domestic_two_way": has, "international_inbound": has,
                "international_outbound": false,
            ]
        }
        return [
            "id": .string(number.id), "record_type": "messaging_settings",
            "phone_number": .string(number.e164), "country_code": .string(number.country),
            "type": .string(number.type == .tollFree ? "toll-free" : "long-code"),
            "messaging_profile_id": profile.isEmpty ? .null : .string(profile),
            "messaging_product": .string(settings["messaging_product"] ?? "A2P"),
            "traffic_type": "A2P", "eligible_messaging_products": ["A2P"],
            "features": ["sms": feature(.sms), "mms": feature(.mms)],
            "tags": .array(number.tags.map { .string($0) }),
            "created_at": .string(HTTPDate.iso8601(number.purchasedAt)),
            "updated_at": .string(HTTPDate.iso8601(number.updatedAt)),
        ]
    }
}
