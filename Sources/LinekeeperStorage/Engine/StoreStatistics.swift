import Synchronization

/// What the store has done and holds, at one moment.
public struct StoreStatistics: Hashable, Sendable {
    /// Commits since the start that were answered.
    public let commits: Int
    /// Mutations in them, refused ones included.
    public let mutations: Int
    /// Mutations that wait for the writer.
    public let writesQueued: Int
    /// Queries that wait for a reader.
    public let readsQueued: Int
    /// The sequence number of the last committed event; 0 before the first.
    public let lastSequence: Int64
    /// Size of the database file.
    public let databaseBytes: Int64
    /// Size of the write-ahead log's file.
    public let logBytes: Int64
}

/// Counts what the writer does, for others to read.
final class StoreCounters: Sendable {
    private let commitsMade = Atomic<Int>(0)
    private let mutationsMade = Atomic<Int>(0)

    var commits: Int { commitsMade.load(ordering: .relaxed) }
    var mutations: Int { mutationsMade.load(ordering: .relaxed) }

    func committed(_ mutations: Int) {
        commitsMade.wrappingAdd(1, ordering: .relaxed)
        mutationsMade.wrappingAdd(mutations, ordering: .relaxed)
    }
}
