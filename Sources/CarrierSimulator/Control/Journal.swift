public import Foundation

/// A request that a carrier received.
public struct JournalEntry: Codable, Equatable, Sendable {
    /// How far it came.
    public enum Stage: String, Codable, Sendable, CaseIterable {
        /// It was read in full.
        case received
        /// The carrier did what it was asked, or refused.
        case executed
        /// The answer was handed to the connection, or the connection closed.
        case answered
    }

    public var sequence: Int
    public var time: Date
    public var carrier: SimulatedCarrier
    public var method: String
    public var path: String
    public var query: String
    public var host: String
    /// The body's first 4,096 bytes.
    public var body: String
    /// The account whose credentials came with it; empty when they are nobody's.
    public var account: String
    /// The id of the credential; empty when it is nobody's.
    public var credential: String
    /// The number that it names, or whose id is in its path; empty for none, the first of several.
    public var e164: String
    public var requestID: String
    public var stage: Stage
    /// What was answered; 0 as long as nothing was, or when the connection was closed instead.
    public var status: Int

    /// Whether it could change anything.
    public var isWrite: Bool { method != "GET" }
}

/// The requests that came, the newest last.
struct Journal: Sendable {
    /// The oldest are forgotten above this number.
    static let entriesMax = 50_000

    private(set) var entries: [JournalEntry] = []
    private var received = 0

    mutating func receive(_ entry: JournalEntry) -> Int {
        received += 1
        var entry = entry
        entry.sequence = received
        // Forgetting a tenth at a time keeps the cost of each request small.
        if entries.count >= Self.entriesMax { entries.removeFirst(Self.entriesMax / 10) }
        entries.append(entry)
        return received
    }

    /// Notes how far a request came; the status when it is known.
    mutating func note(_ sequence: Int, _ stage: JournalEntry.Stage, status: Int? = nil) {
        guard let first = entries.first?.sequence, entries.indices.contains(sequence - first) else {
            return
        }
        entries[sequence - first].stage = stage
        if let status { entries[sequence - first].status = status }
    }

    /// Forgets all requests; the count goes on.
    mutating func clear() { entries = [] }
}
