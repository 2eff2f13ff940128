/// How an inline method prepares for the calls of a read, all together, before it answers them one by
/// one.
///
/// Pipelined calls come many to a read, and a look-up in a large table waits for memory again and
/// again, one address leading to the next. Asked for a step at a time for all calls, the memory comes
/// for all of them in the time of one.
public struct Foresight: Sendable {
    /// Whether preparing is worth its while now; asked once for each read.
    let isUseful: @Sendable () -> Bool
    /// What is to be prepared for a call; 0: nothing.
    let first: @Sendable (borrowing InlineCall) -> UInt64
    /// One step for what the step before said; what the next one is told, 0 to end.
    let next: @Sendable (UInt64, _ step: Int) -> UInt64

    /// - Parameters:
    ///   - isUseful: Whether preparing is worth its while now; asked once for each read.
    ///   - first: Says what is to be prepared for a call, and prepares nothing; 0 for nothing.
    ///   - next: Prepares one step, counted from 0, of what the one before said, and says what comes
    ///     next; 0 ends. It must change nothing that can be seen: the call may yet be refused.
    public init(
        isUseful: @escaping @Sendable () -> Bool,
        first: @escaping @Sendable (borrowing InlineCall) -> UInt64,
        next: @escaping @Sendable (UInt64, _ step: Int) -> UInt64
    ) {
        self.isUseful = isUseful
        self.first = first
        self.next = next
    }
}
