import Synchronization

/// Places at which a test can have the process die as if it were killed. In a release build they do
/// nothing.
///
/// They are the steps of buying a number, counted 0 to 13. What lies between 3 and 8 is the
/// carrier's and is reached from its side; 12 is the network's.
public enum Failpoint: String, Sendable, CaseIterable {
    /// Nothing is written yet.
    case beforeOrder = "FP_BUY_0"
    /// The order is written and not committed.
    case beforeOrderCommit = "FP_BUY_1"
    /// The order is committed; nothing says that a request may have been sent.
    case beforeMark = "FP_BUY_2"
    /// The mark is committed; nothing is sent.
    case afterMark = "FP_BUY_3"
    /// The carrier's answer is read; nothing is written.
    case afterAnswer = "FP_BUY_8"
    /// What the request led to is written and not committed.
    case beforeOutcomeCommit = "FP_BUY_9"
    /// What the request led to is committed; routing does not know it yet.
    case beforePublish = "FP_BUY_10"
    /// All is done; the caller has no reply.
    case beforeReply = "FP_BUY_11"
    /// The carrier was asked about an order that a crash left behind; nothing is written.
    case duringRecovery = "FP_BUY_13"

    #if DEBUG
        private struct Trap: Sendable {
            var hitsLeft: [Failpoint: Int] = [:]
            var nextCommit: Failpoint?
            var die: (@Sendable () -> Void)?
        }

        private static let trap = Mutex(Trap())

        /// Arms a place: the process dies there, at the n-th time that it is reached.
        ///
        /// - Parameter text: The place's name, and after a colon which time; the first when left out.
        /// - Returns: false for a name that there is not.
        public static func arm(_ text: String, die: @escaping @Sendable () -> Void) -> Bool {
            let parts = text.split(separator: ":", maxSplits: 1)
            guard let name = parts.first, let point = Failpoint(rawValue: String(name)) else {
                return false
            }
            let hits = parts.count == 2 ? Int(parts[1]) ?? 0 : 1
            guard hits > 0 else { return false }
            trap.withLock {
                $0.hitsLeft[point] = hits
                $0.die = die
            }
            return true
        }
    #endif

    /// The process has come to this place.
    public func hit() {
        #if DEBUG
            let die = Failpoint.trap.withLock { trap -> (@Sendable () -> Void)? in
                guard let left = trap.hitsLeft[self] else { return nil }
                trap.hitsLeft[self] = left - 1
                return left == 1 ? trap.die : nil
            }
            die?()
        #endif
    }

    /// The process will have come to this place when the commit that is being prepared is durable.
    public func hitAfterCommit() {
        #if DEBUG
            Failpoint.trap.withLock { $0.nextCommit = self }
        #endif
    }

    /// A commit is durable and nobody has been told.
    public static func committed() {
        #if DEBUG
            let point = trap.withLock { trap in
                defer { trap.nextCommit = nil }
                return trap.nextCommit
            }
            point?.hit()
        #endif
    }
}
