import LinekeeperCore

@testable import LinekeeperCarriers

/// Answers as Twilio gives them, and the account that they are about.
enum TwilioFixtures {
    static let accountSID = "AC0123456789abcdef0123456789abcdef"
    static let numberSID = "PN0123456789abcdef0123456789abcdef"
    static let keySID = "SK0123456789abcdef0123456789abcdef"
    static let credentials = ["account_sid": accountSID, "auth_token": "token-0123456789"]
    static let allRegions = credentials.merging(
        ["auth_token_ie1": "token-ie1", "auth_token_au1": "token-au1"]) { $1 }

    /// `base64(AC…:token-0123456789)`.
    static let authorization =
        "Authorization: Basic QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjp0b2tlbi0wMTIzNDU2Nzg5"
    static let ie1Authorization =
        "Authorization: Basic QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjp0b2tlbi1pZTE="
    static let formType = "Content-Type: application/x-www-form-urlencoded"

    static let host = "api.twilio.com"
    static let ireland = "api.dublin.ie1.twilio.com"
    static let account = "/2010-04-01/Accounts/\(accountSID)"
    static let numbers = "\(account)/IncomingPhoneNumbers.json"
    static let number = "\(account)/IncomingPhoneNumbers/\(numberSID).json"

    static func carrier(_ transport: CannedTransport) -> TwilioCarrier {
        TwilioCarrier(
            endpoints: .live, transport: transport, logger: quietLogger, limits: .once)
    }

    static func account(
        _ transport: CannedTransport, _ credentials: [String: String] = credentials
    ) throws -> TwilioAccount {
        guard let account = try carrier(transport).account(credentials) as? TwilioAccount else {
            throw DomainError(.carrierNotSupported, "not an account of Twilio's")
        }
        return account
    }

    /// A number of the account's, as lists and changes tell it.
    static func record(
        _ e164: String = "+15005550006", name: String = "order-1", settings: [String: String] = [:],
        sid: String = numberSID
    ) -> String {
        var members = [
            "voice_url": "https://old.example/voice", "voice_method": "GET",
            "voice_fallback_url": "", "voice_fallback_method": "POST",
            "voice_application_sid": "", "trunk_sid": "", "voice_receive_mode": "voice",
            "sms_url": "https://old.example/sms", "sms_method": "POST", "sms_fallback_url": "",
            "sms_fallback_method": "POST", "sms_application_sid": "",
            "status_callback": "", "status_callback_method": "POST",
        ]
        members.merge(settings) { $1 }
        let texts = members.sorted { $0.key < $1.key }
            .map { "\"\($0.key)\": \"\($0.value)\"" }
        return """
            {"account_sid": "\(accountSID)", "sid": "\(sid)", "phone_number": "\(e164)",
             "friendly_name": "\(name)", "type": "local", "status": "in-use", "beta": null,
             "address_requirements": "none", "bundle_sid": null,
             "capabilities": {"Voice": true, "SMS": true, "mms": false, "fax": false},
             \(texts.joined(separator: ", "))}
            """
    }

    static func list(_ records: [String], next: String? = nil) -> String {
        """
        {"incoming_phone_numbers": [\(records.joined(separator: ","))], "page": 0,
         "page_size": 50, "next_page_uri": \(next.map { "\"\($0)\"" } ?? "null")}
        """
    }

    static func error(_ code: Int, _ message: String, status: Int = 400) -> String {
        """
        {"status": \(status), "message": "\(message)", "code": \(code),
         "more_info": "https://www.twilio.com/docs/errors/\(code)"}
        """
    }

    static let available = """
        {"uri": "\(account)/AvailablePhoneNumbers/US/Local.json", "available_phone_numbers": [
         {"phone_number": "+14155550111", "friendly_name": "(415) 555-0111", "iso_country": "US",
          "locality": "San Francisco", "region": "CA", "address_requirements": "none",
          "latitude": "37.7", "capabilities": {"voice": true, "SMS": true, "MMS": false}},
         {"phone_number": "+14155550112", "locality": null, "region": "CA",
          "address_requirements": "any", "capabilities": {"voice": true, "sms": true}}]}
        """

    static func voiceRegion(_ region: String) -> String {
        """
        {"phone_number": "+15005550006", "sid": "QQ0123456789abcdef0123456789abcdef",
         "voice_region": "\(region)", "friendly_name": ""}
        """
    }

    static let webhooks = WebhookTargets(base: "https://voice.example.com")

    static func purchase(_ reference: String = "order-1") throws -> CarrierPurchase {
        CarrierPurchase(
            reference: reference, e164: try e164("+15005550006"), type: .local,
            countryCode: "US")
    }
}
