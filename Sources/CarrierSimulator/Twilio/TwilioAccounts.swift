/// The account itself: its state, its money and its API keys.
extension Twilio {
    static let accountRoutes: [Route] = [
        Route("GET", "/2010-04-01/Accounts/{AccountSid}.json", account),
        Route("GET", "/2010-04-01/Accounts/{AccountSid}/Balance.json", balance),
        Route("GET", "/2010-04-01/Accounts/{AccountSid}/Keys.json", keys),
        Route("POST", "/2010-04-01/Accounts/{AccountSid}/Keys.json", createKey),
        Route("GET", "/2010-04-01/Accounts/{AccountSid}/Keys/{Sid}.json", key),
        Route("DELETE", "/2010-04-01/Accounts/{AccountSid}/Keys/{Sid}.json", deleteKey),
    ]

    @Sendable private static func account(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let account = call.account
        let base = "/2010-04-01/Accounts/\(account.id)"
        let subresources = [
            "addresses": "Addresses", "available_phone_numbers": "AvailablePhoneNumbers",
            "balance": "Balance", "incoming_phone_numbers": "IncomingPhoneNumbers", "keys": "Keys",
        ]
        let token = account.credentials.first {
            $0.kind == .authToken && $0.region == call.region
        }
        return .json(
            200,
            [
                "sid": .string(account.id), "friendly_name": .string(account.name),
                "status": .string(account.status.rawValue), "type": "Full",
                "owner_account_sid": .string(account.id), "auth_token": .text(token?.secret),
                "date_created": .string(HTTPDate.rfc2822(account.createdAt)),
                "date_updated": .string(HTTPDate.rfc2822(account.createdAt)),
                "uri": .string(base + ".json"),
                "subresource_uris": .object(
                    subresources.sorted { $0.key < $1.key }.map {
                        .init(name: $0.key, value: .string("\(base)/\($0.value).json"))
                    }),
            ])
    }

    @Sendable private static func balance(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        .json(
            200,
            [
                "account_sid": .string(call.account.id),
                "balance": .string(Money.text(call.account.balanceMicros)), "currency": "USD",
            ])
    }

    @Sendable private static func keys(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        TwilioPage.reply(call, "keys", keys(of: call), id: { $0.id }, describe: { describe($0) })
    }

    @Sendable private static func key(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        guard let key = keys(of: call).first(where: { $0.id == call["Sid"] }) else {
            throw TwilioError.notFound(call.request.path).refusal
        }
        return .json(200, describe(key))
    }

    @Sendable private static func createKey(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let name = call.request.form.first { $0.name == "FriendlyName" }?.value ?? ""
        let text = "\(call.account.id) key \(world.ledger.count)"
        let key = Credential(
            kind: .standardKey, id: Identifier.sid("SK", of: text),
            secret: Identifier.sid("", of: text + " secret"), region: call.region, label: name,
            createdAt: world.clock.now)
        var account = call.account
        account.credentials.append(key)
        try world.record(call, "key.create", [.account(account)])
        return .json(201, describe(key).merging(["secret": .string(key.secret)]))
    }

    @Sendable private static func deleteKey(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        guard keys(of: call).contains(where: { $0.id == call["Sid"] }) else {
            throw TwilioError.notFound(call.request.path).refusal
        }
        var account = call.account
        account.credentials.removeAll { $0.id == call["Sid"] }
        try world.record(call, "key.delete", [.account(account)])
        return .noContent
    }

    private static func keys(of call: Call) -> [Credential] {
        call.account.credentials.filter { $0.kind != .authToken && $0.region == call.region }
    }

    private static func describe(_ key: Credential) -> JSON {
        let date = JSON.string(HTTPDate.rfc2822(key.createdAt))
        return [
            "sid": .string(key.id), "friendly_name": .string(key.label), "date_created": date,
            "date_updated": date,
        ]
    }
}
