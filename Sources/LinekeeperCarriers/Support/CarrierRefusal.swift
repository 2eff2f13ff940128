import LinekeeperCore

/// An answer that says no: what the carrier's status, code and words were.
struct CarrierRefusal: Hashable, Sendable {
    let status: Int
    /// The carrier's own code; empty where it gave none.
    let code: String
    /// One clean line; never empty.
    let words: String

    /// The words with one full stop at their end, for a sentence to follow.
    var sentence: String { words.hasSuffix(".") ? words : words + "." }

    /// Whether the carrier says that it surely did nothing, so that no purchase can be behind it.
    ///
    /// 408 and 409 are not among them: something like it was still under way. Nor are redirections,
    /// which only a stranger between us and the carrier sends.
    var isDefinite: Bool {
        switch status {
        case 400...407, 410...428, 430..<500: true
        default: false
        }
    }
}

/// What an exchange came to, once the carrier has taken a decision.
enum CarrierExchange: Sendable {
    /// The status is 2xx.
    case done(HTTPResponse)
    /// Any other.
    case refused(CarrierRefusal)
}
