/// Which requests are meant; a field that is `nil` or empty means any.
public struct RequestMatch: Codable, Equatable, Sendable {
    public var carrier: SimulatedCarrier?
    /// `GET`, `POST`, …
    public var method: String?
    /// The path without the query, in which `*` stands for any run of characters:
    /// `/2010-04-01/*/IncomingPhoneNumbers.json`.
    public var path: String?
    /// A number that the request names, or whose id is in its path.
    public var e164: String?
    /// The account whose credentials came with it.
    public var account: String?
    /// A text that its query or body holds, such as an order's reference.
    public var text: String?

    /// Any request, narrowed by what is given.
    public init(
        carrier: SimulatedCarrier? = nil, method: String? = nil, path: String? = nil,
        e164: String? = nil, account: String? = nil, text: String? = nil
    ) {
        self.carrier = carrier
        self.method = method
        self.path = path
        self.e164 = e164
        self.account = account
        self.text = text
    }

    func matches(_ entry: JournalEntry) -> Bool {
        (carrier == nil || carrier == entry.carrier)
            && (method == nil || method == entry.method)
            && (path.map { Self.glob(Array($0.utf8)[...], Array(entry.path.utf8)[...]) } ?? true)
            && (e164 == nil || e164 == entry.e164)
            && (account == nil || account == entry.account)
            && (text.map { entry.query.contains($0) || entry.body.contains($0) } ?? true)
    }

    /// Whether a text has the form of a pattern with stars.
    static func glob(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == UInt8(ascii: "*") {
            return glob(pattern.dropFirst(), text)
                || (!text.isEmpty && glob(pattern, text.dropFirst()))
        }
        return text.first == first && glob(pattern.dropFirst(), text.dropFirst())
    }
}

/// A misfortune that befalls some of the requests.
public struct Fault: Codable, Equatable, Sendable {
    /// Whether it happens before or after the carrier has done what it was asked.
    public enum Moment: String, Codable, Sendable {
        case before, after
    }

    /// What happens.
    public enum Action: Codable, Equatable, Sendable {
        /// It takes longer.
        case delay(when: Moment, milliseconds: Int)
        /// The connection is closed without an answer.
        case drop(when: Moment)
        /// The request is done, and the connection is closed after some bytes of the answer.
        case cut(afterBytes: Int)
        /// No answer comes until the fault is cleared or ten minutes are over.
        case hang(when: Moment)
        /// The carrier answers with a status; a body is made up unless one is given.
        ///
        /// `retryAfter` and `rateLimitReset` are headers' values; for 429 there is none by default.
        case status(
            when: Moment, code: Int, body: String? = nil, retryAfter: String? = nil,
            rateLimitReset: String? = nil)
        /// The request is done, and the answer comes in pieces.
        case drip(chunkBytes: Int, intervalMilliseconds: Int)
        /// The request is done; the answer's body ends early, and its length says so.
        case truncate(keepingBytes: Int)
        /// The request is done; the answer's body is another.
        case replace(body: String)
        /// The request is done; Content-Length is wrong by so many bytes, and the connection is
        /// closed after the answer.
        case contentLength(off: Int)
        /// What the request makes appears in lists only after a time and a number of reads.
        case listLag(milliseconds: Int? = nil, reads: Int? = nil)
    }

    public var match: RequestMatch
    /// How many matching requests are spared first.
    public var skip: Int
    /// How many requests are hit; `nil`: all.
    public var count: Int?
    public var action: Action

    /// A fault that hits the next matching request.
    public init(
        _ action: Action, on match: RequestMatch = RequestMatch(), skip: Int = 0, count: Int? = 1
    ) {
        self.match = match
        self.skip = skip
        self.count = count
        self.action = action
    }

    private enum Key: String, CodingKey {
        case match, skip, count, action
    }

    /// Reads what the control API is sent: everything but the action may be missing. `"count": null`
    /// means all requests, no count means one.
    ///
    /// - Throws: `DecodingError` for anything else, and for a negative `skip` or `count`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        match = try container.decodeIfPresent(RequestMatch.self, forKey: .match) ?? RequestMatch()
        skip = try container.decodeIfPresent(Int.self, forKey: .skip) ?? 0
        count = container.contains(.count) ? try container.decode(Int?.self, forKey: .count) : 1
        action = try container.decode(Action.self, forKey: .action)
        guard skip >= 0, count ?? 0 >= 0 else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "skip and count must not be negative"))
        }
    }

    /// Writes every field.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(match, forKey: .match)
        try container.encode(skip, forKey: .skip)
        try container.encode(count, forKey: .count)
        try container.encode(action, forKey: .action)
    }
}

/// The faults that are in force.
struct FaultBook: Sendable {
    private(set) var faults: [(id: String, fault: Fault)] = []
    private var made = 0

    mutating func add(_ fault: Fault) -> String {
        made += 1
        let id = "fault-\(made)"
        faults.append((id, fault))
        return id
    }

    mutating func remove(_ id: String) -> Bool {
        let before = faults.count
        faults.removeAll { $0.id == id }
        return faults.count < before
    }

    mutating func clear() { faults = [] }

    func contains(_ id: String) -> Bool { faults.contains { $0.id == id } }

    /// The faults that hit a request, which counts as one of theirs.
    ///
    /// One that has hit its last stays in the book for as long as it may hang.
    mutating func take(for entry: JournalEntry) -> [(id: String, action: Fault.Action)] {
        var hits: [(id: String, action: Fault.Action)] = []
        for index in faults.indices {
            guard faults[index].fault.match.matches(entry), faults[index].fault.count != 0 else {
                continue
            }
            if faults[index].fault.skip > 0 {
                faults[index].fault.skip -= 1
                continue
            }
            faults[index].fault.count = faults[index].fault.count.map { $0 - 1 }
            hits.append((faults[index].id, faults[index].fault.action))
        }
        return hits
    }
}
