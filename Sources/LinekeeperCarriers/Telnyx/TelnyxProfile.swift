import LinekeeperCore

extension CarrierProfile {
    /// What Telnyx needs and can do here.
    static let telnyx = CarrierProfile(
        carrier: .telnyx,
        fields: [
            CredentialField(
                name: "api_key", label: "API key", isSecret: true, isRequired: true,
                help: "An API v2 key, which starts with KEY: in the Telnyx portal under Account "
                    + "Settings, Keys & Credentials. The portal shows it once, when it is made."),
            CredentialField(
                name: "connection_id", label: "Connection ID", isSecret: false, isRequired: true,
                help: "The ID of the TeXML application that calls are to go through: in the Telnyx "
                    + "portal under Voice, Programmable Voice, TeXML Applications, in the column "
                    + "Application ID. Managed numbers share its webhook URL, which is set to this "
                    + "platform's, so use one that is for nothing else."),
            CredentialField(
                name: "public_key", label: "Public key", isSecret: false, isRequired: false,
                verifiesWebhooks: true,
                help: "Telnyx signs its webhooks; this key checks the signatures, so numbers whose "
                    + "calls or messages are to arrive here need it. In the Telnyx portal under "
                    + "Account Settings, Keys & Credentials, Public Key."),
            CredentialField(
                name: "messaging_profile_id", label: "Messaging profile ID", isSecret: false,
                isRequired: false,
                help: "The messaging profile that messages are to go through: in the Telnyx portal "
                    + "under Messaging, Programmable Messaging. Its webhook URL is set to this "
                    + "platform's. Left empty, a profile named Linekeeper is made when one is "
                    + "needed."),
            CredentialField(
                name: "requirement_groups", label: "Requirement groups", isSecret: false,
                isRequired: false,
                help: "Only for buying where papers are asked for: approved requirement groups by "
                    + "country, or by country and type, like DE/local=ID, CH=ID. In the Telnyx "
                    + "portal under Numbers, Regulatory Requirements."),
        ],
        accountMark: .possession(field: "connection_id"), supportsSearch: true,
        supportsListing: true, supportsRegions: false, supportsWebhooks: true)
}
