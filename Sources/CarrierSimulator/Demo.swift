/// The accounts that every simulator starts with; their credentials are worth nothing elsewhere.
public enum Demo {
    /// The platform's own Twilio account, from which its marketplace sells.
    public static let twilioMarketplace = twilio(
        "AC00000000000000000000000000000001", "Linekeeper marketplace",
        token: "demo-marketplace-auth-token", balance: 10_000)
    /// A customer's Twilio account with 60 numbers, known in all three regions.
    public static let twilioCustomer = twilio(
        "AC00000000000000000000000000000002", "Acme Voice", token: "demo-customer-auth-token",
        balance: 500)
    /// A Twilio account without a number and without money.
    public static let twilioEmpty = twilio(
        "AC00000000000000000000000000000003", "Empty", token: "demo-empty-auth-token", balance: 0)
    /// A Twilio account that is suspended.
    public static let twilioSuspended = suspended(
        twilio(
            "AC00000000000000000000000000000004", "Suspended",
            token: "demo-suspended-auth-token", balance: 100))
    /// Twilio test credentials: magic numbers only.
    public static let twilioTest = test(
        twilio(
            "AC00000000000000000000000000000005", "Test", token: "demo-test-auth-token",
            balance: 0))
    /// The platform's own Telnyx account: its pool.
    public static let telnyxPool = telnyx(1, "Linekeeper pool", key: "pool", balance: 10_000)
    /// A customer's Telnyx account with 60 numbers.
    public static let telnyxCustomer = telnyx(2, "Acme Voice", key: "customer", balance: 500)
    /// A Telnyx account without a number and without money.
    public static let telnyxEmpty = telnyx(3, "Empty", key: "empty", balance: 0)
    /// A Telnyx account that is suspended.
    public static let telnyxSuspended = suspended(
        telnyx(4, "Suspended", key: "suspended", balance: 100))

    /// All of them.
    public static let accounts = [
        twilioMarketplace, twilioCustomer, twilioEmpty, twilioSuspended, twilioTest, telnyxPool,
        telnyxCustomer, telnyxEmpty, telnyxSuspended,
    ]

    /// The TeXML application (`connection_id`) of ``telnyxPool``.
    public static let telnyxPoolConnection = "1494404757140276701"
    /// The TeXML application (`connection_id`) of ``telnyxCustomer``, to which its numbers point.
    public static let telnyxCustomerConnection = "1494404757140276702"
    /// The messaging profile of ``telnyxCustomer``, to which its numbers point.
    public static let telnyxCustomerProfile = "00000000-0000-4000-a000-000000000002"

    static let applications = [
        (telnyxPoolConnection, telnyxPool, "Pool", "https://voice.example.net/pool"),
        (telnyxCustomerConnection, telnyxCustomer, "Acme", "https://voice.acme.example/answer"),
    ].map { id, account, name, url in
        TexmlApplication(
            id: id, account: account.id,
            fields: ["friendly_name": .string(name), "voice_url": .string(url)],
            createdAt: account.createdAt, updatedAt: account.createdAt)
    }

    static let profiles = [
        MessagingProfile(
            id: telnyxCustomerProfile, account: telnyxCustomer.id,
            fields: [
                "name": "Acme texts", "webhook_url": "https://voice.acme.example/texts",
                "whitelisted_destinations": ["US"],
            ], createdAt: telnyxCustomer.createdAt, updatedAt: telnyxCustomer.createdAt)
    ]

    /// What the numbers that an account is given are set to.
    static func settings(of account: String) -> [String: String] {
        switch account {
        case telnyxCustomer.id:
            [
                "connection_id": telnyxCustomerConnection,
                "messaging_profile_id": telnyxCustomerProfile,
            ]
        case twilioCustomer.id:
            [
                "voice_url": "https://voice.acme.example/answer", "voice_method": "POST",
                "sms_url": "https://voice.acme.example/texts", "sms_method": "POST",
            ]
        default: [:]
        }
    }

    /// The numbers that an account starts with.
    static let numbersOwned = [(twilioCustomer.id, 60), (telnyxCustomer.id, 60)]

    /// A Twilio account with its Auth Token, a Main and a Standard key in us1, and Auth Tokens in
    /// the other regions.
    private static func twilio(
        _ sid: String, _ name: String, token: String, balance: Int64
    ) -> Account {
        let number = sid.suffix(4)
        var account = Account(
            carrier: .twilio, id: sid, name: name,
            credentials: [
                Credential(kind: .authToken, id: sid, secret: token),
                Credential(kind: .authToken, id: sid, secret: token + "-ie1", region: .ie1),
                Credential(kind: .authToken, id: sid, secret: token + "-au1", region: .au1),
                Credential(
                    kind: .mainKey, id: "SK" + String(repeating: "a", count: 28) + number,
                    secret: token + "-main-key", label: "Main"),
                Credential(
                    kind: .standardKey, id: "SK" + String(repeating: "b", count: 28) + number,
                    secret: token + "-standard-key", label: "Standard"),
            ], balanceMicros: balance * 1_000_000)
        account.bundles = ["BU" + String(repeating: "b", count: 28) + number: "GB"]
        return account
    }

    private static func telnyx(
        _ number: Int, _ name: String, key: String, balance: Int64
    ) -> Account {
        let id = "00000000-0000-4000-8000-00000000000\(number)"
        var account = Account(
            carrier: .telnyx, id: id, name: name,
            credentials: [Credential(kind: .apiKey, id: id, secret: "KEYdemo-\(key)-api-key")],
            balanceMicros: balance * 1_000_000)
        account.requirementGroups = ["00000000-0000-4000-9000-00000000000\(number)": "SE"]
        return account
    }

    private static func suspended(_ account: Account) -> Account {
        var account = account
        account.status = .suspended
        return account
    }

    private static func test(_ account: Account) -> Account {
        var account = account
        account.isTest = true
        account.credentials = account.credentials.filter {
            $0.kind == .authToken && $0.region == .us1
        }
        return account
    }
}
