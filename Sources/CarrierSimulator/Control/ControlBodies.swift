/// An account as a test describes it; what is left out is made up.
struct NewAccount: Decodable {
    private var carrier: SimulatedCarrier
    private var id: String?
    private var name: String?
    private var secret: String
    private var balanceMicros: Int64?

    /// The account, with one credential: the Auth Token or the API key `secret`.
    var account: Account {
        let name = name ?? "Account"
        let made =
            carrier == .twilio
            ? Identifier.sid("AC", of: secret) : Identifier.uuid(of: secret)
        let id = id ?? made
        return Account(
            carrier: carrier, id: id, name: name,
            credentials: [
                Credential(
                    kind: carrier == .twilio ? .authToken : .apiKey, id: id, secret: secret)
            ], balanceMicros: balanceMicros ?? 100_000_000)
    }
}

/// A credential as a test describes it.
struct NewCredential: Decodable {
    private var kind: Credential.Kind
    private var id: String
    private var secret: String
    private var region: Region?

    var credential: Credential {
        Credential(kind: kind, id: id, secret: secret, region: region ?? .us1)
    }
}
