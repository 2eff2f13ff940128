import LinekeeperCore

/// What opens a Twilio account, with the form checked.
struct TwilioCredentials: Hashable, Sendable {
    /// A user name and password of the HTTP basic scheme.
    struct Login: Hashable, Sendable {
        let user: String
        let password: String
    }

    /// `AC…`: part of every path, whatever the login.
    let accountSID: String
    /// The account's own token in the default region; it also signs webhooks.
    let token: Login?
    /// An API key, which is used in the token's place where both are given.
    let key: Login?
    /// The tokens of other regions.
    let regionalTokens: [TwilioRegion: Login]
    let bundles: CountryPapers
    let addresses: CountryPapers

    /// Reads credentials whose fields the profile has checked.
    ///
    /// - Throws: `invalidArgument` naming the field.
    init(_ checked: [String: String]) throws(DomainError) {
        let accountSID = checked["account_sid"] ?? ""
        guard TwilioCredentials.isSID(accountSID[...], "AC") else {
            throw TwilioCredentials.malformed(
                "The Account SID is AC followed by 32 of 0-9 and a-f.", "account_sid")
        }
        func login(_ field: String) throws(DomainError) -> Login? {
            guard let token = checked[field] else { return nil }
            guard TwilioCredentials.isPrintable(token) else {
                throw TwilioCredentials.malformed("The token has a space or a strange sign.", field)
            }
            return Login(user: accountSID, password: token)
        }
        token = try login("auth_token")
        switch (checked["api_key_sid"], checked["api_key_secret"]) {
        case (nil, nil): key = nil
        case (let sid?, let secret?):
            guard TwilioCredentials.isSID(sid[...], "SK") else {
                throw TwilioCredentials.malformed(
                    "The API key SID is SK followed by 32 of 0-9 and a-f.", "api_key_sid")
            }
            guard TwilioCredentials.isPrintable(secret) else {
                throw TwilioCredentials.malformed(
                    "The API key secret has a space or a strange sign.", "api_key_secret")
            }
            key = Login(user: sid, password: secret)
        case (nil, _):
            throw TwilioCredentials.malformed(
                "Give both the API key's SID and its secret.", "api_key_sid")
        case (_, nil):
            throw TwilioCredentials.malformed(
                "Give both the API key's SID and its secret.", "api_key_secret")
        }
        guard token != nil || key != nil else {
            throw TwilioCredentials.malformed(
                "Give the account's Auth Token, or an API key with its secret.", "auth_token")
        }
        var regional: [TwilioRegion: Login] = [:]
        for region in TwilioRegion.allCases {
            if let field = region.tokenField { regional[region] = try login(field) }
        }
        regionalTokens = regional
        bundles = try CountryPapers(checked["bundles"] ?? "", field: "credentials.bundles") {
            TwilioCredentials.isSID($0, "BU")
        }
        addresses = try CountryPapers(checked["addresses"] ?? "", field: "credentials.addresses") {
            TwilioCredentials.isSID($0, "AD")
        }
        self.accountSID = accountSID
    }

    /// What opens a region; `nil` when no credentials for it were given.
    func login(for region: TwilioRegion) -> Login? {
        region == .us1 ? key ?? token : regionalTokens[region]
    }

    /// Everything that must never be shown.
    var secrets: [String] {
        ([token, key].compactMap(\.self) + regionalTokens.values).map(\.password)
    }

    /// Whether a text is one of Twilio's ids: two capitals and 32 hex digits.
    static func isSID(_ text: Substring, _ prefix: String) -> Bool {
        text.utf8.count == 34 && text.hasPrefix(prefix)
            && text.utf8.dropFirst(2).allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            }
    }

    private static func isPrintable(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private static func malformed(_ sentence: String, _ field: String) -> DomainError {
        DomainError(.invalidArgument, sentence, field: "credentials.\(field)")
    }
}
