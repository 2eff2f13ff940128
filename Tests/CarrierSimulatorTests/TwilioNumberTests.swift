import CarrierSimulator
import Foundation
import Testing

@Suite struct TwilioNumberTests {
    private static let account = Demo.twilioCustomer
    private static let numbers = Scene.path(account, "/IncomingPhoneNumbers.json")

    @Test func `a purchase is answered, paid, kept and told once`() async throws {
        try await Scene.with { scene in
            let e164 = try scene.free(.twilio)
            let before = try #require(scene.simulator.account(Self.account.id)).balanceMicros
            let bought = try await scene.buy(e164, name: "intent-1")
            #expect(bought.status == 201)
            #expect(bought["sid"].wholeMatch(of: /PN[0-9a-f]{32}/) != nil)
            #expect(bought["status"] == "in-use")
            #expect(bought["date_created"].hasSuffix(" +0000"))
            let entry = try #require(scene.simulator.ledger.first)
            #expect(scene.simulator.ledger.count == 1)
            #expect(entry.operation == "number.buy")
            #expect(entry.e164 == e164)
            #expect(entry.reference == "intent-1")
            #expect(entry.requestID == bought.headers["twilio-request-id"])
            let after = try #require(scene.simulator.account(Self.account.id)).balanceMicros
            #expect(before - after == 1_150_000)
        }
    }

    @Test(
        "a purchase is refused for what is wrong with it",
        arguments: [
            (["PhoneNumber": "+1abc"], 21421), (["PhoneNumber": "14155550000"], 21421),
            ([:], 21421),
            (["PhoneNumber": "+14155559999"], 21422), (["AreaCode": "41"], 21451),
            (["AreaCode": "999"], 21452),
            (["AreaCode": "415", "VoiceUrl": "ftp://example.com"], 21402),
            (["AreaCode": "415", "VoiceMethod": "PUT"], 21403),
            (["AreaCode": "415", "VoiceFallbackUrl": "https://example.com"], 21405),
            (["AreaCode": "415", "SmsFallbackUrl": "https://example.com"], 21406),
        ] as [([String: String], Int)])
    func refused(form: [String: String], code: Int) async throws {
        try await Scene.with { scene in
            let answer = try await scene.send(
                "POST", Self.numbers, as: .twilio(Self.account), form: form)
            #expect(answer.status == 400)
            #expect(answer.code == code)
            #expect(scene.simulator.ledger.isEmpty)
        }
    }

    @Test func `what is owned, by whomever, is not available`() async throws {
        try await Scene.with { scene in
            let e164 = try scene.free(.twilio)
            #expect(try await scene.buy(e164).status == 201)
            for account in [Self.account, Demo.twilioMarketplace] {
                let again = try await scene.buy(e164, account: account)
                #expect(again.status == 400)
                #expect(again.code == 21422)
            }
            #expect(scene.simulator.ledger.count == 1)
        }
    }

    @Test func `an account without money buys nothing`() async throws {
        try await Scene.with { scene in
            let e164 = try scene.free(.twilio)
            let answer = try await scene.buy(e164, account: Demo.twilioEmpty)
            #expect(answer.code == 20005)
            try scene.simulator.setBalance(1_150_000, of: Demo.twilioEmpty.id)
            #expect(try await scene.buy(e164, account: Demo.twilioEmpty).status == 201)
        }
    }

    @Test(
        "some countries ask for papers",
        arguments: [("GB", NumberType.mobile, 21649), ("DE", .local, 21631), ("BR", .local, 21631)])
    func papers(country: String, type: NumberType, code: Int) async throws {
        try await Scene.with { scene in
            let e164 = try scene.free(.twilio, country: country, type: type)
            #expect(try await scene.buy(e164).code == code)
        }
    }

    @Test func `with its bundle a British number is sold`() async throws {
        try await Scene.with { scene in
            let e164 = try scene.free(.twilio, country: "GB", type: .mobile)
            let bundle = try #require(Self.account.bundles.keys.first)
            let answer = try await scene.send(
                "POST", Self.numbers, as: .twilio(Self.account),
                form: ["PhoneNumber": e164, "BundleSid": bundle])
            #expect(answer.status == 201)
            #expect(answer["bundle_sid"] == bundle)
        }
    }

