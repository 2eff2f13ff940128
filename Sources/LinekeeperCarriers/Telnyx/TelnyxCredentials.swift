import LinekeeperCore

/// What opens a Telnyx account, with the form checked.
struct TelnyxCredentials: Hashable, Sendable {
    let apiKey: String
    /// The TeXML application that calls are to go through.
    let connectionID: String
    /// The messaging profile that messages are to go through; `nil`: one is found or made.
    let messagingProfileID: String?
    let requirementGroups: CountryPapers

    /// Reads credentials whose fields the profile has checked.
    ///
    /// - Throws: `invalidArgument` naming the field.
    init(_ checked: [String: String]) throws(DomainError) {
        apiKey = checked["api_key"] ?? ""
        guard !apiKey.isEmpty, apiKey.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw TelnyxCredentials.malformed(
                "The API key has a space or a strange sign.", "api_key")
        }
        connectionID = checked["connection_id"] ?? ""
        guard (1...20).contains(connectionID.utf8.count),
            connectionID.utf8.allSatisfy(TelnyxCredentials.isDigit)
        else { throw TelnyxErrors.connectionIDInvalid("\(connectionID.prefix(40)) is no number.") }
        messagingProfileID = checked["messaging_profile_id"]
        if let profile = messagingProfileID, !TelnyxCredentials.isUUID(profile[...]) {
            throw TelnyxCredentials.malformed(
                "The messaging profile's id is a UUID, like 40017f88-8d40-4b5e-a4d5-3a8f0d9c9d6f.",
                "messaging_profile_id")
        }
        if let key = checked["public_key"], !TelnyxCredentials.isPublicKey(key) {
            throw TelnyxCredentials.malformed(
                "The public key is 44 letters, digits and signs that end with an equals sign.",
                "public_key")
        }
        requirementGroups = try CountryPapers(
            checked["requirement_groups"] ?? "", field: "credentials.requirement_groups",
            isID: TelnyxCredentials.isUUID)
    }

    /// Whether a text is a UUID, as Telnyx writes them.
    static func isUUID(_ text: Substring) -> Bool {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && groups.joined().utf8.allSatisfy { byte in
                isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
            }
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// 32 bytes in base64 are 43 signs and one equals sign.
    private static func isPublicKey(_ text: String) -> Bool {
        text.utf8.count == 44 && text.hasSuffix("=")
            && text.utf8.dropLast().allSatisfy { byte in
                isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
            }
    }

    private static func malformed(_ sentence: String, _ field: String) -> DomainError {
        DomainError(.invalidArgument, sentence, field: "credentials.\(field)")
    }
}
