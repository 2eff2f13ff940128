import LinekeeperCore

@testable import LinekeeperCarriers

/// Answers as Telnyx gives them, and the account that they are about.
enum TelnyxFixtures {
    static let connectionID = "1293384261075731499"
    static let numberID = "1293384261075731500"
    static let orderID = "12ade33a-21c0-473b-b055-b3c836e1c292"
    static let profileID = "40017f88-8d40-4b5e-a4d5-3a8f0d9c9d6f"
    static let credentials = ["api_key": "KEY0123456789", "connection_id": connectionID]
    static let authorization = "Authorization: Bearer KEY0123456789"
    static let jsonType = "Content-Type: application/json"

    static let host = "api.telnyx.com/v2"
    static let search = "GET \(host)/available_phone_numbers"
    static let order = "POST \(host)/number_orders"
    static let orders = "GET \(host)/number_orders"
    static let numbers = "GET \(host)/phone_numbers"
    static let number = "\(host)/phone_numbers/\(numberID)"
    static let application = "\(host)/texml_applications/\(connectionID)"
    static let profiles = "\(host)/messaging_profiles"

    static func carrier(_ transport: CannedTransport) -> TelnyxCarrier {
        TelnyxCarrier(
            endpoints: .live, transport: transport, logger: quietLogger, limits: .once)
    }

    static func account(
        _ transport: CannedTransport, _ credentials: [String: String] = credentials
    ) throws -> TelnyxAccount {
        guard let account = try carrier(transport).account(credentials) as? TelnyxAccount else {
            throw DomainError(.carrierNotSupported, "not an account of Telnyx's")
        }
        return account
    }

    static func data(_ content: String) -> String { "{\"data\": \(content)}" }

    static func available(_ e164: String = "+13125550006") -> String {
        """
        {"data": [{"phone_number": "\(e164)", "record_type": "available_phone_number",
          "features": [{"name": "sms"}, {"name": "voice"}, {"name": "hd_voice"}],
          "cost_information": {"monthly_cost": "1.10", "upfront_cost": "1.00", "currency": "USD"},
          "region_information": [{"region_type": "country_code", "region_name": "US"},
            {"region_type": "state", "region_name": "IL"},
            {"region_type": "location", "region_name": "Chicago"}],
          "best_effort": false, "reservable": true, "quickship": true, "vanity_format": ""}],
         "meta": {"total_results": 1, "best_effort_results": 0}}
        """
    }

    static func orderEntry(
        _ status: String = "pending", e164: String = "+13125550006", reference: String? = "order-1",
        line: String = "pending", requirements: String = "pending", id: String = orderID
    ) -> String {
        """
        {"id": "\(id)", "record_type": "number_order", "phone_numbers_count": 1,
         "status": "\(status)", "connection_id": "\(connectionID)",
         "customer_reference": \(reference.map { "\"\($0)\"" } ?? "null"),
         "requirements_met": true, "phone_numbers": [
          {"id": "dc8e4d67-33a0-4cbb-af74-7b58f05bd494", "phone_number": "\(e164)",
           "record_type": "number_order_phone_number", "status": "\(line)",
           "requirements_status": "\(requirements)", "phone_number_type": "local"}]}
        """
    }

    /// An order as the list of orders tells it: without the numbers' state.
    static func listed(_ status: String = "pending", reference: String = "order-1") -> String {
        """
        {"data": [{"id": "\(orderID)", "status": "\(status)", "customer_reference": "\(reference)",
          "phone_numbers": [{"id": "dc8e4d67-33a0-4cbb-af74-7b58f05bd494",
          "phone_number": "+13125550006"}]}], "meta": {"total_pages": 1, "page_number": 1}}
        """
    }

    static func entry(
        _ e164: String = "+13125550006", reference: String = "order-1", status: String = "active",
        type: String = "local", connection: String = connectionID, profile: String = ""
    ) -> String {
        """
        {"id": "\(numberID)", "phone_number": "\(e164)", "status": "\(status)",
         "phone_number_type": "\(type)", "country_iso_alpha2": "US", "record_type": "phone_number",
         "connection_id": "\(connection)", "connection_name": "app", "tags": [],
         "messaging_profile_id": \(profile.isEmpty ? "null" : "\"\(profile)\""),
         "customer_reference": "\(reference)", "purchased_at": "2026-01-01T00:00:00Z"}
        """
    }

    static func list(_ entries: [String], page: Int = 1, of pages: Int = 1) -> String {
        """
        {"data": [\(entries.joined(separator: ","))],
         "meta": {"page_number": \(page), "page_size": 250, "total_pages": \(pages)}}
        """
    }

    static func messaging(
        _ e164: String = "+13125550006", profile: String = "", sms: Bool = true
    ) -> String {
        """
        {"id": "\(numberID)", "phone_number": "\(e164)", "record_type": "messaging_settings",
         "messaging_profile_id": \(profile.isEmpty ? "null" : "\"\(profile)\""),
         "features": {"sms": {"domestic_two_way": \(sms), "international_inbound": false,
           "international_outbound": false},
          "mms": {"domestic_two_way": false, "international_inbound": false,
           "international_outbound": false}}}
        """
    }

    static func applicationEntry(
        voice: String = "https://old.example/voice", status: String = "", method: String = "get"
    ) -> String {
        """
        {"id": "\(connectionID)", "friendly_name": "call-router", "voice_url": "\(voice)",
         "voice_method": "\(method)", "status_callback": "\(status)",
         "status_callback_method": "\(method)", "active": true,
         "record_type": "texml_application"}
        """
    }

    static func profile(webhook: String, id: String = profileID) -> String {
        """
        {"id": "\(id)", "name": "Linekeeper", "webhook_url": "\(webhook)",
         "record_type": "messaging_profile", "enabled": true}
        """
    }

    static func error(_ code: String, _ title: String, _ detail: String = "") -> String {
        """
        {"errors": [{"code": "\(code)", "title": "\(title)", "detail": "\(detail)",
          "meta": {"url": "https://developers.telnyx.com/docs/overview/errors/\(code)"}}]}
        """
    }

    static let webhooks = WebhookTargets(base: "https://voice.example.com")

    static func purchase(_ reference: String = "order-1") throws -> CarrierPurchase {
        CarrierPurchase(
            reference: reference, e164: try e164("+13125550006"), type: .local,
            countryCode: "US")
    }

    static func carrierNumber(_ capabilities: Capabilities = [.voice]) throws -> CarrierNumber {
        CarrierNumber(
            carrierID: numberID, e164: try e164("+13125550006"), type: .local,
            capabilities: capabilities, countryCode: "US")
    }
}