    @Test func `pages lead to every number once, also while numbers come`() async throws {
        try await Scene.with { scene in
            var path = Self.numbers + "?PageSize=25"
            var seen: [String] = []
            while true {
                let page = try await scene.send("GET", path, as: .twilio(Self.account))
                let items = page.json["incoming_phone_numbers"] as? [[String: Any]] ?? []
                seen += items.compactMap { $0["sid"] as? String }
                guard let next = page.json["next_page_uri"] as? String else { break }
                path = next
                #expect(try await scene.buy(try scene.free(.twilio)).status == 201)
            }
            #expect(seen.count == 60)
            #expect(Set(seen).count == 60)
        }
    }

    @Test(
        "a list is narrowed by a part of the number, with stars, and by the whole name",
        arguments: [
            ("PhoneNumber=%2B1415200****", true), ("PhoneNumber=4152000", true),
            ("PhoneNumber=%2B1999", false), ("FriendlyName=Desk", true),
            ("FriendlyName=Des", false),
        ])
    func filtered(query: String, isFound: Bool) async throws {
        try await Scene.with { scene in
            let owned = try #require(
                scene.simulator.numbers(of: Self.account.id).first {
                    $0.e164.hasPrefix("+14152000")
                })
            try scene.simulator.changeSettings(["friendly_name": "Desk"], of: owned.e164)
            let list = try await scene.send(
                "GET", Self.numbers + "?" + query, as: .twilio(Self.account))
            let items = list.json["incoming_phone_numbers"] as? [[String: Any]] ?? []
            #expect(items.contains { $0["sid"] as? String == owned.id } == isFound)
        }
    }

    @Test func `a number is released once, and kept from others for a while`() async throws {
        try await Scene.with { scene in
            let e164 = try scene.free(.twilio)
            let path = Scene.path(
                Self.account, "/IncomingPhoneNumbers/\(try await scene.buy(e164)["sid"]).json")
            let released = try await scene.send("DELETE", path, as: .twilio(Self.account))
            #expect(released.status == 204)
            #expect(released.body.isEmpty)
            let again = try await scene.send("DELETE", path, as: .twilio(Self.account))
            #expect(again.status == 404)
            #expect(again.code == 20404)
            let other = Demo.twilioMarketplace
            #expect(try await scene.buy(e164, account: other).code == 21422)
            scene.simulator.advanceClock(by: .seconds(11 * 86_400))
            #expect(try await scene.buy(e164, account: other).status == 201)
        }
    }

    @Test func `a region has settings of its own, and a route only once one was set`() async throws
    {
        try await Scene.with { scene in
            let e164 = try scene.free(.twilio)
            let sid = try await scene.buy(e164)["sid"]
            let path = Scene.path(Self.account, "/IncomingPhoneNumbers/\(sid).json")
            let ireland = Scene.Caller.twilio(
                Self.account, region: .ie1, host: "api.dublin.ie1.twilio.com")
            let set = try await scene.send(
                "POST", path, as: ireland, form: ["VoiceUrl": "https://ie.example.com"])
            #expect(set["voice_url"] == "https://ie.example.com")
            let here = try await scene.send("GET", path, as: .twilio(Self.account))
            #expect(here["voice_url"] == "")

            let routes = Scene.Caller.twilio(Self.account, host: "routes.twilio.com")
            let route = "/v2/PhoneNumbers/%2B\(e164.dropFirst())"
            #expect(try await scene.send("GET", route, as: routes).status == 404)
            let wrong = try await scene.send(
                "POST", route, as: routes, form: ["VoiceRegion": "mars1"])
            #expect(wrong.status == 400)
            let moved = try await scene.send(
                "POST", route, as: routes, form: ["VoiceRegion": "ie1"])
            #expect(moved.status == 200)
            #expect(try await scene.send("GET", route, as: routes)["voice_region"] == "ie1")
        }
    }
}
