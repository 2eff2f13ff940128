import LinekeeperCore
import Testing

@testable import LinekeeperCarriers

/// What is sent to Telnyx, to the letter.
@Suite struct TelnyxRequestTests {
    typealias F = TelnyxFixtures

    @Test(
        "a search asks for what is wanted in Telnyx's words",
        arguments: [
            (
                OfferQuery(countryCode: "US", type: .local, areaCode: "312", contains: "55"),
                "filter%5Bcountry_code%5D=US&filter%5Bphone_number_type%5D=local"
                    + "&filter%5Bnational_destination_code%5D=312"
                    + "&filter%5Bphone_number%5D%5Bcontains%5D=55&filter%5Blimit%5D=30"
            ),
            (
                OfferQuery(
                    countryCode: "US", type: .tollFree, capabilities: [.voice, .sms], limit: 5),
                "filter%5Bcountry_code%5D=US&filter%5Bphone_number_type%5D=toll_free"
                    + "&filter%5Bfeatures%5D%5B%5D=voice&filter%5Bfeatures%5D%5B%5D=sms"
                    + "&filter%5Blimit%5D=5"
            ),
        ])
    func search(query: OfferQuery, asked: String) async throws {
        let transport = CannedTransport([F.search: [.json(200, "{\"data\": []}")]])
        #expect(try await F.account(transport).offers(query).isEmpty)
        #expect(
            transport.transcript == [
                "GET https://api.telnyx.com/v2/available_phone_numbers?\(asked)\n\(F.authorization)"
            ])
    }

    @Test func `B147 managing points application, number and profile here`() async throws {
        let webhooks = try #require(F.webhooks)
        let urls = webhooks.urls(of: .telnyx)
        let transport = CannedTransport([
            "GET \(F.application)": [.json(200, F.data(F.applicationEntry()))],
            "PATCH \(F.application)": [
                .json(200, F.data(F.applicationEntry(voice: urls.voice)))
            ],
            "PATCH \(F.number)": [.json(200, F.data(F.entry()))],
            "GET \(F.number)/messaging": [.json(200, F.data(F.messaging()))],
            "GET \(F.profiles)": [
                .json(200, F.list([F.profile(webhook: "https://other.example/", id: F.orderID)]))
            ],
            "POST \(F.profiles)": [.json(200, F.data(F.profile(webhook: urls.sms)))],
            "PATCH \(F.number)/messaging": [
                .json(200, F.data(F.messaging(profile: F.profileID)))
            ],
        ])
        let account = try F.account(transport)
        let managed = try await account.manage(try F.carrierNumber(), webhooks: webhooks)
        #expect(account.isManaged(managed, webhooks: webhooks))
        #expect(managed.settings["messaging_profile_id"] == F.profileID)
        #expect(managed.capabilities == [.voice, .sms])
        func change(_ request: String, _ body: String) -> String {
            let (method, place) = (
                request.prefix { $0 != " " }, request.drop { $0 != " " }.dropFirst()
            )
            return "\(method) https://\(place)\n\(F.authorization)\n\(F.jsonType)\n\n\(body)"
        }
        #expect(
            transport.changes == [
                change(
                    "PATCH \(F.application)",
                    """
                    {"friendly_name":"call-router",\
                    "voice_url":"https://voice.example.com/webhook/telnyx/texml",\
                    "voice_method":"post",\
                    "status_callback":"https://voice.example.com/webhook/telnyx/texml",\
                    "status_callback_method":"post"}
                    """),
                change("PATCH \(F.number)", "{\"connection_id\":\"\(F.connectionID)\"}"),
                change(
                    "POST \(F.profiles)",
                    """
                    {"name":"Linekeeper","enabled":true,\
                    "webhook_url":"https://voice.example.com/webhook/telnyx/messages",\
                    "webhook_api_version":"2","whitelisted_destinations":["*"]}
                    """),
                change(
                    "PATCH \(F.number)/messaging",
                    "{\"messaging_profile_id\":\"\(F.profileID)\"}"),
            ])
    }

    @Test func `managing what is managed already writes the number's connection only`() async throws
    {
        let webhooks = try #require(F.webhooks)
        let urls = webhooks.urls(of: .telnyx)
        let transport = CannedTransport([
            "GET \(F.application)": [
                .json(
                    200,
                    F.data(
                        F.applicationEntry(
                            voice: urls.voice, status: urls.status, method: "POST")))
            ],
            "PATCH \(F.number)": [.json(200, F.data(F.entry(profile: F.profileID)))],
            "GET \(F.number)/messaging": [
                .json(200, F.data(F.messaging(profile: F.profileID)))
            ],
            "GET \(F.profiles)": [.json(200, F.list([F.profile(webhook: urls.sms)]))],
        ])
        _ = try await F.account(transport).manage(try F.carrierNumber(), webhooks: webhooks)
        #expect(transport.changes.count == 1)
    }

    @Test func `the connection's own messaging profile is pointed here`() async throws {
        let webhooks = try #require(F.webhooks)
        let urls = webhooks.urls(of: .telnyx)
        var credentials = F.credentials
        credentials["messaging_profile_id"] = F.profileID
        let transport = CannedTransport([
            "GET \(F.application)": [
                .json(
                    200,
                    F.data(
                        F.applicationEntry(
                            voice: urls.voice, status: urls.status, method: "post")))
            ],
            "PATCH \(F.number)": [.json(200, F.data(F.entry()))],
            "GET \(F.number)/messaging": [.json(200, F.data(F.messaging()))],
            "GET \(F.profiles)/\(F.profileID)": [
                .json(200, F.data(F.profile(webhook: "https://old.example/sms")))
            ],
            "PATCH \(F.profiles)/\(F.profileID)": [
                .json(200, F.data(F.profile(webhook: urls.sms)))
            ],
            "PATCH \(F.number)/messaging": [
                .json(200, F.data(F.messaging(profile: F.profileID)))
            ],
        ])
        _ = try await F.account(transport, credentials).manage(
            try F.carrierNumber(), webhooks: webhooks)
        #expect(
            transport.changes.contains {
                $0.hasPrefix("PATCH https://\(F.profiles)/\(F.profileID)\n")
                    && $0.hasSuffix(
                        "{\"webhook_url\":\"\(urls.sms)\",\"webhook_api_version\":\"2\"}")
            })
    }

    @Test func `a number without messages gets no profile`() async throws {
        let webhooks = try #require(F.webhooks)
        let urls = webhooks.urls(of: .telnyx)
        let transport = CannedTransport([
            "GET \(F.application)": [
                .json(
                    200,
                    F.data(
                        F.applicationEntry(
                            voice: urls.voice, status: urls.status, method: "post")))
            ],
            "PATCH \(F.number)": [.json(200, F.data(F.entry()))],
            "GET \(F.number)/messaging": [.json(200, F.data(F.messaging(sms: false)))],
        ])
        let account = try F.account(transport)
        let managed = try await account.manage(try F.carrierNumber(), webhooks: webhooks)
        #expect(account.isManaged(managed, webhooks: webhooks))
        #expect(managed.capabilities == [.voice])
        #expect(transport.requests.count == 3)
    }

    @Test func `an application that is gone is told before anything is written`() async throws {
        let transport = CannedTransport([
            "GET \(F.application)": [.json(404, F.error("10005", "Not found"))]
        ])
        let webhooks = try #require(F.webhooks)
        let error = await #expect(throws: DomainError.self) {
            try await F.account(transport).manage(try F.carrierNumber(), webhooks: webhooks)
        }
        #expect(error?.reason == .connectionIDInvalid)
        #expect(transport.changes.isEmpty)
    }

    @Test func `B155 restoring points the number back, and leaves application and profile`()
        async throws
    {
        let transport = CannedTransport([
            "PATCH \(F.number)": [.json(200, F.data(F.entry(connection: "42")))],
            "GET \(F.number)/messaging": [.json(200, F.data(F.messaging(profile: F.profileID)))],
            "PATCH \(F.number)/messaging": [.json(200, F.data(F.messaging()))],
        ])
        try await F.account(transport).restore(
            ["connection_id": "42", "messaging_profile_id": ""], on: try F.carrierNumber())
        #expect(
            transport.changes.map { $0.split(separator: "\n").last.map(String.init) } == [
                "{\"connection_id\":\"42\"}", "{\"messaging_profile_id\":\"\"}",
            ])
    }

    @Test func `B080 a region is refused, and none is none`() async throws {
        let transport = CannedTransport([:])
        let account = try F.account(transport)
        let number = try F.carrierNumber()
        let error = await #expect(throws: DomainError.self) {
            try await account.setRegion(.europe, on: number, webhooks: nil)
        }
        #expect(error?.reason == .regionNotSupported)
        try await account.setRegion(nil, on: number, webhooks: nil)
        #expect(transport.requests.isEmpty)
    }

    @Test(
        "a number that is gone counts as released",
        arguments: [
            HTTPOutcome.json(200, "{\"data\": {\"status\": \"deleted\"}}"),
            .json(404, TelnyxFixtures.error("10005", "Not found")),
        ])
    func release(answer: HTTPOutcome) async throws {
        let transport = CannedTransport(["DELETE \(F.number)": [answer]])
        try await F.account(transport).release(try F.carrierNumber())
        #expect(transport.transcript == ["DELETE https://\(F.number)\n\(F.authorization)"])
    }

    @Test func `a locked number is not released, and the carrier says why`() async throws {
        let transport = CannedTransport([
            "DELETE \(F.number)": [.json(422, F.error("10027", "Locked", "deletion lock"))]
        ])
        let error = await #expect(throws: DomainError.self) {
            try await F.account(transport).release(try F.carrierNumber())
        }
        #expect(error?.reason == .carrierRefused)
        #expect(error?.message == "Telnyx refused to release +13125550006: Locked: deletion lock")
        #expect(error?.facts["carrier_code"] == "10027")
    }

    @Test func `a simulator is asked at its own address for the carrier's host`() async throws {
        let transport = CannedTransport([:])
        let carrier = TelnyxCarrier(
            endpoints: .simulator("http://127.0.0.1:8089"), transport: transport,
            logger: quietLogger, limits: .once)
        let account = try #require(try carrier.account(F.credentials))
        _ = await #expect(throws: DomainError.self) { try await account.countries() }
        #expect(
            transport.transcript == [
                """
                GET http://127.0.0.1:8089/v2/country_coverage
                Host: api.telnyx.com
                \(F.authorization)
                """
            ])
    }
}
