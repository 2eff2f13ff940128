import LinekeeperCore

extension CarrierProfile {
    /// What Twilio needs and can do here.
    static let twilio = CarrierProfile(
        carrier: .twilio,
        fields: [
            CredentialField(
                name: "account_sid", label: "Account SID", isSecret: false, isRequired: true,
                help:
                    "AC and 32 letters and digits: on the first page of the Twilio Console, under "
                    + "Account Info."),
            CredentialField(
                name: "auth_token", label: "Auth Token", isSecret: true, isRequired: false,
                verifiesWebhooks: true,
                help:
                    "The primary Auth Token, beside the Account SID in the Twilio Console. Twilio "
                    + "signs its webhooks with it, so numbers whose calls or messages are to arrive "
                    + "here need it even if an API key is given."),
            CredentialField(
                name: "api_key_sid", label: "API key SID", isSecret: false, isRequired: false,
                help: "Instead of the Auth Token, for calling out only: SK and 32 letters and "
                    + "digits, from the Twilio Console under Account, API keys & tokens."),
            CredentialField(
                name: "api_key_secret", label: "API key secret", isSecret: true, isRequired: false,
                help: "Shown by the Twilio Console once, when the API key is made."),
            CredentialField(
                name: "auth_token_ie1", label: "Auth Token for Ireland (IE1)", isSecret: true,
                isRequired: false,
                help: "Only for numbers whose calls are processed in Europe: in the Twilio Console "
                    + "under Account, API keys & tokens, with the region Ireland (IE1) chosen."),
            CredentialField(
                name: "auth_token_au1", label: "Auth Token for Australia (AU1)", isSecret: true,
                isRequired: false,
                help: "Only for numbers whose calls are processed in Asia-Pacific: in the Twilio "
                    + "Console under Account, API keys & tokens, with the region Australia (AU1) "
                    + "chosen."),
            CredentialField(
                name: "bundles", label: "Regulatory bundles", isSecret: false, isRequired: false,
                help: "Only for buying where papers are asked for: approved bundles by country, or "
                    + "by country and type, like GB/mobile=BU…, DE=BU…. In the Twilio Console under "
                    + "Phone Numbers, Regulatory Compliance."),
            CredentialField(
                name: "addresses", label: "Addresses", isSecret: false, isRequired: false,
                help: "Only for buying where an address is asked for: addresses by country, or by "
                    + "country and type, like DE=AD…. In the Twilio Console under Phone Numbers, "
                    + "Regulatory Compliance, Addresses."),
        ],
        accountMark: .name(field: "account_sid"), supportsSearch: true, supportsListing: true,
        supportsRegions: true, supportsWebhooks: true)
}
